"""Published numbers, moments, estimation, and the state behind a curve.

    from ustress.calibrate.validation import validate

`estimate` fits the slow layer to moments of yields, `ladder` its risk aversion to published
price impacts, `state` finds (r, m, b) behind curves, `private` who must hold which maturity.
"""

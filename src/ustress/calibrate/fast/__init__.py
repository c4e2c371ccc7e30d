"""The fast layer re-estimated: priors, what the record and the literature say, the posterior.

    from ustress.calibrate.fast import estimate_fast, fast_record
    found = estimate_fast(fast_record(panel), particles=1024, seed=1)

Sequential Monte Carlo over the model's own market step. What is fitted and what is held out is
declared with each datum (`targets`); docs/validation.md has the tables.
"""

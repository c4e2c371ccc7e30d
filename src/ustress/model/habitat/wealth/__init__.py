"""Risk aversion that rises with arbitrageurs' losses (after Kekre, Lenel and Mainardi).

Arbitrageurs with wealth w instead of w0 have

    a(w) = a0 (w / w0)^-elasticity,   loss = 1 - w / w0,

elasticity 1 being constant relative risk aversion. The equilibrium is solved at Chebyshev points
of log a, one batch, and M and k are interpolated by the polynomial through them; the error is
measured at points between, by solving there too. Each equilibrium takes its risk aversion as
lasting: arbitrageurs do not foresee that their wealth will move (theirs is the dynamic model).

    from ustress.model.habitat.wealth import revaluation_loss, solve_wealth
"""

from ustress.model.habitat.wealth.equilibria import WealthEquilibria, solve_wealth
from ustress.model.habitat.wealth.grid import InterpolationError
from ustress.model.habitat.wealth.loss import revaluation_loss

__all__ = ["InterpolationError", "WealthEquilibria", "revaluation_loss", "solve_wealth"]

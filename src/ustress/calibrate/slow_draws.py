"""Draws of the slow layer's other parameters, around the table's medians, solved in one call.

At given a theta and a alpha, loadings do not depend on risk aversion and the response to supply
is linear in it: one solve serves every value of `a` (model document, section 1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ustress.model.habitat import Draws, rmb_habitat, solve_many
from ustress.model.parameters import load_parameters
from ustress.simulate.cache import use_compilation_cache

Floats = NDArray[np.float64]

DRAWN = ("kr", "sr", "km", "sm", "kb_slow", "a_theta")
"""Lognormal around the table's values; `a_alpha` is drawn besides."""
DECILE = 1.2815515655446004
A_ALPHA_TOP = 10.0
"""a alpha = 10 u^p with its table value as median: anything from 0 to 10, not identified."""


@dataclass(frozen=True, eq=False)
class SlowDraws:
    """Economies with an equilibrium, at risk aversion `a`.

    Attributes:
        solved: the draws that may be used (D).
        a: the risk aversion at which they were solved.
        refused: how many draws had no usable equilibrium and were left out.
    """

    solved: Draws
    a: float
    refused: int


def log_error(name: str) -> float:
    """Standard deviation of a parameter's logarithm, from its 10th and 90th percentiles."""
    entry = load_parameters()[name]
    if isinstance(entry.low, tuple) or isinstance(entry.high, tuple):
        raise TypeError(f"{name} is a profile")
    return float(np.log(entry.high / entry.low) / (2 * DECILE))


def slow_draws(count: int = 150, seed: int = 11) -> SlowDraws:
    """`count` draws, of which those without a usable equilibrium are left out and counted."""
    use_compilation_cache()
    table = load_parameters()
    rng = np.random.default_rng(seed)
    drawn = {
        name: table.value(name) * np.exp(log_error(name) * rng.standard_normal(count))
        for name in DRAWN
    }
    power = np.log(table.value("a_alpha") / A_ALPHA_TOP) / np.log(0.5)
    drawn["a_alpha"] = A_ALPHA_TOP * rng.uniform(size=count) ** power
    drawn["kb"] = drawn.pop("kb_slow")
    fixed = {name: table.value(name) for name in ("a", "sigma_b", "rbar")}
    each = [{k: float(v[i]) for k, v in drawn.items()} for i in range(count)]
    solved = solve_many([rmb_habitat(**one, **fixed) for one in each])
    kept = solved.choose(solved.ok)
    return SlowDraws(kept, fixed["a"], count - len(kept))

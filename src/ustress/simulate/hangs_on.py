"""What an answer hangs on: rank correlation of a result by joint draw with each parameter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ustress.model.parameters import load_parameters
from ustress.model.types import Parameters

Floats = NDArray[np.float64]
FOLLOWS = {"lasting_bp_per_100bn": "lasting effect of sales on the ten-year"}
"""Quantities of a joint draw that follow from several parameters, in words."""


def hangs_on(
    result: Floats, parameters: Parameters, most: int = 6
) -> tuple[tuple[str, float], ...]:
    """Spearman's correlation of `result` with each parameter that varies, the largest first.

    Standard error about one over the square root of the number of draws; infinities in `result`
    rank above every number.

    Args:
        result: one value per joint draw, (draws,).
        parameters: of the same draws.
        most: how many to name.
    """
    found = [
        (name, rank_correlation(result, np.asarray(values, np.float64)))
        for name, values in parameters._asdict().items()
        if np.shape(values) == result.shape and np.ptp(values) > 0
    ]
    slow = np.asarray(parameters.lasting_bp_per_100bn)
    if slow.ndim == 2 and slow.shape[0] == result.size:
        found.append(("lasting_bp_per_100bn", rank_correlation(result, slow[:, -1])))
    return tuple(sorted(found, key=lambda pair: -abs(pair[1]))[:most])


def meaning(name: str) -> str:
    """What is meant by a name of `hangs_on`: the parameter's own words, or those of `FOLLOWS`."""
    meanings = {p.name: p.meaning for p in load_parameters()} | FOLLOWS
    return meanings.get(name, name.replace("_", " "))


def rank_correlation(a: Floats, b: Floats) -> float:
    """Spearman's rank correlation, ties sharing their mean rank; 0 where one does not vary."""
    x, y = _ranks(a), _ranks(b)
    spread = float(x.std() * y.std())
    return float(np.mean((x - x.mean()) * (y - y.mean())) / spread) if spread > 0 else 0.0


def _ranks(values: Floats) -> Floats:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return np.asarray((last - (count - 1) / 2.0)[place], np.float64)

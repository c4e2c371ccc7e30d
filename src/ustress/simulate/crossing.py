"""At which amount a chance reaches a level: interpolation with its error, never extrapolation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
OVER_DRAWS = (0.10, 0.50, 0.90)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where a curve reaches `level`; amounts in $bn, None where that is not inside the grid.

    `amount_usdbn` and `error_usdbn` (one standard error) belong to the chance averaged over
    parameters; `low`, `median` and `high` are 10, 50 and 90 % quantiles of the amount over joint
    draws, a draw that never reaches the level counting as infinite; `never_share` is the share
    of such draws. `median_error_usdbn` is one standard error of the median. `words` says what was
    found.
    """

    level: float
    amount_usdbn: float | None
    error_usdbn: float | None
    low_usdbn: float | None
    median_usdbn: float | None
    high_usdbn: float | None
    never_share: float
    words: str
    median_error_usdbn: float | None = None


def crossing(
    level: float, amounts: Floats, chance: Floats, error: Floats, by_group: Floats
) -> Crossing:
    """The crossing of the averaged chance, and of each joint draw's own.

    Args:
        level: in (0, 1).
        amounts: rising, (amounts,).
        chance: averaged over parameters, (amounts,).
        error: of `chance`, (amounts,).
        by_group: the chance by joint draw, (groups, amounts).
    """
    own = np.array([first_crossing(level, amounts, row) for row in by_group])
    low, median, high = (_finite(float(q)) for q in _quantiles(own))
    amount = first_crossing(level, amounts, chance)
    found = _finite(amount) if amount > amounts[0] or chance[0] == level else None
    spread = None if found is None else _spread(found, amounts, chance, error)
    return Crossing(
        level, found, spread, low, median, high, float(np.mean(~np.isfinite(own))),
        _words(level, amounts, chance, found), median_error(own),
    )  # fmt: skip


def median_error(own: Floats) -> float | None:
    """One standard error of the median over draws, None where it reaches a draw without end.

    Half the distance between the draws that lie sqrt(n) / 2 places below and above it: the number
    of draws below the true median is binomial, whatever their distribution (David and Nagaraja
    2003, Order Statistics, section 7.1).
    """
    off = 0.5 / np.sqrt(own.size)
    low, high = np.quantile(own, (0.5 - off, 0.5 + off), method="higher")
    return float(high - low) / 2.0 if np.isfinite(high) else None


def first_crossing(level: float, amounts: Floats, chance: Floats) -> float:
    """The smallest amount at which the chance, linear between amounts, is at `level`.

    The first amount if the chance is there already, infinity if it never is.
    """
    reached = np.flatnonzero(chance >= level)
    if reached.size == 0:
        return float("inf")
    j = int(reached[0])
    if j == 0:
        return float(amounts[0])
    share = (level - chance[j - 1]) / (chance[j] - chance[j - 1])
    return float(amounts[j - 1] + share * (amounts[j] - amounts[j - 1]))


def _spread(amount: float, amounts: Floats, chance: Floats, error: Floats) -> float:
    """Error of the amount: the chance's error over the slope of the segment it lies in."""
    j = int(np.clip(np.searchsorted(amounts, amount), 1, amounts.size - 1))
    slope = (chance[j] - chance[j - 1]) / (amounts[j] - amounts[j - 1])
    here = float(np.interp(amount, amounts, error))
    return here / float(slope) if slope > 0 else float("nan")


def _quantiles(own: Floats) -> Floats:
    """Quantiles by the next higher value, so that infinities never mix with numbers."""
    return np.asarray(np.quantile(own, OVER_DRAWS, method="higher"))


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _words(level: float, amounts: Floats, chance: Floats, found: float | None) -> str:
    if found is not None:
        return f"reaches {_percent(level)} at ${found:,.0f}bn"
    if chance[0] > level:
        return f"above {_percent(level)} already at ${amounts[0]:,.0f}bn"
    return f"{_percent(level)} not reached up to ${amounts[-1]:,.0f}bn"


def _percent(level: float) -> str:
    return f"{100 * level:.0f} %"

"""What an observable of a reader's own path may be: a number outside is in another unit."""

from __future__ import annotations

from ustress.simulate.names import OBSERVABLES

YIELDS_PCT = (-5.0, 30.0)
"""Assumed, far wider than any Treasury yield seen: it tells per cent from basis points."""

_RANGES: dict[str, tuple[float, float, str]] = {
    "bp": (-3000.0, 3000.0, "basis points"),
    "bp_level": (-500.0, 3000.0, "basis points"),
    "pct_change": (-99.0, 1000.0, "per cent since the opening"),
    "pp": (-200.0, 200.0, "percentage points"),
    "usdbn_whole": (-50_000.0, 50_000.0, "$bn"),
    "usdbn_move": (-50_000.0, 50_000.0, "$bn"),
    "ratio": (-50.0, 50.0, "a ratio, 1 being the whole"),
    "index": (0.0, 1.0, "an index from 0 to 1"),
    "count": (0.0, 1000.0, "a count"),
    "flag": (0.0, 1.0, "0 or 1"),
}
"""By unit: lowest, highest and the unit in words; wide enough for any market there has been."""


def doubt(name: str, value: float) -> str:
    """What was expected of the observable `name` where `value` cannot be meant, else nothing.

    The ranges are assumed: they tell units apart (448 basis points typed for 4.48 per cent) and
    say nothing of what is likely.
    """
    if name.startswith("ust."):
        (low, high), unit, what = YIELDS_PCT, "per cent", "yields"
    else:
        (low, high, unit), what = _RANGES[OBSERVABLES[name].unit], "values"
    if not value < low and not value > high:
        return ""
    return f"{unit}, {what} between {low:,g} and {high:,g}"

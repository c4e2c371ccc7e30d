"""The Svensson curve of every day: how well it fits the par yields, and its forward rates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Dates, Panel, Series, Values
from ustress.curves.svensson import RECIPE, SvenssonCurves, fit_svensson
from ustress.monitor.history_cache import Kept, Keys, derived, row_keys
from ustress.monitor.indicator import DAILY, Indicator
from ustress.monitor.track import Track

TENORS = ("3m", "6m", "1y", "2y", "3y", "5y", "7y", "10y", "20y", "30y")
TENOR_YEARS = np.array([0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 20.0, 30.0])
SOURCES = tuple(f"ust.par.{tenor}" for tenor in ("10y", *(t for t in TENORS if t != "10y")))
# Far below what a fit can say, far above rounding: equal figures then give equal values.
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class FittedHistory:
    """The fitted curves of all days that have one, with the day each became known."""

    track: Track
    curves: SvenssonCurves
    keys: Keys


def fitted_history(panel: Panel) -> FittedHistory:
    """The Svensson curve of every day the panel knows; days with too few tenors are left out.

    Raises:
        MissingSeriesError: if no day can be fitted.
    """
    panel.preload(SOURCES)
    found = [panel.get(name) if name in panel.infos else None for name in SOURCES]
    series = [s for s in found if s is not None]
    if not series:
        raise MissingSeriesError("no par yields were known on this date")
    shell, table = _table(series)
    keys = row_keys(table)
    rows = _kept().rows(keys, partial(_fit, table))
    good = np.flatnonzero(np.isfinite(rows[:, -1]))
    if not good.size:
        raise MissingSeriesError("no day has enough par yields, from a year or less to ten years")
    there = np.isfinite(table[good])
    longest = np.max(np.where(there, TENOR_YEARS, 0.0), axis=1)
    curves = SvenssonCurves(rows[good, :6], rows[good, 6], there.sum(axis=1), longest)
    return FittedHistory(shell.take(good), curves, keys[good])


def fit_error(panel: Panel) -> Track:
    """Root mean square of the par yields less the fitted curve's, bp."""
    history = fitted_history(panel)
    return _with(history.track, history.curves.rmse_bp)


def forward(panel: Panel, start: float, end: float) -> Track:
    """The zero-coupon rate from `start` to `end` years, per cent, semi-annual compounding."""
    history = fitted_history(panel)
    continuous = history.curves.forward(start, end)
    return _with(history.track, 200.0 * np.expm1(continuous / 200.0))


def fit_table(table: Values) -> Values:
    """Parameters and fit error (bp) of each row of par yields at `TENORS`: (days, 7)."""
    fitted = fit_svensson(TENOR_YEARS, table)
    return np.column_stack([fitted.theta, fitted.rmse_bp])


def _fit(table: Values, at: NDArray[np.intp]) -> Values:
    return fit_table(table[at])


@lru_cache(maxsize=1)
def _kept() -> Kept:
    tables = derived()
    if str(tables.get("fit_recipe", "")) != RECIPE:
        return Kept(np.empty(0, np.uint64), np.empty((0, 7)))
    return Kept(tables["fit_keys"].astype(np.uint64), tables["fit_rows"].astype(np.float64))


def _table(series: list[Series]) -> tuple[Track, Values]:
    """All days with any par yield, as a track without values, and the yields by tenor."""
    days: Dates = np.unique(np.concatenate([s.dates for s in series]))
    table = np.full((days.size, len(TENORS)), np.nan)
    known = np.full(days.size, np.datetime64("1900-01-01", "D"))
    exact = np.ones(days.size, dtype=bool)
    for s in series:
        at = np.searchsorted(days, s.dates)
        values = np.where(np.isfinite(s.values), s.values, np.nan)
        table[at, TENORS.index(s.info.name.rpartition(".")[2])] = values
        known[at] = np.maximum(known[at], s.known)
        exact[at] &= s.known_exact
    used = tuple(s.info.name for s in series)
    limit = series[0].info.stale_after_days
    return Track(days, np.zeros(days.size), known, exact, used, limit), table


def _with(track: Track, values: Values) -> Track:
    return replace(track, values=np.round(values, DECIMALS))


def _forward(start: float, end: float, words: str) -> Indicator:
    years = f"{start:g}y{end - start:g}y"
    return Indicator(
        f"curve.forward.{years}",
        f"{words}, fitted curve",
        "curve",
        "pct",
        f"Zero-coupon rate from year {start:g} to year {end:g} of the Svensson curve fitted to the "
        "day's par yields; semi-annual compounding.",
        SOURCES,
        partial(forward, start=start, end=end),
        "Svensson 1994; Gürkaynak, Sack and Wright 2007",
        DAILY,
        estimated=True,
    )


INDICATORS = (
    _forward(1.0, 2.0, "One-year rate one year ahead"),
    _forward(5.0, 10.0, "Five-year rate five years ahead"),
    Indicator(
        "curve.fit_error",
        "Svensson curve's error on par yields",
        "curve",
        "bp_level",
        "Root mean square of the published par yields less those of the Svensson curve fitted to "
        "them, tenors from three months to thirty years.",
        SOURCES,
        fit_error,
        "Svensson 1994; not the measure of Hu, Pan and Wang 2013, which needs single bonds",
        DAILY,
        records=("level", "1d", "1w"),
        estimated=True,
        note="Par yields are themselves read off a smooth curve: this shows shapes six parameters "
        "cannot follow, and only the part of dislocations that survives the smoothing.",
    ),
)

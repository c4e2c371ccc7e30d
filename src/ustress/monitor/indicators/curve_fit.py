"""The Svensson curve of every day: how well it fits the par yields, and its forward rates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Dates, Panel, Values
from ustress.curves.svensson import RECIPE, SvenssonCurves, fit_svensson
from ustress.monitor.history_cache import Kept, Keys, row_keys
from ustress.monitor.indicator import DAILY, Indicator
from ustress.monitor.track import Track

TENORS = ("3m", "6m", "1y", "2y", "3y", "5y", "7y", "10y", "20y", "30y")
TENOR_YEARS = np.array([0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 20.0, 30.0])
SOURCES = tuple(f"ust.par.{tenor}" for tenor in ("10y", *(t for t in TENORS if t != "10y")))
# A tenth of a bp in rates: par yields have two decimals, and days whose yields are the same but
# whose tenors are not must not differ by what is left of a fit.
DECIMALS_PCT, DECIMALS_BP = 3, 2


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
    days, table = par_table(panel)
    keys = row_keys(table)
    rows = _kept().rows(keys, lambda at: fit_table(table[at]))
    return gathered(days, table, keys, rows)


def par_table(panel: Panel) -> tuple[Track, Values]:
    """All days with any par yield, as a track without values, and the yields (days, `TENORS`).

    Raises:
        MissingSeriesError: if there is none.
    """
    panel.preload(SOURCES)
    found = [panel.get(name) if name in panel.infos else None for name in SOURCES]
    series = [s for s in found if s is not None]
    if not series:
        raise MissingSeriesError("no par yields were known on this date")
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


def gathered(days: Track, table: Values, keys: Keys, rows: Values) -> FittedHistory:
    """The history from the fits' `rows` (days, 7), without the days that have no fit.

    Raises:
        MissingSeriesError: if no day has one.
    """
    good = np.flatnonzero(np.isfinite(rows[:, -1]))
    if not good.size:
        raise MissingSeriesError("no day has enough par yields, from a year or less to ten years")
    there = np.isfinite(table[good])
    longest = np.max(np.where(there, TENOR_YEARS, 0.0), axis=1)
    curves = SvenssonCurves(rows[good, :6], rows[good, 6], there.sum(axis=1), longest)
    return FittedHistory(days.take(good), curves, keys[good])


def fit_error(panel: Panel) -> Track:
    """Root mean square of the par yields less the fitted curve's, bp."""
    history = fitted_history(panel)
    return replace(history.track, values=np.round(history.curves.rmse_bp, DECIMALS_BP))


def forward(panel: Panel, start: float, end: float) -> Track:
    """The zero-coupon rate from `start` to `end` years, per cent, semi-annual compounding."""
    history = fitted_history(panel)
    continuous = history.curves.forward(start, end)
    values = np.round(200.0 * np.expm1(continuous / 200.0), DECIMALS_PCT)
    return replace(history.track, values=values)


def fit_table(table: Values) -> Values:
    """Parameters and fit error (bp) of each row of par yields at `TENORS`: (days, 7)."""
    fitted = fit_svensson(TENOR_YEARS, table)
    return np.column_stack([fitted.theta, fitted.rmse_bp])


@lru_cache(maxsize=1)
def _kept() -> Kept:
    return Kept.of("fit", RECIPE, 7)


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

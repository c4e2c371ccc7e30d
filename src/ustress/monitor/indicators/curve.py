"""The Treasury par curve: levels, slope, realised volatility, forward, term premium."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Panel, Values
from ustress.monitor.indicator import DAILY, ONE_MONTH, TWELVE_MONTHS, Indicator
from ustress.monitor.records import FRIDAYS
from ustress.monitor.track import Track, combine, of, realised_volatility

TENORS = ("3m", "6m", "1y", "2y", "3y", "5y", "7y", "10y", "20y", "30y")
_NODES = ("6m", "1y", "2y", "3y", "5y", "7y", "10y")
_NODE_YEARS = np.array([0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0])
VOLATILITY_DAYS = 20


def level(panel: Panel, tenor: str) -> Track:
    """The par yield of one tenor, per cent."""
    return of(panel, f"ust.par.{tenor}")


def slope(panel: Panel) -> Track:
    """Ten-year less two-year par yield, bp."""
    return combine(level(panel, "10y"), level(panel, "2y"), lambda a, b: np.round(100 * (a - b), 6))


def realised_vol(panel: Panel) -> Track:
    """Root mean square of the last twenty one-day changes of the ten-year, bp a day."""
    return realised_volatility(level(panel, "10y"), VOLATILITY_DAYS, relative=False, scale=100.0)


def forward_5y5y(panel: Panel) -> Track:
    """The five-year zero-coupon rate five years ahead, per cent, semi-annual compounding.

    From the par yields of seven tenors, read linearly at half-years and stripped one by one:
    P_n = (1 - c_n sum_{j<n} P_j) / (1 + c_n), c_n the half-yearly coupon; then
    f = 2 ((P(5)/P(10))^{1/10} - 1). Straight lines between tenors put some bp of error on it.
    """
    tracks = [level(panel, tenor) for tenor in _NODES]
    days = tracks[-1].dates
    for track in tracks[:-1]:
        days = np.intersect1d(days, track.dates, assume_unique=True)
    if not days.size:
        raise MissingSeriesError("no day has par yields of all tenors from six months to ten years")
    kept = [t.take(np.searchsorted(t.dates, days)) for t in tracks]
    price = _discounts(np.stack([t.values for t in kept]) / 200.0)
    values = 200.0 * ((price[9] / price[19]) ** 0.1 - 1.0)
    return replace(
        kept[-1],
        values=values,
        known=np.max([t.known for t in kept], axis=0),
        known_exact=np.all([t.known_exact for t in kept], axis=0),
        used=tuple(f"ust.par.{tenor}" for tenor in _NODES),
    )


def _discounts(coupons: Values) -> list[Values]:
    """Prices of 1 after 0.5, 1 .. 10 years from half-yearly par coupons (nodes, days)."""
    prices: list[Values] = []
    annuity = np.zeros(coupons.shape[1])
    for years in np.arange(0.5, 10.25, 0.5):
        right = min(int(np.searchsorted(_NODE_YEARS, years)), _NODE_YEARS.size - 1)
        left = max(right - 1, 0)
        span = _NODE_YEARS[right] - _NODE_YEARS[left]
        share = (years - _NODE_YEARS[left]) / span if span else 0.0
        c = coupons[left] + share * (coupons[right] - coupons[left])
        prices.append((1.0 - c * annuity) / (1.0 + c))
        annuity = annuity + prices[-1]
    return prices


def _level(tenor: str) -> Indicator:
    words = tenor.replace("m", "-month").replace("y", "-year")
    return Indicator(
        f"curve.{tenor}",
        f"Treasury par yield, {words}",
        "curve",
        "pct",
        f"The {words} par yield of the Treasury's daily curve, bond-equivalent.",
        (f"ust.par.{tenor}",),
        partial(level, tenor=tenor),
        "US Treasury, Treasury Yield Curve Methodology",
        (*DAILY, FRIDAYS),
        records=("level", "1d", "1w", "friday_week", "1m"),
    )


INDICATORS = (
    *(_level(tenor) for tenor in TENORS),
    Indicator(
        "curve.2s10s",
        "Slope, ten-year less two-year",
        "curve",
        "bp_level",
        "Ten-year less two-year par yield.",
        ("ust.par.10y", "ust.par.2y"),
        slope,
        "Estrella and Mishkin 1998",
        (*DAILY, FRIDAYS),
        records=("level", "1d", "1w", "friday_week", "1m"),
    ),
    Indicator(
        "curve.10y.realised_vol",
        "Realised volatility of the ten-year",
        "curve",
        "bp_level",
        "Root mean square around zero of the ten-year's last twenty one-day changes, bp a day.",
        ("ust.par.10y",),
        realised_vol,
        "Andersen, Bollerslev, Diebold and Labys 2003",
        DAILY,
        stress=1,
        estimated=True,
    ),
    Indicator(
        "curve.5y5y",
        "Five-year rate five years ahead",
        "curve",
        "pct",
        "Zero-coupon rate from year five to year ten, stripped from par yields read linearly "
        "between tenors; semi-annual compounding.",
        tuple(f"ust.par.{tenor}" for tenor in _NODES),
        forward_5y5y,
        "Gürkaynak, Sack and Wright 2007 (forwards; theirs come from a fitted curve)",
        DAILY,
        estimated=True,
    ),
    Indicator(
        "curve.term_premium.10y",
        "Term premium of the ten-year, published",
        "curve",
        "pct",
        "Ten-year zero-coupon yield less the expected path of the short rate, month-end.",
        ("term_premium.acm.10y",),
        partial(of, name="term_premium.acm.10y"),
        "Adrian, Crump and Moench 2013",
        (ONE_MONTH, TWELVE_MONTHS),
        comparator=True,
        note="Re-estimated on the full sample: never as seen at the time.",
    ),
    Indicator(
        "curve.expected_path.10y",
        "Expected short rate over ten years, published",
        "curve",
        "pct",
        "Average short rate expected over ten years, month-end.",
        ("expected_path.acm.10y",),
        partial(of, name="expected_path.acm.10y"),
        "Adrian, Crump and Moench 2013",
        (ONE_MONTH, TWELVE_MONTHS),
        comparator=True,
        note="Re-estimated on the full sample: never as seen at the time.",
    ),
)

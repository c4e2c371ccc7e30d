"""The dollar, the franc and the yen: levels, changes in per cent, realised volatility.

The composite takes their volatility only: whether the dollar rises or falls in stress depends
on what drives the stress, so no direction of a currency counts as stress.
"""

from __future__ import annotations

from functools import partial

from ustress.core.panel import Panel
from ustress.monitor.indicator import DAILY, Indicator
from ustress.monitor.track import Track, of, realised_volatility

VOLATILITY_DAYS = 20
_REFERENCE = "Ranaldo and Söderlind 2010"


def volatility(panel: Panel, name: str) -> Track:
    """Root mean square of the last twenty one-day changes, per cent a day."""
    return realised_volatility(of(panel, name), VOLATILITY_DAYS, relative=True)


def _rate(key: str, series: str, title: str, definition: str, unit: str = "rate") -> Indicator:
    return Indicator(
        f"fx.{key}",
        title,
        "currencies",
        unit,
        definition,
        (series,),
        partial(of, name=series),
        _REFERENCE,
        DAILY,
        relative=True,
        records=("level", "1d", "1w", "1m"),
    )


def _volatility(key: str, series: str, words: str) -> Indicator:
    return Indicator(
        f"fx.{key}.realised_vol",
        f"Realised volatility of {words}",
        "currencies",
        "pct",
        "Root mean square around zero of the last twenty one-day changes, per cent a day.",
        (series,),
        partial(volatility, name=series),
        "Andersen, Bollerslev, Diebold and Labys 2003",
        DAILY,
        stress=1,
        estimated=True,
    )


INDICATORS = (
    _rate(
        "dollar",
        "fx.dollar.broad",
        "Broad dollar index",
        "Trade-weighted dollar against 26 currencies, January 2006 = 100; up: a stronger dollar.",
        "index",
    ),
    _rate("chf", "fx.usdchf", "Swiss francs per dollar", "Down: a stronger franc."),
    _rate("jpy", "fx.usdjpy", "Yen per dollar", "Down: a stronger yen."),
    _volatility("dollar", "fx.dollar.broad", "the broad dollar"),
    _volatility("chf", "fx.usdchf", "the franc"),
    _volatility("jpy", "fx.usdjpy", "the yen"),
)

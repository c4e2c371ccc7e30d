"""Every indicator by key, in the order they are shown."""

from __future__ import annotations

from ustress.core.errors import UnknownNameError
from ustress.monitor.indicator import Indicator
from ustress.monitor.indicators import (
    auction_moves,
    auctions,
    currencies,
    curve,
    curve_fit,
    dealers,
    debt,
    fed,
    flows,
    funding,
    futures,
    havens,
    holdings,
    markets,
    operations,
    premium,
)

INDICATORS: tuple[Indicator, ...] = (
    *curve.INDICATORS,
    *curve_fit.INDICATORS,
    *premium.INDICATORS,
    *holdings.INDICATORS,
    *flows.INDICATORS,
    *auctions.INDICATORS,
    *auction_moves.INDICATORS,
    *funding.INDICATORS,
    *fed.INDICATORS,
    *operations.INDICATORS,
    *dealers.INDICATORS,
    *futures.INDICATORS,
    *currencies.INDICATORS,
    *havens.INDICATORS,
    *markets.INDICATORS,
    *debt.INDICATORS,
)
_BY_KEY = {indicator.key: indicator for indicator in INDICATORS}


def keys() -> tuple[str, ...]:
    """Every indicator's key, in the order shown."""
    return tuple(_BY_KEY)


def indicator(key: str) -> Indicator:
    """The indicator `key`.

    Raises:
        UnknownNameError: if there is none.
    """
    try:
        return _BY_KEY[key]
    except KeyError:
        raise UnknownNameError("indicator", key, keys()) from None

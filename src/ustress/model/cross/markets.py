"""The markets and the drivers, in the order of the table's rows and columns."""

from __future__ import annotations

from typing import NamedTuple


class Market(NamedTuple):
    """A market: its name, the observable it is shown as, and that one's unit."""

    name: str
    observable: str
    unit: str
    title: str


MARKETS = (
    Market("equity", "equity.change", "pct_change", "Equities (S&P 500), since the opening"),
    Market("gold", "gold.change", "pct_change", "Gold, since the opening"),
    Market("franc", "franc.change", "pct_change", "Swiss franc against the dollar, + is up"),
    Market("yen", "yen.change", "pct_change", "Yen against the dollar, + is up"),
    Market("dollar", "dollar.change", "pct_change", "Broad dollar, since the opening"),
    Market("credit", "credit.ig", "bp", "Investment-grade spread, since the opening"),
    Market("mbs", "mbs.spread", "bp", "Agency mortgage-bond spread, since the opening"),
    Market("fx_volatility", "fx.volatility", "pp", "Volatility of currencies, since the opening"),
)
DRIVERS = (
    "expected", "premium", "wedge", "trust", "haven", "purchases", "mbs_bought", "volatility",
)  # fmt: skip
"""bp of the ten-year by expected rates, by the lasting premium (slow factor, supply, wealth,
purchases), by the wedge; bp of convenience lost with trust, gained as a haven; bp taken off the
ten-year by purchases, besides what that does as premium; $100bn of MBS bought (2025 size);
per cent of rate volatility."""
DRIVER_UNITS = {
    **dict.fromkeys(DRIVERS[:6], "bp"),
    "mbs_bought": "$100bn of MBS at 2025 size",
    "volatility": "per cent of rate volatility",
}
"""The units of `DRIVERS`."""

"""Who holds Treasuries in the model, and the maturities they are counted at.

`Sellers` hold and can sell outright; `Sectors` are all sides of a session, so that the net
purchases of all of them add up to zero, the Treasury's issuance included.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar


class Sellers(NamedTuple):
    """One number per holder that can sell outright, by custody where they are foreign."""

    china: Any = 0.0
    japan: Any = 0.0
    other_official: Any = 0.0
    foreign_private: Any = 0.0
    mutual_funds: Any = 0.0
    banks: Any = 0.0
    households: Any = 0.0  # and other real money


class Sectors(NamedTuple):
    """One number per side of the market.

    households: and other real money, the price-elastic buyers among them; hedge_funds: the
    cash-futures trade; auction_investors: whoever takes an auction beside the dealers' surprise,
    gross of what matures (the record does not say who they are); treasury: minus what it issues;
    others: unexplained flow and swap-spread deleveraging.
    """

    china: Any = 0.0
    japan: Any = 0.0
    other_official: Any = 0.0
    foreign_private: Any = 0.0
    mutual_funds: Any = 0.0
    banks: Any = 0.0
    households: Any = 0.0
    hedge_funds: Any = 0.0
    slow_capital: Any = 0.0
    dealers: Any = 0.0
    auction_investors: Any = 0.0
    treasury: Any = 0.0
    fed: Any = 0.0
    others: Any = 0.0


class ByTenor(NamedTuple):
    """One number per maturity sector of the curve, in the order of `TENORS_YEARS`."""

    y2: Any = 0.0
    y3: Any = 0.0
    y5: Any = 0.0
    y7: Any = 0.0
    y10: Any = 0.0
    y20: Any = 0.0
    y30: Any = 0.0


HOLDINGS_2025 = Sellers(760.8, 1079.3, 1978.6, 4799.1, 1500.0, 1700.0, 2900.0)
"""$bn: foreigners in January 2025 (US Treasury, TIC, by custody); the last three assumed."""


Fields = TypeVar("Fields", bound=tuple[Any, ...])


def each(function: Callable[..., Any], first: Fields, *rest: tuple[Any, ...]) -> Fields:
    """`function` applied field by field; the result has the first argument's type."""
    return type(first)(*(function(*row) for row in zip(first, *rest, strict=True)))

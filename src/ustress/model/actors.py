"""What a scenario does to reacting sellers and auctions in a session, and what they remember."""

from __future__ import annotations

from typing import Any, NamedTuple

from ustress.model.sectors import ByTenor

Array = Any


class Auctioned(NamedTuple):
    """The coupon auctions of a session, summed: par in dollars of the date, 0 where there is none.

    x_per_par: ten-year equivalents per par; h: the wedge's profile at their tenors; direct,
    indirect: expected shares of the award; cover: expected bids over size; local: share of the
    ten-year equivalents by tenor. absent_share: of indirect bids; extra_share: size beyond what
    was expected.
    """

    par_usdbn: Array = 0.0
    x_per_par: Array = 1.0
    h: Array = 1.0
    direct: Array = 0.0
    indirect: Array = 0.0
    cover: Array = 0.0
    absent_share: Array = 0.0
    extra_share: Array = 0.0
    local: ByTenor = ByTenor()


class Pressed(NamedTuple):
    """What the scenario does to sellers that react, in one session.

    tariff: rise of the tariff state (0 to 1); retaliation_share: of its holding that a retaliating
    official sells in 21 business days at full state; yen_pct: weakening of the yen, of which
    `yen_defend_share` is defended; jgb_bp: rise of Japanese yields; herding: pressure on foreign
    private holders (0 to 1).
    """

    tariff: Array = 0.0
    retaliation_share: Array = 0.0
    yen_pct: Array = 0.0
    yen_defend_share: Array = 0.0
    jgb_bp: Array = 0.0
    herding: Array = 0.0


class Reacting(NamedTuple):
    """The memory of sellers that react.

    tariff, herding: states in [0, 1]; yen_pct: weakness still to be defended; jgb_bp: rise of
    Japanese yields; ran_usdbn: what the run has sold (2025 size); fund_return_bp: fading sum of
    the ten-year's rises; fund_rate: outflow a day as a share of the holding; banks_usdbn: banks'
    own purchases (2025 size).
    """

    tariff: Array
    yen_pct: Array
    jgb_bp: Array
    herding: Array
    ran_usdbn: Array
    fund_return_bp: Array
    fund_rate: Array
    banks_usdbn: Array


class AuctionSeen(NamedTuple):
    """The newest auctions' result, and how many failed since the opening."""

    tail_bp: Array
    cover: Array
    dealer_share: Array
    failed: Array

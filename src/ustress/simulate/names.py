"""The observables of a run: name, unit, and what a reader is told about each."""

from __future__ import annotations

from dataclasses import dataclass

from ustress.model.cross.markets import MARKETS


@dataclass(frozen=True, slots=True)
class Observable:
    """One quantity at daily closes; `unit` is a key of `ustress.core.units`."""

    name: str
    unit: str
    title: str


SECTORS = {
    "china": "China",
    "japan": "Japan",
    "other_official": "other foreign officials",
    "foreign_private": "foreign private holders",
    "mutual_funds": "mutual funds",
    "banks": "banks",
    "households": "households and other real money",
    "hedge_funds": "funds in the cash-futures basis",
    "slow_capital": "slow-moving capital",
    "dealers": "dealers",
}
"""Sectors whose net purchases since the opening are shown, with their name in a sentence."""

_ALL = (
    Observable("ust.3m", "pct", "Three-month Treasury bill yield"),
    Observable("ust.2y", "pct", "Two-year Treasury yield"),
    Observable("ust.5y", "pct", "Five-year Treasury yield"),
    Observable("ust.10y", "pct", "Ten-year Treasury yield"),
    Observable("ust.30y", "pct", "Thirty-year Treasury yield"),
    Observable("dislocation", "bp", "Dislocation D: what slow capital has not absorbed, ten-year"),
    Observable("dysfunction", "index", "Dysfunction index S, 0 to 1"),
    Observable("repo.spread", "bp_level", "SOFR less interest on reserves"),
    Observable("dealers.use", "ratio", "Use of dealers' balance sheets u"),
    Observable("volatility", "bp_level", "Volatility of the ten-year, per day"),
    Observable("fed.purchases", "usdbn_whole", "Treasuries bought by the Fed and still held, par"),
    Observable("fed.bought", "usdbn_whole", "Treasuries bought by the Fed so far, par"),
    Observable("fed.reserves", "usdbn_whole", "Bank reserves"),
    Observable("trust.loss", "ratio", "Share of trust lost since the opening"),
    Observable("basis.size", "usdbn_whole", "Cash-futures basis trade, notional"),
    Observable(
        "auction.tail", "bp_level", "Tail of the newest auction: stop-out less expected yield"
    ),
    Observable("auction.bid_to_cover", "ratio", "Bid-to-cover of the newest auction"),
    Observable("auction.dealer_share", "ratio", "Dealers' share of the newest auction"),
    Observable("auction.failed", "count", "Auctions so far whose bids fell short of the size"),
    *(
        Observable(f"held.{sector}", "usdbn_move", f"Bought since the opening by {words}, par")
        for sector, words in SECTORS.items()
    ),
    Observable("move.expected", "bp", "Ten-year's move: expected short rates"),
    Observable("move.premium", "bp", "Ten-year's move: slow demand factor"),
    Observable("move.supply", "bp", "Ten-year's move: lasting sales"),
    Observable("move.wealth", "bp", "Ten-year's move: arbitrageurs' losses"),
    Observable("move.wedge", "bp", "Ten-year's move: dislocation"),
    Observable("move.convenience", "bp", "Ten-year's move: convenience yield"),
    Observable("move.policy", "bp", "Ten-year's move: purchases and announcements"),
    Observable("move.transitory", "bp", "Ten-year's move: the session's own impact"),
    Observable("fed.rung", "count", "Highest rung of the Fed's ladder in force, 0 none to 7"),
    Observable("fed.belief", "ratio", "Belief in the backstop"),
    Observable("fed.mbs", "usdbn_whole", "Mortgage bonds bought by the Fed so far, par"),
    Observable("fed.carry", "usdbn_whole", "Cost so far: (IORB less yield at purchase) x holdings"),
    Observable("arbitrageurs.loss", "ratio", "Arbitrageurs' loss, share of wealth"),
    Observable("arbitrageurs.beyond", "flag", "Loss beyond what the slow layer was solved for"),
    Observable("swap.spread", "bp", "Ten-year swap less Treasury, since the opening"),
    *(Observable(m.observable, m.unit, m.title) for m in MARKETS),
)
OBSERVABLES = {o.name: o for o in _ALL}
"""Every observable by name, in the order in which they are shown."""
MOVES = tuple(name for name in OBSERVABLES if name.startswith("move."))
"""The parts of the ten-year's move since the opening; they add up to it."""

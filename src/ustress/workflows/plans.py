"""What a scenario imposes, from its file to the view that reports tell it by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ustress.report.views import Imposed, PlanView

if TYPE_CHECKING:
    from ustress.scenario import Scenario

SELLERS = {
    "china": "China",
    "japan": "Japan",
    "other_official": "other foreign officials",
    "foreign_private": "foreign private holders",
    "mutual_funds": "mutual funds",
    "banks": "banks",
    "households": "households",
}
# key of a size -> the sentence it stands in, and its unit; shares are shown in per cent.
OTHERS = {
    "basis.unwind_usdbn": ("{v} of the cash-futures trade is unwound", "usdbn_whole"),
    "shock.swap_spread.wedge_bp": ("swap-spread positions cut cheapen the ten-year by {v}", "bp"),
    "shock.volatility.rise_pct": ("daily volatility rises by {v}", "share_whole"),
    "shock.trust.loss_share": ("{v} of all trust there is to lose is lost", "share_whole"),
    "shock.haven.rise_bp": ("the convenience yield rises by {v}", "bp"),
    "shock.doubt.loss_rate": ("belief in the backstop falls at the rate {v}", "ratio"),
    "tariff.intensity": ("tariffs rise by {v} of their full scale", "share_whole"),
    "yen.weakening_pct": ("the yen weakens by {v} and is defended", "share_whole"),
    "yen.jgb_rise_bp": ("Japanese yields rise by {v}", "bp"),
    "herding.pressure": ("herding takes {v} of the market's capacity", "share_whole"),
    "auctions.indirect_absent_share": ("{v} of indirect bids stay away", "share_whole"),
    "auctions.size_increase_pct": ("auctions are larger by {v}", "share_whole"),
    "funding.cash_drain_usdbn": ("{v} of reserves drain for as long", "usdbn_whole"),
    "funding.reserves_change_usdbn": ("reserves change by {v}", "usdbn_move"),
}  # fmt: skip
BEFORE = {
    "talk": "talk", "repo": "repo facilities", "relief": "leverage relief",
    "buybacks": "buybacks by the Treasury", "hedged": "hedged purchases",
}  # fmt: skip


def plan(scenario: Scenario) -> PlanView:
    """Sales by seller, what else is imposed, and the Fed's rule, each with its evidence."""
    policy = scenario.policy
    open_ended = policy.kind == "none" and policy.open_ended.on
    rung = policy.open_ended if open_ended else policy
    prefix = "policy.open_ended" if open_ended else "policy"
    buys = policy.buys_outright and scenario.actors.fed

    def bought(key: str) -> Imposed | None:
        size = float(getattr(rung, key))
        return _imposed(scenario, f"{prefix}.{key}", "{v}", size, "usdbn_whole") if buys else None

    return PlanView(
        sales=tuple(_sales(scenario)),
        others=tuple(_others(scenario)),
        buying="none" if not buys else "open_ended" if open_ended else policy.kind,
        pace=bought("pace_usdbn_per_day"),
        most=bought("max_usdbn"),
        before=tuple(w for k, w in BEFORE.items() if scenario.actors.fed and getattr(policy, k).on),
    )


def _sales(scenario: Scenario) -> Iterable[Imposed]:
    for seller, sale in scenario.sale.items():
        shares = sale.amount_share_of_holding
        key, size, unit = "amount_usdbn", sale.amount_usdbn, "usdbn_whole"
        if shares:
            key, size, unit = "amount_share_of_holding", 100.0 * shares, "share_whole"
        if size:
            days = sale.business_days
            yield _imposed(scenario, f"sale.{seller}.{key}", SELLERS[seller], size, unit, days)


def _others(scenario: Scenario) -> Iterable[Imposed]:
    for key, (words, unit) in OTHERS.items():
        table: object = scenario
        *path, last = key.split(".")
        for name in path:
            table = getattr(table, name)
        size = float(getattr(table, last))
        if size:
            size = 100.0 * size if last.endswith(("share", "intensity", "pressure")) else size
            days = int(getattr(table, "business_days"))  # noqa: B009
            yield _imposed(scenario, key, words, size, unit, days)


def _imposed(
    scenario: Scenario, key: str, words: str, size: float, unit: str, days: int | None = None
) -> Imposed:
    found = scenario.evidence_for(key)
    return Imposed(key, words, size, unit, days, found.evidence, found.source)

"""A declared policy in numbers, rung by rung."""

from __future__ import annotations

from ustress.model.fed.rungs import NEVER, ladder
from ustress.model.types import Policy
from ustress.scenario.rule import Buying, PolicyRule, Rung


def policy_numbers(rule: PolicyRule) -> Policy:
    """What the compiled step reads."""
    rungs = {
        "talk": _rung(rule.talk),
        "repo": {
            **_rung(rule.repo),
            "facility_cap_bp": rule.repo.facility_cap_bp,
            "spread_cut": rule.repo.spread_cut_share,
        },
        "relief": {**_rung(rule.relief), "capacity_rise": rule.relief.capacity_rise_pct / 100.0},
        "buybacks": {
            **_buying(rule.buybacks), "x_ratio": rule.buybacks.x_ratio, "reserves_ratio": 0.0,
        },
        "hedged": {
            **_buying(rule.hedged), "x_ratio": 0.0, "temporary": 1.0,
            "half_life_years": rule.hedged.half_life_years,
        },
        "open_ended": _buying(rule.open_ended),
    }  # fmt: skip
    if rule.kind != "none":
        rungs[rule.kind] = _outright(rule)
    return ladder(rungs, rule.prior_belief_share, rule.moral_hazard_pct / 100.0)


def _rung(rung: Rung) -> dict[str, float]:
    return {
        "enabled": float(rung.on),
        "trigger_ratio": rung.trigger_ratio or NEVER,
        "trigger_dysfunction": rung.trigger_dysfunction or NEVER,
        "announce_day": float(rung.announce_day or NEVER),
        "decision_lag_days": float(rung.decision_lag_days),
        "exit_dysfunction": rung.exit_dysfunction,
        "minimum_days": float(rung.minimum_days),
        "belief": rung.belief_share,
    }


def _buying(rung: Buying) -> dict[str, float]:
    return {
        **_rung(rung),
        "pace_usdbn_per_day": rung.pace_usdbn_per_day,
        "announced_usdbn": min(rung.announced_usdbn, rung.max_usdbn),
        "max_usdbn": rung.max_usdbn,
    }


def _outright(rule: PolicyRule) -> dict[str, float]:
    """The rung that the keys of the policy itself describe."""
    return {
        "enabled": 1.0,
        "trigger_ratio": rule.trigger_ratio,
        "decision_lag_days": float(rule.decision_lag_days),
        "pace_usdbn_per_day": rule.pace_usdbn_per_day,
        "announced_usdbn": min(rule.announced_usdbn, rule.max_usdbn),
        "max_usdbn": rule.max_usdbn,
        "exit_dysfunction": rule.exit_dysfunction,
        "minimum_days": float(rule.minimum_days),
        "temporary": float(rule.kind == "temporary"),
        "half_life_years": rule.half_life_years,
        "mbs_ratio": rule.mbs_ratio,
        "belief": rule.belief_share,
    }

"""Declared policies without outright purchases, laid over a scenario."""

from __future__ import annotations

from ustress.core.errors import UnknownNameError
from ustress.scenario.load import load_scenario
from ustress.scenario.schema import Scenario

NOTHING = "nothing"


def undisturbed() -> Scenario:
    """Nothing imposed: no sale, no shock, no purchases."""
    plain = load_scenario("no-intervention")
    return Scenario(
        title="Nothing else", description="nothing imposed but the sale", horizon_days=252,
        policy=plain.policy, name="nothing else",
    )  # fmt: skip


def without_purchases(scenario: Scenario, policy: str | None = None) -> dict[str, Scenario]:
    """The scenario under each declared policy without outright purchases, by the policy's name.

    Args:
        scenario: whose own policy is put aside.
        policy: only this one.

    Raises:
        UnknownNameError: if no such policy is declared.
    """
    rule = load_scenario("no-intervention").policy
    found = {NOTHING: scenario.model_copy(update={"policy": rule})}
    if policy is None:
        return found
    if policy not in found:
        raise UnknownNameError("policy without purchases", policy, tuple(found))
    return {policy: found[policy]}

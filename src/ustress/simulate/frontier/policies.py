"""Declared policies without outright purchases, laid over a scenario."""

from __future__ import annotations

from collections.abc import Mapping

from ustress.core.errors import BadInputError
from ustress.scenario.policies import load_policy, policies_without_purchases
from ustress.scenario.schema import Scenario

NOTHING = "none"


def undisturbed() -> Scenario:
    """Nothing imposed: no sale, no shock, no purchases."""
    return Scenario(
        title="Nothing else", description="nothing imposed but the sale", horizon_days=252,
        policy=load_policy(NOTHING), name="nothing else",
    )  # fmt: skip


def check_nothing_fixed(scenario: Scenario) -> None:
    """Refuse a scenario that fixes a parameter: the point of no return is over all draws.

    Raises:
        BadInputError: naming the first key.
    """
    if scenario.parameters:
        raise BadInputError(
            f"scenario {scenario.name} fixes parameters.{next(iter(scenario.parameters))}; "
            "expected none for the point of no return, which is taken over all draws (--tornado "
            "has half and twice each assumption)"
        )


def check_not_outright(key: str) -> None:
    """Refuse a key of purchases, which are off.

    Raises:
        BadInputError: naming the key.
    """
    table, _, name = key.rpartition(".")
    outright = table == "policy" and name not in ("prior_belief_share", "moral_hazard_pct")
    if outright or table == "policy.open_ended":
        raise BadInputError(
            f"{key} is of outright purchases, which are off at the point of no return; expected "
            "a key of another rung, such as policy.relief.capacity_rise_pct"
        )


TRIGGERS = ("trigger_ratio", "trigger_dysfunction", "announce_day")


def check_rung_on(key: str, courses: Mapping[str, Scenario]) -> None:
    """Refuse a key of a rung that is off under every policy tried: it would change nothing.

    Its triggers are keys that put it on.

    Raises:
        BadInputError: naming the key and the declared policies that have the rung.
    """
    table, _, name = key.rpartition(".")
    rung = table.removeprefix("policy.")
    if rung == table or name in TRIGGERS or any(_is_on(c, rung) for c in courses.values()):
        return
    having = [n for n, rule in policies_without_purchases().items() if _on(getattr(rule, rung))]
    raise BadInputError(
        f"{key} is of a rung that is off under {', '.join(courses)}; expected "
        f"{' or '.join(f'--policy {n}' for n in having) or f'a policy with a {rung} rung'}"
    )


def _is_on(scenario: Scenario, rung: str) -> bool:
    return _on(getattr(scenario.policy, rung))


def _on(rung: object) -> bool:
    return any(getattr(rung, name, 0) for name in TRIGGERS)


def without_purchases(scenario: Scenario, policy: str | None = None) -> dict[str, Scenario]:
    """The scenario under each declared policy without outright purchases, by the policy's name.

    Args:
        scenario: whose own policy is put aside.
        policy: only this one, a built-in name or a file.

    Raises:
        UnknownNameError: if no such policy is declared.
        BadInputError: if it buys outright.
    """
    rules = policies_without_purchases() if policy is None else {policy: load_policy(policy)}
    for name, rule in rules.items():
        if rule.buys_outright:
            names = ", ".join(policies_without_purchases())
            raise BadInputError(
                f"--policy {name} buys outright; expected one without purchases, such as {names}"
            )
    return {name: scenario.model_copy(update={"policy": rule}) for name, rule in rules.items()}

"""Policies are data: built in, named by scenarios, laid under their keys, written by a user."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.model.fed import FIRST_OUTRIGHT, RUNGS
from ustress.scenario import apply_overrides, load_scenario, scenario_keys
from ustress.scenario.policies import _read as read
from ustress.scenario.policies import (
    load_policy,
    policies_without_purchases,
    policy_names,
    policy_title,
)
from ustress.simulate.policy import policy_numbers

OWN = """
title = "My rule"
[policy]
kind = "temporary"
pace_usdbn_per_day = 10
max_usdbn = 100
[policy.talk]
announce_day = 3
belief_share = 0.6
[evidence."policy.talk.belief_share"]
level = "assumed"
source = "a choice"
"""
SCENARIO = """
title = "T"
description = "D"
horizon_days = 20
[policy]
uses = "{uses}"
max_usdbn = 77
"""


@pytest.mark.parametrize("name", policy_names())
def test_every_built_in_policy_passes_the_battery(name: str) -> None:
    """Property: valid, titled, its evidence names keys that exist, its rungs come in order."""
    rule, numbers = load_policy(name), policy_numbers(load_policy(name))
    assert policy_title(name) != name or name == "none"
    known = {info.key for info in scenario_keys()}
    evidence = read(name)[1].get("evidence", {})
    assert set(evidence) <= known
    on = np.asarray(numbers.enabled) > 0
    buying = on & (np.asarray(numbers.pace_usdbn_per_day) > 0)
    assert bool(on[FIRST_OUTRIGHT:].any()) == rule.buys_outright
    assert (np.asarray(numbers.max_usdbn)[buying] < 1e5).all()
    triggers = np.asarray(numbers.trigger_ratio)[[RUNGS.index("talk"), FIRST_OUTRIGHT]]
    assert triggers[0] < triggers[1] or not on[0] or not on[FIRST_OUTRIGHT]


def test_the_policies_without_purchases_never_buy_outright() -> None:
    """Property: at least four, doing nothing among them, none of which takes duration."""
    found = policies_without_purchases()
    assert {"none", "facilities", "leverage-relief", "buybacks-hedged"} <= set(found)
    for rule in found.values():
        numbers = policy_numbers(rule)
        assert not np.asarray(numbers.enabled)[FIRST_OUTRIGHT:].any()
        fed = np.asarray(numbers.enabled) * np.asarray(numbers.reserves_ratio)
        assert not (
            fed * np.asarray(numbers.x_ratio) * np.asarray(numbers.pace_usdbn_per_day)
        ).any()


def test_a_scenario_names_a_policy_and_changes_keys_of_it(tmp_path: Path) -> None:
    """Property: own keys win, the rest is the policy's, evidence goes with its key."""
    (tmp_path / "own.toml").write_text(OWN)
    given = tmp_path / "s.toml"
    given.write_text(SCENARIO.format(uses="facilities-first"))
    found = load_scenario(given)
    assert (found.policy.kind, found.policy.max_usdbn, found.policy.repo.on) == (
        "temporary",
        77,
        True,
    )
    assert found.evidence_for("policy.pace_usdbn_per_day").source.startswith("Half the pace")
    assert found.evidence_for("policy.max_usdbn").source == "not sourced in the scenario's file"
    given.write_text(SCENARIO.format(uses=tmp_path / "own.toml"))
    own = load_scenario(given).policy
    assert (own.talk.announce_day, own.max_usdbn, own.pace_usdbn_per_day) == (3, 77, 10)


def test_another_policy_from_the_command_line() -> None:
    """Property: `policy.uses` replaces the whole policy; later items are laid over it."""
    base = load_scenario("tactical-qe")
    found = apply_overrides(base, ["policy.uses=facilities", "policy.repo.facility_cap_bp=5"])
    assert (found.policy.kind, found.policy.talk.on) == ("none", True)
    assert found.policy.repo.facility_cap_bp == 5.0
    assert found.sale == base.sale


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (OWN.replace("max_usdbn = 100", "max_usdbn = -1"), "policy.max_usdbn is -1"),
        ("title = 'only'\n", r"table \[policy\] is missing"),
        (OWN.replace("title", "titel"), "unknown key 'titel'"),
        (OWN.replace("pace_usdbn_per_day", "pace"), "policy.pace is 10"),
    ],
)
def test_a_wrong_policy_file_is_refused_in_one_sentence(
    tmp_path: Path, text: str, message: str
) -> None:
    """Each names the file and the key."""
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(BadInputError, match=message) as failure:
        load_policy(str(path))
    assert str(path) in str(failure.value)


def test_an_unknown_policy_suggests() -> None:
    with pytest.raises(UnknownNameError, match="facilities"):
        apply_overrides(load_scenario("baseline"), ["policy.uses=facilites"])
    with pytest.raises(BadInputError, match="step after temporary"):
        apply_overrides(
            load_scenario("baseline"),
            ["policy.kind=open_ended", "policy.open_ended.announce_day=1"],
        )

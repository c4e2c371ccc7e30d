"""What a wrong scenario is told: one sentence naming file, key, value and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from ustress.core.errors import BadInputError, UnknownNameError, UstressError
from ustress.scenario import apply_overrides, load_scenario

GOOD = """
title = "Mine"
description = "A sale of my own."
horizon_days = 60
[sale.china]
amount_usdbn = 100
business_days = 10
[policy]
kind = "none"
"""

FILES = {
    "extra key": (GOOD + "\n[shock.trust]\nloss = 1\n", ("shock.trust.loss", "loss_share")),
    "wrong unit": (GOOD.replace("amount_usdbn", "amount_bn"), ("sale.china.amount_bn", "$bn")),
    "missing key": (GOOD.replace("amount_usdbn = 100\n", ""), ("china.amount_usdbn", "missing")),
    "missing table": (GOOD.replace('[policy]\nkind = "none"', ""), ("policy", "missing")),
    "missing title": (GOOD.replace('title = "Mine"', ""), ("title", "missing", "text")),
    "wrong type": (GOOD.replace("= 100", '= "100"'), ("'100'", "a number from", "$bn")),
    "a bool for a number": (GOOD.replace("= 100", "= true"), ("is true", "a number")),
    "out of range": (GOOD.replace("= 100", "= 20000"), ("20000", "-5000 to 10000")),
    "not finite": (GOOD.replace("= 100", "= nan"), ("nan", "a number")),
    "a fraction of a day": (GOOD.replace("days = 10", "days = 2.5"), ("2.5", "whole number")),
    "unknown choice": (GOOD.replace('"none"', '"maybe"'), ("'maybe'", "none, temporary")),
    "unknown seller": (GOOD.replace("sale.china", "sale.chnia"), ("sale.chnia",)),
    "reserved key": ('name = "x"\n' + GOOD, ("name", "not expected")),
    "no pace": (
        GOOD.replace('"none"', '"temporary"\npace_usdbn_per_day = 0'), ("pace_usdbn_per_day",),
    ),
    "ends too late": (GOOD.replace("days = 10", "days = 1260\nstart_day = 2"), ("1261", "1260")),
    "evidence of nothing": (
        GOOD + '\n[evidence."sale.china.amount"]\nlevel = "assumed"\nsource = "me"\n',
        ("sale.china.amount",),
    ),
    "syntax": (GOOD + "\nx = = 1\n", ("not valid TOML", "line 11")),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES, ids=lambda name: name.replace(" ", "-"))
def test_a_wrong_file_gets_one_sentence(case: str, tmp_path: Path) -> None:
    text, words = FILES[case]
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(BadInputError) as caught:
        load_scenario(path)
    message = str(caught.value)
    assert "mine.toml" in message
    assert all(word in message for word in words), message
    assert "\n" not in message
    assert caught.value.exit_code == 2


def test_the_good_file_is_good(tmp_path: Path) -> None:
    """The battery above differs from this file in one place each."""
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)
    scenario = load_scenario(str(path))
    assert scenario.name == "mine"
    assert scenario.total_sale_usdbn == 100
    assert scenario.evidence_for("sale.china.amount_usdbn").level == "assumed"


def test_an_unknown_name_suggests_close_ones() -> None:
    with pytest.raises(UnknownNameError, match="did you mean baseline"):
        load_scenario("basline")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="cannot read scenario file"):
        load_scenario(tmp_path / "none.toml")
    (tmp_path / "odd.toml").write_bytes(b"title = '\xff'")
    with pytest.raises(BadInputError, match="UTF-8"):
        load_scenario(tmp_path / "odd.toml")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("sale.china.amount_bn=3", "did you mean sale.china.amount_usdbn"),
        ("nothing.like.it=3", "unknown scenario key"),
        ("sale.china.amount_usdbn", "not KEY=VALUE"),
        ("=3", "not KEY=VALUE"),
        ("sale.china.amount_usdbn=", "not KEY=VALUE"),
        ("sale.china.amount_usdbn=many", "'many'; expected a number"),
        ("sale.china.amount_usdbn=1e9", "-5000 to 10000"),
        ("policy.kind=often", "one of none, temporary, open_ended"),
        ("actors.fed=1", "true or false"),
        ("title=", "not KEY=VALUE"),
    ],
)
def test_a_wrong_override_gets_one_sentence(item: str, words: str) -> None:
    with pytest.raises(UstressError) as caught:
        apply_overrides(load_scenario("baseline"), [item])
    assert words in str(caught.value)
    assert caught.value.exit_code == 2


def test_overrides_replace_and_are_remembered() -> None:
    items = ["sale.china.amount_usdbn=300", "policy.kind=none", "actors.dealers=false"]
    changed = apply_overrides(load_scenario("tactical-qe"), items)
    assert changed.sale.china.amount_usdbn == 300
    assert (changed.policy.kind, changed.actors.dealers) == ("none", False)
    assert changed.overrides == tuple(items)
    assert "reader" in changed.evidence_for("sale.china.amount_usdbn").source
    assert changed.fingerprint != load_scenario("tactical-qe").fingerprint
    again = apply_overrides(changed, ["sale.china.amount_usdbn=150", "policy.kind=temporary"])
    assert again.overrides == (*items, "sale.china.amount_usdbn=150", "policy.kind=temporary")


def test_no_overrides_change_nothing() -> None:
    one = load_scenario("baseline")
    assert apply_overrides(one, []) is one

"""Scenarios laid over each other, and files of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ustress.core.errors import BadInputError, UstressError
from ustress.scenario import apply_overrides, load_scenario, scenario_keys
from ustress.scenario.template import template
from ustress.scenario.where import line_of
from ustress.workflows import scenarios as job

TOP = """
extends = "middle.toml"
[sale.china]
amount_share_of_holding = 0.5
[[expected]]
observable = "ust.10y"
sign = "+"
against = "baseline"
day = 5
why = "More is sold."
"""
MIDDLE = """
extends = "tactical-qe"
title = "Middle"
references = ["Mine."]
[sale.japan]
amount_usdbn = 7
[policy]
kind = "open_ended"
[evidence."sale.japan.amount_usdbn"]
level = "assumed"
source = "a round number"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "top.toml").write_text(TOP)
    (tmp_path / "middle.toml").write_text(MIDDLE)
    return tmp_path


def test_tables_are_overlaid_key_by_key(folder: Path) -> None:
    """Property: what a file says counts, all else is as below it."""
    found, below = load_scenario(folder / "top.toml"), load_scenario("tactical-qe")
    assert found.lineage == ("middle", "tactical-qe")
    assert (found.name, found.title) == ("top", "Middle")
    assert found.sale.china.amount_share_of_holding == 0.5
    assert found.sale.china.amount_usdbn == 0.0  # the share replaces the amount below
    assert found.sale.china.business_days == below.sale.china.business_days
    assert found.sale.japan.amount_usdbn == 7
    assert found.sale.other_official == below.sale.other_official
    assert (found.policy.kind, found.policy.max_usdbn) == ("open_ended", below.policy.max_usdbn)
    assert found.basis == below.basis
    assert found.references == (*below.references, "Mine.")
    assert [one.day for one in found.expected] == [5]
    assert found.sold_words == "182, 50 % of china's"


def test_evidence_stays_with_the_size_it_speaks_of(folder: Path) -> None:
    """Property: a size changed without a source has none; untouched ones keep theirs."""
    found = load_scenario(folder / "top.toml")
    assert found.evidence_for("sale.japan.amount_usdbn").source == "a round number"
    assert "not sourced" in found.evidence_for("sale.china.amount_share_of_holding").source
    assert "sale.china.amount_usdbn" not in found.evidence
    below = load_scenario("tactical-qe")
    assert found.evidence["basis.unwind_usdbn"] == below.evidence["basis.unwind_usdbn"]


def test_the_order_of_a_chain_is_that_of_its_links(folder: Path) -> None:
    """Second route: the two files written as one give the same numbers."""
    one = TOP.replace('"middle.toml"', '"tactical-qe"\ntitle = "Middle"')
    one = one.replace(
        "[[expected]]",
        '[sale.japan]\namount_usdbn = 7\n[policy]\nkind = "open_ended"\n[[expected]]',
    )
    (folder / "one.toml").write_text(one)
    assert (
        load_scenario(folder / "one.toml").fingerprint
        == load_scenario(folder / "top.toml").fingerprint
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('extends = "a.toml"', ("a.toml extends", "a.toml: expected a chain that ends")),
        ('extends = "b.toml"', ("a.toml extends", "b.toml extends", "expected a chain that ends")),
        ('\nextends = "tactical"', ("a.toml, line 2", "did you mean tactical-qe")),
        ('extends = "gone.toml"', ("a.toml, line 1", "cannot read scenario file", "gone.toml")),
        ("extends = 3", ("a.toml, line 1: extends is 3", "expected the name")),
        ('extends = "baseline"\n[sale.china]\namount_usdbn = 9e9', ("line 3", "-5000 to 10000")),
        ('extends = "baseline"\n[sale.china]\nstart_day = 5', ("line 2", "amount_share_of_hol")),
        (
            'extends = "baseline"\n[sale.china]\namount_usdbn = 5\namount_share_of_holding = 1.0',
            ("line 3", "expected one of the two"),
        ),
        ('extends = "baseline"\n[shock.trust]\nloss = 0.5', ("line 3", "shock.trust.loss_share")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_line(
    text: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_text(text)
    (tmp_path / "b.toml").write_text('extends = "a.toml"')
    with pytest.raises(UstressError) as caught:
        load_scenario(tmp_path / "a.toml")
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert caught.value.exit_code == 2


def test_an_error_below_names_the_file_below(folder: Path) -> None:
    (folder / "middle.toml").write_text(MIDDLE.replace("= 7", '= "seven"'))
    with pytest.raises(BadInputError, match=r"middle\.toml, line 6: sale\.japan\.amount_usdbn"):
        load_scenario(folder / "top.toml")


def test_setting_an_amount_takes_the_share_back() -> None:
    share = apply_overrides(
        load_scenario("tactical-qe"), ["sale.china.amount_share_of_holding=1.0"]
    )
    assert share.sale.china.amount_usdbn == 0.0
    back = apply_overrides(share, ["sale.china.amount_usdbn=5"])
    assert back.sale.china.amount_share_of_holding == 0.0


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("a", 1), ("t.b", 3), ("t.c.d", 5), ("t.c.x", 4), ("u.v", 7), ("t.q", 2), ("e.t.b", 8),
        ("z", None),
    ],
)  # fmt: skip
def test_lines_of_keys(key: str, line: int | None) -> None:
    """Table: plain, in tables, dotted and quoted keys; a missing key is at its nearest table."""
    text = 'a = 1\n[t]\nb = 2\n[t.c] # more\nd = 3\n\nu.v = 9\n[e."t.b"]\n'
    if key == "u.v":
        text = "a = 1\n\n\n\n\n\nu.v = 9\n"
    assert line_of(text, key) == line


@pytest.mark.parametrize("extends", [None, "tactical-qe"])
def test_a_new_file_is_valid_and_shows_every_key(extends: str | None, tmp_path: Path) -> None:
    path = job.new(tmp_path / "mine.toml", extends)
    text = path.read_text()
    assert text.startswith("#:schema file://")
    lines = text.splitlines()
    for info in scenario_keys():
        name = info.key.rpartition(".")[2]
        assert any(line.lstrip("# ").startswith(f"{name} =") for line in lines), info.key
        assert info.expected in text or info.unit == "words", info.key
    found = job.validate(path)
    assert found.line.extends == (() if extends is None else (extends,))
    if extends:
        assert load_scenario(path).fingerprint == load_scenario(extends).fingerprint
    with pytest.raises(BadInputError, match="exists already"):
        job.new(path)
    with pytest.raises(BadInputError, match=r"expected a name such as mine\.toml"):
        job.new(tmp_path / "mine.txt")


def _uncommented(line: str) -> str:
    plain = line.removeprefix("# ")
    given = plain.startswith("[") or " = " in line
    return plain if given and not line.startswith(("#:", "# Uncomment")) else ""


def test_every_commented_line_of_a_template_is_right(tmp_path: Path) -> None:
    """Property: uncommented, the tables of the template say what happens by default."""
    lines = template("mine").split("\n# Where a size")[0].splitlines()
    text = "\n".join(_uncommented(line) for line in lines if "amount_share" not in line)
    (tmp_path / "all.toml").write_text(text)
    found = load_scenario(tmp_path / "all.toml")
    assert found.total_sale_usdbn == 0.0
    assert found.policy.kind == "none"


def test_differences_are_the_keys_that_differ() -> None:
    found = job.diff("tactical-qe", "no-intervention")
    assert {line.key for line in found.keys} >= {"policy.kind"}
    assert all(line.key.startswith("policy.") for line in found.keys)
    assert job.diff("baseline", "baseline").keys == ()

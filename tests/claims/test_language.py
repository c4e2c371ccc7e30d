"""Reading claims files: what is accepted, and that every error points at its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ustress.claims import judge, load_claims, parse_claims
from ustress.claims.lines import locate
from ustress.claims.rules.registry import rule_kinds
from ustress.core.errors import BadInputError
from ustress.core.panel import Panel

GOOD = """title = "mine"
said_on = 2025-04-11
by = "me"
[[claim]]
number = 7
title = "a title"
text = '''
over
several = lines'''
[[claim.part]]
label = "one"
rule = "level"
series = "y"
value = 4
unit = "pct"
[[claim.part]]
label = "two"
rule = "mechanism"
scenario = "s"
outcome = "o"
events = ["fed.buys"]
horizon_days = 60
"""


def test_a_good_file_reads() -> None:
    (claim,) = parse_claims(GOOD, "mine.toml")
    assert (claim.number, claim.said_on, claim.by) == (7, date(2025, 4, 11), "me")
    assert claim.text == "over several = lines"
    assert [part.rule.kind for part in claim.parts] == ["level", "mechanism"]
    assert claim.parts[1].place == "mine.toml, line 16, claim 7, part 2"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("number = 7", "number = 'x'", "m, line 5, claim 1: 'number' must be a whole number"),
        ("number = 7", "number = 0", "m, line 5, claim 1: 'number'"),
        ("number = 7", "number = true", "m, line 5, claim 1: 'number'"),
        ("number = 7\n", "", "m, line 4, claim 1: 'number'"),
        ('title = "a title"', "title = 3", "m, line 6, claim 1: 'title' must be a text"),
        ('title = "a title"', 'note = 1\ntitle = "t"', "m, line 6, claim 1: 'note'"),
        ('title = "a title"', 'joint = "or"\ntitle = "t"', "m, line 6, claim 1: 'joint'"),
        ('title = "a title"', 'tittle = "t"', "m, line 6, claim 1: unknown key 'tittle'"),
        ("by =", "bye =", "m, line 3: unknown key 'bye'"),
        ("said_on = 2025-04-11", "said_on = 'x'", "m, line 2: 'said_on' must be a date"),
        ("said_on = 2025-04-11", "", "m, line 4, claim 1: 'said_on' must be a date"),
        ("2025-04-11", "2025-04-11T10:00:00", "m, line 2: 'said_on' must be a date"),
        ("2025-04-11", "1066-10-14", "lies outside 1986 to 2060"),
        ('"level"', '"levle"', "m, line 12, claim 1, part 1: unknown rule 'levle'; did you mean"),
        ('rule = "level"\n', "", "m, line 10, claim 1, part 1: 'rule' must name a kind"),
        ("value = 4", "value = 'four'", "m, line 14, claim 1, part 1: 'value' of rule 'level'"),
        ("value = 4", "value = nan", "m, line 14, claim 1, part 1: 'value' of rule 'level'"),
        ("value = 4", "value = true", "m, line 14, claim 1, part 1: 'value' of rule 'level'"),
        ("value = 4\n", "", "line 10, claim 1, part 1: key 'value' is missing for rule 'level'"),
        ("value = 4", "vaule = 4\nvalue = 4", "line 14, .* unknown key 'vaule' for rule 'level'"),
        ('unit = "pct"', 'unit = "pcs"', "line 15, .* unknown unit 'pcs'; did you mean"),
        ('unit = "pct"', 'unit = "pct"\non = "now"', "line 16, .* 'on' .* expected a day or one"),
        ('"y"', '"quoted.tic.china"', "line 13, .* figures quoted by the claim itself"),
        ("horizon_days = 60", "horizon_days = 0", "line 22, .* 'horizon_days' of rule"),
        ('label = "two"', 'label = "two"\ncounts = "no!"', "line 18, .* 'counts' of rule"),
        ("[[claim]]", "[[claim]", r"m is not TOML: .*line 4"),
    ],
)
def test_errors_point_at_file_line_claim_and_key(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(BadInputError, match=message):
        parse_claims(GOOD.replace(old, new, 1), "m")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "m: no claims"),
        ("claim = 3", "m: no claims"),
        ("claim = [3]", "m, claim 1: a claim is a table"),
        ("said_on = 2025-04-11\n[[claim]]\nnumber = 1\ntitle = 't'\ntext = 't'", "no parts"),
        (GOOD + GOOD.partition('by = "me"\n')[2], "line 24, claim 2: number 7 is given twice"),
        (GOOD.replace('label = "', 'counts = false\nlabel = "'), "no part counts"),
    ],
)
def test_files_without_claims_or_parts(text: str, message: str) -> None:
    with pytest.raises(BadInputError, match=message):
        parse_claims(text, "m")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"cannot read the claims file .*absent.toml: No such"):
        load_claims(tmp_path / "absent.toml")
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInputError, match="it is not text in UTF-8"):
        load_claims(binary)
    with pytest.raises(BadInputError, match="cannot read the claims file"):
        load_claims(tmp_path)


def test_an_unknown_series_is_named_with_its_place(figures: object, tmp_path: Path) -> None:
    assert callable(figures)
    panel = figures("2025-04-11")
    assert isinstance(panel, Panel)
    file = tmp_path / "mine.toml"
    file.write_text(GOOD.replace('"y"', '"ust.par.11y"'))
    message = r"mine.toml, line 10, claim 7, part 1: unknown series 'ust.par.11y'; did you mean"
    with pytest.raises(BadInputError, match=message):
        judge(load_claims(file), panel, panel)


def test_lines_skip_what_stands_inside_texts() -> None:
    """`several =` inside a text is no key."""
    assert locate(GOOD).line(1, 0, "several") == 4
    assert locate(GOOD).line(1, 1, "value") == 14


def test_the_built_in_file_is_read_without_a_path() -> None:
    assert [claim.number for claim in load_claims()] == list(range(1, 24))


def test_every_kind_of_rule_says_what_it_is() -> None:
    assert len(rule_kinds()) == 16

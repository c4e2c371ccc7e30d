"""Sentences that come as text: every digit becomes a figure, a time mark or a name (property)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ustress.core import marked
from ustress.core.evidence import Evidence
from ustress.report.figures import Day, Figure, Name, Num
from ustress.report.spoken import told

TEXTS = (
    "after 20 business days",
    "fiscal 2026 to 2035",
    "13,552 of 14,809 $bn are in the record, and every coupon moved by +2.1 bp",
    "said on 11 Apr 2025; on 2018-04-04, in January 2025, Q4 2024, 1999Q2 and 2009-01",
    "6.6, 8.2, 9.4 % fall due; below .10 by day 60.",
    "the 3rd of 1702 paths, use of dealers (u0), \N{MINUS SIGN}4.5 pp",
)


@pytest.mark.parametrize("text", TEXTS)
def test_no_digit_stays_outside_and_the_words_are_kept(text: str) -> None:
    found = told(text, "x")
    assert not [p for p in found.parts if isinstance(p, str) and re.search(r"\d", p)]
    flat = str(found).replace("\N{NO-BREAK SPACE}", " ").replace("1,702", "1702")
    flat = flat.replace("4 Apr 2018", "2018-04-04").replace("below 0.1 ", "below .10 ")
    assert flat == text
    ids = [f.id for f in found.figures()]
    assert ids == [f"x.{i}" for i in range(len(ids))]


def test_a_number_has_its_unit_and_a_day_its_date() -> None:
    found = told("+47 bp to 4.48 % on 11 Apr 2025, 3rd since Q4 2024", "x")
    numbers = [p for p in found.parts if isinstance(p, Num)]
    assert [(n.figure.value, n.figure.unit) for n in numbers] == [
        (47.0, "bp_level"), (4.48, "share_pct"), (3.0, "count"),
    ]  # fmt: skip
    days = [p for p in found.parts if isinstance(p, Day)]
    assert [d.day for d in days] == [date(2025, 4, 11), date(2024, 10, 1)]
    assert 'datetime="2024-10">Q4' in days[1].__html__()


def test_a_marked_number_is_the_figure_it_is() -> None:
    """The exact value, and the id, day and source of a known figure; others get the sentence's."""
    own = Figure("claims.4.then.0", 4.48, "pct", Evidence.MEASURED, date(2025, 4, 11))
    text = marked.Sentence(
        f"{marked.name('Yield, 10-year', 'series')} at {marked.number(4.48, 'pct')}, "
        f"{marked.rank(3)} of {marked.count(1993)}: {marked.chance(0.49, 0.011)}"
    )
    assert text == "Yield, 10-year at 4.480 %, 3rd of 1,993: 49 % ± 1"
    found = told(text, "said", (own,))
    assert [f.id for f in found.figures()] == ["claims.4.then.0", "said.0", "said.1", "said.2"]
    assert next(found.figures()) is own
    assert isinstance(found.parts[0], Name)
    assert str(found).replace("\N{NO-BREAK SPACE}", " ") == text


def test_strangers_marks_do_no_harm() -> None:
    """A text with such characters of its own is words."""
    assert marked.plain("a\ue000b\ue001c") == "abc"
    assert str(told("\ue000number|x\ue001\ue0023 things", "x")) == "3 things"
    assert marked.parts("\ue000number|bad|pct|unit|\ue001shown\ue002") == ("shown",)

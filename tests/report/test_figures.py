"""Numbers in text: how they are written and that each carries its id (property)."""

from __future__ import annotations

from datetime import date

import pytest

from ustress.report.figures import Figure, Name, Num, Text, say


@pytest.mark.parametrize(
    ("value", "unit", "form", "shown"),
    [
        (4.48, "pct", "unit", "4.480 %"),
        (47.0, "bp", "signed", "+47 bp"),
        (-47.0, "bp", "size", "47 bp"),
        (-0.2, "bp", "signed", "0 bp"),
        (-21.8, "usdbn_change", "signed", "−$21.8bn"),
        (1079.3, "usdbn", "unit", "$1,079.3bn"),
        (-0.24, "pp", "delta", "−0.24"),
        (450.0, "usdbn_whole", "unit", "$450bn"),
    ],
)
def test_a_number_is_written_by_its_unit(value: float, unit: str, form: str, shown: str) -> None:
    text = str(Num(Figure("x", value, unit), form))  # type: ignore[arg-type]
    assert text.replace("\N{NO-BREAK SPACE}", " ") == shown


def test_a_probability_carries_its_error_unless_it_would_be_nought() -> None:
    assert str(Num(Figure("p", 0.34, "probability", error=0.02))).endswith("34\xa0%\xa0±\xa02")
    assert "±" not in str(Num(Figure("p", 0.0, "probability", error=0.0001)))


def test_html_carries_id_value_and_the_reason_of_a_gap() -> None:
    there = Num(Figure("monitor.a", 4.48, "pct")).__html__()
    assert 'data-figure="monitor.a"' in there
    assert 'value="4.48"' in there
    gone = Num(Figure("monitor.b", None, "pct", reason="not <yet> known")).__html__()
    assert "—" in gone
    assert "not &lt;yet&gt; known" in gone


def test_hostile_words_are_escaped() -> None:
    text = say("{n} said", n=Name("<script>alert(1)</script>"))
    assert "<script" not in text.__html__()
    assert "&lt;script" in text.__html__()


def test_a_sentence_keeps_its_parts_and_figures() -> None:
    rate = Figure("rate", 4.0, "pct")
    text = say("on {d} it was {r}", d=date(2025, 4, 11), r=rate)
    assert [f.id for f in text.figures()] == ["rate"]
    assert '<time datetime="2025-04-11">' in text.__html__()
    assert str(Text((*text.parts, "."))).endswith("%.")


def test_a_place_without_a_part_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("{missing}")

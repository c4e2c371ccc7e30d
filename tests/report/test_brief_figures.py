"""Every number of the brief is its figure's: move all figures and only the marked text moves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from report.sample import before, contents, snapshot
from ustress.report import brief
from ustress.report.brief.compose import compose
from ustress.report.brief.page import to_html
from ustress.report.figures import Figure

_DATA = re.compile(r'<data data-figure="([^"]*)" value="([^"]*)"[^>]*>(.*?)</data>', re.DOTALL)


def moved(thing: Any) -> Any:
    """The same document with every figure's value moved; words, dates and names stay."""
    if isinstance(thing, Figure):
        if thing.value is None:
            return thing
        if thing.unit == "probability":
            return replace(thing, value=0.93 if thing.value < 0.5 else 0.07)
        away = 37.31 if thing.value >= 0 else -37.31  # larger in size whatever it is
        return replace(thing, value=3.0 * thing.value + away)
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: moved(getattr(thing, f.name)) for f in fields(thing)})
    if isinstance(thing, tuple):
        return tuple(moved(one) for one in thing)
    return thing


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.setattr("ustress.report.brief.page.svg", lambda chart, size: "<svg></svg>")
    document = compose(contents(before=before()))
    return to_html(document), to_html(moved(document))


def test_moving_every_figure_moves_every_marked_number(pages: tuple[str, str]) -> None:
    first, second = (_DATA.findall(page) for page in pages)
    assert len(first) == len(second) > 300
    for (id_, value, text), (same, other, new) in zip(first, second, strict=True):
        assert id_ == same
        if value:
            assert value != other, id_
            assert text != new, f"{id_} shows {text} whatever its value"


def test_nothing_but_marked_numbers_moves(pages: tuple[str, str]) -> None:
    """Accessible names repeat a title's numbers as plain text; they may follow."""
    outside = [
        re.sub(
            r'(aria-label|title)="[^"]*"', "", _DATA.sub("", re.sub(r"<title>.*?</title>", "", p))
        )
        for p in pages
    ]
    assert outside[0] == outside[1]


def test_numbers_come_from_the_contents() -> None:
    """Move the readings themselves: every number of the monitor follows."""
    found = snapshot()
    readings = tuple(
        replace(r, value=None if r.value is None else r.value * 1.5) for r in found.readings
    )
    given: Mapping[str, Any] = brief.numbers(contents())["numbers"]
    other: Mapping[str, Any] = brief.numbers(contents(snapshot=replace(found, readings=readings)))[
        "numbers"
    ]
    for r in found.readings:
        if r.value is not None:
            assert other[f"monitor.{r.key}"]["value"] == 1.5 * given[f"monitor.{r.key}"]["value"]

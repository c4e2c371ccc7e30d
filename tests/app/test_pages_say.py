"""What pages say, without a browser: statuses, counts and words a reader compares."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from app import inside
from report import sample
from ustress.app.pages.render import environment
from ustress.app.simulated import every_day
from ustress.core.status import PathStatus
from ustress.report import tabular
from ustress.report.auction_table import beside_table

DAY = date(2025, 4, 11)


def page(to: str, status: int = 200) -> str:
    """A page's text as one line, tags and doubled blanks gone."""
    answer = inside.client().get(to, headers={"accept": "text/html"})
    assert answer.status_code == status
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", answer.text)).split())


@pytest.mark.parametrize("day", ["2018-04-04", "2025-04-10"])
def test_claims_are_shown_on_days_before_they_were_made(day: str) -> None:
    """Property: one sentence says that they were made later; each still stands with its verdict."""
    said = page(f"/claims?as_of={day}")
    assert "claims judged here were made on 11 Apr 2025 , after this date" in said
    number = re.search(r"The (\d+) claims", said)
    assert number is not None
    assert said.count("Chart, claim, rule and numbers") == int(number[1]) > 10


def test_out_of_the_ordinary_is_the_number_of_the_brief() -> None:
    """Second route: the caption of the brief's table; auctions are said apart and add up."""
    snapshot = inside.application().state.served.board(DAY).contents.snapshot
    caption = str(tabular.standing_out(beside_table(snapshot)).caption)
    number = re.search(r"Out of the ordinary: (\d+)", caption)
    said = page(f"/?as_of={DAY}")
    shown = re.search(r"Out of the ordinary (\d+) by a record .*?; (\d+) more in the table", said)
    assert number is not None
    assert shown is not None
    assert shown[1] == number[1]
    assert int(shown[1]) + int(shown[2]) == len(tabular.unusual(snapshot))


@pytest.mark.parametrize(
    ("p", "error", "said"),
    [
        (0.0, 0.0, "0 %"),
        (0.996, 0.002, "99.6 % ± 0.2"),
        (1.0, 0.0, "100 %"),
        (0.34, 0.02, "34 % ± 2"),
    ],
)
def test_chances_are_written_as_in_the_terminal(p: float, error: float, said: str) -> None:
    shown = environment().filters["probability"](p, error)
    assert shown.replace("\N{NO-BREAK SPACE}", " ") == said


def test_changes_have_a_sign() -> None:
    """Property: every number but nought, in the table of a difference."""
    fan = sample.fan("dysfunction", "index", 0.0, 0.2, 0.1)
    cells = [str(c.text) for row in every_day(fan, change=True).rows for c in row.cells[1:]]
    assert {text[0] for text in cells if any(digit in "123456789" for digit in text)} <= {"+", "−"}
    assert "+" in {text[0] for text in cells}


def test_breaks_and_windows_are_told_in_words() -> None:
    told = environment().filters["breaks"]({"spiral": 1200, "liquidated": 1})
    assert told == f"in 1,200 {PathStatus.SPIRAL.value}; in 1 {PathStatus.LIQUIDATED.value}"
    said = page(f"/history/curve.10y?as_of={DAY}")
    assert "friday_week" not in said
    assert "Changes over 1 business day" in said


def test_ticks_of_a_narrow_history_keep_apart() -> None:
    """Property: of labels nearer than their separation one is left out, so that none touch."""
    to = f"/charts/history.json?key=curve.10y&years=2&as_of={DAY}&size=narrow"
    axes = inside.client().get(to).json()["axes"]
    told = [axis for axis in axes if axis["scale"] == "x" and axis.get("labels") is not False]
    assert told
    assert all(a["labelOverlap"] == "greedy" and a["labelSeparation"] >= 8 for a in told)

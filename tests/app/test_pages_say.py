"""What pages say, without a browser: statuses, counts and words a reader compares."""

from __future__ import annotations

import html
import re

import pytest

from app import inside


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

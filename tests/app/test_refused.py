"""What cannot be simulated is refused at once, by page and interface alike; no job is made."""

from __future__ import annotations

import html
from typing import Any

import pytest
from starlette.testclient import TestClient

from app import inside
from app.known import DAY

UNCOVERED = "2026-08-01 has no complete opening state to simulate from; expected a date from 201"
CHINA = "sale.china.amount_usdbn"
Question = tuple[str, str, dict[str, Any], str]
QUESTIONS: dict[str, Question] = {
    "a day after the figures": (
        "what-if?scenario=baseline&as_of=2026-08-01", "runs",
        {"scenario": "baseline", "as_of": "2026-08-01"}, UNCOVERED,
    ),
    "two on such a day": (
        "what-if?scenario=baseline&vs=tactical-qe&as_of=2026-08-01", "comparisons",
        {"first": "baseline", "second": "tactical-qe", "as_of": "2026-08-01"}, UNCOVERED,
    ),
    "a breaking point on it": (
        "breaking-point?as_of=2026-08-01", "breakpoints", {"as_of": "2026-08-01"}, UNCOVERED,
    ),
    "who is hit on it": ("who-is-hit?as_of=2026-08-01", "hits", {"as_of": "2026-08-01"}, UNCOVERED),
    "claims before the figures": (
        "claims?as_of=1980-01-01", "claims", {"as_of": "1980-01-01"},
        "1980-01-01 lies before the figures begin; the first was known on 1990-01-02",
    ),
    "an unknown key": (
        f"what-if?scenario=baseline&as_of={DAY}&set=sale.chyna.amount_usdbn=5", "runs",
        {"scenario": "baseline", "as_of": str(DAY), "overrides": ["sale.chyna.amount_usdbn=5"]},
        "unknown scenario key 'sale.chyna.amount_usdbn'; did you mean sale.china.amount_usdbn",
    ),
    "more than is held": (
        f"what-if?scenario=baseline&as_of={DAY}&set={CHINA}=3000", "runs",
        {"scenario": "baseline", "as_of": str(DAY), "overrides": [f"{CHINA}=3000"]},
        f"{CHINA} is 3000, more than china held: $760.8bn in January 2025",
    ),
    "a scenario less itself": (
        f"what-if?scenario=baseline&vs=baseline&as_of={DAY}", "comparisons",
        {"first": "baseline", "second": "baseline", "as_of": str(DAY)},
        "baseline less itself is nought everywhere; expected two scenarios that differ",
    ),
    "who is hit by it": (
        f"who-is-hit?scenario=baseline&against=baseline&as_of={DAY}", "hits",
        {"scenario": "baseline", "against": "baseline", "as_of": str(DAY)},
        "baseline less itself is nought everywhere; expected two scenarios that differ",
    ),
    "too many days": (
        "who-is-hit?horizon=900", "hits", {"horizon": 900}, "horizon is 900; expected at most 504",
    ),
    "no date": (
        "breaking-point?as_of=yesterday", "curves", {"as_of": "yesterday"},
        "as_of is 'yesterday'; expected a date as YYYY-MM-DD",
    ),
    "an unknown scenario": (
        "who-is-hit?scenario=baseline&against=bassline", "hits",
        {"scenario": "baseline", "against": "bassline"},
        "unknown scenario 'bassline'; did you mean baseline",
    ),
    "an unknown episode": (
        "episodes?replay=black-monday", "replays", {"episode": "black-monday"},
        "episode is 'black-monday'; expected march-2020, september-2019 or april-2025",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def client() -> TestClient:
    """The application in this process; no worker is started."""
    return inside.client()


@pytest.mark.parametrize("name", QUESTIONS)
def test_page_and_interface_say_the_same_at_once(client: TestClient, name: str) -> None:
    """Property: one sentence, no question left for the page's script, no job."""
    page, place, body, sentence = QUESTIONS[name]
    desk = inside.application().state.served.desk
    waited = desk.waiting
    shown = client.get(f"/{page}", headers={"accept": "text/html"})
    assert shown.status_code in (404, 422)
    text = html.unescape(shown.text)
    assert sentence in text
    assert text.count(sentence) == 1
    assert "data-ask" not in text
    answer = client.post(f"/api/v1/{place}", json=body)
    assert answer.status_code == 422
    assert answer.json().keys() == {"detail"}
    assert answer.json()["detail"].startswith(sentence)
    assert desk.waiting == waited


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("/api/v1/monitor?asof=2025-04-11", "unknown parameter 'asof'; did you mean as_of?"),
        ("/?asof=2025-04-11", "unknown part of the address 'asof'; did you mean as_of"),
        ("/what-if?horizn=20", "unknown part of the address 'horizn'; did you mean horizon?"),
        ("/history/curve.10y?years=0", "years is '0'; expected at least 1"),
        ("/api/v1/series/ust.par.10y?last=0", "last is '0'; expected at least 1"),
        ("/api/v1/monitor?as_of=2025-01-02&since=2025-04-11", "since 2025-04-11 is not before"),
    ],
)
def test_what_would_be_overlooked_is_refused(client: TestClient, to: str, sentence: str) -> None:
    """A name nobody reads would leave the reader with another answer than asked for."""
    answer = client.get(to)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(sentence)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"scenario": "baseline", "pathz": 200}, "unknown key 'pathz'; did you mean paths?"),
        ({}, "scenario is missing"),
        ({"scenario": "baseline", "paths": 1.5}, "paths is 1.5; expected a whole number"),
        ({"scenario": "baseline", "overrides": ["x"]}, "overrides.0 is 'x'; expected at least 3"),
        ({"scenario": "baseline", "paths": 20_000, "horizon": 504}, "paths times horizon is above"),
        ([], "the request is not one; expected a JSON object"),
    ],
)
def test_a_body_is_refused_in_one_sentence(client: TestClient, body: Any, sentence: str) -> None:
    answer = client.post("/api/v1/runs", json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(sentence)

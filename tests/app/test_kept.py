"""Pages are made once, and again when what they stand on changes; nothing is simulated here."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient

from app import inside, known
from ustress.report import sheets
from ustress.workflows.claims import judge_claims
from ustress.workflows.export import from_breakpoint, from_hit, from_judged

SMALL = f"as_of={known.DAY}&paths=200"
PAGES = (
    f"/breaking-point?{SMALL}&amount=400",
    f"/who-is-hit?{SMALL}",
    f"/claims?as_of={known.DAY}",
)
CHARTS = (
    f"/charts/breakpoint.csv?{SMALL}",
    f"/charts/frontier.csv?{SMALL}",
    f"/charts/hit.csv?{SMALL}&line=budget.interest",
    "/charts/replay.csv?replay=march-2020&paths=200",
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    """The application in this process with its results in memory."""
    return inside.client()


def test_a_page_shows_a_result_as_soon_as_it_is_known(client: TestClient) -> None:
    """Property: a page kept without a result does not outlive the result's arrival."""
    before = {to: client.get(to).text for to in PAGES}
    assert all("data-ask" in text for text in before.values())
    assert all(client.get(to).status_code == 409 for to in CHARTS)
    known.leave(client.app.state.served.desk.results)  # type: ignore[attr-defined]
    for to in PAGES:
        assert "data-ask" not in client.get(to).text, to
    for to in CHARTS:
        assert client.get(to).status_code == 200, to
    assert "200 paths" in (hit := client.get(PAGES[1]).text)
    assert "weakest input" in hit


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_results_leave_as_files(client: TestClient, ending: str) -> None:
    """Second route: files made from what is kept are those of the results themselves."""
    known.leave(client.app.state.served.desk.results)  # type: ignore[attr-defined]
    claims = judge_claims(None, known.DAY, simulate=False)
    whole = {
        "claims": (from_judged(claims), ""),
        "outcomes": (from_hit(known.hit()), "&paths=200"),
        "breakpoint": (from_breakpoint(known.FORM), "&paths=200"),
    }
    for name, (export, more) in whole.items():
        answer = client.get(f"/api/v1/export/{name}.{ending}?as_of={known.DAY}{more}")
        assert answer.content == sheets.written(export, f".{ending}"), name
        wanted = f'attachment; filename="{name}-{known.DAY}.{ending}"'
        assert answer.headers["content-disposition"] == wanted
    missing = client.get(f"/api/v1/export/breakpoint.{ending}?as_of={known.DAY}&seed=8")
    assert missing.status_code == 409
    assert "POST the same question to /api/v1/breakpoints" in missing.json()["detail"]


def test_a_page_links_the_files_of_its_result(client: TestClient) -> None:
    for to in (*PAGES, f"/series/ust.par.10y?as_of={known.DAY}"):
        text = html.unescape(client.get(to).text)
        links = re.findall(r'href="(/api/v1/export/[^"]+)" download', text)
        assert len(links) == 3, to
        assert all(client.get(link).status_code == 200 for link in links)


def test_a_reader_who_has_the_page_gets_no_other(client: TestClient) -> None:
    first = client.get("/data")
    again = client.get("/data", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get("/data", headers={"accept-encoding": "identity"}).text == first.text

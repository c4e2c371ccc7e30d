"""Pages are made once, and again when what they stand on changes; nothing is simulated here."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from app import known
from ustress.app.make import create
from ustress.app.settings import Settings

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
    return TestClient(create(Settings()), base_url="http://127.0.0.1:8000")


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


def test_a_reader_who_has_the_page_gets_no_other(client: TestClient) -> None:
    first = client.get("/data")
    again = client.get("/data", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get("/data", headers={"accept-encoding": "identity"}).text == first.text

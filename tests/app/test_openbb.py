"""OpenBB Workspace and its Excel add-in: descriptions as documented, answers, origins, token.

Formats: docs.openbb.co, `widgets.json`, `apps.json`, column properties and the metric widget.
"""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from app import inside
from ustress.app.api.openbb import APPS, WIDGETS
from ustress.app.make import create
from ustress.app.settings import Settings

DAY = {"as_of": "2025-04-11"}
WORKSPACE, EXCEL = "https://pro.openbb.co", "https://excel.openbb.co"
ALLOW = "access-control-allow-origin"
CELLS: dict[str, tuple[type, ...]] = {
    "text": (str,), "number": (int, float), "boolean": (bool,), "dateString": (str,),
}  # fmt: skip
COLUMN = {"field", "headerName", "cellDataType", "formatterFn", "renderFn", "pinned", "width"}
PARAMETER = {"paramName", "label", "type", "value", "show", "description", "optional"}


def _client(**given: Any) -> TestClient:
    return TestClient(create(Settings(openbb=True, **given)), base_url="http://127.0.0.1:8000")


@pytest.fixture(scope="module")
def client() -> TestClient:
    """The application with OpenBB let in."""
    return _client()


@pytest.mark.parametrize("name", WIDGETS)
def test_a_widget_is_described_as_documented(name: str) -> None:
    widget = WIDGETS[name]
    assert {"name", "description", "type", "endpoint"} <= set(widget)
    assert widget["type"] in ("table", "metric")
    assert 10 <= widget["gridData"]["w"] <= 40
    assert 4 <= widget["gridData"]["h"] <= 100
    for parameter in widget["params"]:
        assert set(parameter) <= PARAMETER
        assert parameter["type"] == "date"
    for column in widget.get("data", {}).get("table", {}).get("columnsDefs", ()):
        assert set(column) <= COLUMN
        assert column["cellDataType"] in CELLS


@pytest.mark.parametrize("name", WIDGETS)
@pytest.mark.parametrize("more", [{}, {"theme": "dark"}], ids=["plain", "with a theme"])
def test_a_widget_answers_in_the_form_of_its_type(name: str, more: dict[str, str]) -> None:
    """Property: a list of flat rows; cells of their column's type; a metric's words."""
    widget = WIDGETS[name]
    answer = inside.client().get(f"/{widget['endpoint']}", params={**DAY, **more})
    assert answer.headers["content-type"].startswith("application/json")
    rows = answer.json()
    assert rows
    if widget["type"] == "metric":
        for row in rows:
            assert {"label", "value"} <= set(row) <= {"label", "value", "delta", "subvalue"}
            assert all(isinstance(text, str) for text in row.values())
            float(row["delta"])
        return
    columns = widget["data"]["table"]["columnsDefs"]
    for row in rows:
        assert {column["field"] for column in columns} == set(row)
        for column in columns:
            cell = row[column["field"]]
            assert cell is None or isinstance(cell, CELLS[column["cellDataType"]]), column


def test_an_empty_date_is_today() -> None:
    reader = inside.client()
    empty = reader.get("/api/v1/openbb/data?as_of=")
    assert empty.json() == reader.get("/api/v1/openbb/data").json()


def test_apps_lay_out_known_widgets_without_overlap() -> None:
    apps: list[dict[str, Any]] = APPS
    for app in apps:
        groups = {group["name"]: group for group in app["groups"]}
        assert all(name.startswith("Group ") for name in groups)  # others fail silently
        for group in groups.values():
            assert set(group["widgetIds"]) <= set(WIDGETS)
            for name in group["widgetIds"]:
                named = [p["paramName"] for p in WIDGETS[name]["params"]]
                assert group["paramName"] in named
        for key, tab in app["tabs"].items():
            assert tab["id"] == key
            taken: set[tuple[int, int]] = set()
            for cell in tab["layout"]:
                assert cell["i"] in WIDGETS
                assert set(cell["groups"]) <= set(groups)
                assert cell["x"] + cell["w"] <= 40
                area = {
                    (x, y)
                    for x in range(cell["x"], cell["x"] + cell["w"])
                    for y in range(cell["y"], cell["y"] + cell["h"])
                }
                assert not taken & area
                taken |= area


@pytest.mark.parametrize("origin", [WORKSPACE, EXCEL])
def test_workspace_and_excel_may_read(client: TestClient, origin: str) -> None:
    """The preflight of a request with a token, from a page on the network to this machine."""
    asked = {
        "origin": origin, "access-control-request-method": "GET",
        "access-control-request-headers": "authorization",
        "access-control-request-private-network": "true",
    }  # fmt: skip
    preflight = client.options("/api/v1/openbb/monitor", headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers[ALLOW] == origin
    assert "authorization" in preflight.headers["access-control-allow-headers"].lower()
    assert preflight.headers["access-control-allow-private-network"] == "true"
    for to in ("/widgets.json", "/apps.json"):
        found = client.get(to, headers={"origin": origin})
        assert found.headers[ALLOW] == origin
        assert "access-control-allow-credentials" not in found.headers


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "https://pro.openbb.co.evil.example", "http://pro.openbb.co", "null"],
)
def test_nobody_else_may(client: TestClient, origin: str) -> None:
    assert ALLOW not in client.get("/widgets.json", headers={"origin": origin}).headers
    body = {"scenario": "nothing-of-that-name"}
    refused = client.post("/api/v1/runs", json=body, headers={"origin": origin})
    assert refused.status_code == 403


def test_only_when_asked_for() -> None:
    shut = TestClient(create(Settings()), base_url="http://127.0.0.1:8000")
    assert ALLOW not in shut.get("/widgets.json", headers={"origin": WORKSPACE}).headers


def test_the_token_comes_in_workspaces_own_header() -> None:
    """As a custom header of the connection: Authorization, Bearer TOKEN."""
    guarded = _client(host="0.0.0.0", token="a-token-for-tests-only")
    origin = {"origin": WORKSPACE}
    without = guarded.get("/widgets.json", headers=origin)
    assert without.status_code == 401
    with_it = {**origin, "authorization": "Bearer a-token-for-tests-only"}
    assert guarded.get("/widgets.json", headers=with_it).json() == WIDGETS

"""Who may come in and what goes out: hosts, tokens, origins, sizes, headers, names of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.inside import client
from ustress.app import server
from ustress.app.make import create
from ustress.app.settings import Settings
from ustress.cli.main import run

DAY = {"as_of": "2025-04-11"}
TOKEN = "a-token-for-tests-only"


def _client(**given: Any) -> TestClient:
    return TestClient(create(Settings(**given)), base_url="http://127.0.0.1:8000")


@pytest.fixture(scope="module")
def inside() -> TestClient:
    """The application in this process; simulations are not started."""
    return client()


def test_every_answer_carries_the_policy(inside: TestClient) -> None:
    for to in ("/healthz", "/nothing", "/static/app.css", "/?as_of=x"):
        headers = inside.get(to).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil"])
def test_another_name_is_not_ours(inside: TestClient, host: str) -> None:
    """Property: a name rebound to loopback gets nothing."""
    assert inside.get("/healthz", headers={"host": host}).status_code == 421


def test_changing_requests_come_from_our_pages(inside: TestClient) -> None:
    body = {"scenario": "nothing-of-that-name"}
    away = {"origin": "https://evil.example"}
    assert inside.post("/api/v1/runs", json=body, headers=away).status_code == 403
    across = {"sec-fetch-site": "cross-site"}
    assert inside.post("/api/v1/runs", json=body, headers=across).status_code == 403


def test_sizes_are_limited(inside: TestClient) -> None:
    large = b"{" + b" " * 70_000
    assert inside.post("/api/v1/runs", content=large).status_code == 413
    chunked = inside.post("/api/v1/runs", content=iter([large]))
    assert chunked.status_code == 413
    assert inside.get("/?x=" + "y" * 9000).status_code == 414
    for wrong in ({"paths": 10**7}, {"horizon": 5000}, {"overrides": ["x=1"] * 65}):
        answer = inside.post("/api/v1/runs", json={"scenario": "baseline", **wrong})
        assert answer.status_code == 422, wrong


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "x.toml", "..%2f..%2fsecret.toml", "a/b.toml"]
)
def test_no_name_reaches_the_disk(inside: TestClient, name: str) -> None:
    """Property: only names of built-in scenarios are looked up."""
    assert inside.get("/what-if", params={"scenario": name, **DAY}).status_code in (404, 422)
    assert inside.get(f"/static/{name}").status_code == 404
    assert inside.get(f"/api/v1/scenarios/{name}").status_code in (404, 422)
    answer = inside.post("/api/v1/runs", json={"scenario": name})
    assert answer.status_code == 422


def test_elsewhere_a_token_is_asked_for() -> None:
    outside = _client(host="0.0.0.0", token=TOKEN)
    assert outside.get("/api/v1/keys").status_code == 401
    assert outside.get("/healthz").status_code == 200
    wrong = {"authorization": "Bearer a-token-for-tests-onlz"}
    assert outside.get("/api/v1/keys", headers=wrong).status_code == 401
    right = {"authorization": f"Bearer {TOKEN}"}
    assert outside.get("/api/v1/keys", headers=right).status_code == 200
    page = outside.get("/data", headers={"accept": "text/html"}, follow_redirects=False)
    assert page.headers["location"] == "/enter?to=%2Fdata"
    assert outside.post("/enter", data={"token": "no", "to": "/"}).status_code == 401
    entered = outside.post(
        "/enter", data={"token": TOKEN, "to": "//evil.example"}, follow_redirects=False
    )
    assert entered.headers["location"] == "/"
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert outside.get("/api/v1/keys").status_code == 200


@pytest.mark.parametrize(
    ("words", "environment", "expected"),
    [
        ([], "", "from-the-file-0123"),
        ([], "from-the-environment", "from-the-environment"),
        (["--token", "from-the-command-line"], "from-the-environment", "from-the-command-line"),
    ],
)
def test_the_token_comes_from_where_it_was_said_last(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: list[str],
    environment: str,
    expected: str,
) -> None:
    """Property: the command line before the environment before the configuration file."""
    (tmp_path / "config.toml").write_text('[serve]\ntoken = "from-the-file-0123"\n')
    monkeypatch.setenv("USTRESS_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("USTRESS_TOKEN", environment)
    seen: list[Settings] = []
    monkeypatch.setattr(server, "serve", lambda given, _: seen.append(given))
    assert run(["serve", "--host", "0.0.0.0", *words]) == 0
    assert [given.token for given in seen] == [expected]
    assert expected not in repr(seen)


def test_a_short_token_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config.toml").write_text('[serve]\ntoken = "secret"\n')
    monkeypatch.setenv("USTRESS_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.delenv("USTRESS_TOKEN", raising=False)
    assert run(["serve"]) == 2
    said = capsys.readouterr().err
    assert "expected at least 12" in said
    assert "secret" not in said


def test_an_export_is_the_command_lines(inside: TestClient, tmp_path: Path) -> None:
    """Second route: the interface and `export` write the same bytes."""
    file, names = tmp_path / "tic.csv", ["ust.par.10y", "tic.holdings.china"]
    when = ["--as-of", "2025-04-11", "--since", "2025-01-01"]
    assert run(["export", *names, *when, "-o", str(file)]) == 0
    asked = {"name": names, "since": "2025-01-01", **DAY}
    answer = inside.get("/api/v1/export/series.csv", params=asked)
    assert answer.content == file.read_bytes()
    assert answer.headers["content-disposition"].endswith('series-2025-04-11.csv"')
    assert inside.get("/api/v1/export/series.csv", params={"name": "nothing.here"}).is_error


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("/api/v1/monitor?as_of=2025-04-11", ["monitor", "--as-of", "2025-04-11"]),
        ("/api/v1/scenarios/tactical-qe", ["scenarios", "tactical-qe"]),
        ("/api/v1/keys", ["scenarios", "--keys"]),
        (
            "/api/v1/series/ust.par.10y?as_of=2025-04-11&last=3",
            ["series", "ust.par.10y", "--as-of", "2025-04-11", "--last", "3"],
        ),
        ("/api/v1/data/status?as_of=2025-04-11", ["data", "status", "--as-of", "2025-04-11"]),
        ("/api/v1/glossary", ["explain"]),
    ],
)
def test_documents_are_the_command_lines(
    inside: TestClient, capsys: pytest.CaptureFixture[str], to: str, words: list[str]
) -> None:
    """Second route: the interface and `--json` give the same bytes."""
    assert run([*words, "--json"]) == 0
    assert inside.get(to).text == capsys.readouterr().out.rstrip("\n")

"""`data update` and `data check` as typed: what is printed where, and the exit codes."""

from __future__ import annotations

import functools
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.sources.answers import RECORDED, answer, around
from data.sources.loopback import Publisher, Said
from ustress.cli.main import run
from ustress.workflows import refresh


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    """Every publisher on loopback, the reader's places in a temporary folder."""
    monkeypatch.setenv("USTRESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USTRESS_CONFIG", str(tmp_path / "config.toml"))
    server = Publisher(RECORDED)
    place = around(server, tmp_path / "home")
    fields = {name: getattr(place, name) for name in ("bases", "now", "root", "manners")}
    monkeypatch.setattr(refresh, "Surroundings", functools.partial(refresh.Surroundings, **fields))
    yield server
    server.close()


def test_update_tells_source_by_source(
    publisher: Publisher, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher.paths["/v2/accounting/od/debt_to_penny"] = answer("fiscaldata-debt")
    publisher.paths["/v2"] = lambda _: Said(404)
    assert run(["data", "update", "fiscaldata-debt", "fiscaldata-average-rates"]) == 1
    out, err = capsys.readouterr()
    assert "Update of 1 Sep 2026: 1 of 2 sources as they should be" in out
    assert "is not where it used to be" in out
    failed = [line for line in err.splitlines() if line.startswith("ustress: ")]
    assert failed == [
        "ustress: fiscaldata-average-rates is not where it used to be (HTTP 404 Not Found)"
    ]
    assert "fiscaldata-debt: 1 of 1" in err
    assert run(["data", "update", "fiscaldata-debt"]) == 0


def test_update_for_machines(publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    publisher.paths["/v2/accounting/od/debt_to_penny"] = answer("fiscaldata-debt")
    assert run(["--quiet", "data", "update", "fiscaldata-debt", "--json"]) == 0
    out, err = capsys.readouterr()
    (report,) = json.loads(out)["reports"]
    assert report["source"] == "fiscaldata-debt"
    assert report["status"] == "fetched"
    assert err == ""


def test_check_prints_its_verdict(publisher: Publisher, capsys: pytest.CaptureFixture[str]) -> None:
    publisher.paths["/v2"] = answer("fiscaldata-debt")
    assert run(["data", "check", "fiscaldata-debt"]) == 0
    assert "fiscaldata-debt is as described: 2 figures of 1 series" in capsys.readouterr().out
    publisher.paths["/v2"] = b"<html>down</html>"
    assert run(["data", "check", "fiscaldata-debt", "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)[0]["status"] == "is a web page where figures were due"
    assert err.startswith("ustress: fiscaldata-debt is a web page")


def test_an_unknown_source_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("update", "check"):
        assert run(["data", verb, "tresury-par-yields"]) == 2
        assert "did you mean treasury-par-yields" in capsys.readouterr().err


def test_without_a_network_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("USTRESS_HOME", str(tmp_path / "home"))

    def refused(*_: object, **__: object) -> None:
        raise socket.gaierror("no such host")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert run(["data", "check", "cftc-financial-futures"]) == 1
    err = capsys.readouterr().err
    assert err == (
        "ustress: cftc-financial-futures could not be reached "
        "(publicreporting.cftc.gov: no connection; is there a network?)\n"
    )


def test_status_prints_where_the_configuration_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("USTRESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USTRESS_CONFIG", "/somewhere/config.toml")
    assert run(["data", "status"]) == 0
    assert "Configuration: /somewhere/config.toml" in capsys.readouterr().out

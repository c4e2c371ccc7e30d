"""`data import`, `data verify` and `series` as typed: exit codes, rights, quarantine, traces."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ustress.cli.main import run
from ustress.data.intake import take_in
from ustress.data.raw import Kept, RawAnswers, sha256_of
from ustress.data.rows import Row
from ustress.data.store import Store

CSV = "Date,Close,Mine\n2025-04-10,5268.05,1.0\n2025-04-11,5363.36,9e12\n"
MAP = """
[date]
column = "Date"
[[series]]
column = "Close"
series = "market.spx"
[[series]]
column = "Mine"
series = "own.mine"
unit = "pct"
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("USTRESS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    Path("f.csv").write_text(CSV)
    Path("m.toml").write_text(MAP)
    return tmp_path / "home"


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> tuple[str, str]:
    assert run(words) == code
    found = capsys.readouterr()
    return found.out, found.err


def test_import_and_read_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(capsys, "data", "import", "f.csv", "--map", "m.toml")
    assert "3 values added, 0 revised, 0 as before, 1 kept out" in out
    assert "outside -10 to 50 pct" in out
    out, _ = said(capsys, "series", "show", "market.spx", "--vintages")
    assert "5,363.360" in out
    assert "file:f.csv #" in out


def test_licensed_values_leave_only_when_the_reader_says_so(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = said(capsys, "data", "import", "f.csv", "--map", "m.toml", "--json")
    assert json.loads(out)["quarantined"][0]["value"] is None
    assert "9000000000000" not in out
    for words in (["series", "market.spx"], ["series", "own.mine", "--vintages"],
                  ["series", "market.spx", "--revisions"]):  # fmt: skip
        out, err = said(capsys, *words, "--json", code=2)
        assert out == ""
        assert "expected --include-licensed if its values may leave this machine" in err
        out, _ = said(capsys, *words, "--json", "--include-licensed")
        assert json.loads(out)["rows"]
    said(capsys, "series", "market", "--json")
    out, _ = said(capsys, "data", "verify", "--json")
    assert "9000000000000" not in out
    out, _ = said(capsys, "data", "verify", "--json", "--include-licensed")
    assert json.loads(out)["quarantine"][0]["value"] == 9e12


def test_quarantine_is_shown_and_released(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "data", "import", "f.csv", "--map", "m.toml")
    out, _ = said(capsys, "data", "status")
    assert "1 values wait to be looked at" in out
    out, _ = said(capsys, "data", "verify", "--json")
    [case] = json.loads(out)["quarantine"]
    said(capsys, "data", "verify", "--release", "nothing", code=2)
    out, _ = said(capsys, "data", "verify", "--release", case["id"])
    assert "1 values let in" in out
    assert [r.value for r in Store(home).vintages("own.mine")] == [1.0, 9e12]
    assert json.loads(said(capsys, "data", "status", "--json")[0])["quarantined"] == 0


def test_a_mistake_stores_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("f.csv").write_text(CSV.replace("5268.05", "n.a"))
    _, err = said(capsys, "data", "import", "f.csv", "--map", "m.toml", code=2)
    assert err == "ustress: f.csv row 2, column Close: 'n.a'; expected a number\n"
    assert not home.exists()


def test_damage_is_told_and_put_right(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "data", "import", "f.csv", "--map", "m.toml")
    part = Store(home).manifest.of("segments")[-1].path(home)
    part.write_bytes(part.read_bytes()[:-9])
    out, err = said(capsys, "data", "verify", code=1)
    assert f"Fault: segments file {part} is damaged; it held 3 rows" in " ".join(out.split())
    assert "--repair" in err
    out, _ = said(capsys, "data", "verify", "--repair")
    assert "Every file is what was written." in out
    assert (home / "damaged" / part.name).exists()
    _, err = said(capsys, "series", "a", "b", code=2)
    assert err == "ustress: 'b' is one name too many; expected one series or prefix\n"


def test_a_vintage_is_traced_to_its_raw_answer(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, on, body = Store(home), date(2026, 9, 1), b"what the publisher said"
    kept = Kept(sha256_of(body), "treasury", "", "https://example.gov/x", "text/csv", on)
    RawAnswers(home).keep(body, kept)
    row = Row("ust.par.10y", date(2025, 4, 11), 4.49, date(2025, 4, 11), False, "treasury")
    take_in(store, [row], source="treasury", raw_sha256=kept.sha256, retrieved=on)
    words = ["series", "show", "ust.par.10y", "--vintages", "--json", "--as-of", "2026-09-02",
             "--last", "500"]  # fmt: skip
    rows = [r for r in json.loads(said(capsys, *words)[0])["rows"] if r["day"] == "2025-04-11"]
    assert [(r["value"], r["known_from"], r["raw_sha256"], r["asked"]) for r in rows] == [
        (4.48, "2025-04-11", None, ""),
        (4.49, "2026-09-01", kept.sha256, "https://example.gov/x"),
    ]
    out, _ = said(capsys, "series", "ust.par.10y", "--revisions", "--json", "--last", "400")
    revised = [r for r in json.loads(out)["rows"] if r["first"] != r["now"]]
    assert [(r["day"], r["first"], r["now"]) for r in revised] == [("2025-04-11", 4.48, 4.49)]
    assert json.loads(out)["revised"] == 1
    assert store.verify() == ()

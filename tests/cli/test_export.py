"""Exports: the figures, their units and citations, rights, and what a spreadsheet is told."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from ustress.app.exports import of_result
from ustress.app.jobs.tasks import perform
from ustress.cli.main import run
from ustress.core.errors import CannotError
from ustress.core.progress import silent
from ustress.report import sheets
from ustress.report.sheets import Export, Sheet, Source
from ustress.workflows.export import of_claims, write

AS_OF = ["--as-of", "2025-04-11"]


def out(*words: str) -> int:
    return run(["-q", "export", *words])


def read_csv(path: Path) -> tuple[list[str], pl.DataFrame]:
    text = path.read_text()
    head = [line for line in text.splitlines() if line.startswith("# ")]
    return head, pl.read_csv(io.StringIO(text), comment_prefix="# ", try_parse_dates=True)


def test_one_series_in_three_forms_is_the_same_figures(tmp_path: Path) -> None:
    """Second route: the three files read back by three libraries. Treasury, 11 Apr 2025: 4.48."""
    names = ["ust.par.10y", "--since", "2025-04-01", *AS_OF]
    for ending in ("csv", "parquet", "xlsx"):
        assert out(*names, "-o", str(tmp_path / f"ten.{ending}")) == 0
    head, csv = read_csv(tmp_path / "ten.csv")
    parquet = pl.read_parquet(tmp_path / "ten.parquet")
    excel = pl.read_excel(tmp_path / "ten.xlsx", sheet_name="data", read_options={"skip_rows": 1},
                          has_header=False)  # fmt: skip
    assert csv["value"].to_list() == parquet["value"].to_list()
    assert excel.height - 1 in (csv.height, csv.height - 1)
    assert csv.filter(pl.col("day") == date(2025, 4, 11))["value"].item() == 4.48
    assert csv["day"].min() >= date(2025, 4, 1)  # type: ignore[operator]
    assert any("US Treasury" in line and "rights: government" in line for line in head)


def test_what_was_written_is_told_to_machines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ten.csv"
    assert out("ust.par.10y", *AS_OF, "-o", str(file), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["path", "title", "rows", "sources", "as_of"]
    assert told["path"] == str(file)
    assert told["rows"] == read_csv(file)[1].height


def test_parquet_carries_units_sources_and_rights(tmp_path: Path) -> None:
    file = tmp_path / "m.parquet"
    assert out("--monitor", *AS_OF, "-o", str(file)) == 0
    schema = pq.read_schema(file)
    told = json.loads(schema.metadata[b"ustress.sources"])
    assert {"name", "unit", "rights", "known"} <= set(told[0])
    assert schema.field("percentile").metadata[b"unit"].startswith(b"0 to 100")
    frame = pl.read_parquet(file)
    ten = frame.filter(pl.col("key") == "curve.10y")
    assert ten["value"].item() == 4.48
    assert ten["sources"].item() == "ust.par.10y"


def test_licensed_series_need_the_readers_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "spx.csv"
    assert out("market.spx", "-o", str(file)) == 2
    assert "--include-licensed" in capsys.readouterr().err
    assert not file.exists()
    assert out("market", "-o", str(file)) in (0, 2)
    if file.exists():
        assert "rights: licensed" not in file.read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ust.par.10y", "-o", "x.doc"], "expected a name ending in .csv, .parquet, .xlsx"),
        (["ust.par.10y"], "needs -o"),
        (["-o", "x.csv"], "one thing at a time"),
        (["ust.par.10y", "--monitor", "-o", "x.csv"], "one thing at a time"),
        (["ust.par.11y", "-o", "x.csv"], "unknown series"),
        (["--monitor", "--since", "2025-01-01", "-o", "x.csv"], "--since belongs to series"),
        (["--run", "nowhere", "-o", "x.csv"], "no saved run"),
        (["ust.par.10y", "--since", "2030-01-01", *AS_OF, "-o", "x.csv"], "earlier date"),
    ],
)
def test_mistakes_are_one_sentence(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert out(*words) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def hostile() -> Export:
    frame = pl.DataFrame({
        "text": ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\tx", "plain", "a=b"],
        "value": [-1.0, 2.0, 3.0, 4.0, 5.0, 6.0, None],
    })  # fmt: skip
    cited = Source("=x", "t", "pct", "p\n=y", "s", "government", "measured", None, None)
    return Export("=title", date(2025, 4, 11), (Sheet("data", frame, {"value": "pct"}),), (cited,))


def test_text_that_looks_like_a_formula_is_neutralised() -> None:
    """Numbers keep their sign; texts that begin like a formula get an apostrophe."""
    lines = sheets.written(hostile(), ".csv").decode().splitlines()
    body = [line for line in lines if not line.startswith("# ")]
    assert not any(line.lstrip('"').startswith(tuple("=+@")) for line in lines)
    assert body[3].startswith("'-1,")
    assert body[1].endswith(",-1.0")
    assert body[6:] == ["plain,6.0", "a=b,"]
    with zipfile.ZipFile(io.BytesIO(sheets.written(hostile(), ".xlsx"))) as book:
        inside = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xml"))
    assert "<f>" not in inside
    assert "'=HYPERLINK" in inside


def test_the_same_export_is_the_same_bytes() -> None:
    """No clock: property of every form."""
    for ending in sheets.FORMS:
        assert sheets.written(hostile(), ending) == sheets.written(hostile(), ending)


def test_without_xlsxwriter_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(CannotError, match=r"ustress\[excel\]"):
        sheets.check_ending("x.xlsx", ".xlsx")


def test_a_saved_run_by_day_with_what_made_it(tmp_path: Path) -> None:
    assert run(["-q", "run", "baseline", *AS_OF, "--paths", "100", "--horizon", "5",
                "--out", str(tmp_path / "r"), "--json"]) == 0  # fmt: skip
    assert out("--run", str(tmp_path / "r"), "-o", str(tmp_path / "r.csv")) == 0
    head, frame = read_csv(tmp_path / "r.csv")
    ten = frame.filter(pl.col("observable") == "ust.10y").sort("day")
    assert ten["day"].to_list() == [0, 1, 2, 3, 4, 5]
    assert (ten["q5"] <= ten["q95"]).all()
    assert any("opening hash" in line for line in head)


def test_claims_leave_with_their_numbers(tmp_path: Path) -> None:
    write(of_claims(None, "2025-04-11", paths=100), tmp_path / "c.xlsx")
    rows = pl.read_excel(tmp_path / "c.xlsx", sheet_name="data")
    assert rows.height == 23
    assert set(rows["then"].unique()) <= {"holds", "does_not_hold", "partly", "cannot_be_checked"}
    assert pl.read_excel(tmp_path / "c.xlsx", sheet_name="numbers").height > 23


def test_the_application_exports_a_run_with_the_same_bytes(tmp_path: Path) -> None:
    """Second route: the result that a server keeps, and the run saved in a folder."""
    asked = {"scenario": "baseline", "as_of": "2025-04-11", "paths": 100, "horizon": 5}
    kept = perform("run", {**asked, "every_day": True}, silent)
    assert run(["-q", "run", "baseline", *AS_OF, "--paths", "100", "--horizon", "5",
                "--out", str(tmp_path / "r"), "--json"]) == 0  # fmt: skip
    assert out("--run", str(tmp_path / "r"), "-o", str(tmp_path / "r.csv")) == 0
    made = sheets.written(of_result("run", json.loads(json.dumps(kept))), ".csv")
    assert made == (tmp_path / "r.csv").read_bytes()

"""The whole past in a file: what is in it, what is reused, what a broken cache or disk does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ustress.cli.main import run
from ustress.data.store import Store
from ustress.monitor import build, keys
from ustress.monitor.long_history import whole_history
from ustress.workflows.functioning import measured_dysfunction
from ustress.workflows.history import cache_path, read_cache, write_cache

DAY = "2025-04-11"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USTRESS_CACHE", str(tmp_path / "cache"))


def test_a_second_run_reuses_what_is_the_same_and_gives_the_same(tmp_path: Path) -> None:
    files = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for file in files:
        assert run(["-q", "monitor", "--as-of", DAY, "--history", str(file)]) == 0
    one, two = (pl.read_parquet(file) for file in files)
    assert one.equals(two)
    assert len(read_cache()) > 100
    shorter = whole_history(Store().panel(date.fromisoformat("2025-04-04")), read_cache())
    fresh = whole_history(Store().panel(date.fromisoformat("2025-04-04")))
    assert shorter.reused > 200_000
    assert fresh.reused == 0
    for a, b in zip(shorter.pasts, fresh.pasts, strict=True):
        np.testing.assert_array_equal(a.percentile, b.percentile, err_msg=a.key)


def test_second_route_the_newest_row_is_the_reading(tmp_path: Path) -> None:
    file = tmp_path / "h.csv"
    assert run(["-q", "monitor", "--as-of", DAY, "--history", str(file)]) == 0
    table = pl.read_csv(file, try_parse_dates=True)
    assert table.columns == ["key", "family", "unit", "day", "value", "known_from", "percentile"]
    last = {row["key"]: row for row in table.group_by("key", maintain_order=True).last().to_dicts()}
    snapshot = build(Store().panel(date.fromisoformat(DAY)))
    for reading in snapshot.readings:
        if reading.value is None:
            assert reading.key not in last
            continue
        row = last[reading.key]
        assert row["value"] == pytest.approx(reading.value)
        assert row["day"] == reading.day
        if reading.percentile is None:
            assert row["percentile"] is None
        else:
            assert row["percentile"] == pytest.approx(reading.percentile)
    assert last["composite"]["value"] == pytest.approx(snapshot.composite.value)
    assert set(last) <= {*keys(), "composite", *(k for k in last if k.startswith("composite."))}


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04cut"])
def test_a_broken_cache_costs_time_only(content: bytes, tmp_path: Path) -> None:
    cache_path().parent.mkdir(parents=True)
    cache_path().write_bytes(content)
    assert read_cache() == {}
    assert (
        run(["-q", "monitor", "--as-of", "2010-06-11", "--history", str(tmp_path / "h.csv")]) == 0
    )
    assert read_cache()


def test_a_disk_that_refuses_the_cache_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    monkeypatch.setenv("USTRESS_CACHE", str(blocker / "below"))
    write_cache(whole_history(Store().panel(date.fromisoformat("2005-06-10"))))
    assert blocker.read_text() == ""


def test_wrong_files_are_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["monitor", "--history", str(tmp_path / "h.xlsx")]) == 2
    assert ".csv or .parquet" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert run(["monitor", "--history", str(tmp_path / "file" / "h.csv")]) == 1
    assert "cannot write" in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file"]


def test_published_figures_dysfunction_in_september_2019() -> None:
    """SOFR 5.25 over a range to 2.25 on 17 September 2019: r = 290, its part .10 x 290/390."""
    found = measured_dysfunction("2019-09-17")
    assert found.parts["funding"] == pytest.approx(0.10 * 290 / 390)
    assert found.low is not None
    assert found.high == pytest.approx(found.low + 0.30), "the wedge is not known"
    assert "wedge" in found.missing


def test_dysfunction_cannot_be_computed_before_its_figures() -> None:
    found = measured_dysfunction("2008-10-10")
    assert found.low is None
    assert found.high is None
    assert set(found.missing) > {"wedge", "funding.sofr_iorb"}

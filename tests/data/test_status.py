"""Coverage, staleness, the next release, and where the store lies."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ustress.core.evidence import Rights
from ustress.data.catalogue import catalogue
from ustress.data.home import home
from ustress.data.pack import pack_file
from ustress.data.status import FamilyStatus, is_stale, next_expected
from ustress.data.store import Store

APRIL = date(2025, 4, 11)


def by_family(store: Store, as_of: date) -> dict[str, FamilyStatus]:
    return {status.family: status for status in store.status(as_of)}


def test_status_on_11_april_2025(packed: Store) -> None:
    """Published table: what had been released by then, and TIC's next release (21 April)."""
    status = by_family(packed, APRIL)
    embedded = pl.read_parquet(pack_file(), columns=["series"])["series"].unique()
    assert set(status) == {catalogue()[name].family for name in embedded}
    holders = status["tic.country"]
    assert (holders.last_day, holders.last_known) == (date(2025, 1, 31), date(2025, 3, 18))
    assert holders.next_expected == date(2025, 4, 21)
    assert not holders.stale
    assert holders.rights is Rights.GOVERNMENT
    assert status["ust.par"].last_day == APRIL
    assert status["ust.par"].next_expected == date(2025, 4, 14)
    assert status["fed.h41"].next_expected == date(2025, 4, 17)
    assert status["auction"].next_expected is None
    assert not any(s.stale for s in status.values() if s.family != "quoted.tic")


def test_rows_known_by_then_are_counted(packed: Store) -> None:
    """Second route: the family's rows are the lengths of its series, one vintage each."""
    counted = by_family(packed, APRIL)["dealers"].rows
    names = [n for n, i in catalogue().items() if i.family == "dealers"]
    panel = packed.panel(APRIL, names)
    assert counted == sum(len(panel[name]) for name in names)


def test_old_figures_show_their_age(packed: Store) -> None:
    status = by_family(packed, date(2026, 11, 1))
    assert status["ust.par"].stale
    assert status["ust.par"].stale_series == 14
    assert status["ust.par"].next_expected == date(2026, 8, 21)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [  # by hand from the calendar
        ("ust.par.10y", "2025-04-17", "2025-04-21"),
        ("fed.reserves", "2024-11-20", "2024-11-29"),
        ("macro.gdp", "2024-12-31", "2025-04-30"),
        ("macro.cpi", "2025-01-31", "2025-03-17"),
        ("stress.nfci", "2025-04-04", "2025-04-16"),
        ("fomc.announcement", "2025-03-19", None),
    ],
)
def test_next_release(name: str, day: str, expected: str | None) -> None:
    found = next_expected(catalogue()[name], date.fromisoformat(day))
    assert (None if found is None else str(found)) == expected


def test_staleness_begins_a_day_after_the_limit() -> None:
    info = catalogue()["ust.par.10y"]
    assert not is_stale(info, date(2025, 4, 11), date(2025, 4, 16))
    assert is_stale(info, date(2025, 4, 11), date(2025, 4, 17))


def test_it_answers_fast(packed: Store) -> None:
    """Best of five, warm; the aims are 10 ms, 100 ms and 1 s, with room for a busy machine."""
    wide = [n for n in packed.infos if n.startswith(("ust.par", "funding", "fx.", "stress.o"))][:40]
    timed = {1: ["ust.par.10y"], 40: wide, len(packed.infos): list(packed.infos)}
    allowed = dict(zip(timed, (0.03, 0.2, 1.0), strict=True))
    for count, names in timed.items():
        taken = []
        for _ in range(5):
            panel = packed.panel(packed.known_until())
            start = time.perf_counter()
            panel.preload(names)
            taken.append(time.perf_counter() - start)
        assert min(taken) < allowed[count], f"{count} series took {min(taken):.3f} s"


def test_home_is_where_the_reader_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("USTRESS_HOME", str(tmp_path / "mine"))
    assert home() == tmp_path / "mine"
    assert Store().root == tmp_path / "mine"
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("platform", "variable", "tail"),
    [
        ("linux", "XDG_DATA_HOME", "ustress"),
        ("win32", "LOCALAPPDATA", "ustress"),
        ("darwin", "HOME", "Library/Application Support/ustress"),
    ],
)
def test_home_follows_the_platform(
    platform: str, variable: str, tail: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("USTRESS_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert home() == tmp_path / tail

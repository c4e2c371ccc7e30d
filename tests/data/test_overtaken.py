"""True vintages take the place of a pack's newest revision under a date from a lag rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ustress.data.intake import take_in
from ustress.data.rows import Row
from ustress.data.store import Store

DAY = date(2024, 12, 31)
FETCHED = date(2026, 3, 2)


def test_a_revision_is_seen_from_its_own_date_on(tmp_path: Path) -> None:
    """Analytic limit: three dated vintages, and a pack that has the last under the first's date."""
    store = Store(root=tmp_path, pack=None)
    store.append([Row("macro.gdp", DAY, 3.0, date(2025, 1, 31), False, "pack")])
    vintages = [
        Row("macro.gdp", DAY, 1.0, date(2025, 1, 30), True, "a"),
        Row("macro.gdp", DAY, 2.0, date(2025, 2, 27), True, "a"),
        Row("macro.gdp", DAY, 3.0, date(2025, 3, 27), True, "a"),
    ]

    def take() -> int:
        return take_in(store, vintages, source="a", raw_sha256=None, retrieved=FETCHED).stored

    assert take() > 0
    for as_of, value in (
        (date(2025, 1, 30), 1.0), (date(2025, 1, 31), 1.0), (date(2025, 2, 26), 1.0),
        (date(2025, 2, 27), 2.0), (date(2025, 3, 27), 3.0), (date(2026, 1, 1), 3.0),
    ):  # fmt: skip
        assert store.panel(as_of)["macro.gdp"].at(-1).value == value, as_of
    assert take() == 0


def test_a_pack_date_before_the_first_vintage_stays(tmp_path: Path) -> None:
    """Property: nothing is invented for days before the publisher's first vintage."""
    store = Store(root=tmp_path, pack=None)
    store.append([Row("macro.gdp", DAY, 3.0, date(2025, 1, 20), False, "pack")])
    first = Row("macro.gdp", DAY, 1.0, date(2025, 1, 30), True, "a")
    take_in(store, [first], source="a", raw_sha256=None, retrieved=FETCHED)
    assert store.panel(date(2025, 1, 25))["macro.gdp"].at(-1).value == 3.0
    assert store.panel(date(2025, 1, 30))["macro.gdp"].at(-1).value == 1.0

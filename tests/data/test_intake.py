"""The door of the store: repeats, revisions, publishers' own vintages, quarantine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.data import quarantine
from ustress.data.catalogue import catalogue
from ustress.data.intake import Intake, take_in
from ustress.data.pack import pack_file
from ustress.data.plausible import Bounds, bounds, jumps
from ustress.data.rows import Row, trace
from ustress.data.store import Store

NAME = "tic.holdings.china"
JANUARY, LAG = date(2025, 1, 31), date(2025, 3, 18)
RAW = "ab" * 32


def row(value: float, day: date = JANUARY, known: date = LAG, exact: bool = False) -> Row:
    return Row(NAME, day, value, known, exact, "tic")


def take(store: Store, rows: Iterable[Row], on: date) -> Intake:
    return take_in(store, rows, source="tic", raw_sha256=RAW, retrieved=on)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, None)


def known(store: Store, day: date) -> float:
    return store.series(NAME, day).at(-1).value


def test_updating_twice_adds_nothing(store: Store) -> None:
    assert take(store, [row(760.8), row(760.8)], date(2025, 3, 19)) == Intake(added=1)
    files = sorted(store.root.rglob("*.parquet"))
    assert take(store, [row(760.8)], date(2025, 3, 20)) == Intake(repeated=1)
    assert sorted(store.root.rglob("*.parquet")) == files


def test_a_revision_is_known_since_it_was_fetched_not_since_the_lag(store: Store) -> None:
    """The lag says when a figure first appears; its revision was not known then."""
    take(store, [row(760.8)], date(2025, 3, 19))
    assert take(store, [row(761.2)], date(2025, 5, 20)) == Intake(revised=1)
    assert [known(store, d) for d in (LAG, date(2025, 5, 19), date(2025, 5, 20))] == [
        760.8, 760.8, 761.2
    ]  # fmt: skip
    assert take(store, [row(761.2)], date(2025, 6, 1)) == Intake(repeated=1)
    assert take(store, [row(760.8)], date(2025, 6, 2)) == Intake(revised=1)
    assert len(store.vintages(NAME)) == 3


def test_publishers_own_vintages_keep_their_dates(store: Store) -> None:
    """Real-time periods: all of a day's past values arrive at once, each with its own date."""
    first, second = row(760.8, exact=True), row(761.2, known=date(2025, 4, 16), exact=True)
    assert take(store, [second, first], date(2025, 9, 1)) == Intake(added=2)
    assert known(store, date(2025, 4, 15)) == 760.8
    assert known(store, date(2025, 4, 16)) == 761.2
    assert take(store, [first, second], date(2025, 9, 2)) == Intake(repeated=2)
    third = row(762.0, known=date(2025, 9, 18), exact=True)
    assert take(store, [first, second, third], date(2025, 9, 19)) == Intake(repeated=2, revised=1)
    assert known(store, date(2025, 9, 17)) == 761.2


def test_a_figure_changed_under_its_old_date_is_known_since_it_was_fetched(store: Store) -> None:
    """An exact date that now carries another value is no licence to rewrite the past."""
    take(store, [row(2.67, exact=True)], date(2025, 3, 19))
    assert take(store, [row(2.66, exact=True)], date(2025, 4, 2)) == Intake(revised=1)
    assert known(store, date(2025, 4, 1)) == 2.67
    assert known(store, date(2025, 4, 2)) == 2.66
    assert not store.vintages(NAME)[-1].known_exact
    assert take(store, [row(2.66, exact=True)], date(2025, 4, 3)) == Intake(repeated=1)


def test_a_clock_set_back_does_not_reach_into_the_past(store: Store) -> None:
    take(store, [row(760.8)], date(2025, 5, 20))
    take(store, [row(761.2)], date(2025, 6, 20))
    assert take(store, [row(762.0)], date(2020, 1, 1)).revised == 1
    assert known(store, date(2025, 6, 19)) == 760.8


def test_every_value_names_the_answer_it_came_from(store: Store) -> None:
    take(store, [row(760.8)], date(2025, 3, 19))
    stored = store.vintages(NAME)[0]
    assert trace(stored.source) == ("tic", RAW)
    assert stored.retrieved == date(2025, 3, 19)


def calm(n: int, start: date = date(2024, 1, 1)) -> list[Row]:
    """A series that moves by at most 4 bn a day."""
    days = [start + timedelta(days=i) for i in range(n)]
    return [row(760.0 + 4 * (i % 2), d, d) for i, d in enumerate(days)]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (row(float("nan")), "no number"),
        (row(7.608e6), "outside -10,000 to 100,000 usdbn"),
        (row(7608.0), "7608 follows 764; the largest change before was 4"),
        (row(760.0, known=date(2025, 1, 30)), "known on 2025-01-30, before its day"),
        (row(760.0, date(1700, 1, 1), date(1700, 1, 1)), "dated outside 1800 to 2140"),
    ],
)
def test_what_cannot_be_is_kept_out_and_kept(bad: Row, says: str, store: Store) -> None:
    found = take(store, [*calm(200), bad], date(2025, 3, 19))
    assert found.added == 200
    [(kept, reason)] = found.quarantined
    assert says in reason
    [held] = quarantine.held(Store(store.root, None))
    assert (held.row.day, held.reason) == (kept.day, reason)
    assert all(r.day != bad.day for r in store.vintages(NAME))
    again = take(store, [*calm(200), bad], date(2025, 3, 20))
    assert (again.repeated, len(again.quarantined)) == (200, 1)
    assert len(quarantine.held(store)) == 1


def test_two_values_of_one_day_are_both_kept_out(store: Store) -> None:
    found = take(store, [row(760.8), row(761.2)], date(2025, 3, 19))
    assert (found.added, len(found.quarantined)) == (0, 2)
    ids = [h.id for h in quarantine.held(store)]
    quarantine.release(store, [ids[0]])
    assert known(store, LAG) == 760.8
    assert [h.id for h in quarantine.held(store)] == ids[1:]
    with pytest.raises(BadInputError, match=f"nothing in quarantine has the id '{ids[0]}'"):
        quarantine.release(store, [ids[0]])


def test_an_absurd_value_is_not_the_past_of_the_next(store: Store) -> None:
    days = calm(200)
    days[150] = days[150]._replace(value=7600.0)
    found = take(store, days, date(2025, 3, 19))
    assert [kept.day for kept, _ in found.quarantined] == [days[150].day]
    assert found.added == 199


def test_a_released_value_stays_in_when_it_comes_again(store: Store) -> None:
    take(store, [*calm(200), row(7608.0)], date(2025, 3, 19))
    quarantine.release(store, [quarantine.held(store)[0].id])
    assert take(store, [row(7608.0)], date(2025, 3, 20)) == Intake(repeated=1)


def test_an_unknown_series_stores_nothing(store: Store) -> None:
    with pytest.raises(UnknownNameError, match=r"tic\.holdings\.chna"):
        take(store, [row(1.0), row(1.0)._replace(series="tic.holdings.chna")], date(2025, 3, 19))
    assert not (store.root / "segments").exists()


def record() -> dict[str, np.ndarray]:
    """The embedded record, series by series, by day."""
    table = pl.read_parquet(pack_file()).sort("series", "day")
    return {str(n): t["value"].to_numpy() for (n,), t in table.group_by("series")}


def test_no_figure_of_the_record_is_absurd() -> None:
    """Property on real figures: crises pass, with half as much room to spare."""
    for name, values in record().items():
        limits = bounds(catalogue()[name])
        assert limits.low <= values.min() <= values.max() <= limits.high, name
        tighter = Bounds(limits.low, limits.high, limits.jump / 1.25, limits.floor, limits.past)
        assert jumps(values, np.ones(values.size, np.bool_), tighter) == {}, name


@pytest.mark.parametrize(("family", "least"), [("ust.par", 0.99), ("tic.country", 0.85)])
def test_a_decimal_point_in_the_wrong_place_is_seen(family: str, least: float) -> None:
    """Property on real figures: ten times the last value is kept out, for nearly all series."""
    seen = []
    for name, values in record().items():
        info = catalogue()[name]
        if info.family == family and values.size > 100 and values[-1] > 1.0:
            slipped = np.append(values, 10 * values[-1])
            new = np.arange(slipped.size) == values.size
            limits = bounds(info)
            seen.append(bool(jumps(slipped, new, limits)) or slipped[-1] > limits.high)
    assert np.mean(seen) >= least

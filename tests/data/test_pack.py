"""The embedded pack: agrees with the catalogue and its manifest, and holds what was published."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pytest

from ustress.core.dates import calendar
from ustress.data.catalogue import catalogue
from ustress.data.lags import lag
from ustress.data.pack import MANIFEST, pack_file
from ustress.data.segments import digest
from ustress.data.store import Store

MANIFESTED = json.loads(pack_file(MANIFEST).read_text())


def ask(sql: str) -> list[tuple[Any, ...]]:
    pack = f"'{pack_file()}'"
    return duckdb.connect().execute(sql.replace("PACK", pack)).fetchall()


def test_pack_and_catalogue_agree() -> None:
    packed = {name for (name,) in ask("SELECT DISTINCT series FROM PACK")}
    assert packed <= set(catalogue())
    families = json.loads(pack_file(MANIFEST).read_text())["observations.parquet"]["families"]
    assert set(families) == {catalogue()[name].family for name in packed}


def test_it_is_small() -> None:
    assert sum(pack_file(name).stat().st_size for name in (MANIFEST, *MANIFESTED)) <= 4_000_000


def test_the_manifest_holds() -> None:
    for name, entry in MANIFESTED.items():
        path = pack_file(name)
        assert digest(path) == entry["sha256"]
        rows, series, newest = ask(
            "SELECT count(*), count(DISTINCT series), max(known_from) FROM PACK"
        )[0]
        assert (rows, series, str(newest)) == (
            entry["rows"],
            entry["series"],
            entry["newest_known_from"],
        )
        counted: dict[str, int] = {}
        for name_, n in ask("SELECT series, count(*) FROM PACK GROUP BY series"):
            family = catalogue()[name_].family
            counted[family] = counted.get(family, 0) + n
        assert counted == entry["families"]


def test_every_value_is_a_number_known_no_sooner_than_its_day() -> None:
    assert ask("SELECT count(*) FROM PACK WHERE NOT isfinite(value) OR known_from < day")[0] == (0,)


def test_one_vintage_for_each_observation() -> None:
    assert ask("SELECT series, day FROM PACK GROUP BY ALL HAVING count(*) > 1") == []


def test_rows_are_sorted() -> None:
    rows = ask("SELECT series, day FROM (SELECT *, file_row_number FROM"
               " read_parquet(PACK, file_row_number=true)) ORDER BY file_row_number")  # fmt: skip
    assert rows == sorted(rows)


def test_known_dates_follow_the_lags() -> None:
    """Second route: the rule of each series, applied again to every tenth of its days."""
    found = ask("SELECT series, day, known_from, known_exact FROM PACK WHERE hash(day) % 10 = 0")
    assert len(found) > 30_000
    cache: dict[tuple[str, date], date] = {}
    for name, day, known, exact in found:
        rule = lag(catalogue()[name].lag)
        assert exact == rule.exact
        if rule.name != "stated":
            key = (rule.name, day)
            if key not in cache:
                cache[key] = rule.rule(day)
            assert known == cache[key]


def test_no_weekend_observations() -> None:
    """Weekend rows of the tables repeat Friday; only a period's end may fall on a weekend."""
    ends = {n for n, i in catalogue().items() if i.frequency in {"monthly", "quarterly"}}
    strays = {
        name
        for (name,) in ask("SELECT DISTINCT series FROM PACK WHERE isodow(day) > 5")
        if name not in ends
    }
    # The commentary's months, and five announcements on a Sunday or by telephone.
    assert strays <= {"quoted.tic.china", "quoted.tic.japan", "fomc.announcement"}


def test_policy_rates_stand_on_business_days_only() -> None:
    days = ask("SELECT day FROM PACK WHERE series = 'funding.iorb'")
    assert np.is_busday([d for (d,) in days], busdaycal=calendar()).all()
    assert min(days) == (date(2021, 7, 29),)


def test_facilities_have_no_zeros_before_they_began() -> None:
    first = dict(ask("SELECT series, min(day) FROM PACK GROUP BY series"))
    assert first["fed.srf"] >= date(2021, 7, 28)
    assert first["fed.fima_repo"] >= date(2020, 4, 6)


def test_classes_of_debt_add_up(packed: Store) -> None:
    """Second route: the classes sum to the published totals, to a million dollars."""
    day = date(2025, 3, 31)
    classes = ["bills", "notes", "bonds", "tips", "frn", "ffb"]
    panel = packed.panel(date(2025, 4, 11))

    def at(name: str) -> float:
        seen = panel[f"debt.public.{name}"].on_or_before(day)
        assert seen is not None
        assert seen.day == day
        return seen.value

    assert sum(map(at, classes)) == pytest.approx(at("marketable"), abs=1e-3)
    assert at("marketable") + at("nonmarketable") == pytest.approx(at("total"), abs=1e-3)


def test_officials_are_bills_and_bonds() -> None:
    """Second route: TIC's official total is the sum of its two parts in every month."""
    rows = ask("""
        SELECT max(abs(v)) FROM (SELECT day, sum(CASE series WHEN 'tic.holdings.official'
        THEN value ELSE -value END) AS v FROM PACK WHERE series IN ('tic.holdings.official',
        'tic.holdings.official_bills', 'tic.holdings.official_bonds') GROUP BY day)
    """)
    assert rows[0][0] < 0.15


def test_countries_and_groups_sum_to_the_total() -> None:
    """Second route: holders without the official lines sum to the grand total, to rounding."""
    official = (
        "'tic.holdings.official', 'tic.holdings.official_bills', 'tic.holdings.official_bonds'"
    )
    worst = ask(f"""
        SELECT max(abs(v)) FROM (SELECT day, sum(CASE series WHEN 'tic.holdings.total'
        THEN value ELSE -value END) AS v, count_if(series = 'tic.holdings.total') AS n FROM PACK
        WHERE starts_with(series, 'tic.holdings.') AND series NOT IN ({official})
        GROUP BY day) WHERE n = 1
    """)
    assert worst[0][0] < 2.0


def test_quoted_values_are_never_vintages_of_a_record() -> None:
    """The commentary's figures live in series of their own, without its December 2023 row."""
    rows = ask("SELECT series, day, known_from FROM PACK WHERE source LIKE 'commentary%'")
    assert {name for name, _, _ in rows} == {"quoted.tic.china", "quoted.tic.japan"}
    assert {day for _, day, _ in rows} == {
        date(2024, 10, 31), date(2024, 11, 30), date(2024, 12, 31), date(2025, 1, 31)
    }  # fmt: skip
    assert {known for _, _, known in rows} == {date(2025, 4, 11)}


def test_newest_holders_known_on_11_april_2025_are_of_january(packed: Store) -> None:
    """Published table: TIC release of 18 March 2025 (China 760.8, Japan 1,079.3 $bn)."""
    panel = packed.panel(date(2025, 4, 11))
    for name, value in (("china", 760.8), ("japan", 1079.3)):
        newest = panel[f"tic.holdings.{name}"].at(-1)
        assert (newest.day, newest.value) == (date(2025, 1, 31), value)
        assert (newest.known, newest.known_exact) == (date(2025, 3, 18), False)
    before = packed.panel(date(2025, 3, 17))["tic.holdings.china"].at(-1)
    assert before.day == date(2024, 12, 31)

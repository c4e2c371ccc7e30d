"""The catalogue: every entry is complete, and every block is checked when read."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from typing import Any

import pytest

from ustress.core.errors import CannotError
from ustress.core.evidence import Evidence, Rights
from ustress.core.panel import SeriesInfo
from ustress.core.units import unit
from ustress.data.catalogue import _read, catalogue, expand
from ustress.data.lags import lag
from ustress.data.status import next_day, next_expected
from ustress.data.store import Store

INFOS = tuple(catalogue().values())
BLOCK: dict[str, Any] = {
    "family": "f",
    "name": "f.{x}.{m}",
    "title": "{x}: {t}",
    "unit": "pct",
    "frequency": "daily",
    "publisher": "P",
    "source": "S",
    "rights": "government",
    "lag": "same_day",
    "stale_after_days": 5,
    "across": {"a": "Alpha", "b": "Beta"},
    "members": {"one": "first", "two": {"t": "second", "unit": "bp", "comparator": True}},
}


def test_every_entry_is_complete() -> None:
    for info in INFOS:
        assert unit(info.unit).key == info.unit
        assert lag(info.lag).name == info.lag
        assert info.frequency in {"daily", "weekly", "monthly", "quarterly", "irregular"}
        assert info.title
        assert info.publisher
        assert info.source
        assert info.stale_after_days > 0
        assert "{" not in info.name + info.title


def test_names_are_dotted_lower_case() -> None:
    for info in INFOS:
        assert info.name == info.name.lower()
        assert info.name.replace(".", "").replace("_", "").isalnum(), info.name


def test_of_licensed_series_only_quoted_values_are_embedded(packed: Store) -> None:
    """The places of licensed series stand empty until a reader's key or file fills them."""
    licensed = {info.name for info in INFOS if info.rights is Rights.LICENSED}
    filled = {name for name, history in packed.histories(licensed).items() if history.keys.size}
    assert filled == {info.name for info in INFOS if info.family == "quoted.market"}
    assert {"market.spx", "market.gold", "credit.ig.aa", "mortgage.30y"} <= licensed - filled


def test_what_is_re_estimated_is_marked() -> None:
    """Series re-estimated on the full sample are comparators, and estimated."""
    for info in INFOS:
        if info.family in {"acm", "stress.ofr_fsi", "stress.nfci", "credit"}:
            assert info.comparator, info.name
            assert info.evidence is Evidence.ESTIMATED
        if info.family in {"ust.par", "tic.country", "auction", "funding", "fed.h41", "dealers"}:
            assert not info.comparator, info.name


def test_aggregates_are_apart_from_countries() -> None:
    aggregates = {i.name for i in INFOS if i.family == "tic.aggregate"}
    assert {
        "tic.holdings.total",
        "tic.holdings.official",
        "tic.holdings.oil_exporters",
    } < aggregates
    assert "tic.holdings.china" not in aggregates


@pytest.mark.parametrize("info", INFOS[::7], ids=lambda info: info.name)
def test_a_series_published_on_time_is_never_stale(info: SeriesInfo) -> None:
    """Second route: replay ten years of releases; the greatest age is on the eve of the next."""
    day, oldest = date(2016, 1, 6 if info.frequency == "weekly" else 31), 0
    while day < date(2026, 1, 1) and (released := next_expected(info, day)):
        oldest = max(oldest, (released - day).days - 1)
        following = next_day(info.frequency, day)
        assert following is not None
        day = following
    assert oldest <= info.stale_after_days


def test_templates_expand_with_overrides() -> None:
    made = {info.name: info for info in expand(BLOCK, "made.toml")}
    assert list(made) == ["f.a.one", "f.a.two", "f.b.one", "f.b.two"]
    assert made["f.b.two"].title == "Beta: second"
    assert (made["f.a.one"].unit, made["f.a.two"].unit) == ("pct", "bp")
    assert (made["f.a.one"].comparator, made["f.a.two"].comparator) == (False, True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"lagg": "same_day"}, "unknown field lagg"),
        ({"rights": "none"}, "'none' is not a valid Rights"),
        ({"members": {"one": {"unit": "bp"}}}, "'t'"),
        ({"family": ...}, "'family'"),
    ],
)
def test_a_wrong_block_is_named(change: dict[str, Any], says: str) -> None:
    block = {k: v for k, v in {**BLOCK, **change}.items() if v is not ...}
    with pytest.raises(CannotError, match=r"catalogue made\.toml: f\.\{x\}\.\{m\}: ") as fault:
        list(expand(block, "made.toml"))
    assert says in str(fault.value)


def test_it_reads_fast() -> None:
    """Under 50 ms, best of three."""
    taken = []
    for _ in range(3):
        _read.cache_clear()
        start = time.perf_counter()
        catalogue()
        taken.append(time.perf_counter() - start)
    assert min(taken) < 0.05


def test_reading_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; from ustress.data.catalogue import catalogue; catalogue();"
        "sys.exit(any(m in sys.modules for m in ('duckdb', 'polars', 'pyarrow', 'scipy', 'jax')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

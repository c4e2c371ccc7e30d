from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pytest

from ustress.claims import judge_one, parse_claims
from ustress.claims.verdict import Judgement
from ustress.core.evidence import Rights
from ustress.core.panel import Panel, Series, SeriesInfo
from ustress.data.store import Store

# unit, frequency, observations as (day, value), days from the observation to its being known
Made = tuple[str, str, Sequence[tuple[str, float]], int]
Known = Callable[[str, Mapping[str, Made]], Panel]
Judged = Callable[..., Judgement]
Figures = Callable[[str], Panel]


def info(name: str, unit: str, frequency: str) -> SeriesInfo:
    return SeriesInfo(
        name, f"title of {name}", "family", unit, frequency, "publisher", "source",
        Rights.GOVERNMENT, "lag", 5,
    )  # fmt: skip


def panel(as_of: str, made: Mapping[str, Made]) -> Panel:
    """A panel of exactly what was known by the end of `as_of`."""
    infos = {name: info(name, unit, frequency) for name, (unit, frequency, _, _) in made.items()}
    day = date.fromisoformat(as_of)

    def load(names: tuple[str, ...]) -> dict[str, Series]:
        return {name: known(infos[name], made[name], day) for name in names}

    return Panel(day, day, infos, load)


def known(its: SeriesInfo, made: Made, as_of: date) -> Series:
    rows = [(date.fromisoformat(day), value) for day, value in sorted(made[2])]
    lag = timedelta(days=made[3])
    rows = [(day, value) for day, value in rows if day + lag <= as_of]
    dates = np.array([day for day, _ in rows], dtype="datetime64[D]")
    values = np.array([value for _, value in rows], dtype=float)
    later = np.array([day + lag for day, _ in rows], dtype="datetime64[D]")
    return Series(its, dates, values, later, np.ones(dates.size, bool))


@pytest.fixture
def known_on() -> Known:
    return panel


@pytest.fixture
def judged() -> Judged:
    """Judge one part, written as in a claims file, on made-up series."""

    def run(
        part: str, made: Mapping[str, Made], as_of: str = "2025-04-11", said_on: str = "2025-04-11"
    ) -> Judgement:
        text = f"""
        said_on = {said_on}
        [[claim]]
        number = 1
        title = "t"
        text = "t"
        [[claim.part]]
        label = "p"
        {part}
        """
        claim = parse_claims(text, "made.toml")[0]
        there = panel(as_of, made)
        for each in claim.parts:
            each.rule.check(there.infos)
        return judge_one(claim, there)

    return run


@lru_cache(maxsize=8)
def _figures(day: str) -> Panel:
    store = Store()
    return store.panel(store.known_until() if day == "today" else date.fromisoformat(day))


@pytest.fixture(scope="session")
def figures() -> Figures:
    """The embedded figures as known on a day; `today` is the newest known-from date."""
    return _figures

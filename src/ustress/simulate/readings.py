"""Which readings of the monitor open a simulation, how old each may be, and what it decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ustress.core.errors import CannotError
from ustress.core.evidence import Evidence
from ustress.monitor.snapshot import Reading, Snapshot

TENORS = {
    "3m": 0.25, "6m": 0.5, "1y": 1.0, "2y": 2.0, "3y": 3.0, "5y": 5.0, "7y": 7.0, "10y": 10.0,
    "20y": 20.0, "30y": 30.0,
}  # fmt: skip
"""Tenors of the curve by the monitor's name, years."""


@dataclass(frozen=True, slots=True)
class Needed:
    """A reading the opening needs: its age limit in calendar days and what it decides."""

    key: str
    oldest_days: int
    decides: str


OLDEST_CURVE_DAYS = 4
_CURVE = tuple(
    Needed(f"curve.{t}", OLDEST_CURVE_DAYS, "the curve and the slow state q") for t in TENORS
)
NEEDED = (
    *_CURVE,
    Needed("curve.10y.realised_vol", 4, "volatility sigma, hence depth and dealers' use"),
    Needed("funding.sofr_iorb", 6, "funding at the opening"),
    Needed("fed.reserves", 21, "funding and its distance from scarcity"),
    Needed(
        "macro.gdp", 250, "the size of the economy a flow meets, and what reserves are held against"
    ),
    Needed("dealers.use", 28, "how full dealers' balance sheets are (u0)"),
    Needed("holdings.china", 150, "the most China can sell"),
    Needed("holdings.japan", 150, "the most Japan can sell"),
    Needed("holdings.official", 150, "the most other foreign officials can sell"),
    Needed("holdings.total", 150, "the most foreign private holders can sell"),
)
"""Everything needed. The age limits let weekends, holidays and one late publication pass."""


@dataclass(frozen=True, slots=True)
class Input:
    """One figure the simulation opens with, and where it comes from.

    `stand_in` marks one that takes the place of a reading that does not exist on the date.
    """

    name: str
    title: str
    value: float
    unit: str
    day: date | None
    source: str
    evidence: Evidence
    decides: str
    note: str = ""
    stand_in: bool = False


def take(snapshot: Snapshot, stand_ins: tuple[Reading, ...] = ()) -> tuple[Input, ...]:
    """The measured inputs of the opening.

    Args:
        snapshot: the monitor's readings.
        stand_ins: readings that take the place of those of the same key that cannot be used.

    Raises:
        CannotError: naming every reading that is missing or too old.
    """
    by_key = {reading.key: reading for reading in snapshot.readings}
    others = {reading.key: reading for reading in stand_ins}
    found, gaps = [], []
    for needed in NEEDED:
        reading = by_key.get(needed.key)
        gap = _gap(needed, reading, snapshot.as_of)
        replaced = bool(gap) and needed.key in others
        if replaced:
            reading = others[needed.key]
            gap = _gap(needed, reading, snapshot.as_of)
        if gap or reading is None or reading.value is None:
            gaps.append(gap)
        else:
            found.append(_input(needed, reading, reading.value, stand_in=replaced))
    if gaps:
        raise CannotError(
            f"the opening state of {snapshot.as_of} is incomplete, so nothing can be simulated "
            f"from it: {_shortened(gaps)}"
        )
    return tuple(found)


def _gap(needed: Needed, reading: Reading | None, as_of: date) -> str:
    """Why a reading cannot be used, empty if it can."""
    if reading is None:
        return f"{needed.key} is not in the snapshot"
    if reading.value is None or reading.day is None:
        return f"{needed.key}: {reading.reason or 'no value'}"
    age = (as_of - reading.day).days
    if age > needed.oldest_days:
        return f"{needed.key} is of {reading.day}, {age} days old (at most {needed.oldest_days})"
    return ""


def _shortened(gaps: list[str], shown: int = 4) -> str:
    more = f"; and {len(gaps) - shown} more" if len(gaps) > shown else ""
    return "; ".join(gaps[:shown]) + more


def _input(needed: Needed, reading: Reading, value: float, *, stand_in: bool) -> Input:
    return Input(
        needed.key, reading.title, value, reading.unit, reading.day,
        ", ".join(reading.sources), reading.evidence, needed.decides, reading.note,
        stand_in,
    )  # fmt: skip

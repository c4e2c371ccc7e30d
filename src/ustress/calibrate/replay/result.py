"""What a replay shows: flows with the date they were known, days compared, what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ustress.calibrate.episodes import RecordDay
from ustress.calibrate.fast.bases import HELD_OUT
from ustress.calibrate.replay.left import Left
from ustress.core.evidence import Evidence

if TYPE_CHECKING:
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.opening import Opening


@dataclass(frozen=True, slots=True)
class FlowFed:
    """One declared flow: how much of it there is, and how much was known by the episode's end.

    `role` context is shown and not fed in. `missing` says why there is no figure.
    """

    key: str
    title: str
    role: str
    seller: str
    total_usdbn: float | None
    known_in_time_usdbn: float | None
    last_known: date | None
    evidence: Evidence
    source: str
    rule: str
    rests_on: str
    missing: str


@dataclass(frozen=True, slots=True)
class DayCompared:
    """A day's record against the model, in `unit`: median and 5 to 95 % over paths.

    `with_flows` is what the measured flows did, median paired difference to the same shocks
    without them. `record` is None where none is kept. `basis` says whether something was fitted
    to the row, `basis_why` what.
    """

    observable: str
    title: str
    unit: str
    day: date
    record: float | None
    model: float
    low: float
    high: float
    with_flows: float
    basis: str = HELD_OUT
    basis_why: str = ""

    @property
    def inside(self) -> bool | None:
        """Whether the record lies within 5 to 95 %; None without one."""
        return None if self.record is None else self.low <= self.record <= self.high


@dataclass(frozen=True, eq=False)
class Replayed:
    """A replay.

    Attributes:
        episode: its name; `title` and `story` are what readers see.
        opening: the state it opened with, as known on that day.
        flows: every declared flow.
        days: record against model, by observable and day looked at.
        left: what measured flows leave of the ten-year's move, by named shock.
        run: the paths with the flows; `quiet` the same shocks without them; `unmended` without the
            purchases (None where there were none).
        records: what came, by the record's key.
    """

    episode: str
    title: str
    story: str
    opening: Opening
    flows: tuple[FlowFed, ...]
    days: tuple[DayCompared, ...]
    left: tuple[Left, ...]
    run: Ensemble
    quiet: Ensemble
    unmended: Ensemble | None
    records: Mapping[str, tuple[RecordDay, ...]]

    @property
    def offset_bp(self) -> float:
        """What SOFR less the top of the range stands above SOFR less IORB, at the opening."""
        return offset_bp(self.records.get("sofr_less_top", ()), self.run)


def offset_bp(record: tuple[RecordDay, ...], run: Ensemble) -> float:
    """The opening's distance between the record's funding spread and the model's; 0 without one."""
    start = [one.value for one in record if one.day == run.as_of]
    return start[0] - float(run.quantile("repo.spread", 0.5, 0)) if start else 0.0

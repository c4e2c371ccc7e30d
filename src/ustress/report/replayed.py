"""A replayed episode as a report shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ustress.calibrate.replay.left import Left
from ustress.calibrate.replay.result import DayCompared, FlowFed
from ustress.report.views import Fan, History


@dataclass(frozen=True, slots=True)
class Against:
    """A quantity's fan of an episode, and the record through it."""

    fan: Fan
    record: History


@dataclass(frozen=True, slots=True)
class ReplayShown:
    """A replay on a page of its own: flows, days, the account, and every fan with its record.

    `opens` is the day of the opening state; `broken` says how many paths are
    left out, and how they broke.
    """

    episode: str
    title: str
    story: str
    opens: date
    paths: int
    broken: str
    flows: tuple[FlowFed, ...]
    days: tuple[DayCompared, ...]
    left: tuple[Left, ...]
    against: tuple[Against, ...]


@dataclass(frozen=True, slots=True)
class ReplayView:
    """The account of an episode, and the ten-year's fan with the record through it.

    `opens` is the day of the opening state, `known` until when flows and record were known.
    """

    episode: str
    title: str
    opens: date
    known: date
    paths: int
    days: tuple[DayCompared, ...]
    left: tuple[Left, ...]
    fan: Fan
    record: History

    def unsized(self, day: date) -> tuple[str, ...]:
        """Shocks that are named and have no size to `day`."""
        return tuple(one.name for one in self.left if one.day == day and one.size_bp is None)

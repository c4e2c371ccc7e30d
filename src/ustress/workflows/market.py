"""The state of the market on a date, what changed since another, and a reader's alerts on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.core.errors import BadInputError
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.monitor.alerts import Alarm
    from ustress.monitor.difference import Moved, MovedComposite
    from ustress.monitor.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class MarketSince:
    """Two snapshots and what moved between them, in the later one's order."""

    since: date
    as_of: date
    before: Snapshot
    after: Snapshot
    moved: tuple[Moved, ...]
    composite: MovedComposite

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form."""
        return {
            "as_of": self.as_of,
            "since": self.since,
            "known_until": self.after.known_until,
            "changes": self.moved,
            "composite": self.composite,
        }


@dataclass(frozen=True, slots=True)
class MarketAlerts:
    """A reader's rules on a date: every one with what it says."""

    as_of: date
    file: str
    alarms: tuple[Alarm, ...]

    @property
    def fired(self) -> tuple[Alarm, ...]:
        """The rules that fired."""
        from ustress.monitor.alerts import State

        return tuple(a for a in self.alarms if a.state is State.FIRED)

    @property
    def unknown(self) -> tuple[Alarm, ...]:
        """The rules that could not be told."""
        from ustress.monitor.alerts import State

        return tuple(a for a in self.alarms if a.state is State.UNKNOWN)

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form."""
        return {
            "as_of": self.as_of,
            "file": self.file,
            "fired": len(self.fired),
            "cannot_be_told": len(self.unknown),
            "alerts": self.alarms,
        }


def market(as_of: str | date | None = None) -> Snapshot:
    """The snapshot of every indicator as known by the end of `as_of` in New York.

    Args:
        as_of: a day or its text (YYYY-MM-DD); None is today, with old figures showing their age.

    Raises:
        BadInputError: if `as_of` is no date, or lies before the figures begin.
    """
    from ustress.data.store import Store
    from ustress.monitor import build

    return build(Store().panel(resolve_day(as_of)))


def trails(snapshot: Snapshot, buckets: int = 12, days: int = 365) -> dict[str, tuple[float, ...]]:
    """Each indicator's past year as known on the snapshot's date, for a line of a few characters.

    Args:
        snapshot: whose readings.
        buckets: how many equal spans the year is cut into; each gives its newest value.
        days: how far back, in calendar days.
    """
    import numpy as np

    from ustress.core.errors import UstressError
    from ustress.data.store import Store
    from ustress.monitor.build import history

    panel, found = Store().panel(snapshot.as_of), {}
    panel.preload(dict.fromkeys(s for r in snapshot.readings for s in r.sources))
    ends = np.datetime64(snapshot.as_of, "D") - np.round(
        np.arange(buckets - 1, -1, -1) * days / buckets
    ).astype("timedelta64[D]")
    start = ends[0] - np.timedelta64(round(days / buckets), "D")
    for r in (r for r in snapshot.readings if r.value is not None):
        try:
            past = history(panel, r.key)
        except UstressError:
            continue
        at = np.searchsorted(past.dates, ends, side="right") - 1
        fresh = (at >= 0) & (past.dates[np.maximum(at, 0)] > start)
        found[r.key] = tuple(float(v) for v in past.values[at[fresh]])
    return found


def market_since(since: str | date, as_of: str | date | None = None) -> MarketSince:
    """What changed between two dates, each as it was known then.

    Raises:
        BadInputError: if a date is none, lies before the figures begin, or `since` is not earlier.
    """
    from ustress.core.dates import parse_day
    from ustress.monitor import composite_difference, snapshot_difference

    first = since if isinstance(since, date) else parse_day(since, "--since")
    last = resolve_day(as_of)
    if first >= last:
        raise BadInputError(f"--since {first} is not before {last}; expected an earlier date")
    before, after = market(first), market(last)
    return MarketSince(
        first, last, before, after, snapshot_difference(before, after),
        composite_difference(before, after),
    )  # fmt: skip


def market_alerts(file: Path, as_of: str | date | None = None) -> MarketAlerts:
    """A reader's rules evaluated on a date.

    Raises:
        BadInputError: if the file or the date is wrong; the sentence names the line.
    """
    from ustress.monitor.alerts import evaluate, load_alerts

    rules = load_alerts(file)
    snapshot = market(as_of)
    return MarketAlerts(snapshot.as_of, str(file), evaluate(rules, snapshot))

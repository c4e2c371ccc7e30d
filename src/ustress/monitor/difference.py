"""What changed between two snapshots."""

from __future__ import annotations

from dataclasses import dataclass

from ustress.monitor.snapshot import Reading, Snapshot


@dataclass(frozen=True, slots=True)
class Moved:
    """One indicator on two dates; `change` is `after` less `before` in `change_unit`.

    `change` is None where either value is missing; `new_observation` tells whether the later
    snapshot rests on a later day than the earlier one.
    """

    key: str
    title: str
    unit: str
    before: float | None
    after: float | None
    change: float | None
    change_unit: str
    percentile_before: float | None
    percentile_after: float | None
    new_observation: bool


def snapshot_difference(before: Snapshot, after: Snapshot) -> tuple[Moved, ...]:
    """Every indicator both snapshots have, in the later one's order."""
    earlier = {reading.key: reading for reading in before.readings}
    return tuple(_moved(earlier[r.key], r) for r in after.readings if r.key in earlier)


def _moved(a: Reading, b: Reading) -> Moved:
    return Moved(
        b.key,
        b.title,
        b.unit,
        a.value,
        b.value,
        _change(a.value, b),
        b.change_unit,
        a.percentile,
        b.percentile,
        b.day is not None and b.day != a.day,
    )


def _change(before: float | None, after: Reading) -> float | None:
    """The change in the reading's change unit: per cent of the level where that is the unit."""
    if before is None or after.value is None:
        return None
    if after.change_unit == "pct_change":
        return 100.0 * (after.value / before - 1.0) if before else None
    return (100.0 if after.unit == "pct" else 1.0) * (after.value - before)

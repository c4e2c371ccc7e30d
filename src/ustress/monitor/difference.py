"""What changed between two snapshots."""

from __future__ import annotations

from collections.abc import Mapping
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
    family: str
    unit: str
    before: float | None
    after: float | None
    change: float | None
    change_unit: str
    percentile_before: float | None
    percentile_after: float | None
    new_observation: bool


@dataclass(frozen=True, slots=True)
class MovedComposite:
    """The composite on two dates; `families` is the change of each family's contribution.

    A family that one of the dates does not have counts as nought there. `change` is None where
    either value is missing, and `reason` then says why.
    """

    before: float | None
    after: float | None
    change: float | None
    percentile_before: float | None
    percentile_after: float | None
    families: Mapping[str, float]
    reason: str = ""


def composite_difference(before: Snapshot, after: Snapshot) -> MovedComposite:
    """The composite's change and, by family, what it is made of; the parts add up to it."""
    a, b = before.composite, after.composite
    if a.value is None or b.value is None:
        return MovedComposite(
            a.value, b.value, None, a.percentile, b.percentile, {}, a.reason or b.reason
        )
    first, last = a.by_family(), b.by_family()
    names = dict.fromkeys((*last, *first))
    families = {name: last.get(name, 0.0) - first.get(name, 0.0) for name in names}
    return MovedComposite(a.value, b.value, b.value - a.value, a.percentile, b.percentile, families)


def snapshot_difference(before: Snapshot, after: Snapshot) -> tuple[Moved, ...]:
    """Every indicator both snapshots have, in the later one's order."""
    earlier = {reading.key: reading for reading in before.readings}
    return tuple(_moved(earlier[r.key], r) for r in after.readings if r.key in earlier)


def _moved(a: Reading, b: Reading) -> Moved:
    return Moved(
        b.key,
        b.title,
        b.family,
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

"""The state of the market on a date, frozen: what the monitor hands to everything above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ustress.core.errors import MissingSeriesError, UnknownNameError
from ustress.core.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Record:
    """A record by the rule 'nth largest (or smallest) since': of a level or of a change.

    `rank` 1 is the extreme itself; `since` is the date of the last observation that was more
    extreme (None: none in the figures, so the record holds since `first`, where they begin).
    """

    kind: str  # "highest" | "lowest" | "largest rise" | "largest fall"
    rank: int
    since: date | None
    first: date
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A value against its own recent past: `deviation_sd` standard deviations from their mean.

    `sd` is the sample standard deviation of the `count` values before this one; `deviation_sd`
    is None where they are all equal.
    """

    label: str
    count: int
    mean: float
    sd: float
    deviation_sd: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator on a date.

    `value` is None where it cannot be computed, and `reason` then says why. `changes` maps a
    label (`1d`, `1w`, `1m`, ...) to the change in `change_unit`, `changes_sd` to the same in
    standard deviations of such changes in the five years before (absent with too few).
    `percentile` is in [0, 100], from what was known on the date, over `percentile_window`. `day`
    is the observation's date, `known` when it became known, `age_days` its age in calendar days
    on the as-of date. `outside` marks readings whose series are not embedded: an update or the
    reader's own file brings them.
    """

    key: str
    title: str
    family: str
    unit: str
    value: float | None
    day: date | None
    known: date | None
    known_exact: bool
    age_days: int | None
    stale: bool
    evidence: Evidence
    sources: tuple[str, ...]
    definition: str
    reference: str = ""
    change_unit: str = ""
    changes: Mapping[str, float] = field(default_factory=dict)
    changes_sd: Mapping[str, float] = field(default_factory=dict)
    percentile: float | None = None
    percentile_window: str = ""
    record: Record | None = None
    comparator: bool = False
    reason: str = ""
    note: str = ""
    comparison: Comparison | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one indicator adds to the composite; contributions add up to it exactly.

    `weight` times `score` is `value`; the weight holds the families' correlations.
    """

    key: str
    title: str
    family: str
    score: float
    weight: float
    value: float


@dataclass(frozen=True, slots=True)
class Composite:
    """The composite stress index in [0, 1], None (with a reason) where too few families exist.

    `correlation` is the mean correlation of the families behind it.
    """

    value: float | None
    percentile: float | None
    contributions: tuple[Contribution, ...]
    definition: str
    reason: str = ""
    correlation: float | None = None

    def by_family(self) -> dict[str, float]:
        """Contribution of each family, adding up to `value`."""
        totals: dict[str, float] = {}
        for part in self.contributions:
            totals[part.family] = totals.get(part.family, 0.0) + part.value
        return totals


@dataclass(frozen=True, slots=True)
class AuctionToCome:
    """An auction of the days ahead: listed (measured) or expected from the pattern (estimated).

    `size_usdbn` and `reopening` are None where they are not known; `why` says where it is from.
    """

    tenor: str
    day: date
    size_usdbn: float | None
    reopening: bool | None
    evidence: Evidence
    why: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All readings and the composite as known by the end of `as_of` in New York.

    `auctions_to_come` are those of the five weeks ahead.
    """

    as_of: date
    known_until: date
    readings: tuple[Reading, ...]
    composite: Composite
    auctions_to_come: tuple[AuctionToCome, ...] = ()

    def __getitem__(self, key: str) -> Reading:
        """The reading `key`.

        Raises:
            UnknownNameError: if there is no such indicator.
        """
        for reading in self.readings:
            if reading.key == key:
                return reading
        raise UnknownNameError("indicator", key, tuple(r.key for r in self.readings))

    def value(self, key: str) -> float:
        """The value of the reading `key`, in its unit.

        Raises:
            UnknownNameError: if there is no such indicator.
            MissingSeriesError: if it could not be computed on this date.
        """
        reading = self[key]
        if reading.value is None:
            raise MissingSeriesError(f"{key} on {self.as_of}: {reading.reason}")
        return reading.value

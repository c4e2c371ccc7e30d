"""What an indicator is: one small function over a panel, with everything a reader must know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ustress.core.panel import Dates, Panel
from ustress.monitor.records import Lag
from ustress.monitor.track import Track

DAY = Lag("1d", business_days=1)
WEEK = Lag("1w", business_days=5)
MONTH = Lag("1m", business_days=21)
ONE_WEEK = Lag("1w", weeks=1)
FOUR_WEEKS = Lag("4w", weeks=4)
YEAR = Lag("52w", weeks=52)
ONE_MONTH = Lag("1m", months=1)
THREE_MONTHS = Lag("3m", months=3)
TWELVE_MONTHS = Lag("12m", months=12)

DAILY = (DAY, WEEK, MONTH)
WEEKLY = (ONE_WEEK, FOUR_WEEKS, YEAR)
MONTHLY = (ONE_MONTH, TWELVE_MONTHS)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator, declared.

    `compute` gives its history as far as the panel knows it. `stress` is +1 where a high value
    is stress and -1 where a low one is; 0 keeps it out of the composite. `windows` are the
    changes shown, in per cent of the level where `relative`; `records` names what may hold a
    record: 'level' or the label of a window. `first` bounds percentiles, records and comparison.
    `past` is how many earlier values the newest is compared with. `outside` marks indicators whose
    series are not embedded: an update or the reader's own file brings them.
    """

    key: str
    title: str
    family: str
    unit: str
    definition: str
    sources: tuple[str, ...]
    compute: Callable[[Panel], Track]
    reference: str = ""
    windows: tuple[Lag, ...] = ()
    relative: bool = False
    records: tuple[str, ...] = ("level",)
    percentile: bool = True
    first: date | None = None
    past: int = 0
    breaks: Dates | None = None
    stress: int = 0
    comparator: bool = False
    estimated: bool = False
    outside: bool = False
    note: str = ""

"""What a program that stays open reads: the state of a day with its past, and when it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.errors import UstressError
from ustress.core.version import VERSION
from ustress.monitor.snapshot import Reading as Reading
from ustress.monitor.snapshot import Snapshot as Snapshot
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.core.panel import Panel
    from ustress.data.store import Store
    from ustress.report.views import BriefContents, History
    from ustress.workflows.functioning import MeasuredDysfunction

SPARK_DAYS = 366
SPARK_POINTS = 48


@dataclass(frozen=True, slots=True)
class Board:
    """The state of a day: measured contents as the brief has them, and each indicator's year.

    `sparks` maps an indicator to at most `SPARK_POINTS` of its values over the year before.
    """

    contents: BriefContents
    sparks: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class IndicatorPast:
    """One indicator on a day with its past as known then."""

    reading: Reading
    history: History | None
    reason: str = ""


def generation() -> str:
    """A word that stays the same as long as the stored figures do.

    Raises:
        CannotError: if the store's manifest is damaged.
    """
    from ustress.data.store import Store

    store = Store()
    parts = "|".join(f"{p.kind}/{p.file}:{p.sha256}" for p in store.manifest.parts)
    said = f"{store.root}|{store.pack}|{store.manifest.sequence}|{parts}|{store.known_until()}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def board(as_of: str | date | None = None) -> Board:
    """The state of a day with what its charts need; nothing is simulated.

    Raises:
        BadInputError: if the date is wrong or lies before the figures begin.
    """
    from ustress.core.dates import add_business_days
    from ustress.data.store import Store
    from ustress.monitor import build
    from ustress.report.views import BriefContents
    from ustress.workflows import histories

    day = resolve_day(as_of)
    store = Store()
    panel = store.panel(day)
    contents = BriefContents(
        as_of=day,
        snapshot=build(panel),
        today=store.known_until(),
        earlier=_earlier(store, add_business_days(day, -5)),
        histories=histories.histories(panel),
        curves=histories.curves(panel),
        auctions=histories.auctions(panel),
        events=histories.events(day),
        sources=histories.sources(store.status(day)),
    )
    return Board(contents, _sparks(panel))


def indicator_past(key: str, as_of: str | date | None = None) -> IndicatorPast:
    """One indicator's reading on a day and its whole past as known then.

    Raises:
        UnknownNameError: if there is no such indicator.
        BadInputError: if the date is wrong.
    """
    from ustress.data.store import Store
    from ustress.monitor import build, history
    from ustress.report.views import History

    panel = Store().panel(resolve_day(as_of))
    reading = build(panel, (key,)).readings[0]
    try:
        track = history(panel, key)
    except UstressError as gap:
        return IndicatorPast(reading, None, str(gap))
    if len(track) < 2:
        return IndicatorPast(reading, None, "fewer than two observations were known")
    publishers = "; ".join(dict.fromkeys(panel.infos[name].publisher for name in track.used))
    past = History(
        key, reading.title, reading.unit, track.dates, track.values, publishers, reading.known,
        reading.evidence,
    )  # fmt: skip
    return IndicatorPast(reading, past)


def opening_days() -> tuple[date, date]:
    """The first and the newest day from which a simulation can start."""
    from ustress.workflows.opening import complete_days

    return complete_days()


def _earlier(store: Store, day: date) -> Snapshot | None:
    from ustress.monitor import build

    try:
        return build(store.panel(day))
    except UstressError:
        return None


def _sparks(panel: Panel) -> dict[str, tuple[float, ...]]:
    import numpy as np

    from ustress.monitor import history, keys

    found: dict[str, tuple[float, ...]] = {}
    for key in keys():
        try:
            track = history(panel, key)
        except UstressError:
            continue
        if not len(track):
            continue
        recent = track.values[track.dates > track.dates[-1] - np.timedelta64(SPARK_DAYS, "D")]
        at = np.unique(np.linspace(0, recent.size - 1, SPARK_POINTS).round().astype(int))
        found[key] = tuple(float(v) for v in recent[at])
    return found


@lru_cache(maxsize=1)
def recipe() -> str:
    """A word for the installed program: another version or a changed file gives another word."""
    root = Path(__file__).parent.parent
    files = sorted(p for p in root.rglob("*") if p.suffix in _MAKES_RESULTS)
    said = [VERSION, *(f"{p.relative_to(root)}:{p.stat().st_mtime_ns}" for p in files)]
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:16]


def cache_folder() -> Path:
    """Where results may be kept: the user's cache directory."""
    from ustress.core.cache import cache_directory

    return cache_directory()


def configured_token() -> str:
    """The token of `ustress serve` in the configuration file; empty if there is none.

    Raises:
        BadInputError: if the file cannot be read.
    """
    from ustress.data.config import read_config

    found = read_config().token
    return "" if found is None else found.reveal()


_MAKES_RESULTS = {".py", ".toml", ".csv", ".npz", ".parquet"}


@dataclass(frozen=True, slots=True)
class Episode:
    """A dated happening with what was measured on its business day."""

    day: date
    word: str
    said: str
    composite: float | None
    percentile: float | None
    dysfunction: MeasuredDysfunction


_SAID = {
    "Lehman": "Lehman Brothers fails", "taper talk": "The Fed talks of buying less",
    "flash rally": "Flash rally", "repo spike": "Repo rates spike", "Fed buys": "The Fed buys",
    "gilts": "The Bank of England buys gilts", "SVB": "Silicon Valley Bank fails",
    "tariffs": "Tariffs announced", "pause": "Tariffs paused",
}  # fmt: skip
"""What happened, where there is more room than in a chart."""


def episodes() -> tuple[Episode, ...]:
    """The dated happenings of the record, newest first, each with the stress of its day.

    The composite is as known at the end of the day, the dysfunction index from figures of the
    day known two weeks later.
    """
    from ustress.core.dates import add_business_days
    from ustress.data.store import Store
    from ustress.monitor import composite_of
    from ustress.workflows.functioning import measured_dysfunction
    from ustress.workflows.histories import EVENTS

    store = Store()
    found = []
    for happened, word in reversed(EVENTS):
        day = add_business_days(happened, 0)
        whole = composite_of(store.panel(day))
        measured = measured_dysfunction(day)
        found.append(
            Episode(day, word, _SAID.get(word, word), whole.value, whole.percentile, measured)
        )
    return tuple(found)


def composite_past(as_of: str | date | None = None) -> History:
    """The composite on its Fridays up to a day.

    Raises:
        BadInputError: if the date is wrong.
    """
    from ustress.core.evidence import Evidence
    from ustress.data.store import Store
    from ustress.monitor import composite_history
    from ustress.report.views import History

    day = resolve_day(as_of)
    days, values = composite_history(Store().panel(day))
    return History(
        "composite", "Composite stress", "index", days, values, "ustress", day, Evidence.ESTIMATED
    )

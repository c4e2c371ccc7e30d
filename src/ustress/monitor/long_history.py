"""The whole past of every indicator and of the composite, with percentiles as they stood then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ustress.core.errors import UstressError
from ustress.core.panel import Dates, Panel, Values
from ustress.core.progress import Progress, silent
from ustress.monitor.composite import history as composite_over_time
from ustress.monitor.indicator import Indicator
from ustress.monitor.percentile import MIN_OBSERVATIONS, expanding_percentiles
from ustress.monitor.reading import since_first
from ustress.monitor.registry import INDICATORS
from ustress.monitor.track import Track

LABEL = "indicators"


@dataclass(frozen=True, slots=True)
class Past:
    """One indicator's past: value, percentile in what was known then (NaN early), dates known."""

    key: str
    family: str
    unit: str
    dates: Dates
    values: Values
    known: Dates
    percentile: Values


@dataclass(frozen=True, slots=True)
class Whole:
    """Every indicator's past, the composite's and its families'; `reused` values were not redone.

    `missing` maps an indicator to the reason it has none.
    """

    pasts: tuple[Past, ...]
    missing: Mapping[str, str]
    reused: int

    @property
    def rows(self) -> int:
        """Observations in all."""
        return sum(p.dates.size for p in self.pasts)


def whole_history(
    panel: Panel, before: Mapping[str, Past] | None = None, progress: Progress = silent
) -> Whole:
    """Every indicator as far back as its figures go, and the composite on its Fridays.

    Args:
        panel: the past as seen on its date.
        before: pasts computed earlier; percentiles of a beginning that is the same are reused.
        progress: told after each indicator.
    """
    panel.preload(dict.fromkeys(name for i in INDICATORS for name in i.sources))
    kept, total = before or {}, len(INDICATORS) + 1
    pasts, tracks, missing, reused = [], {}, {}, 0
    for done, each in enumerate(INDICATORS):
        progress(LABEL, done, total)
        try:
            track = each.compute(panel)
        except UstressError as gap:
            missing[each.key] = str(gap)
            continue
        tracks[each.key] = track
        past, same = _past(each, track, kept.get(each.key))
        pasts.append(past)
        reused += same
    progress(LABEL, total - 1, total)
    pasts.extend(_composite(tracks, panel))
    progress(LABEL, total, total)
    return Whole(tuple(pasts), missing, reused)


def _past(each: Indicator, track: Track, before: Past | None) -> tuple[Past, int]:
    counted = since_first(each, track)
    pct, same = np.full(len(track), np.nan), 0
    lead = len(track) - len(counted)
    if each.percentile and len(counted):
        same = _same_beginning(before, track, lead)
        if before is not None:
            pct[: lead + same] = before.percentile[: lead + same]
        later = np.arange(max(same, MIN_OBSERVATIONS - 1), len(counted))
        pct[lead + later] = expanding_percentiles(counted.values, later)
    return Past(
        each.key, each.family, each.unit, track.dates, track.values, track.known, pct
    ), same  # fmt: skip


def _same_beginning(before: Past | None, track: Track, lead: int) -> int:
    """How many counted values at the beginning are those computed before, to the bit."""
    if before is None:
        return 0
    n = min(before.dates.size, len(track))
    same = (before.dates[:n] == track.dates[:n]) & (before.values[:n] == track.values[:n])
    length = n if same.all() else int(np.argmin(same))
    return max(length - lead, 0)


def _composite(tracks: Mapping[str, Track], panel: Panel) -> Iterator[Past]:
    found = composite_over_time(INDICATORS, tracks, panel.as_of)
    if not found.dates.size:
        return
    n = found.dates.size
    pct = np.full(n, np.nan)
    late = np.arange(min(MIN_OBSERVATIONS - 1, n), n)
    pct[late] = expanding_percentiles(found.values, late)
    yield Past("composite", "composite", "index", found.dates, found.values, found.dates, pct)
    for family, values in found.by_family().items():
        yield Past(
            f"composite.{family}", "composite", "index", found.dates, values, found.dates,
            np.full(n, np.nan),
        )  # fmt: skip

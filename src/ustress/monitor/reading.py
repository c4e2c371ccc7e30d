"""From an indicator and a panel to a reading: value, changes, percentile, record, staleness."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

import numpy as np

from ustress.core.errors import MissingSeriesError, UstressError
from ustress.core.evidence import Evidence, weakest
from ustress.core.panel import Panel
from ustress.core.units import unit
from ustress.monitor.indicator import Indicator
from ustress.monitor.moves import in_deviations
from ustress.monitor.percentile import MIN_OBSERVATIONS, percentile_of_last
from ustress.monitor.records import (
    Changes,
    Lag,
    change_over,
    reach,
    record_among,
    record_of_level,
)
from ustress.monitor.snapshot import Comparison, Reading, Record
from ustress.monitor.track import Track

# A record is named only if it reaches back at least half a year.
RECORD_DAYS = 182


def take_reading(indicator: Indicator, panel: Panel) -> tuple[Reading, Track | None]:
    """The indicator's reading on the panel's date and its history, None where it has none.

    Whatever goes wrong in one indicator becomes its reason and stops no other.
    """
    try:
        track = indicator.compute(panel)
    except UstressError as failure:
        return _without(indicator, panel, str(failure)), None
    except Exception as failure:  # a defect in one indicator must not blank the whole monitor
        return _without(indicator, panel, f"could not be computed: {failure!r}"), None
    if not len(track) or not math.isfinite(float(track.values[-1])):
        return _without(indicator, panel, f"nothing known on {panel.as_of}"), None
    return _read(indicator, panel, track), track


def _read(indicator: Indicator, panel: Panel, track: Track) -> Reading:
    day: date = track.dates[-1].item()
    age = (panel.as_of - day).days
    counted = since_first(indicator, track)
    percentile = percentile_of_last(counted.values) if indicator.percentile else None
    changes = {lag: changes_over(indicator, track, lag) for lag in indicator.windows}
    fresh = {lag: c for lag, c in changes.items() if len(c) and c.dates[-1] == track.dates[-1]}
    records = _records(indicator, track, fresh)
    also = f"Also: {'; '.join(r.text for r in records[1:])}." if records[1:] else ""
    notes = (indicator.note, track.note, _break_note(indicator, track), _gap_note(track), also)
    return Reading(
        key=indicator.key,
        title=indicator.title,
        family=indicator.family,
        unit=indicator.unit,
        value=float(track.values[-1]),
        day=day,
        known=track.known[-1].item(),
        known_exact=bool(track.known_exact[-1]),
        age_days=age,
        stale=age > track.limit_days,
        evidence=_evidence(indicator, panel, track),
        sources=track.used,
        definition=_definition(indicator),
        reference=indicator.reference,
        change_unit=change_unit(indicator),
        changes={lag.label: float(c.values[-1]) for lag, c in fresh.items()},
        changes_sd=_deviations(fresh),
        percentile=percentile,
        percentile_window=_window(indicator, counted),
        record=records[0] if records else None,
        comparator=indicator.comparator,
        note=" ".join(n for n in notes if n),
        comparison=_comparison(indicator, track),
        outside=indicator.outside,
    )


def _deviations(changes: Mapping[Lag, Changes]) -> dict[str, float]:
    found = {lag.label: in_deviations(moved) for lag, moved in changes.items()}
    return {label: z for label, z in found.items() if z is not None}


def change_unit(indicator: Indicator) -> str:
    """The unit the indicator's changes are in."""
    return "pct_change" if indicator.relative else unit(indicator.unit).change


def changes_over(indicator: Indicator, track: Track, lag: Lag) -> Changes:
    """Every change of the indicator over a window, in its change unit."""
    scale = 100.0 if indicator.unit == "pct" else 1.0
    return change_over(
        track, lag=lag, scale=scale, relative=indicator.relative, breaks=indicator.breaks
    )


def since_first(indicator: Indicator, track: Track) -> Track:
    """The part of the history that percentiles and records count."""
    if indicator.first is None:
        return track
    return track.take(track.dates >= np.datetime64(indicator.first, "D"))


def _records(indicator: Indicator, track: Track, changes: Mapping[Lag, Changes]) -> list[Record]:
    """The records that reach back half a year at least, the furthest first."""
    day = track.dates[-1]
    held = []
    with suppress(MissingSeriesError):  # too short, or standing on a break
        if "level" in indicator.records:
            held.append(record_of_level(track, first=indicator.first, breaks=indicator.breaks))
    for lag, moved in changes.items():
        with suppress(MissingSeriesError):
            if lag.label in indicator.records and moved.values[-1]:
                held.append(record_among(moved, lag, first=indicator.first))
    far = [r for r in held if reach(r, day) >= RECORD_DAYS]
    return sorted(far, key=lambda r: -reach(r, day))


def _comparison(indicator: Indicator, track: Track) -> Comparison | None:
    past = since_first(indicator, track).values[:-1][-indicator.past :]
    if not indicator.past or past.size < indicator.past:
        return None
    mean, sd = float(past.mean()), float(past.std(ddof=1))
    # values carry few decimals: a spread below rounding is none
    deviation = (float(track.values[-1]) - mean) / sd if sd > 1e-9 else None
    return Comparison(f"past {past.size} auctions", past.size, mean, sd, deviation)


def _definition(indicator: Indicator) -> str:
    """The definition with what its changes are taken over."""
    if not indicator.windows:
        return indicator.definition
    spans = "; ".join(lag.span for lag in indicator.windows)
    relative = "; in per cent of the level" if indicator.relative else ""
    return f"{indicator.definition} Changes over {spans}{relative}."


def _window(indicator: Indicator, counted: Track) -> str:
    if not indicator.percentile:
        return ""
    n = len(counted)
    if n < MIN_OBSERVATIONS:
        return f"{n} observations, {MIN_OBSERVATIONS} are needed for a percentile"
    return f"since {counted.dates[0].item():%b %Y}, {n:,} observations"


def _break_note(indicator: Indicator, track: Track) -> str:
    if indicator.breaks is None or len(track) == 0:
        return ""
    recent = indicator.breaks[indicator.breaks <= track.dates[-1]]
    if not recent.size or (track.dates[-1] - recent[-1]).astype(int) > 366:
        return ""
    return f"Method changed on {recent[-1]}: changes across that day are no flows and left out."


def _gap_note(track: Track) -> str:
    """A record or percentile across a year without figures says so."""
    at = np.flatnonzero(np.diff(track.dates) > np.timedelta64(366, "D"))
    return " ".join(f"No figures from {track.dates[i]} to {track.dates[i + 1]}." for i in at)


def _evidence(indicator: Indicator, panel: Panel, track: Track) -> Evidence:
    levels = [panel.infos[name].evidence for name in track.used if name in panel.infos]
    return weakest([*levels, Evidence.ESTIMATED] if indicator.estimated else levels)


def _without(indicator: Indicator, panel: Panel, reason: str) -> Reading:
    infos = [panel.infos[name] for name in indicator.sources if name in panel.infos]
    evidence = weakest([i.evidence for i in infos] or [Evidence.MEASURED])
    return Reading(
        key=indicator.key,
        title=indicator.title,
        family=indicator.family,
        unit=indicator.unit,
        value=None,
        day=None,
        known=None,
        known_exact=False,
        age_days=None,
        stale=False,
        evidence=evidence,
        sources=indicator.sources,
        definition=_definition(indicator),
        reference=indicator.reference,
        change_unit=change_unit(indicator),
        comparator=indicator.comparator,
        reason=reason,
        outside=indicator.outside,
    )

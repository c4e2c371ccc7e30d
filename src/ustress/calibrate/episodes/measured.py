"""An episode's figures over a panel: flows by business day with the date known, and the record."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ustress.calibrate.episodes.declared import Episode, Flow, Record
from ustress.core.dates import add_business_days, business_days, business_days_between
from ustress.core.errors import CannotError, MissingSeriesError
from ustress.core.evidence import Rights
from ustress.core.panel import Panel, Series


@dataclass(frozen=True, slots=True)
class DayFlow:
    """What of a flow falls on a business day, $bn par, and when that could first be known."""

    day: date
    par_usdbn: float
    known: date


@dataclass(frozen=True, slots=True)
class MeasuredFlow:
    """A declared flow with its days; `missing` says why there are none, empty if there are."""

    flow: Flow
    days: tuple[DayFlow, ...]
    rights: Rights
    missing: str = ""

    @property
    def total_usdbn(self) -> float:
        """All of it, $bn par."""
        return math.fsum(one.par_usdbn for one in self.days)

    @property
    def assumed_spread(self) -> bool:
        """Whether the split over days is a rule, which it always is but for named days."""
        return self.flow.spread != "on"


@dataclass(frozen=True, slots=True)
class RecordDay:
    """The record of a day, in the record's unit."""

    day: date
    value: float
    known: date


@dataclass(frozen=True)
class EpisodeFigures:
    """An episode with its figures as a panel has them.

    Attributes:
        episode: as declared.
        as_of: the date whose knowledge the panel is.
        flows: every declared flow, with days or the reason why not.
        records: by key, the days of the record; empty where nothing was known.
    """

    episode: Episode
    as_of: date
    flows: tuple[MeasuredFlow, ...]
    records: dict[str, tuple[RecordDay, ...]]

    def __getitem__(self, key: str) -> MeasuredFlow:
        """The flow `key`.

        Raises:
            UnknownNameError: if the episode has none.
        """
        self.episode.flow(key)
        return next(one for one in self.flows if one.flow.key == key)

    def total(self, key: str) -> float:
        """The whole of a flow, $bn par."""
        return self[key].total_usdbn

    def days(self) -> tuple[date, ...]:
        """The business days after the opening close, to the last."""
        n = business_days_between(self.episode.opens, self.episode.last)
        return tuple(day.item() for day in business_days(self.episode.opens, n + 1)[1:])

    def by_day(self, *roles: str) -> dict[date, float]:
        """$bn par by day of all flows of some roles, zero where there is none."""
        found = dict.fromkeys(self.days(), 0.0)
        for one in self.flows:
            for part in one.days if one.flow.role in roles else ():
                if part.day in found:
                    found[part.day] += part.par_usdbn
        return found

    def equivalents_by_day(self, role: str, x_per_par: float) -> dict[date, float]:
        """$bn of ten-year equivalents by day; `x_per_par` where the flow declares none."""
        found = dict.fromkeys(self.days(), 0.0)
        for one in self.flows:
            per = x_per_par if one.flow.x_per_par is None else one.flow.x_per_par
            for part in one.days if one.flow.role == role else ():
                if part.day in found:
                    found[part.day] += per * part.par_usdbn
        return found

    def known_by(self, day: date) -> EpisodeFigures:
        """The same with only what could be known by the end of `day`."""
        flows = tuple(
            replace(one, days=tuple(d for d in one.days if d.known <= day)) for one in self.flows
        )
        records = {
            key: tuple(one for one in days if one.known <= day)
            for key, days in self.records.items()
        }
        return EpisodeFigures(self.episode, min(day, self.as_of), flows, records)

    def record_on(self, key: str, day: date) -> float:
        """The record of a day.

        Raises:
            MissingSeriesError: if there is none.
        """
        for one in self.records.get(key, ()):
            if one.day == day:
                return one.value
        raise MissingSeriesError(f"{self.episode.key} has no record {key} on {day}")


def measure(episode: Episode, panel: Panel, early_share: float | None = None) -> EpisodeFigures:
    """The episode's figures as the panel has them; what is missing is named, never filled in.

    `early_share` replaces the episode's own.
    """
    early = episode.early_share if early_share is None else early_share
    flows: dict[str, MeasuredFlow] = {}
    for flow in episode.flows:
        try:
            flows[flow.key] = _measured(flow, flows, panel, early)
        except CannotError as gap:
            flows[flow.key] = MeasuredFlow(flow, (), Rights.GOVERNMENT, str(gap))
    records = {one.key: _record(one, episode, panel) for one in episode.records}
    return EpisodeFigures(episode, panel.as_of, tuple(flows.values()), records)


def _measured(
    flow: Flow, above: dict[str, MeasuredFlow], panel: Panel, early: float
) -> MeasuredFlow:
    if flow.series:
        return MeasuredFlow(flow, _from_series(flow, panel), _rights(flow, panel))
    if flow.known is None or flow.amount_usdbn is None or flow.known > panel.as_of:
        raise MissingSeriesError(f"published on {flow.known}, after {panel.as_of}")
    amount = flow.amount_usdbn
    if flow.less:
        part = above[flow.less].days
        amount -= math.fsum(d.par_usdbn for d in part if flow.first <= d.day <= flow.last)
    shares = _shares(_weights(flow, above), flow)
    if flow.early_first and flow.early_last:
        even = _shares(dict.fromkeys(_open_days(flow.early_first, flow.early_last), 1.0), flow)
        both = sorted({*shares, *even})
        shares = {d: (1.0 - early) * shares.get(d, 0.0) + early * even.get(d, 0.0) for d in both}
    days = (DayFlow(day, amount * share, flow.known) for day, share in shares.items())
    return MeasuredFlow(flow, tuple(days), Rights.GOVERNMENT)


def _shares(weights: dict[date, float], flow: Flow) -> dict[date, float]:
    total = math.fsum(weights.values())
    if total <= 0:
        raise CannotError(f"{flow.like or flow.key} has no days to spread {flow.key} over")
    return {day: weight / total for day, weight in weights.items()}


def _weights(flow: Flow, above: dict[str, MeasuredFlow]) -> dict[date, float]:
    if flow.spread == "on":
        return dict.fromkeys(flow.on, 1.0)
    if flow.spread == "like":
        parts = above[flow.like].days
        return {d.day: d.par_usdbn for d in parts if flow.first <= d.day <= flow.last}
    return dict.fromkeys(_open_days(flow.first, flow.last), 1.0)


def _open_days(first: date, last: date) -> Iterable[date]:
    n = business_days_between(first, last) + 1
    return [d.item() for d in business_days(first, n) if d.item() <= last]


def _from_series(flow: Flow, panel: Panel) -> tuple[DayFlow, ...]:
    """Changes of the summed levels, each spread over the days whose trades it shows."""
    parts = [panel[name] for name in flow.series]
    days: list[DayFlow] = []
    dates = [d.item() for d in parts[0].dates]
    for before, after in itertools.pairwise(dates):
        if after < flow.first or before > flow.last:
            continue
        change = flow.times * math.fsum(_change(one, before, after) for one in parts)
        known = max(one.at(_index(one, after)).known for one in parts)
        days += _spread(flow, before, after, change, known)
    if not days:
        raise MissingSeriesError(
            f"{flow.series[0]} has no change between {flow.first} and {flow.last}"
        )
    return tuple(days)


def _spread(flow: Flow, before: date, after: date, change: float, known: date) -> list[DayFlow]:
    """Evenly over the trades that settled after `before` and by `after`, within the flow's days."""
    if flow.spread == "on":
        named = [day for day in flow.on if before < day <= after]
        return [DayFlow(day, change / len(named), known) for day in named]
    traded = _open_days(add_business_days(before, 1), after)
    shown = [add_business_days(day, -flow.settles_days) for day in traded]
    began = [day for day in shown if day >= flow.first] if flow.begins else shown
    inside = [day for day in began if flow.first <= day <= flow.last]
    return [DayFlow(day, change / len(began), known) for day in inside]


def _change(series: Series, before: date, after: date) -> float:
    return float(series.values[_index(series, after)] - series.values[_index(series, before)])


def _index(series: Series, day: date) -> int:
    i = series.index_on_or_before(day)
    if i is None or series.dates[i] != np.datetime64(day, "D"):
        raise MissingSeriesError(f"{series.info.name} has no figure of {day}")
    return i


def _rights(flow: Flow, panel: Panel) -> Rights:
    rights = [panel.infos[name].rights for name in flow.series]
    return next((one for one in rights if one is not Rights.GOVERNMENT), Rights.GOVERNMENT)


def _record(record: Record, episode: Episode, panel: Panel) -> tuple[RecordDay, ...]:
    """Empty where the panel has nothing of a series in the episode's days."""
    series = panel.get(record.series)
    other = panel.get(record.less) if record.less else None
    if series is None or (record.less and other is None):
        return ()
    days: list[RecordDay] = []
    cut = series.between(episode.opens, episode.last)
    for i in range(len(cut)):
        one = cut.at(i)
        value, known = one.value, one.known
        if other is not None:
            taken = other.on_or_before(one.day)
            if taken is None or taken.day != one.day:
                continue
            value, known = value - taken.value, max(known, taken.known)
        days.append(RecordDay(one.day, record.times * value, known))
    return tuple(days)

"""A table of figures held against the record row by row: matches, revisions, misplaced rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ustress.claims.bench import Bench, Finding, cite, near
from ustress.claims.rules.base import Count, Day, Name, Rule, Tolerance, UnitKey, Value
from ustress.claims.spoken import quoted, show, titled
from ustress.claims.verdict import Number, Outcome
from ustress.claims.windows import find, period_words
from ustress.core.errors import BadInputError
from ustress.core.panel import Observation, Series, SeriesInfo


class Row(BaseModel):
    """One row of a claimed table: the period it is given for, and a value per series."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    day: Day
    values: Annotated[tuple[Value, ...], Field(min_length=1)]


class Rows(Rule):
    """Rows of claimed figures against the newest revision of several series.

    A row whose figures are all those of one other period within `search` periods belongs there. A
    figure off by at most `revision_pct` per cent counts as revised since: the store holds one
    revision, so this is inferred and said to be.
    """

    kind: ClassVar[str] = "rows"
    series: Annotated[tuple[Name, ...], Field(min_length=1)]
    unit: UnitKey
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]
    within: Tolerance
    revision_pct: Tolerance = 1.0
    search: Count = 3

    def series_named(self) -> tuple[str, ...]:
        """All columns."""
        return self.series

    def check_unit(self, info: SeriesInfo) -> None:
        """Rows are in the series' unit, one value per series."""
        if info.unit != self.unit:
            raise BadInputError(
                f"unit '{self.unit}' does not fit {info.name}, which is in {info.unit}"
            )
        for row in self.rows:
            if len(row.values) != len(self.series):
                raise BadInputError(
                    f"the row of {row.day} has {len(row.values)} values; expected "
                    f"{len(self.series)}, one per series"
                )

    def words(self) -> str:
        """Series, tolerance, what counts as revised and as misplaced."""
        return (
            f"each row's figures match {' and '.join(self.series)} of its period within "
            f"{self.within:g} {self.unit}; a row whose figures are all those of another period up "
            f"to {self.search} away belongs to that period; a figure off by at most "
            f"{self.revision_pct:g} % counts as revised since (inferred: the store holds only the "
            "newest revision, not the first release)"
        )

    def judge(self, bench: Bench) -> Finding:
        """Each row in turn; then the whole."""
        columns = tuple(bench.series(name) for name in self.series)
        reports = [self._row(columns, row) for row in self.rows]
        outcome = _whole([report.outcome for report in reports])
        return Finding(
            outcome,
            "; ".join(report.because for report in reports),
            tuple(number for report in reports for number in report.numbers),
            tuple(need for report in reports for need in report.needs),
            "rows that match their own period, or first releases to compare revised figures with",
        )

    def _row(self, columns: tuple[Series, ...], row: Row) -> Finding:
        when = period_words(columns[0], row.day)
        seen = [find(series, row.day) for series in columns]
        known = [one for one in seen if one is not None]
        if len(known) < len(columns):
            names = tuple(
                f"{quoted(series.info.name)} for {when}"
                for series, one in zip(columns, seen, strict=True)
                if one is None
            )
            return Finding(Outcome.CANNOT_BE_CHECKED, f"{when}: not known", (), names)
        numbers = tuple(
            cite(series, one, f"{titled(series)}, {when}", claimed)
            for series, one, claimed in zip(columns, known, row.values, strict=True)
        )
        if self._all_match(known, row):
            return Finding(Outcome.HOLDS, f"{when}: matches", numbers)
        other = self._elsewhere(columns, row)
        if other is not None:
            claimed = " / ".join(show(value, self.unit, bare=True) for value in row.values)
            found = " / ".join(show(one.value, self.unit, bare=True) for one in known)
            month = period_words(columns[0], other[0].day)
            return Finding(
                Outcome.DOES_NOT_HOLD,
                f"{when}: {claimed} claimed, {found} on record: the claimed row is {month}'s",
                tuple(_placed(number, columns[0], other) for number in numbers),
            )
        return self._figure_by_figure(when, numbers, row)

    def _all_match(self, seen: list[Observation], row: Row) -> bool:
        return all(near(a.value, b, self.within) for a, b in zip(seen, row.values, strict=True))

    def _elsewhere(self, columns: tuple[Series, ...], row: Row) -> list[Observation] | None:
        """The observations of the nearest other period that has all the row's figures."""
        for away in range(1, self.search + 1):
            for step in (away, -away):
                day = _shift(columns[0], row.day, step)
                found = [find(series, day) for series in columns] if day is not None else []
                there = [one for one in found if one is not None]
                if len(there) == len(columns) and self._all_match(there, row):
                    return there
        return None

    def _figure_by_figure(self, when: str, numbers: tuple[Number, ...], row: Row) -> Finding:
        """A row of its own period in which some figure differs: revised, or unexplained."""
        words, noted, good = [], [], 0
        for number, claimed in zip(numbers, row.values, strict=True):
            value = number.value or 0.0
            if near(value, claimed, self.within):
                good += 1
                noted.append(number)
                continue
            revised = abs(value - claimed) <= abs(claimed) * self.revision_pct / 100.0
            why = "revised since (inferred)" if revised else "no revision of usual size explains it"
            pair = f"{show(claimed, self.unit, bare=True)} claimed, "
            pair += f"{show(value, self.unit, bare=True)} on record"
            words.append(f"{number.label} {pair}: {why}")
            noted.append(_with_note(number, why))
        outcome = Outcome.PARTLY if good else Outcome.DOES_NOT_HOLD
        return Finding(outcome, f"{when}: {', '.join(words)}", tuple(noted))


def _shift(series: Series, day: date, periods: int) -> date | None:
    """A day in the period so many observations away from that of `day`."""
    here = find(series, day)
    if here is None:
        return None
    at = int(np.searchsorted(series.dates, np.datetime64(here.day, "D"))) + periods
    return series.at(at).day if 0 <= at < len(series) else None


def _placed(number: Number, series: Series, other: list[Observation]) -> Number:
    return _with_note(number, f"the claimed figure is that of {period_words(series, other[0].day)}")


def _with_note(number: Number, note: str) -> Number:
    return replace(number, note="; ".join(part for part in (note, number.note) if part))


def _whole(outcomes: list[Outcome]) -> Outcome:
    """All rows match: holds; none judged: cannot; none right in any figure: does not hold."""
    kinds = set(outcomes)
    if len(kinds) == 1 and Outcome.PARTLY not in kinds:
        return outcomes[0]
    if kinds <= {Outcome.DOES_NOT_HOLD, Outcome.CANNOT_BE_CHECKED}:
        return Outcome.DOES_NOT_HOLD
    return Outcome.PARTLY

"""One trend: rows can be read as a trend only if they are of one and the same thing."""

from __future__ import annotations

from typing import Annotated, ClassVar

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ustress.claims.bench import Bench, Finding
from ustress.claims.rules.base import Day, Direction, Rule, Text, UnitKey, Value
from ustress.claims.spoken import count, show, show_day
from ustress.claims.verdict import Number, Outcome
from ustress.core.evidence import Evidence


class Labelled(BaseModel):
    """One row of a claimed trend: its day, its value, and whose figure it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    day: Day
    value: Value
    of: Text


class OneTrend(Rule):
    """Rows form one trend: all of one identity, and moving one way."""

    kind: ClassVar[str] = "one_trend"
    rows: Annotated[tuple[Labelled, ...], Field(min_length=2)]
    unit: UnitKey
    direction: Direction

    def words(self) -> str:
        """What makes rows one trend."""
        return (
            "rows are one trend only if all are of one identity (an AA row is not an A row) and "
            f"none moves against '{self.direction}' in the order of their days; the claimed "
            "values themselves are not checked by this rule"
        )

    def judge(self, bench: Bench) -> Finding:  # noqa: ARG002  (reads the rows, not the record)
        """Identity first; within one identity, the direction of every step."""
        rows = sorted(self.rows, key=lambda row: row.day)
        identities = tuple(dict.fromkeys(row.of for row in rows))
        numbers = tuple(self._number(row) for row in rows)
        if len(identities) > 1:
            within = "; ".join(self._within(rows, name) for name in identities)
            return Finding(
                Outcome.DOES_NOT_HOLD,
                f"the rows are of {count(len(identities))} different things "
                f"({', '.join(identities)}), so no trend runs through them. {within}",
                numbers,
                (),
                "rows all of one identity",
            )
        steps = np.diff([row.value for row in rows]) * (1.0 if self.direction == "up" else -1.0)
        whole = float(steps.sum())
        if whole <= 0:
            return Finding(Outcome.DOES_NOT_HOLD, self._within(rows, identities[0]), numbers)
        outcome = Outcome.HOLDS if bool((steps >= 0).all()) else Outcome.PARTLY
        return Finding(outcome, self._within(rows, identities[0]), numbers)

    def _within(self, rows: list[Labelled], name: str) -> str:
        its = [row for row in rows if row.of == name]
        first, last = its[0], its[-1]
        return (
            f"{name}: {show(first.value, self.unit, signed=False)} on {show_day(first.day)}, "
            f"{show(last.value, self.unit, signed=False)} on {show_day(last.day)}"
        )

    def _number(self, row: Labelled) -> Number:
        return Number(
            f"{row.of}, {show_day(row.day)}", None, self.unit, row.day, None,
            "as claimed, not checked", Evidence.PUBLISHED, row.value, f"identity: {row.of}",
        )  # fmt: skip

"""What published estimates say of a statement: each cited number against a value."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from ustress.claims.bench import Bench, Finding
from ustress.claims.rules.base import Rule, Text, UnitKey, Value
from ustress.claims.spoken import quoted, show, sourced
from ustress.claims.verdict import Number, Outcome
from ustress.core.evidence import Evidence


class Estimate(BaseModel):
    """One published number: whose it is, what it measures, its value and, if known, its range."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    source: Text
    what: Text
    value: Value
    unit: UnitKey
    low: Value | None = None
    high: Value | None = None


class Cited(Rule):
    """Published estimates lie above (below) a value; where a range is given, all of it must."""

    kind: ClassVar[str] = "cited"
    estimates: Annotated[tuple[Estimate, ...], Field(min_length=1)]
    direction: Literal["above", "below"]
    threshold: Value = 0.0

    def words(self) -> str:
        """Which side of which value, and how several combine."""
        return (
            f"every cited estimate lies {self.direction} {self.threshold:g}, its range included "
            "where one is published; partly if some do"
        )

    def judge(self, bench: Bench) -> Finding:
        """How many of the estimates lie where they are said to."""
        on_side = [self._on_side(each) for each in self.estimates]
        said = "; ".join(
            f"{sourced(e.source)}: {quoted(e.what)} {show(e.value, e.unit)}{_range(e)}"
            for e in self.estimates
        )
        numbers = tuple(
            Number(e.what, e.value, e.unit, bench.said_on, bench.said_on, e.source,
                   Evidence.PUBLISHED, None, _range(e).strip())
            for e in self.estimates
        )  # fmt: skip
        outcome = (
            Outcome.HOLDS if all(on_side)
            else Outcome.PARTLY if any(on_side)
            else Outcome.DOES_NOT_HOLD
        )  # fmt: skip
        side = "above" if self.direction == "below" else "below"
        return Finding(outcome, said, numbers, (), f"an estimate {side} {self.threshold:g}")

    def _on_side(self, each: Estimate) -> bool:
        ends = [v for v in (each.value, each.low, each.high) if v is not None]
        sign = 1.0 if self.direction == "above" else -1.0
        return all(sign * (v - self.threshold) > 0 for v in ends)


def _range(each: Estimate) -> str:
    if each.low is None or each.high is None:
        return ""
    return f" ({show(each.low, each.unit)} to {show(each.high, each.unit)})"

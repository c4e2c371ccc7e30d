"""What a scenario makes happen, as reports read it."""

from __future__ import annotations

from dataclasses import dataclass

from ustress.core.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Imposed:
    """One thing a scenario imposes: `words` with `{v}` where its size stands, in so many days."""

    key: str
    words: str
    size: float
    unit: str
    business_days: int | None = None
    evidence: Evidence = Evidence.ASSUMED
    source: str = ""


@dataclass(frozen=True, slots=True)
class PlanView:
    """What a scenario makes happen: who sells, what else is imposed, what the Fed does.

    `sales` are by seller; sales by share of a holding have no amount before a date is known.
    `buying` is how the Fed buys outright (`none`, `temporary`, `open_ended`), `before` what it
    does first, in words.
    """

    sales: tuple[Imposed, ...] = ()
    others: tuple[Imposed, ...] = ()
    buying: str = "none"
    pace: Imposed | None = None
    most: Imposed | None = None
    before: tuple[str, ...] = ()

    @property
    def sold_usdbn(self) -> float:
        """All that is sold, where amounts are given."""
        return sum(one.size for one in self.sales if one.unit.startswith("usdbn"))

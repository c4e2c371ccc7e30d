"""Statements the record here cannot judge: what data, or what simulation, they would need."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ustress.claims.bench import Bench, Finding
from ustress.claims.rules.base import Count, Rule, Text
from ustress.claims.verdict import Outcome


class NeedsData(Rule):
    """A statement that cannot be checked: the data it needs, and why they are not here."""

    kind: ClassVar[str] = "needs_data"
    needs: Annotated[tuple[Text, ...], Field(min_length=1)]
    why: Text

    def words(self) -> str:
        """What would be needed."""
        return f"needs {'; '.join(self.needs)}"

    def judge(self, bench: Bench) -> Finding:  # noqa: ARG002  (nothing in the record answers it)
        """Cannot be checked, and why."""
        return Finding(Outcome.CANNOT_BE_CHECKED, self.why, (), self.needs, "; ".join(self.needs))


class Mechanism(Rule):
    """A statement about what would happen: judged by simulation, never by the record.

    It names the scenario, the outcome and the horizon that would judge it. The record cannot; the
    verdict says so and what would be needed.
    """

    kind: ClassVar[str] = "mechanism"
    scenario: Text
    outcome: Text
    horizon_days: Count
    against: Text | None = None

    def words(self) -> str:
        """Scenario, outcome, horizon."""
        versus = f" against '{self.against}' on the same shocks" if self.against else ""
        return (
            f"to be judged by simulation: {self.outcome}, scenario '{self.scenario}'{versus}, over "
            f"{self.horizon_days} business days, as a probability with its error"
        )

    def judge(self, bench: Bench) -> Finding:  # noqa: ARG002  (nothing in the record answers it)
        """Cannot be checked from the record."""
        versus = f" against '{self.against}'" if self.against else ""
        need = f"simulation of '{self.scenario}'{versus}: {self.outcome}"
        return Finding(
            Outcome.CANNOT_BE_CHECKED,
            "a statement about the mechanism: the record cannot judge it, only a simulation can",
            (),
            (f"{need}, {self.horizon_days} business days",),
            "the simulated probability",
        )

"""What `us.run` returns: an ensemble that can also draw itself and tell itself in plain values."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ustress.core.errors import CannotError
from ustress.simulate.difference import Difference, subtract
from ustress.simulate.ensemble import Ensemble

if TYPE_CHECKING:
    from ustress.report.charts.base import Drawing

CHANCES = ("fed.buys<=20", "fed.buys<=60", "fed.buys", "fed.crosses<=60", "ust.10y>5", "ust.10y>6")
SHOWN_DAYS = (1, 5, 20, 60, 126, 252)


class Run(Ensemble):
    """An ensemble with `.plot` and `.to_json`; `run - other` is paired on the same shocks."""

    def plot(self, name: str = "ust.10y") -> Drawing:
        """The fan of an observable as an Altair chart.

        Raises:
            UnknownNameError: if there is no such observable.
        """
        from ustress.report.charts.single import fan_chart
        from ustress.workflows.views import fan

        return fan_chart(fan(self, name), self.scenario, self.title)

    def __sub__(self, other: Ensemble) -> RunDifference:
        return RunDifference(**_fields(subtract(self, other)))

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form: chances with errors, quantiles at standard days, provenance."""
        days = self._standard_days()
        return {
            **self.summary(),
            "chances": [_chance(self, event) for event in CHANCES],
            "quantiles": _rows(self, days),
        }

    def _standard_days(self) -> tuple[int, ...]:
        return tuple(sorted({d for d in SHOWN_DAYS if d < self.horizon_days} | {self.horizon_days}))


class RunDifference(Difference):
    """A paired difference with `.plot` and `.to_json`."""

    def plot(self, name: str = "ust.10y") -> Drawing:
        """The fan of the paired difference as an Altair chart."""
        from ustress.report.charts.single import fan_chart
        from ustress.workflows.views import difference_fan

        return fan_chart(difference_fan(self, name), self.first.scenario, self.scenario)

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form: mean differences with paired errors at standard days."""
        days = self.first._days(None)
        return {
            "first": self.first.summary(),
            "second": self.second.summary(),
            "left_out": self.left_out,
            "chances": [_chance(self, event) for event in CHANCES],
            "quantiles": _rows(self, days),
        }


def as_run(ensemble: Ensemble) -> Run:
    """The ensemble as a `Run`; nothing is copied."""
    return Run(**_fields(ensemble))


def _fields(thing: Any) -> dict[str, Any]:
    return {f.name: getattr(thing, f.name) for f in fields(thing)}


def _chance(run: Ensemble | Difference, event: str) -> dict[str, Any]:
    found = run.probability(event)
    return {"event": event, "value": found.value, "error": found.error, "paths": found.paths}


def _rows(run: Ensemble | Difference, days: tuple[int, ...]) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = run.table(days=days).frame.to_dicts()
    except CannotError:  # every path broke: the statuses say so
        return []
    return rows


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs on the same shocks and their difference."""

    first: Run
    second: Run

    @property
    def difference(self) -> RunDifference:
        """First minus second."""
        return self.first - self.second

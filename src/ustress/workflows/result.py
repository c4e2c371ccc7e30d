"""What `us.run` returns: an ensemble that can also draw itself and tell itself in plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from ustress.core.errors import CannotError
from ustress.simulate.difference import Difference, subtract
from ustress.simulate.ensemble import Ensemble
from ustress.simulate.stream.sketch import Sketch

if TYPE_CHECKING:
    from ustress.report.charts.base import Drawing

CHANCES = ("fed.buys<=20", "fed.buys<=60", "fed.buys", "fed.crosses<=60", "ust.10y>5", "ust.10y>6")
FIRSTS = ("fed.crosses", "fed.decides", "fed.buys")
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

    def to_json(self, events: Iterable[str] = (), *, every_day: bool = False) -> dict[str, Any]:
        """The documented JSON form: chances with errors, quantiles at standard days, provenance.

        Args:
            events: to report besides the standard ones.
            every_day: quantiles of every business day.
        """
        days = tuple(range(self.horizon_days + 1)) if every_day else self._standard_days()
        return {
            **self.summary(),
            "chances": [
                _chance(self, event) for event in dict.fromkeys((*CHANCES, *self.events, *events))
            ],
            "hitting": [_first_days(self, event) for event in self.dated_events(events)],
            "quantiles": _rows(self, days),
        }

    def dated_events(self, events: Iterable[str] = ()) -> tuple[str, ...]:
        """Events whose first day is shown: the Fed's, and those asked for."""
        return tuple(dict.fromkeys((*FIRSTS, *events)))

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


class SketchRun(Sketch, Run):
    """A `Run` of more paths than memory holds: the same questions, counted answers."""

    def __sub__(self, other: Ensemble) -> RunDifference:
        return RunDifference(**_fields(Sketch.__sub__(self, other)))


def as_run(ensemble: Ensemble) -> Run:
    """The ensemble as a `Run`; nothing is copied."""
    if isinstance(ensemble, Sketch):
        return SketchRun(**_fields(ensemble))
    return Run(**_fields(ensemble))


def _fields(thing: Any) -> dict[str, Any]:
    return {f.name: getattr(thing, f.name) for f in fields(thing)}


def _chance(run: Ensemble | Difference, event: str) -> dict[str, Any]:
    found = run.probability(event)
    return {"event": event, "value": found.value, "error": found.error, "paths": found.paths}


def _first_days(run: Ensemble, event: str) -> dict[str, Any]:
    found = run.hitting(event)
    quantiles = {f"q{100 * q:g}": found.quantile(q) for q in (0.1, 0.25, 0.5, 0.75, 0.9)}
    never = found.never
    return {"event": event, **quantiles, "never": never.value, "never_error": never.error,
            "paths": found.paths}  # fmt: skip


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

"""Simulations as a program that stays open needs them: the document and the views to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ustress.core.progress import Progress
from ustress.report.views import BreakpointView, Chance, Fan, OutcomesView, ScenarioView

if TYPE_CHECKING:
    from ustress.simulate.ensemble import Ensemble
    from ustress.workflows.result import Run, RunDifference


@dataclass(frozen=True, slots=True)
class RunView:
    """One run: what pages show of it, and what made it (label, value)."""

    scenario: ScenarioView
    as_of: date
    seed: int
    horizon_days: int
    made: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PairView:
    """Two runs on the same shocks and what differs, path by path."""

    first: RunView
    second: RunView
    fans: dict[str, Fan]
    chances: dict[str, Chance]
    left_out: int


@dataclass(frozen=True, slots=True)
class HitView:
    """Who is hit in one scenario against another; `missing` says what could not be had and why."""

    outcomes: OutcomesView
    as_of: date
    titles: dict[str, str]
    missing: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundBreakpoint:
    """The breaking point of a day, drawn."""

    as_of: date
    paths: int
    draws: int
    curve: BreakpointView


def one(
    scenario: str,
    as_of: date | None,
    paths: int,
    seed: int,
    horizon: int,
    overrides: Sequence[str],
    progress: Progress,
) -> Run:
    """A built-in scenario simulated; as `simulation.run`, but never from a file.

    Raises:
        UnknownNameError: if no built-in scenario has this name.
        BadInputError: as `simulation.run`.
        CannotError: as `simulation.run`.
    """
    from ustress.core.errors import UnknownNameError
    from ustress.scenario import builtin_names
    from ustress.workflows.simulation import run

    if scenario not in builtin_names():
        raise UnknownNameError("scenario", scenario, tuple(builtin_names()))
    return run(scenario, as_of, paths, seed, horizon, tuple(overrides), progress=progress)


def run_view(found: Run) -> RunView:
    """A run as pages show it."""
    from ustress.scenario import load_scenario
    from ustress.workflows import views

    summary = " ".join(load_scenario(found.scenario).description.split())
    made = tuple((k, str(v)) for k, v in found.provenance.to_plain().items())
    shown = views.scenario_view(found, summary)
    return RunView(shown, found.as_of, found.seed, found.horizon_days, made)


def pair_view(first: Run, second: Run, found: RunDifference) -> PairView:
    """Two runs and their difference as pages show them."""
    from ustress.workflows import views

    chances = {}
    for key, (event, words) in views.CHANCES.items():
        chance = found.probability(event)
        chances[key] = Chance(key, words, chance.value, chance.error)
    fans = {name: views.difference_fan(found, name) for name in views.FANS}
    return PairView(run_view(first), run_view(second), fans, chances, found.left_out)


def breakpoint_found(
    as_of: date | None,
    paths: int,
    seed: int,
    sale_days: int,
    within_days: int,
    amounts: Sequence[float] | None,
    progress: Progress,
) -> tuple[dict[str, Any], FoundBreakpoint]:
    """The breaking point's document and view; as `simulation.breaking_point`."""
    from ustress.workflows import views
    from ustress.workflows.forms import breakpoint_form
    from ustress.workflows.opening import open_on
    from ustress.workflows.simulation import breaking_point

    found = breaking_point(as_of, paths, seed, sale_days, within_days, amounts, progress)
    view = views.breakpoint_view(found, open_on(found.as_of))
    shown = FoundBreakpoint(found.as_of, found.paths, found.draws, view)
    return breakpoint_form(found), shown


def hit(
    scenario: str,
    against: str,
    as_of: date | None,
    paths: int,
    seed: int,
    horizon: int,
    progress: Progress,
) -> tuple[dict[str, Any], HitView]:
    """Who is hit: the mortgage rate of both scenarios, the budget's extra interest."""
    from ustress.data.store import Store
    from ustress.workflows.story import outcomes

    names = dict.fromkeys((scenario, against))
    runs: dict[str, Ensemble] = {
        n: one(n, as_of, paths, seed, horizon, (), progress) for n in names
    }
    missing: dict[str, str] = {}
    first = runs[scenario]
    view = outcomes(runs, Store().panel(first.as_of), against, missing)
    shown = HitView(view, first.as_of, {n: r.title for n, r in runs.items()}, missing)
    return {
        "runs": [r.summary() for r in runs.values()],
        "outcomes": view,
        "missing": missing,
    }, shown

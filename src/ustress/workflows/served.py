"""Simulations as a program that stays open needs them: the document and the views to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ustress.core.progress import Progress
from ustress.outcomes.summary import Group
from ustress.report.views import BreakpointView, Chance, Fan, ScenarioView

if TYPE_CHECKING:
    from ustress.simulate.breakpoint import Breakpoint
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
    """Who is hit in one scenario, or in one less another: groups with rows and lines."""

    title: str
    as_of: date
    paths: int
    groups: tuple[Group, ...]


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


def curve(
    as_of: date | None,
    paths: int,
    seed: int,
    sale_days: int,
    within_days: int,
    amounts: Sequence[float] | None,
    progress: Progress,
) -> Breakpoint:
    """Both chances by amount at one pace; as `simulation.breaking_point` without the frontier."""
    from ustress.simulate.breakpoint import GRID_USDBN, chance_of_intervention
    from ustress.workflows.opening import open_on

    wanted = GRID_USDBN if amounts is None else tuple(amounts)
    return chance_of_intervention(
        open_on(as_of), wanted, sale_days, within_days, paths, seed, progress
    )


def break_view(found: Breakpoint) -> FoundBreakpoint:
    """The breaking point as pages show it."""
    from ustress.workflows import views
    from ustress.workflows.opening import open_on

    drawn = views.breakpoint_view(found, open_on(found.as_of))
    return FoundBreakpoint(found.as_of, found.paths, found.draws, drawn)


def hit(
    scenario: str,
    against: str | None,
    as_of: date | None,
    paths: int,
    seed: int,
    horizon: int,
    overrides: Sequence[str],
    assume: Sequence[str],
    progress: Progress,
) -> tuple[dict[str, Any], HitView]:
    """Who is hit, in a scenario or in one less another; as `who_is_hit.outcomes`.

    Raises:
        UnknownNameError: if no built-in scenario has one of the names.
        BadInputError: as `who_is_hit.outcomes`.
        CannotError: as `who_is_hit.outcomes`.
    """
    from ustress.outcomes.assumptions import assume as checked
    from ustress.workflows.who_is_hit import check_held, who_is_hit

    checked(tuple(assume))  # looked at before anything is simulated
    check_held(paths)

    def simulated(name: str) -> Run:
        return one(name, as_of, paths, seed, horizon, overrides, progress)

    second = None if against is None else simulated(against)
    found = who_is_hit(simulated(scenario), second, assume, progress)
    return found.to_json(), HitView(found.title, found.as_of, found.paths, found.groups)

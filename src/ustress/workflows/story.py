"""What the simulation says for a brief: scenarios, comparisons, breaking point, who is hit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from ustress.core.beside import beside
from ustress.core.errors import UstressError
from ustress.core.progress import Progress
from ustress.report.views import (
    BreakpointView,
    Comparison,
    HitView,
    OpeningInput,
    OutcomesView,
    ParameterView,
    PlanView,
    ScenarioView,
)
from ustress.workflows import views

if TYPE_CHECKING:
    from ustress.core.panel import Panel
    from ustress.report.views import Fan, YearPath
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.opening import Opening
    from ustress.workflows.shelf import Shelf

HORIZON_DAYS = 252
CORE = ("baseline", "tactical-qe", "prolonged-disruption", "no-intervention")
"""The scenarios of every brief, in the order in which they are told."""
WITH, WITHOUT = "tactical-qe", "no-intervention"
PAIRS = ((WITH, WITHOUT), ("prolonged-disruption", "baseline"))
COMPARED = ("ust.10y", "dysfunction", "dislocation")
EFFECTS = (
    "ust.2y", "ust.10y", "ust.30y", "dislocation", "dysfunction", "dealers.use", "repo.spread",
    "fed.reserves", "volatility", "trust.loss", "fed.belief", "swap.spread", "mbs.spread",
    "credit.ig", "equity.change", "gold.change", "franc.change", "dollar.change", "fx.volatility",
    "fed.bought", "fed.purchases", "fed.carry",
)  # fmt: skip
"""What purchases change; those the simulation has are shown, the others are named."""
AGAINST = "baseline"
OF_PURCHASES = ("budget", "fed", "spillover")
MORTGAGE_SERIES = "quoted.mortgage.30y"
OLDEST_SURVEY_DAYS = 14


@dataclass(frozen=True, slots=True)
class Told:
    """What a brief is to tell: scenarios by name or file, and how many paths from which seed.

    `breakpoint` is a point of no return saved earlier, in its JSON form.
    """

    scenarios: tuple[str, ...] = ()
    paths: int = 2000
    seed: int = 7
    breakpoint: Mapping[str, Any] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The scenarios chosen, or those of every brief."""
        return self.scenarios or CORE


@dataclass(frozen=True, slots=True)
class Simulated:
    """What the simulation says, named as in `BriefContents`."""

    scenarios: tuple[ScenarioView, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    chosen: bool = False
    purchases: Comparison | None = None
    thresholds: tuple[float, float] | None = None
    breakpoint: BreakpointView | None = None
    fragile: tuple[str, ...] = ()
    hit: HitView | None = None
    purchases_hit: HitView | None = None
    outcomes: OutcomesView | None = None
    opening: tuple[OpeningInput, ...] = ()
    parameters: tuple[ParameterView, ...] = ()
    made: tuple[tuple[str, str], ...] = ()

    def parts(self) -> dict[str, Any]:
        """Its parts by name."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def pairs(told: Told, runs: Mapping[str, Ensemble]) -> tuple[tuple[str, str], ...]:
    """Which are set against each other: the two that were chosen, or the usual ones."""
    names = tuple(runs)
    wanted = ((names[0], names[1]),) if told.scenarios and len(names) == 2 else PAIRS
    return tuple(pair for pair in wanted if set(pair) <= set(names))


def against(runs: Mapping[str, Ensemble]) -> str:
    """What outcomes are counted against."""
    return AGAINST if AGAINST in runs else tuple(runs)[-1]


def scenario_views(runs: dict[str, Ensemble]) -> tuple[ScenarioView, ...]:
    """The runs as reports show them."""
    return tuple(
        views.scenario_view(run, _summary(name), plan=_plan(run)) for name, run in runs.items()
    )


def run_all(opening: Opening, told: Told, shelf: Shelf) -> dict[str, Ensemble]:
    """A run of each scenario told, from the opening given, on the same shocks."""
    shelf.opened(opening)
    shelf.fetch(opening.as_of, told.names, HORIZON_DAYS)
    found = (shelf.run(opening.as_of, name, (), HORIZON_DAYS) for name in told.names)
    return {run.scenario: run for run in found}


def tell(
    opening: Opening,
    panel: Panel,
    told: Told,
    shelf: Shelf,
    progress: Progress,
    missing: dict[str, str],
    ready: Callable[[], object],
) -> Simulated:
    """All that is simulated; a part that fails is named in `missing`.

    The point of no return is sought beside the rest: it is half of the work. `ready` is called
    when the shelf has every run told.
    """
    from ustress.model.parameters import load_parameters

    point = beside(lambda: breaking_point(opening, told, progress, missing, by_pace=True))
    runs = run_all(opening, told, shelf)
    ready()
    compared = tuple(views.comparison(runs[a] - runs[b], COMPARED) for a, b in pairs(told, runs))
    low, high = load_parameters()["threshold"].bounds or (None, None)
    hit, purchases_hit = _who_is_hit(runs, told, progress, missing)
    return Simulated(
        scenarios=scenario_views(runs),
        comparisons=compared,
        chosen=bool(told.scenarios),
        purchases=_purchases(runs, missing),
        thresholds=None if low is None or high is None else (low, high),
        hit=hit,
        purchases_hit=purchases_hit,
        outcomes=outcomes(runs, panel, against(runs), missing),
        breakpoint=point()[0],
        fragile=point()[1],
        opening=views.opening_inputs(opening),
        parameters=views.parameter_views(),
        made=_made(runs),
    )


def tell_before(
    opening: Opening, told: Told, shelf: Shelf, progress: Progress, missing: dict[str, str]
) -> Simulated:
    """What is simulated for the other date of a brief that compares two."""
    point, _ = breaking_point(opening, replace(told, breakpoint=None), progress, missing)
    return Simulated(
        scenarios=scenario_views(run_all(opening, told, shelf)),
        breakpoint=point,
        opening=views.opening_inputs(opening),
    )


def breaking_point(
    opening: Opening,
    told: Told,
    progress: Progress,
    missing: dict[str, str],
    *,
    by_pace: bool = False,
) -> tuple[BreakpointView | None, tuple[str, ...]]:
    """The point of no return and what it hangs on; `by_pace` with its frontier.

    A saved one (`Told.breakpoint`, the JSON of `ustress breakpoint --json`) is read instead.
    """
    from ustress.simulate.breakpoint import chance_of_intervention
    from ustress.simulate.frontier.pace import frontier
    from ustress.workflows import pace_views

    if told.breakpoint is not None:
        point = pace_views.from_saved(told.breakpoint, opening)
        return point, views.fragile(point.hangs_on)
    try:
        found = chance_of_intervention(opening, paths=told.paths, seed=told.seed, progress=progress)
    except UstressError as gap:
        missing["breakpoint"] = str(gap)
        return None, ()
    if by_pace:
        along = frontier(opening, paths=told.paths, seed=told.seed, progress=progress)
        found = found.along(along)
    return views.breakpoint_view(found, opening), views.fragile(found.hangs_on)


def _who_is_hit(
    runs: dict[str, Ensemble], told: Told, progress: Progress, missing: dict[str, str]
) -> tuple[HitView | None, HitView | None]:
    """Outcomes by group: of the scenarios set against each other, and of purchases."""
    usual = pairs(told, runs)
    if not usual:
        missing["who is hit"] = "needs two scenarios on the same shocks"
        return None, None
    try:
        hit = _hit(runs, usual[-1], progress)
        if not {WITH, WITHOUT} <= set(runs):
            return hit, None
        if (hit.scenario, hit.against) != (WITH, WITHOUT):
            return hit, _hit(runs, (WITH, WITHOUT), progress, OF_PURCHASES)
    except UstressError as gap:
        missing["who is hit"] = str(gap)
        return None, None
    return hit, replace(hit, groups=tuple(g for g in hit.groups if g.key in OF_PURCHASES))


def _hit(
    runs: dict[str, Ensemble],
    pair: tuple[str, str],
    progress: Progress,
    groups: tuple[str, ...] = (),
) -> HitView:
    from ustress.workflows.who_is_hit import who_is_hit

    found = who_is_hit(runs[pair[0]], runs[pair[1]], progress=progress, groups=groups)
    return HitView(
        found.title, found.scenario, found.against, found.as_of, found.paths, found.groups,
        runs[pair[0]].n_paths,
    )  # fmt: skip


def _summary(name: str) -> str:
    from ustress.scenario import load_scenario

    try:
        return " ".join(load_scenario(name).description.split())
    except UstressError:  # a saved run of a scenario whose file is not here
        return ""


def _plan(run: Ensemble) -> PlanView | None:
    """What the run's scenario imposes; None where its file is not here."""
    from ustress.scenario import apply_overrides, load_scenario
    from ustress.workflows.plans import plan

    try:
        return plan(apply_overrides(load_scenario(run.scenario), run.provenance.overrides))
    except UstressError:
        return None


def _made(runs: dict[str, Ensemble]) -> tuple[tuple[str, str], ...]:
    """Provenance: what all runs share, and each scenario's own hash."""
    plain = {name: run.provenance.to_plain() for name, run in runs.items()}
    shared = dict(next(iter(plain.values())))
    for own in ("scenario_hash", "imposed_hash"):
        shared.pop(own)
    each = tuple((f"scenario {name}", str(p["scenario_hash"])) for name, p in plain.items())
    return (*((k.replace("_", " "), str(v)) for k, v in shared.items() if v), *each)


def _purchases(runs: dict[str, Ensemble], missing: dict[str, str]) -> Comparison | None:
    """With purchases less without, on the same shocks."""
    from ustress.simulate.names import OBSERVABLES

    if not {WITH, WITHOUT} <= set(runs):
        missing["purchases"] = f"needs the scenarios {WITH} and {WITHOUT}, which are not told here"
        return None
    have = set(runs[WITH].observables) & set(runs[WITHOUT].observables)
    absent = [name for name in EFFECTS if name not in have]
    if absent:
        titles = (OBSERVABLES[n].title if n in OBSERVABLES else n for n in absent)
        missing["effects of purchases on"] = f"{', '.join(titles)}: not simulated"
    return views.comparison(runs[WITH] - runs[WITHOUT], [n for n in EFFECTS if n in have])


def outcomes(
    runs: dict[str, Ensemble], panel: Panel, other: str, missing: dict[str, str]
) -> OutcomesView:
    """Who is hit in each run against `other`; a part that fails is named in `missing`."""
    mortgage, notes = _mortgages(runs, panel, missing)
    interest, more = _interest(runs, panel, other, missing)
    return OutcomesView(mortgage, interest, other, (*notes, *more))


def _mortgages(
    runs: dict[str, Ensemble], panel: Panel, missing: dict[str, str]
) -> tuple[dict[str, Fan], tuple[str, ...]]:
    """The mortgage rate by scenario; without a recent opening rate, its change."""
    from ustress.outcomes import mortgages
    from ustress.outcomes.ensembles import mortgage

    opening = _opening_mortgage(panel)
    try:
        paths = {n: mortgage(run, panel, opening_pct=opening) for n, run in runs.items()}
    except UstressError as gap:
        missing["mortgage"] = str(gap)
        return {}, ()
    about = mortgages.about()
    said = (about.method, *about.assumptions, *about.cannot_say)
    return {name: views.mortgage_fan(path) for name, path in paths.items()}, said


def _opening_mortgage(panel: Panel) -> float | None:
    """The newest quoted survey rate, if it is of the last two weeks."""
    quoted = panel.get(MORTGAGE_SERIES)
    newest = None if quoted is None else quoted.at(-1)
    if newest is None or (panel.as_of - newest.day).days > OLDEST_SURVEY_DAYS:
        return None
    return newest.value


def _interest(
    runs: dict[str, Ensemble], panel: Panel, other: str, missing: dict[str, str]
) -> tuple[tuple[YearPath, ...], tuple[str, ...]]:
    """Extra federal interest of each scenario over another, on the same shocks."""
    from ustress.outcomes.debt_profile import debt_profile
    from ustress.outcomes.debt_roll import roll
    from ustress.outcomes.ensembles import interest

    others = [name for name in runs if name != other]
    if not others:
        missing["interest"] = "only one scenario is told; expected another to count against"
        return (), ()
    try:
        rolled = roll(debt_profile(panel))
        found = {
            name: interest(runs[name], rolled, against=runs[other], fiscal_years=True)
            for name in others
        }
    except UstressError as gap:
        missing["interest"] = str(gap)
        return (), ()
    about = next(iter(found.values())).about
    said = (about.method, *about.assumptions, *about.cannot_say)
    return tuple(views.year_path(name, one) for name, one in found.items()), said

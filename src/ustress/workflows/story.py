"""What the simulation says for a brief: scenarios, comparisons, breaking point, who is hit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ustress.core.errors import UstressError
from ustress.core.progress import Progress
from ustress.workflows import views

if TYPE_CHECKING:
    from ustress.core.panel import Panel
    from ustress.report.views import Fan, OutcomesView, YearPath
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.opening import Opening

HORIZON_DAYS = 252
PAIRS = (("tactical-qe", "no-intervention"), ("prolonged-disruption", "baseline"))
COMPARED = ("ust.10y", "dysfunction", "dislocation")
AGAINST = "baseline"
MORTGAGE_SERIES = "quoted.mortgage.30y"
OLDEST_SURVEY_DAYS = 14


@dataclass(frozen=True, slots=True)
class Story:
    """The simulated parts of a brief, keyed as in `BriefContents`."""

    parts: dict[str, Any]


def tell(
    opening: Opening,
    panel: Panel,
    paths: int,
    seed: int,
    progress: Progress,
    missing: dict[str, str],
) -> Story:
    """Run what the brief tells; a part that fails is named in `missing`, the others go on."""
    from ustress.model.parameters import load_parameters
    from ustress.scenario import builtin_names, load_scenario
    from ustress.simulate.breakpoint import chance_of_intervention
    from ustress.simulate.run import simulate

    runs: dict[str, Ensemble] = {}
    shown = []
    for name in builtin_names():
        scenario = load_scenario(name)
        runs[name] = simulate(opening, scenario, paths, seed, HORIZON_DAYS, (), progress)
        summary = " ".join(scenario.description.split())
        shown.append(views.scenario_view(runs[name], summary))
    compared = tuple(views.comparison(runs[a] - runs[b], COMPARED) for a, b in PAIRS)
    found = chance_of_intervention(opening, paths=paths, seed=seed, progress=progress)
    low, high = load_parameters()["threshold"].bounds or (None, None)
    parts: dict[str, Any] = {
        "scenarios": tuple(shown),
        "comparisons": compared,
        "breakpoint": views.breakpoint_view(found, opening),
        "fragile": views.fragile(found),
        "thresholds": None if low is None else (low, high),
        "outcomes": _outcomes(runs, panel, missing),
        "opening": views.opening_inputs(opening),
        "parameters": views.parameter_views(),
        "made": tuple((k, str(v)) for k, v in found.provenance.to_plain().items()),
    }
    return Story(parts)


def _outcomes(runs: dict[str, Ensemble], panel: Panel, missing: dict[str, str]) -> OutcomesView:
    from ustress.report.views import OutcomesView

    mortgage, notes = _mortgages(runs, panel, missing)
    interest, more = _interest(runs, panel, missing)
    return OutcomesView(mortgage, interest, AGAINST, (*notes, *more))


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
    runs: dict[str, Ensemble], panel: Panel, missing: dict[str, str]
) -> tuple[tuple[YearPath, ...], tuple[str, ...]]:
    """Extra federal interest of each scenario over the baseline, on the same shocks."""
    from ustress.outcomes.debt_profile import debt_profile
    from ustress.outcomes.debt_roll import roll
    from ustress.outcomes.ensembles import interest

    try:
        rolled = roll(debt_profile(panel))
        found = {
            name: interest(run, rolled, against=runs[AGAINST], fiscal_years=True)
            for name, run in runs.items()
            if name != AGAINST
        }
    except UstressError as gap:
        missing["interest"] = str(gap)
        return (), ()
    about = next(iter(found.values())).about
    said = (about.method, *about.assumptions, *about.cannot_say)
    return tuple(views.year_path(name, one) for name, one in found.items()), said

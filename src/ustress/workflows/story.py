"""What the simulation says for a brief: four scenarios, two comparisons, breaking point, who pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

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
TENORS = {2.0: "ust.2y", 5.0: "ust.5y", 10.0: "ust.10y", 30.0: "ust.30y"}
AGAINST = "baseline"
MORTGAGE_SERIES = "quoted.mortgage.30y"


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
        "thresholds": None if low is None else (low, high),
        "outcomes": _outcomes(runs, panel, seed, missing),
        "opening": views.opening_inputs(opening),
        "parameters": views.parameter_views(),
        "made": tuple((k, str(v)) for k, v in found.provenance.to_plain().items()),
    }
    return Story(parts)


def _outcomes(
    runs: dict[str, Ensemble], panel: Panel, seed: int, missing: dict[str, str]
) -> OutcomesView:
    from ustress.report.views import OutcomesView

    mortgage, notes = _mortgages(runs, panel, seed, missing)
    interest, more = _interest(runs, panel, missing)
    return OutcomesView(mortgage, interest, AGAINST, (*notes, *more))


def _mortgages(
    runs: dict[str, Ensemble], panel: Panel, seed: int, missing: dict[str, str]
) -> tuple[dict[str, Fan], tuple[str, ...]]:
    """The mortgage rate by scenario; without a quoted opening rate, its change."""
    from ustress.core.evidence import Evidence
    from ustress.outcomes import mortgages
    from ustress.report.views import LEVELS, Fan

    quoted = panel.get(MORTGAGE_SERIES)
    opening = None if quoted is None else quoted.at(-1).value
    ten = panel["ust.par.10y"]
    history = (ten.dates[-60:], ten.values[-60:])
    fans = {}
    try:
        for name, run in runs.items():
            draws = mortgages.draw_pass_through(int(run.ok.sum()), seed)
            path = mortgages.mortgage_path(
                run.days, run.unbroken("ust.10y"), history=history, opening_pct=opening,
                pass_through=draws,
            )  # fmt: skip
            values = path.change_bp if path.rate_pct is None else path.rate_pct
            found = np.quantile(values, LEVELS, axis=0)
            fans[name] = Fan(
                "mortgage.30y",
                path.about.title,
                "bp" if path.rate_pct is None else "pct",
                path.releases,
                dict(zip(LEVELS, found, strict=True)),
                values[: views.SAMPLES],
                Evidence.ASSUMED,
            )
    except UstressError as gap:
        missing["mortgage"] = str(gap)
        return {}, ()
    about = mortgages.about()
    return fans, (about.method, *about.assumptions, *about.cannot_say)


def _interest(
    runs: dict[str, Ensemble], panel: Panel, missing: dict[str, str]
) -> tuple[tuple[YearPath, ...], tuple[str, ...]]:
    """Extra federal interest of each scenario over the baseline, on the same shocks."""
    from ustress.outcomes.debt_profile import debt_profile
    from ustress.outcomes.debt_roll import roll
    from ustress.outcomes.federal_interest import about, federal_interest
    from ustress.outcomes.parameters import federal
    from ustress.report.views import YearPath

    try:
        rolled = roll(debt_profile(panel))
        lines = []
        for name, run in runs.items():
            if name == AGAINST:
                continue
            difference = run - runs[AGAINST]
            changes = {tenor: difference.paths(key) for tenor, key in TENORS.items()}
            found = federal_interest(rolled, run.days, changes)
            low, middle, high = found.quantile((0.05, 0.5, 0.95))
            lines.append(YearPath(name, found.years, tuple(middle), tuple(low), tuple(high)))
    except UstressError as gap:
        missing["interest"] = str(gap)
        return (), ()
    said = about(rolled, tuple(TENORS), federal("fade"))
    return tuple(lines), (said.method, *said.assumptions, *said.cannot_say)

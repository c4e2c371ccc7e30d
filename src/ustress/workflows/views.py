"""From simulated results to the small views that reports read."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from ustress.core.evidence import Evidence
from ustress.core.status import PathStatus
from ustress.report.by_pace import AmountMark
from ustress.report.views import (
    LEVELS,
    BreakpointView,
    Chance,
    Comparison,
    Crossing,
    Fan,
    OpeningInput,
    ParameterView,
    PlanView,
    ScenarioView,
    YearPath,
)
from ustress.simulate.names import OBSERVABLES

if TYPE_CHECKING:
    from ustress.outcomes.federal_interest import FederalInterest
    from ustress.outcomes.mortgages import MortgagePath
    from ustress.outcomes.parameters import Coefficient
    from ustress.report.by_pace import PaceView
    from ustress.simulate import crossing
    from ustress.simulate.breakpoint import Breakpoint
    from ustress.simulate.difference import Difference
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.frontier.pace import Frontier
    from ustress.simulate.opening import Opening

FANS = (
    "ust.2y",
    "ust.10y",
    "ust.30y",
    "dislocation",
    "dysfunction",
    "repo.spread",
    "dealers.use",
    "fed.purchases",
    "fed.bought",
)
SAMPLES = 3
CHANCES = {
    "purchases": ("fed.buys", "the Fed buys"),
    "purchases_60": ("fed.buys<=60", "the Fed buys within 60 business days"),
    "crossing": ("fed.crosses", "dysfunction passes the threshold at a close"),
}


def fan(run: Ensemble, name: str) -> Fan:
    """Quantiles of an observable by business day, and a few paths."""
    return _fan(run, name, run.days)


def difference_fan(difference: Difference, name: str) -> Fan:
    """Quantiles of the paired difference by business day, and a few paths of it."""
    return _fan(difference, name, difference.days, change=True)


def scenario_view(
    run: Ensemble, summary: str, names: Iterable[str] = FANS, plan: PlanView | None = None
) -> ScenarioView:
    """A run as reports show it."""
    chances = {}
    for key, (event, words) in CHANCES.items():
        found = run.probability(event)
        chances[key] = Chance(key, words, found.value, found.error)
    broken = {s.name.lower(): n for s, n in run.status.items() if s is not PathStatus.OK}
    fans = {name: fan(run, name) for name in names}
    bounds = {} if "ust.10y" not in fans else _bounds(run, ("ust.10y",))
    return ScenarioView(
        run.scenario, run.title, summary, fans, chances, run.n_paths, broken, bounds, plan
    )


def _bounds(run: Ensemble, names: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Where the median of all paths can lie at the end, whatever the broken ones would have done.

    With a share b of paths left out, the median of all is a quantile of those that are there:
    (1/2 - b) / (1 - b) if all left out lie below it, 1/2 / (1 - b) if all lie above.
    """
    lost = 1.0 - float(run.ok.mean())
    if not 0.0 < lost < 0.5:
        return {}
    at = ((0.5 - lost) / (1.0 - lost), 0.5 / (1.0 - lost))
    return {name: _ends(run.quantile(name, at, run.horizon_days)) for name in names}


def _ends(found: np.ndarray) -> tuple[float, float]:
    return float(found[0]), float(found[1])


def comparison(difference: Difference, names: Iterable[str]) -> Comparison:
    """A paired difference as reports show it."""
    ok = difference.first.ok & difference.second.ok
    return Comparison(
        difference.first.scenario,
        difference.second.scenario,
        {name: difference_fan(difference, name) for name in names},
        paths=int(ok.size),
        broken=int((~ok).sum()),
    )


def opening_inputs(opening: Opening) -> tuple[OpeningInput, ...]:
    """What a simulation opens with."""
    return tuple(
        OpeningInput(i.name, i.title, i.value, i.unit, i.day, i.source, i.evidence, i.decides)
        for i in opening.inputs
    )


def parameter_views() -> tuple[ParameterView, ...]:
    """The model's parameters, then the outcomes', with range, source and level of evidence."""
    from ustress.model.parameters import load_parameters
    from ustress.outcomes.parameters import described

    model = tuple(
        ParameterView(
            p.name, p.meaning, _shown(p.value), p.unit, _end(p.low), _end(p.high), p.source,
            p.evidence,
        )
        for p in load_parameters()
    )  # fmt: skip
    return (*model, *(_coefficient_view(c) for c in described()))


def _coefficient_view(c: Coefficient) -> ParameterView:
    low, high = c.ends or (None, None)
    errors = "" if not c.errors else _shown(c.errors)
    return ParameterView(
        f"outcomes.{c.name}", c.what, _shown(c.values), c.unit, low, high, c.source, c.evidence,
        errors, c.sample, c.method,
    )  # fmt: skip


def _shown(value: object) -> str:
    """One number, or those of a vector; a dash where it is something else."""
    found = value if isinstance(value, list | tuple) else (value,)
    numbers = [v for v in found if isinstance(v, int | float)]
    told = ("infinite" if math.isinf(v) else f"{v:g}" for v in numbers)
    return ", ".join(told) if numbers and len(numbers) == len(found) else "—"


def _end(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def breakpoint_view(found: Breakpoint, opening: Opening) -> BreakpointView:
    """The curve of the breaking point with real holdings marked on it."""
    curve = found.intervention
    return BreakpointView(
        amounts_usdbn=np.asarray(found.amounts_usdbn, np.float64),
        chance=curve.chance,
        error=curve.error,
        sale_days=found.sale_days,
        within_days=found.within_days,
        low=curve.quantile(0.10),
        middle=curve.quantile(0.50),
        high=curve.quantile(0.90),
        crossings=tuple(_crossing(c) for c in curve.crossings),
        marks=marks(opening, float(found.amounts_usdbn[-1])),
        rule=curve.rule,
        hangs_on=found.hangs_on,
        no_return=found.no_return.chance,
        no_return_error=found.no_return.error,
        no_return_rule=found.no_return.rule,
        by_pace=None if found.frontier is None else pace_view(found.frontier, opening),
    )


def pace_view(found: Frontier, opening: Opening) -> PaceView:
    """Amount against pace with the sizes of real holdings."""
    from ustress.report.by_pace import PacePoint, PaceView

    points = tuple(
        PacePoint(
            days, p.value, p.error, p.probability, p.probability_error, p.spread.q10,
            p.spread.q50, p.spread.q90, p.spread.already_share, found.words(i), p.policy,
        )
        for i, (days, p) in enumerate(zip(found.paces_days, found.points, strict=True))
    )  # fmt: skip
    return PaceView(
        found.level, points, found.most_usdbn, found.month, held_marks(opening), found.policies,
        found.paths_used,
    )  # fmt: skip


def held_marks(opening: Opening) -> tuple[AmountMark, ...]:
    """What countries, officials and all foreigners hold, whatever was tried."""
    held = (
        ("holdings.china", "China"), ("holdings.japan", "Japan"),
        ("holdings.official", "All officials"), ("holdings.total", "All foreigners"),
    )  # fmt: skip
    return tuple(
        AmountMark(label, opening[key].value, "US Treasury, TIC (custody)", opening[key].day)
        for key, label in held
    )


def fragile(hangs_on: Iterable[tuple[str, float]], most: int = 2) -> tuple[str, ...]:
    """What the breaking point hangs on most, in words: the parameters' meanings."""
    from ustress.simulate.hangs_on import meaning

    return tuple(meaning(name) for name, _ in tuple(hangs_on)[:most])


def _crossing(c: crossing.Crossing) -> Crossing:
    return Crossing(
        c.level, c.low_usdbn, c.amount_usdbn, c.high_usdbn, c.never_share, c.error_usdbn
    )


def marks(opening: Opening, most_usdbn: float) -> tuple[AmountMark, ...]:
    """Real holdings up to the largest amount tried."""
    wanted = (("holdings.china", "All China holds"), ("holdings.japan", "All Japan holds"))
    inputs = [(opening[key], label) for key, label in wanted]
    return tuple(
        AmountMark(label, one.value, "US Treasury, TIC (custody)", one.day)
        for one, label in inputs
        if one.value <= most_usdbn
    )


def mortgage_fan(path: MortgagePath) -> Fan:
    """The mortgage rate by survey week; its change where no opening rate is known."""
    levels = path.rate_pct is not None
    values = path.change_bp if path.rate_pct is None else path.rate_pct
    found = np.quantile(values, LEVELS, axis=0)
    return Fan(
        "mortgage.30y",
        path.about.title,
        "pct" if levels else "bp",
        path.releases,
        {level: found[i] for i, level in enumerate(LEVELS)},
        values[:SAMPLES],
        Evidence.ASSUMED,
    )


def year_path(scenario: str, found: FederalInterest) -> YearPath:
    """Extra federal interest by fiscal year: median and nine tenths."""
    low, middle, high = (tuple(float(v) for v in row) for row in found.quantile((0.05, 0.5, 0.95)))
    return YearPath(scenario, found.years, middle, low, high)


def _fan(run: Ensemble | Difference, name: str, days: np.ndarray, *, change: bool = False) -> Fan:
    about = OBSERVABLES[name]
    in_bp = change and about.unit == "pct"
    scale = 100.0 if in_bp else 1.0
    found = scale * run.quantile(name, LEVELS)
    unit = "bp" if change and about.unit in ("pct", "bp_level") else about.unit
    return Fan(
        name,
        about.title,
        unit,
        days,
        {level: found[i] for i, level in enumerate(LEVELS)},
        scale * np.asarray(run.sample(name, SAMPLES), np.float64),
        Evidence.ASSUMED,
    )

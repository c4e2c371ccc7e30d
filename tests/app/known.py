"""Results as the worker would have left them, from the reports' synthetic sample.

Pages and charts read them by their types; nothing is simulated, so that browsers can look at every
page in seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from report import sample
from ustress.app.jobs import asked
from ustress.app.jobs.codec import encode
from ustress.app.jobs.results import Results
from ustress.app.pages.breaking import PATHS
from ustress.app.simulated import OBSERVABLES
from ustress.calibrate.replay.result import FlowFed
from ustress.core.evidence import Evidence
from ustress.core.status import PathStatus, breaks
from ustress.outcomes.summary import Group, Line, Row
from ustress.report.replayed import Against, ReplayShown
from ustress.workflows import live
from ustress.workflows.claims import judge_claims
from ustress.workflows.served import FoundBreakpoint, HitView, RunView

DAY = date(2025, 4, 11)
HOW: dict[str, Any] = {"as_of": DAY, "paths": 200}

POINTS = [{"amount_usdbn": 0.0, "probability": 0.02}, {"amount_usdbn": 400.0, "probability": 0.5}]
FORM: dict[str, Any] = {
    "as_of": str(DAY), "intervention": {"rule": "S > b", "points": POINTS},
    "no_return": {"rule": "purchases off", "points": POINTS}, "provenance": {"seed": 7},
    "frontier": [{"amount_usdbn": 68.0, "business_days": 5, "pi_by_policy": {"none": 0.1}}],
}  # fmt: skip
"""The document of a breaking point with what a file takes from it."""


def leave(results: Results) -> None:
    """Put them where a server with these figures and this program looks."""
    generation, recipe = live.generation(), live.recipe()
    for question, view in _views():
        key = question.key(generation, recipe)
        kept = FORM if question.kind in ("breakpoint", "curve") else {"synthetic": True}
        results.put(key, {"document": kept, "view": encode(view)})


def _views() -> Iterator[tuple[asked.Asked, object]]:
    curve = sample.breakpoint_view()
    yield asked.CurveAsked(**HOW), FoundBreakpoint(DAY, 200, 16, replace(curve, by_pace=None))
    yield asked.BreakpointAsked(**HOW), FoundBreakpoint(DAY, 200, 16, curve)
    for amount, days in ((400, 20), (120, 20)):
        yield _sale(amount, days), _run(*PATHS)
    yield asked.RunAsked(scenario="baseline", horizon=20, **HOW), _run(*OBSERVABLES)
    yield asked.HitAsked(**HOW), hit()
    yield asked.ReplayAsked(episode="march-2020", paths=200, seed=7), _replay()
    yield asked.ClaimsAsked(as_of=DAY, paths=2000, seed=7), judge_claims(None, DAY, simulate=False)


def _sale(amount_usdbn: int, days: int) -> asked.RunAsked:
    keys = {"amount_usdbn": amount_usdbn, "business_days": days}
    overrides = [f"sale.foreign_private.{key}={value}" for key, value in keys.items()]
    return asked.RunAsked(scenario="baseline", overrides=overrides, horizon=126, **HOW)


def _run(*names: str) -> RunView:
    shown = sample.scenario("baseline", "Baseline", 70.0, 600.0)
    fans = {name: sample.fan(name, "index", 0.2, 0.3, 0.1) for name in names}
    return RunView(replace(shown, fans={**fans, **shown.fans}), DAY, 7, 126)


def hit() -> HitView:
    """Who is hit, one group of it."""
    return HitView("Disruption less baseline", DAY, 200, (_group(),))


def _group() -> Group:
    level = Evidence.ASSUMED
    row = Row(
        "budget.interest", "Interest", "fiscal 2026", 12.0, "usdbn_move", 0.4,
        {"q5": 4.0, "q95": 31.0}, level, level, "simulated", "rolled at the path's yields", 200,
    )  # fmt: skip
    bands = {q: np.array([4.0, 9.0, 12.0]) * (0.5 + q) for q in (0.05, 0.25, 0.5, 0.75, 0.95)}
    line = Line("budget.interest", "Interest", "usdbn_move", level, "simulated", bands,
                years=(2025, 2026, 2027))  # fmt: skip
    return Group("budget", "Federal budget", (row,), (line,), ("the mix is kept",), ("taxes",))


def _replay() -> ReplayShown:
    seen = sample.replayed()
    flow = FlowFed(
        "custody", "Custody at the Fed", "sale", "other_official", 136.0, 123.0, DAY,
        Evidence.MEASURED, "Federal Reserve", "evenly", "custody", "",
    )  # fmt: skip
    return ReplayShown(
        "march-2020", "March 2020", "Foreigners sell.", seen.opens, seen.paths,
        breaks({PathStatus.SPIRAL: 1}), (flow,), seen.days, seen.left,
        (Against(seen.fan, seen.record),),
    )  # fmt: skip

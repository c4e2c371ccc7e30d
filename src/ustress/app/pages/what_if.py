"""*What if*: a scenario, a handful of keys, a run, and another on the same shocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import APIRouter
from starlette.requests import Request

from ustress.app.charts import drawn
from ustress.app.pages.asking import Ask, ask, files, found
from ustress.app.pages.render import Moved, Shown, results, view
from ustress.app.simulated import OBSERVABLES, FanAddress, RunAddress
from ustress.app.state import Served, served
from ustress.report import simulation_tables
from ustress.workflows import scenarios
from ustress.workflows.served import PairView, RunView

router = APIRouter()
HANDFUL = (
    "sale.china.amount_usdbn", "sale.japan.amount_usdbn", "sale.other_official.amount_usdbn",
    "sale.foreign_private.amount_usdbn", "basis.unwind_usdbn", "shock.trust.loss_share",
    "shock.swap_spread.wedge_bp", "shock.volatility.rise_pct", "policy.pace_usdbn_per_day",
    "policy.max_usdbn", "policy.belief_share", "policy.decision_lag_days",
)  # fmt: skip
SLIDES = {"usdbn": (0.0, 2000.0), "usdbn_per_day": (0.0, 120.0), "days": (1.0, 252.0)}
PREFIX = "k."
_FORMS_OWN = (PREFIX, "was")


class WhatIfAddress(RunAddress):
    """The page's address."""

    path: ClassVar[str] = "/what-if"


@dataclass(frozen=True, slots=True)
class Dial:
    """A key a reader may move: what it is, what the scenario says, what is asked for."""

    key: str
    description: str
    unit: str
    low: float
    high: float
    slide: tuple[float, float]
    step: str
    own: float
    value: float
    evidence: str

    @property
    def moved(self) -> bool:
        """Whether it differs from the scenario's own."""
        return self.value != self.own


@view(router, "/what-if", results)
def what_if(request: Request) -> Shown:
    """The form with its result, if it is known; else the question for the page's script."""
    moved = _from_form(request)
    if moved is not None:
        return Moved(moved)
    held, address = served(request), WhatIfAddress.read(request.query_params, _FORMS_OWN)
    shown = scenarios.show(_plain(address.scenario))
    run = found(held, address.question(held), RunView)
    question = address.pair(held)
    pair = None if question is None else found(held, question, PairView)
    asks: list[Ask] = []
    if run is None and question is None:
        asks.append(ask(shown.line.title, address.question(held)))
    if question is not None and pair is None:
        asks.append(ask("both on the same shocks", question))
    run = run or (pair.first if pair else None)
    return "what_if.html.j2", {
        "address": address,
        "day": address.as_of or held.opening_day(),
        "days": held.opening_days(),
        "listed": scenarios.listing(),
        "shown": shown,
        "dials": dials(shown, address.set),
        "run": run,
        "pair": pair,
        "asks": asks,
        "files": files("run", address.question(held)) if run and pair is None else [],
        "chances": _chances(run),
        "charts": _charts(held, address, run, pair),
        "differences": _differences(held, address, pair),
        "prefix": PREFIX,
    }


def dials(shown: scenarios.ScenarioShown, given: tuple[str, ...]) -> list[Dial]:
    """The handful and whatever else the scenario or the reader sets, as numbers to move."""
    own = {line.key: line for line in shown.keys}
    asked = dict(text.split("=", 1) for text in given if "=" in text)
    made = []
    for info in scenarios.keys():  # noqa: SIM118
        numeric = not info.choices and info.low is not None and info.high is not None
        if not numeric or info.key == "horizon_days":
            continue
        if info.key not in HANDFUL and info.key not in own and info.key not in asked:
            continue
        low, high = float(info.low or 0.0), float(info.high or 0.0)
        base = own[info.key].value if info.key in own else info.default
        start = float(base) if isinstance(base, int | float) else 0.0
        slide = SLIDES.get(info.unit, (low, high))
        level = own[info.key].evidence if info.key in own else "assumed"
        made.append(Dial(
            info.key, info.description, info.unit_words, low, high,
            (max(low, slide[0]), min(high, slide[1])), _step(info.unit), start,
            _number(asked.get(info.key), start), level,
        ))  # fmt: skip
    order = {key: i for i, key in enumerate(HANDFUL)}
    return sorted(made, key=lambda d: order.get(d.key, len(order)))


def _step(unit: str) -> str:
    return {"share": "0.01", "index": "0.01", "days": "1", "day": "1"}.get(unit, "any")


def _number(text: str | None, otherwise: float) -> float:
    try:
        return otherwise if text is None else float(text)
    except ValueError:
        return otherwise


def _plain(name: str) -> str:
    """The name of a built-in scenario: nothing else is looked for, and never on disk.

    Raises:
        UnknownNameError: if there is none of that name.
    """
    from ustress.core.errors import UnknownNameError

    names = tuple(line.name for line in scenarios.listing())
    if name not in names:
        raise UnknownNameError("scenario", name, names)
    return name


def _from_form(request: Request) -> str | None:
    """The address a sent form stands for: only keys that differ from the scenario's own."""
    given = {k.removeprefix(PREFIX): v for k, v in request.query_params.items() if k[:2] == PREFIX}
    if not given:
        return None
    address = WhatIfAddress.read(request.query_params, _FORMS_OWN)
    same = request.query_params.get("was") == address.scenario
    own = {d.key: d.own for d in dials(scenarios.show(_plain(address.scenario)), ())}
    kept = [
        f"{key}={text}"
        for key, text in given.items()
        if same and text != "" and _number(text, float("nan")) != own.get(key, 0.0)
    ]
    return address.to(set=tuple(kept))


def _chances(run: RunView | None) -> list[Any]:
    if run is None:
        return []
    view = run.scenario
    return [(c.words, simulation_tables.chance_figure(view.key, c)) for c in view.chances.values()]


def _charts(
    held: Served, address: RunAddress, run: RunView | None, pair: PairView | None
) -> list[Any]:
    if run is None or pair is not None or found(held, address.question(held), RunView) is None:
        return []
    return [
        drawn(held, "fan", FanAddress(**_shared(address, pair=False), name=name))
        for name in OBSERVABLES
        if name in run.scenario.fans
    ]


def _differences(held: Served, address: RunAddress, pair: PairView | None) -> list[Any]:
    if pair is None:
        return []
    return [
        drawn(held, "difference", FanAddress(**_shared(address, pair=True), name=name))
        for name in OBSERVABLES
        if name in pair.fans
    ]


def _shared(address: RunAddress, *, pair: bool) -> dict[str, Any]:
    """The run's fields of an address; without those of a comparison where there is none."""
    left_out = set() if pair else {"vs", "vs_set"}
    return {k: getattr(address, k) for k in RunAddress.model_fields if k not in left_out}

"""What halving and doubling each assumed parameter does to the point of no return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.evidence import Evidence
from ustress.core.progress import Progress, silent
from ustress.model.draws import ETA_CAP, median
from ustress.model.parameters import load_parameters
from ustress.model.parameters.table import ParameterInfo
from ustress.model.types import Parameters
from ustress.simulate.engine import WORKERS
from ustress.simulate.frontier import trial
from ustress.simulate.frontier.axis import Axis, sale_axis
from ustress.simulate.frontier.design import MEMBERS, RUN_OFF_YEARS, Design, thresholds
from ustress.simulate.frontier.pace import LEVEL
from ustress.simulate.frontier.policies import undisturbed, without_purchases
from ustress.simulate.frontier.seek import Setting, find, line
from ustress.simulate.frontier.settle import Settled, settle
from ustress.simulate.frontier.solve import Point, solve
from ustress.simulate.opening import Opening
from ustress.simulate.provenance import Provenance
from ustress.simulate.run import provenance
from ustress.simulate.slow import slow_layer

Floats = NDArray[np.float64]
PATHS = 200
SALE_DAYS = 20
FACTORS = (0.5, 2.0)
Case = tuple[ParameterInfo, float]
MOST = {"eta": ETA_CAP}
"""Parameters with a largest value of their own."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One assumed parameter: the frontier with half and with twice its value, $bn.

    `half` and `double` are None where the frontier is not among the amounts; their status says
    why. `half_value`, `double_value`: what the parameter was set to.
    """

    name: str
    meaning: str
    unit: str
    value: float
    half_value: float
    double_value: float
    half_usdbn: float | None
    double_usdbn: float | None
    half_status: str
    double_status: str

    def length(self, base_usdbn: float, most_usdbn: float) -> float:
        """How far the frontier moves, in logs, from the one end to the other."""
        ends = [
            value if value is not None else 1.0 if status == "already_above" else most_usdbn
            for value, status in (
                (self.half_usdbn, self.half_status), (self.double_usdbn, self.double_status),
            )
        ]  # fmt: skip
        logs = np.log(np.maximum([*ends, base_usdbn], 1.0))  # an end may lie at nought
        return float(logs.max() - logs.min())


@dataclass(frozen=True, eq=False)
class Tornado:
    """The bars, the longest first; all other parameters at their medians, b over its range.

    `base` is the frontier with every parameter at its median, least over policies without
    purchases; the bars are under the policy best there. `not_varied` names assumed
    parameters that do not enter a session on their own.
    """

    as_of: date
    base: Point
    bars: tuple[Bar, ...]
    not_varied: tuple[str, ...]
    sale_days: int
    most_usdbn: float
    seed: int
    paths: int
    paths_used: int
    provenance: Provenance


def tornado(
    opening: Opening,
    sale_days: int = SALE_DAYS,
    paths: int = PATHS,
    seed: int = 7,
    workers: int = WORKERS,
    progress: Progress = silent,
    only: tuple[str, ...] = (),
) -> Tornado:
    """The point of no return with each assumed parameter at half and at twice its median.

    Args:
        opening: from `open_state`.
        sale_days: business days over which the amount is sold.
        paths: of each case, all on the same shocks.
        seed: of the shocks.
        workers: blocks of paths computed at the same time; changes no byte.
        progress: told after each parameter.
        only: names of the parameters to vary; empty takes all assumed ones.
    """
    whole = max(paths // MEMBERS, 1) * MEMBERS
    most = sum(opening.holdings_usdbn.values())
    setting = Setting(opening, LEVEL, seed, whole, workers)
    courses = without_purchases(undisturbed())
    axes = {name: sale_axis(opening, one, sale_days, most) for name, one in courses.items()}
    middle = medians(opening, whole)
    base = solve(setting, axes, None, (middle,))
    varied, rest = assumed()
    varied = tuple(info for info in varied if not only or info.name in only)
    cases = [(info, _value(info, factor)) for info in varied for factor in FACTORS]
    found, searched = _together(setting, axes[base.policy], middle, cases, base.critical, progress)
    values = found.value.tolist()
    bars = [
        _bar(info, cases[2 * i : 2 * i + 2], values[2 * i : 2 * i + 2])
        for i, info in enumerate(varied)
    ]
    trials = base.trials + found.trials + searched
    middle_usdbn = base.value or most
    bars.sort(key=lambda bar: -bar.length(middle_usdbn, most))
    return Tornado(
        opening.as_of, base, tuple(bars), rest, sale_days, most, seed, whole, trials,
        provenance(opening, undisturbed(), seed),
    )  # fmt: skip


def _together(
    setting: Setting, axis: Axis, middle: Design, cases: list[Case], guess: Floats,
    progress: Progress,
) -> tuple[Settled, int]:  # fmt: skip
    """Every case's paths in one search: blocks are full, and one program serves them all."""
    progress("assumed parameters", 0, 1)
    names = {info.name for info, _ in cases}
    n, many = middle.paths, len(cases)
    tiled = {name: np.tile(_by_path(middle, name), many) for name in names | {"threshold"}}
    for i, (info, value) in enumerate(cases):
        tiled[info.name][i * n : (i + 1) * n] = value
    design = Design(np.tile(middle.numbers, many), _stretched(middle.parameters, n, many, tiled))
    trials = line(setting, axis)
    found = find(trials, design, axis.places, np.tile(guess, many))
    attempt = partial(trial.run, trials, design)
    at = settle(attempt, found.critical.reshape(many, n), axis.places, LEVEL)
    progress("assumed parameters", 1, 1)
    return at, found.trials


def _by_path(design: Design, name: str) -> Floats:
    return np.broadcast_to(np.asarray(getattr(design.parameters, name), float), design.paths).copy()


def _stretched(given: Parameters, paths: int, many: int, tiled: Mapping[str, Floats]) -> Parameters:
    """Leaves by path repeated for every case, shared ones as they are."""

    def stretch(name: str, leaf: Floats) -> Floats:
        if name in tiled:
            return tiled[name]
        array = np.asarray(leaf)
        whole = (many,) + (1,) * (array.ndim - 1)
        return np.tile(array, whole) if array.ndim and array.shape[0] == paths else array

    return Parameters(*(stretch(k, v) for k, v in given._asdict().items()))


def assumed() -> tuple[tuple[ParameterInfo, ...], tuple[str, ...]]:
    """Assumed parameters with one value that a session reads, and the names of the other ones."""
    found = [info for info in load_parameters() if info.evidence is Evidence.ASSUMED]
    varied = tuple(
        info
        for info in found
        if info.name in Parameters._fields and not isinstance(info.value, tuple) and info.value
    )
    return varied, tuple(info.name for info in found if info not in varied)


def medians(opening: Opening, paths: int) -> Design:
    """Paths with every parameter at its median and thresholds evenly over b's range."""
    numbers = np.arange(paths)
    given = median(paths, slow_layer(RUN_OFF_YEARS), opening.dated)
    b = thresholds(numbers // MEMBERS, numbers % MEMBERS)
    return Design(numbers.astype(np.uint32), given._replace(threshold=b))


def _value(info: ParameterInfo, factor: float) -> float:
    value = float(np.asarray(info.value)) * factor
    return min(value, MOST.get(info.name, np.inf))


def _bar(info: ParameterInfo, ends: list[Case], values: list[float]) -> Bar:
    (_, half), (_, double) = ends
    at_half, at_double = (value if np.isfinite(value) else None for value in values)
    return Bar(
        info.name, info.meaning, info.unit, float(np.asarray(info.value)), half, double, at_half,
        at_double, _status(values[0]), _status(values[1]),
    )  # fmt: skip


def _status(value: float) -> str:
    return "found" if np.isfinite(value) else "already_above" if value < 0 else "not_reached"

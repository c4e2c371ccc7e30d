"""The frontier along one axis: search, the best policy, more paths where the error asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.simulate.frontier import estimate, trial
from ustress.simulate.frontier.axis import Axis
from ustress.simulate.frontier.design import Design, nested
from ustress.simulate.frontier.estimate import Shares, Spread
from ustress.simulate.frontier.search import (
    Brackets,
    Ints,
    at_value,
    joined,
    nearest,
    past_at,
    search,
)
from ustress.simulate.opening import Opening

Floats = NDArray[np.float64]
Status = Literal["found", "not_reached", "already_above"]
FIRST_PATHS = 500
WANTED_ERROR = 0.08
"""Paths are doubled until the frontier's error is below this share of it."""
POLISHES = 3
CHECKED_PATHS, CHECKED_PLACES = 60, 8


class Setting(NamedTuple):
    """What all frontiers of one question share."""

    opening: Opening
    level: float
    seed: int
    most_paths: int
    workers: int


@dataclass(frozen=True, eq=False)
class Point:
    """Where pi reaches the level along an axis.

    Attributes:
        status: `found`; `not_reached` at the last place; `already_above` at the first.
        value: the place, None unless found. `error`: one standard error of it.
        probability: pi at `value`, or at the last or first place; `probability_error`: its own.
        policy: the declared policy without purchases under which pi is least.
        by_policy: each policy's own value, None where it is not among the places.
        spread: over joint draws of parameters. `shares`: of the variance of log critical values.
        not_monotone: share of checked paths past return at a place and not at a later one; such
            a path counts as past return from the place its search found.
        paths: distinct paths. `trials`: simulated paths in all.
    """

    status: Status
    value: float | None
    error: float | None
    probability: float
    probability_error: float
    policy: str
    by_policy: Mapping[str, float | None]
    spread: Spread
    shares: Shares
    not_monotone: float
    days: int
    paths: int
    trials: int
    critical: Floats


def solve(
    setting: Setting,
    axes: Mapping[str, Axis],
    guess: Mapping[str, Floats] | None = None,
    designs: Sequence[Design] = (),
) -> Point:
    """The point of no return along an axis, minimised over policies.

    Args:
        setting: opening, level, seed, paths.
        axes: by policy without purchases; all have the same places.
        guess: by policy, critical values of the first paths on a similar axis.
        designs: the paths to use, unchecked; by default nested ones, doubled as the error asks.
    """
    lines = {name: line(setting, axis) for name, axis in axes.items()}
    places = next(iter(axes.values())).places
    design = designs[0] if designs else nested(setting.opening, 0, _first(setting))
    found = {}
    for name, one in lines.items():
        first = find(one, design, places, (guess or {}).get(name))
        found[name] = _polished(setting, one, design, first)
    while not designs and _grows(setting, found, design.paths):
        more = nested(setting.opening, design.paths, design.paths)
        design = nested(setting.opening, 0, 2 * design.paths)
        kept = _contenders(setting, found)
        for name in kept:
            start = np.resize(found[name].critical, more.paths)
            extra = find(lines[name], more, places, start)
            found[name] = _polished(setting, lines[name], design, joined(found[name], extra))
        found = {name: found[name] for name in kept}
    best = max(found, key=lambda name: _value(setting, found[name]))
    odd, checks = (0.0, 0) if designs else _not_monotone(lines[best], design, places)
    return _point(setting, places, best, found, lines[best].days, odd, checks)


def _first(setting: Setting) -> int:
    return min(FIRST_PATHS, setting.most_paths)


def line(setting: Setting, axis: Axis) -> trial.Trials:
    """Trials along an axis."""
    ends = (axis.places[0], axis.places[axis.places.size // 2], axis.places[-1])
    return trial.trials(
        setting.opening.market, setting.seed, axis.days, axis.schedule,
        [float(v) for v in ends], setting.workers,
    )  # fmt: skip


def find(
    trials: trial.Trials, design: Design, places: Floats, start: Floats | None = None
) -> Brackets:
    """Brackets of a design's paths between neighbouring places, from a guess by path or none."""
    middle: Ints = np.full(design.paths, places.size // 2)
    guess = middle if start is None else nearest(places, np.resize(start, design.paths))
    return search(partial(trial.run, trials, design), places, guess)


def _polished(setting: Setting, line: trial.Trials, design: Design, found: Brackets) -> Brackets:
    """Tried at the estimate itself, until the share past return there is the level."""
    attempt = partial(trial.run, line, design)
    for _ in range(POLISHES):
        value = _value(setting, found)
        if not np.isfinite(value):
            return found
        found = at_value(attempt, found, value)
        if abs(float(past_at(found, value).mean()) - setting.level) <= 0.5 / design.paths + 1e-12:
            return found
    return found


def _value(setting: Setting, found: Brackets) -> float:
    return estimate.level_value(found.critical, setting.level)


def _error(setting: Setting, found: Brackets) -> float:
    """Error of the frontier: half the way between the values at the level plus, less its error.

    Where one of these is no place on the axis, the way from the frontier to the other counts.
    """
    critical, level = found.critical, setting.level
    value = estimate.level_value(critical, level)
    error = estimate.chance(critical <= value)[1]
    low, high = (
        estimate.level_value(critical, float(np.clip(level + s * error, 1e-6, 1.0)))
        for s in (-1.0, 1.0)
    )
    sides = [abs(end - value) for end in (low, high) if np.isfinite(end)]
    return float(np.mean(sides)) if sides else float("inf")


def _grows(setting: Setting, found: Mapping[str, Brackets], paths: int) -> bool:
    """Whether more paths are wanted: the error is large, or it is open whether there is a value."""
    best = max(found.values(), key=lambda one: _value(setting, one))
    value = _value(setting, best)
    if 2 * paths > setting.most_paths:
        return False
    if not np.isfinite(value):
        share, error = estimate.chance(np.isinf(best.critical) & (best.critical < 0))
        return value < 0 and share - setting.level < 2.0 * error
    return _error(setting, best) > WANTED_ERROR * abs(value)


def _contenders(setting: Setting, found: Mapping[str, Brackets]) -> list[str]:
    """Policies whose frontier may still be the farthest: within two errors of it."""
    values = {name: _value(setting, one) for name, one in found.items()}
    best = max(values, key=lambda name: values[name])
    reach = values[best] - 2.0 * _error(setting, found[best])
    return [name for name in found if name == best or values[name] >= reach]


def _not_monotone(line: trial.Trials, design: Design, places: Floats) -> tuple[float, int]:
    """The share of some paths past return at one of some places and not at a later one."""
    paths = np.arange(min(CHECKED_PATHS, design.paths))
    some = places[np.unique(np.linspace(0, places.size - 1, CHECKED_PLACES).round().astype(int))]
    which = np.repeat(paths, some.size)
    past = trial.run(line, design, which, np.tile(some, paths.size)).past_return
    falls = np.diff(past.reshape(paths.size, some.size).astype(int), axis=1) < 0
    return float(falls.any(axis=1).mean()), which.size


def _point(
    setting: Setting,
    places: Floats,
    best: str,
    found: Mapping[str, Brackets],
    days: int,
    odd: float,
    checks: int,
) -> Point:
    one, value = found[best], _value(setting, found[best])
    status: Status = (
        "found" if np.isfinite(value) else "already_above" if value < 0 else "not_reached"
    )
    shown = {"found": value, "already_above": places[0], "not_reached": places[-1]}[status]
    probability, error = estimate.chance(past_at(one, float(shown)))
    return Point(
        status=status,
        value=value if status == "found" else None,
        error=_finite(_error(setting, one)) if status == "found" else None,
        probability=probability,
        probability_error=error,
        policy=best,
        by_policy={name: _finite(_value(setting, b)) for name, b in found.items()},
        spread=estimate.spread(one.critical, setting.level),
        shares=estimate.shares(*_sizes(one.critical, places)),
        not_monotone=odd,
        days=days,
        paths=int(one.low.size),
        trials=sum(b.trials for b in found.values()) + checks,
        critical=one.critical,
    )


def _sizes(critical: Floats, places: Floats) -> tuple[Floats, float, float]:
    """Critical values as sizes above nought, and between which of them they are told apart."""
    sign = -1.0 if places[-1] <= 0 else 1.0
    sizes = np.sort(sign * places)
    above = sizes[sizes > 0]
    return sign * critical, float(above[0]), float(above[-1])


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None

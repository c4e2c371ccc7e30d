"""The frontier along one axis: search, the best policy, more paths where the error asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ustress.simulate.frontier import estimate, trial
from ustress.simulate.frontier.axis import Axis
from ustress.simulate.frontier.design import Design, nested
from ustress.simulate.frontier.estimate import Shares, Spread
from ustress.simulate.frontier.rivals import Arena, Leader, challenged, lead, settled
from ustress.simulate.frontier.search import Brackets, joined
from ustress.simulate.frontier.seek import Setting, find, line
from ustress.simulate.frontier.settle import quantile
from ustress.simulate.probability import wilson_error

Floats = NDArray[np.float64]
Status = Literal["found", "not_reached", "already_above"]
FIRST_PATHS = 500
WANTED_ERROR = 0.08
"""Paths are doubled until the frontier's error is below this share of it."""
CHECKED_PATHS, CHECKED_PLACES = 60, 8


@dataclass(frozen=True, eq=False)
class Point:
    """Where pi reaches the level along an axis.

    Attributes:
        status: `found`; `not_reached` at the last place; `already_above` at the first.
        value: the place, None unless found. `error`: one standard error of it.
        probability: pi at `value`, or at the last or first place; `probability_error`: its own.
        policy: the declared policy without purchases under which pi is least.
        pi_by_policy: pi at that place under each policy tried there, on the paths it was last
            tried on; the others could not have won.
        spread: over joint draws of parameters. `shares`: of the variance of log critical values.
        not_monotone: share of checked paths past return at a place and not at a later one.
            `value` and `probability` do not suffer from these; in `critical`, `spread` and
            `shares` such a path counts as past return from the place its search found.
        paths: distinct paths. `trials`: simulated paths in all.
    """

    status: Status
    value: float | None
    error: float | None
    probability: float
    probability_error: float
    policy: str
    pi_by_policy: Mapping[str, float]
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
    like: Point | None = None,
    designs: Sequence[Design] = (),
) -> Point:
    """The point of no return along an axis, minimised over policies.

    One policy is searched; the others are tried at the place found, on the same paths. One with a
    smaller chance there has a farther frontier, pi being a minimum, and is searched in its stead.

    Args:
        setting: opening, level, seed, paths.
        axes: by policy without purchases; all have the same places.
        like: the point on a similar axis, from whose policy and critical values to start.
        designs: the paths to use, unchecked; by default nested ones, as many as the error asks for.
    """
    lines = {name: line(setting, axis) for name, axis in axes.items()}
    places = next(iter(axes.values())).places
    design = designs[0] if designs else nested(setting.opening, 0, _first(setting))
    start = None if like is None else like.critical
    name = like.policy if like is not None and like.policy in lines else next(iter(lines))
    arena = Arena(setting, lines, design, places)
    best = challenged(arena, lead(arena, name, find(lines[name], design, places, start)), lines)
    while not designs and (more := _wanted(setting, best, design.paths)) > design.paths:
        extra = nested(setting.opening, design.paths, more - design.paths)
        guess = _guess(start, best.found, extra.paths)
        found = joined(best.found, find(lines[best.name], extra, places, guess))
        rivals = _contenders(setting, best, design.paths)
        design = nested(setting.opening, 0, more)
        arena = arena._replace(design=design)
        best = challenged(arena, lead(arena, best.name, found, best), rivals)
    best = settled(arena, best)
    odd, checks = (0.0, 0) if designs else _not_monotone(lines[best.name], design, places)
    return _point(setting, places, best, lines[best.name].days, odd, checks)


def _guess(start: Floats | None, found: Brackets, paths: int) -> Floats:
    """Where to look for the next `paths` paths: where these lay before, else where others lie."""
    first = found.low.size
    if start is not None and start.size >= first + paths:
        return start[first : first + paths]
    return np.resize(found.critical, paths)


def _first(setting: Setting) -> int:
    return min(FIRST_PATHS, setting.most_paths)


def _error(level: float, best: Leader) -> float:
    """Error of the frontier: half the way between the values at the level plus, less its error.

    Where one of these is no place on the axis, the way from the frontier to the other counts.
    """
    ordered, shift = np.sort(best.found.critical)[None, :], best.at.shift
    error = estimate.chance(best.at.past[0])[1]
    middle, low, high = (
        float(quantile(ordered, level - shift + s * error)[0]) for s in (0.0, -1.0, 1.0)
    )
    sides = [abs(end - middle) for end in (low, high) if np.isfinite(end)]
    return float(np.mean(sides)) if sides else float("inf")


def _wanted(setting: Setting, best: Leader, paths: int) -> int:
    """How many paths: doubled until the error is small, and it is clear if there is a value."""
    many, value = paths, best.value
    if not np.isfinite(value):
        share, error = estimate.chance(best.at.past[0])
        many *= 2 if value < 0 and share - setting.level < 2.0 * error else 1
    elif (excess := _error(setting.level, best) / (WANTED_ERROR * abs(value))) > 1.0:
        many *= 2 ** min(int(np.ceil(2.0 * np.log2(excess))), 10)
    while many > setting.most_paths and many > paths:
        many //= 2
    return many


def _contenders(setting: Setting, best: Leader, paths: int) -> list[str]:
    """Policies that may still win: their chance at the frontier within two errors of the best's."""
    error = float(wilson_error(setting.level, paths))
    return [name for name, pi in best.pi.items() if pi - best.pi[best.name] < 2.0 * error]


def _not_monotone(line: trial.Trials, design: Design, places: Floats) -> tuple[float, int]:
    """The share of some paths past return at one of some places and not at a later one."""
    paths = np.arange(min(CHECKED_PATHS, design.paths))
    some = places[np.unique(np.linspace(0, places.size - 1, CHECKED_PLACES).round().astype(int))]
    which = np.repeat(paths, some.size)
    past = trial.run(line, design, which, np.tile(some, paths.size)).past_return
    falls = np.diff(past.reshape(paths.size, some.size).astype(int), axis=1) < 0
    return float(falls.any(axis=1).mean()), which.size


def _point(
    setting: Setting, places: Floats, best: Leader, days: int, odd: float, checks: int
) -> Point:
    one, value = best.found, best.value
    found = bool(np.isfinite(value))
    probability, error = estimate.chance(best.at.past[0])
    return Point(
        status="found" if found else "already_above" if value < 0 else "not_reached",
        value=value if found else None,
        error=_finite(_error(setting.level, best)) if found else None,
        probability=probability,
        probability_error=error,
        policy=best.name,
        pi_by_policy=best.pi,
        spread=estimate.spread(one.critical, setting.level),
        shares=estimate.shares(*_sizes(one.critical, places)),
        not_monotone=odd,
        days=days,
        paths=int(one.low.size),
        trials=one.trials + best.spent + checks,
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

"""The frontier along any two numeric keys of a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.core.progress import Progress, silent
from ustress.scenario.keys import KeyInfo
from ustress.scenario.load import apply_overrides, scenario_keys
from ustress.scenario.schema import Scenario
from ustress.simulate.engine import WORKERS
from ustress.simulate.frontier import trial
from ustress.simulate.frontier.axis import PLACES, SLOWEST_DAYS, Axis, key_axis
from ustress.simulate.frontier.design import MEMBERS, nested
from ustress.simulate.frontier.pace import LEVEL, MOST_PATHS
from ustress.simulate.frontier.policies import (
    check_not_outright,
    check_nothing_fixed,
    check_rung_on,
    undisturbed,
    without_purchases,
)
from ustress.simulate.frontier.seek import Setting, line
from ustress.simulate.frontier.solve import Point, solve
from ustress.simulate.holdings import in_dollars
from ustress.simulate.opening import Opening
from ustress.simulate.provenance import Provenance
from ustress.simulate.run import provenance

Floats = NDArray[np.float64]
FIRST_VALUES = 6
PROBES = 200
"""Paths tried at both ends to see in which direction the chance rises."""


class KeyRange(NamedTuple):
    """A key and its values: `listed` ones as they are, or the ends of a range."""

    info: KeyInfo
    values: tuple[float, ...]
    listed: bool = False

    @property
    def whole(self) -> bool:
        """Whether it counts days."""
        return self.info.unit in ("days", "day")


@dataclass(frozen=True, eq=False)
class KeyFrontier:
    """Where pi reaches `level` along the second key, at each value of the first.

    `falls` says at which values pi falls along the second key: there the point is the value
    below which pi is above the level. `points` hold values of the second key.
    """

    as_of: date
    level: float
    first: KeyRange
    second: KeyRange
    points: tuple[Point, ...]
    falls: tuple[bool, ...]
    policies: tuple[str, ...]
    scenario: str
    seed: int
    provenance: Provenance

    @property
    def paths_used(self) -> int:
        """Simulated paths in all, those that found the direction included."""
        return sum(point.trials for point in self.points)

    @property
    def best_policies(self) -> tuple[str, ...]:
        """Policies under which pi is least, in the order in which they come up."""
        return tuple(dict.fromkeys(point.policy for point in self.points))

    def words(self, i: int) -> str:
        """What was found at the first key's value `i`, in words."""
        point, level = self.points[i], f"{self.level:.0%}".replace("%", " %")
        low, high = self.second.values
        start, end = (high, low) if self.falls[i] else (low, high)
        if point.value is not None:
            return f"reaches {level} at {point.value:,.4g}"
        if point.status == "already_above":
            return f"above {level} at {start:,.4g} already"
        return f"{level} not reached {'down' if self.falls[i] else 'up'} to {end:,.4g}"


def key_range(asked: str, opening: Opening) -> KeyRange:
    """A key with its values: `KEY`, `KEY=low:high` or `KEY=a,b,c`.

    Without values, the key's own range; amounts sold end at the holding, days at 250.

    Raises:
        UnknownNameError: if there is no such key.
        BadInputError: if it is no number, or the values are not numbers that rise.
    """
    key, _, given = (part.strip() for part in asked.partition("="))
    known = {info.key: info for info in scenario_keys()}
    if key.startswith("parameters."):
        raise BadInputError(
            f"--by {key}: the point of no return is taken over all draws of the model's "
            "parameters; expected a scenario key (--tornado has half and twice each assumption)"
        )
    if key not in known:
        raise UnknownNameError("scenario key", key, tuple(known))
    info = known[key]
    if info.low is None or info.high is None:
        raise BadInputError(f"{key} is no number ({info.unit_words}); expected a numeric key")
    values = _given(asked, given) if given else _own_range(info, opening)
    listed = bool(given) and ":" not in given
    if len(values) < 2 - listed or any(a >= b for a, b in pairwise(values)):
        raise BadInputError(f"'{asked}': expected values that rise, as in {key}=1:10")
    return KeyRange(info, values, listed)


def _given(asked: str, text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.replace(":", ",").split(","))
    except ValueError:
        raise BadInputError(f"'{asked}': expected numbers, as in KEY=1:10 or KEY=1,2,5") from None


def _own_range(info: KeyInfo, opening: Opening) -> tuple[float, ...]:
    low, high = float(info.low or 0.0), float(info.high or 0.0)
    table, _, name = info.key.rpartition(".")
    seller = table.removeprefix("sale.")
    if name == "amount_usdbn" and seller in opening.holdings_usdbn:
        return (0.0, np.floor(opening.holdings_usdbn[seller]))
    return (low, min(high, SLOWEST_DAYS) if info.unit in ("days", "day") else high)


def key_frontier(
    opening: Opening,
    first: str,
    second: str,
    scenario: Scenario | None = None,
    policy: str | None = None,
    paths: int = MOST_PATHS,
    seed: int = 7,
    workers: int = WORKERS,
    progress: Progress = silent,
) -> KeyFrontier:
    """Where pi reaches 10 % along `second`, for some values of `first`.

    Args:
        opening: from `open_state`.
        first: a key as `key_range` takes it, given some values.
        second: the key along which the level is looked for.
        scenario: what the keys are laid over; None is nothing. Its purchases are off.
        policy: only this policy without purchases; None takes the least over all declared ones.
        paths: the most at any value of the first key.
        seed: of the shocks.
        workers: blocks of paths computed at the same time; changes no byte.
        progress: told after each value of the first key.

    Raises:
        UnknownNameError, BadInputError: as in `key_range`; if a value is outside the key's range
            or somebody sells more than is held.
    """
    if not MEMBERS <= paths <= 100_000:
        raise BadInputError(f"paths is {paths}; expected {MEMBERS} to 100000")
    one, two = key_range(first, opening), key_range(second, opening)
    if one.info.key == two.info.key:
        raise BadInputError(f"--by {one.info.key} twice; expected two different keys")
    if len(two.values) < 2:
        raise BadInputError(f"'{second}': expected a range to look in, as in {two.info.key}=1:10")
    for asked in (one, two):
        check_not_outright(asked.info.key)
    base = in_dollars(opening, scenario or undisturbed())
    check_nothing_fixed(base)
    courses = without_purchases(base, policy)
    for asked in (one, two):
        check_rung_on(asked.info.key, courses)
    setting = Setting(opening, LEVEL, seed, paths // MEMBERS * MEMBERS, workers)
    one = one._replace(values=tuple(float(v) for v in _spaced(one, FIRST_VALUES)))
    found = []
    for i, value in enumerate(one.values):
        progress("point of no return", i, len(one.values))
        found.append(_at(setting, courses, one, two, value))
    progress("point of no return", len(one.values), len(one.values))
    return KeyFrontier(
        opening.as_of, LEVEL, one, two._replace(values=(two.values[0], two.values[-1])),
        tuple(point for point, _ in found), tuple(falls for _, falls in found), tuple(courses),
        base.name, seed, provenance(opening, base, seed),
    )  # fmt: skip


def _spaced(asked: KeyRange, count: int) -> Floats:
    """Values over the range: in equal ratios where it begins above nought, else in equal steps."""
    if asked.listed:
        return np.asarray(asked.values)
    low, high = asked.values
    spaced = np.geomspace(low, high, count) if low > 0 else np.linspace(low, high, count)
    return np.unique(spaced.round()) if asked.whole else spaced


def _places(asked: KeyRange) -> Floats:
    """Where paths are tried: from nought on finely near it."""
    low, high = asked.values[0], asked.values[-1]
    if low == 0.0 and not asked.whole:
        return np.concatenate([[0.0], np.geomspace(high / 500.0, high, PLACES - 1)])
    return _spaced(asked._replace(values=(low, high), listed=False), PLACES)


def _at(
    setting: Setting, courses: Mapping[str, Scenario], one: KeyRange, two: KeyRange, value: float
) -> tuple[Point, bool]:
    shown = str(round(value)) if one.whole else repr(value)
    places = _places(two)
    axes: dict[str, Axis] = {}
    for name, course in courses.items():
        declared = apply_overrides(course, [f"{one.info.key}={shown}"])
        setting.opening.check(apply_overrides(declared, [_top(two, places)]))
        axes[name] = key_axis(declared, two.info.key, places, two.whole, setting.opening.auctions)
    falls = _falls(setting, next(iter(axes.values())))
    if falls:
        axes = {name: _reversed(axis) for name, axis in axes.items()}
    point = solve(setting, axes)
    return (_turned(point) if falls else point), falls


def _top(two: KeyRange, places: Floats) -> str:
    top = float(places[-1])
    return f"{two.info.key}={round(top) if two.whole else repr(top)}"


def _falls(setting: Setting, axis: Axis) -> bool:
    """Whether paths come less near to the threshold at the far end than at the near one."""
    design = nested(setting.opening, 0, min(PROBES, setting.most_paths))
    given, which = line(setting, axis), np.arange(design.paths)
    near, far = (
        trial.run(given, design, which, np.full(which.size, end))
        for end in (axis.places[0], axis.places[-1])
    )
    if near.past_return.mean() != far.past_return.mean():
        return bool(near.past_return.mean() > far.past_return.mean())
    both = ~(near.broke | far.broke)
    return bool(near.margin[both].mean() > far.margin[both].mean()) if both.any() else False


def _reversed(axis: Axis) -> Axis:
    return Axis(-axis.places[::-1], lambda value: axis.schedule(-value), axis.days)


def _turned(point: Point) -> Point:
    """A point found along the reversed axis, in the key's own values."""
    spread = point.spread
    over = (spread.q90, spread.q50, spread.q10)
    q10, q50, q90 = (None if v is None else -v for v in over)
    return replace(
        point,
        value=None if point.value is None else -point.value,
        spread=replace(spread, q10=q10, q50=q50, q90=q90),
        critical=-point.critical,
    )

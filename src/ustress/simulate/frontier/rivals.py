"""Which declared policy makes pi least: one leads, the others are tried where it got to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np

from ustress.simulate.frontier import trial
from ustress.simulate.frontier.design import Design
from ustress.simulate.frontier.search import Brackets
from ustress.simulate.frontier.seek import Floats, Setting, find
from ustress.simulate.frontier.settle import TRIES, Settled, settle


class Leader(NamedTuple):
    """The policy whose frontier is the farthest so far, its brackets and the place found.

    `pi` is every policy's chance there, on the paths it was last tried on; `spent` counts trials
    besides those of `found`.
    """

    name: str
    found: Brackets
    at: Settled
    pi: Mapping[str, float]
    spent: int

    @property
    def value(self) -> float:
        """The frontier; minus infinity if passed at the first place, infinity if at none."""
        return float(self.at.value[0])


class Arena(NamedTuple):
    """Where policies meet: the same paths, places and shocks."""

    setting: Setting
    lines: Mapping[str, trial.Trials]
    design: Design
    places: Floats

    def place(
        self, name: str, found: Brackets, shift: Floats | None = None, tries: int = 1
    ) -> Settled:
        """Where the share past return is the level under a policy, after so many tries."""
        attempt = partial(trial.run, self.lines[name], self.design)
        return settle(
            attempt, found.critical[None, :], self.places, self.setting.level, tries, shift
        )

    def pi(self, name: str, value: float) -> float:
        """The share past return at a place (or at the end of the places) under a policy."""
        shown = float(np.clip(value, self.places[0], self.places[-1]))
        n = self.design.paths
        fate = trial.run(self.lines[name], self.design, np.arange(n), np.full(n, shown))
        return float(fate.past_return.mean())


def lead(arena: Arena, name: str, found: Brackets, before: Leader | None = None) -> Leader:
    """A policy with its brackets, tried once; `before` is the same policy on fewer paths."""
    at = arena.place(name, found, None if before is None else before.at.shift)
    pi, spent = ({}, 0) if before is None else (before.pi, before.spent)
    return Leader(name, found, at, {**pi, name: float(at.past.mean())}, spent + at.trials)


def settled(arena: Arena, best: Leader) -> Leader:
    """The leader tried until the share past return at its place is the level."""
    if best.at.is_near(arena.setting.level):
        return best
    at = arena.place(best.name, best.found, best.at.shift, TRIES)
    pi = {**best.pi, best.name: float(at.past.mean())}
    return best._replace(at=at, pi=pi, spent=best.spent + at.trials)


def challenged(arena: Arena, best: Leader, rivals: Iterable[str]) -> Leader:
    """The best policy among a leader and its rivals, on these paths."""
    left, beaten = [name for name in rivals if name != best.name], set[str]()
    while left and best.value < np.inf:
        tried = {name: arena.pi(name, best.value) for name in left}
        pi, spent = {**best.pi, **tried}, best.spent + len(left) * arena.design.paths
        best = best._replace(pi=pi, spent=spent)
        better = min((n for n in left if n not in beaten), key=tried.__getitem__, default=best.name)
        if pi[better] >= pi[best.name]:
            break
        beaten.add(best.name)
        left = [best.name if name == better else name for name in left]
        found = find(arena.lines[better], arena.design, arena.places, best.found.critical)
        spent += best.found.trials
        best = lead(arena, better, found)._replace(spent=spent)
    return best

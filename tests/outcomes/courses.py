"""Courses made of given numbers, for the tests of outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ustress.core.dates import business_days
from ustress.core.errors import UnknownNameError
from ustress.outcomes.course import Course, of_columns

DAYS = business_days(date(2025, 4, 11), 127)
LAST = DAYS.size - 1


def step(size: float, base: float = 0.0) -> NDArray[np.float64]:
    """`base` on the opening day, `size` more from the next day on."""
    return np.where(np.arange(DAYS.size) > 0, base + size, base)


def single(**columns: ArrayLike) -> Course:
    """One path; `ust_10y` becomes `ust.10y`."""
    return of_columns("a path", DAYS, {k.replace("_", ".", 1): v for k, v in columns.items()})


@dataclass(frozen=True)
class Given:
    """A run with given paths."""

    observables: Mapping[str, NDArray[np.float64]]
    ok: NDArray[np.bool_]
    scenario: str = "given"
    title: str = "Given"
    seed: int = 5
    days: NDArray[np.datetime64] = field(default_factory=lambda: DAYS)

    def paths(self, name: str) -> NDArray[np.float64]:
        """The paths of an observable."""
        if name not in self.observables:
            raise UnknownNameError("observable", name, tuple(self.observables))
        return self.observables[name]


def walks(paths: int, seed: int = 3, drift: float = 0.0, broken: int = 0) -> Given:
    """Random walks in every observable the outcomes read, with common noise for one seed."""
    rng = np.random.Generator(np.random.Philox(key=seed))

    def walk(size: float, base: float) -> NDArray[np.float64]:
        moves = size * rng.standard_normal((paths, DAYS.size))
        moves[:, 0] = 0.0
        return base + np.cumsum(moves, axis=1) + drift * np.arange(DAYS.size)

    levels = {"ust.2y": 3.9, "ust.5y": 4.1, "ust.10y": 4.48, "ust.30y": 4.85, "volatility": 6.0}
    made = {name: walk(0.05, base) for name, base in levels.items()}
    flat = ("equity.change", "gold.change", "dollar.change", "yen.change", "credit.ig",
            "mbs.spread", "fx.volatility", "move.premium",
            "move.policy", "move.supply", "move.wedge", "move.expected", "move.wealth",
            "move.convenience", "move.transitory", "fed.carry")  # fmt: skip
    made |= {name: walk(0.8, 0.0) for name in flat}
    bought = np.maximum(np.arange(DAYS.size) - 30.0, 0.0) * np.ones((paths, 1))
    made |= {"fed.purchases": bought, "fed.bought": bought, "fed.reserves": 3400.0 + bought}
    made["ust.3m"] = walk(0.05, 4.3)
    made |= {f"held.{s}": -0.5 * bought for s in ("china", "japan", "other_official")}
    made["fed.mbs"] = 0.3 * bought
    return Given(made, np.arange(paths) >= broken)

"""Trials along an axis, and the search for every path's critical value on it."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.simulate.frontier import trial
from ustress.simulate.frontier.axis import Axis
from ustress.simulate.frontier.design import Design
from ustress.simulate.frontier.search import Brackets, Ints, nearest, search
from ustress.simulate.opening import Opening

Floats = NDArray[np.float64]


class Setting(NamedTuple):
    """What all frontiers of one question share."""

    opening: Opening
    level: float
    seed: int
    most_paths: int
    workers: int


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
    return search(partial(trial.run, trials, design), places, guess, trial.BLOCK)

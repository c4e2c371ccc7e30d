"""Which parameters, threshold and shocks every path of a frontier lives with: a nested design.

Path n belongs to joint draw n // 20 of all parameters. Its twenty paths meet ten thresholds b,
evenly spread over b's range and shifted from draw to draw, two paths each; every path has its own
shocks. So the variance of a result splits into what is owed to parameters, to the threshold and
to path noise, and more paths mean more draws.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.model.draws import draw, even_uniforms
from ustress.model.parameters import load_parameters
from ustress.model.types import Parameters
from ustress.simulate.opening import Opening
from ustress.simulate.slow import slow_layer

THRESHOLDS, REPLICATES = 10, 2
MEMBERS = THRESHOLDS * REPLICATES
"""Paths that share one joint draw of the parameters."""
RUN_OFF_YEARS = 1.0
"""Half-life of temporary purchases; purchases are off, so it changes nothing."""


class Design(NamedTuple):
    """Paths of a frontier: their numbers (of shocks) and their parameters, one row each."""

    numbers: NDArray[np.uint32]
    parameters: Parameters

    @property
    def paths(self) -> int:
        """How many."""
        return int(self.numbers.size)

    def rows(self, which: NDArray[np.int64]) -> Parameters:
        """The parameters of the paths `which`; what all paths share stays as it is."""

        def take(leaf: Any) -> Any:
            array = np.asarray(leaf)
            return array[which] if array.ndim and array.shape[0] == self.paths else array

        return Parameters(*(take(leaf) for leaf in self.parameters))


def nested(opening: Opening, first: int, paths: int) -> Design:
    """The paths `first` to `first + paths - 1`, both whole multiples of `MEMBERS`.

    Args:
        opening: its date decides what of the parameters is dated.
        first: number of the first path.
        paths: how many.
    """
    numbers = np.arange(first, first + paths)
    draws, member = numbers // MEMBERS, numbers % MEMBERS
    slow = slow_layer(RUN_OFF_YEARS)
    drawn = draw(draws, slow, opening.dated)
    return Design(numbers.astype(np.uint32), drawn._replace(threshold=thresholds(draws, member)))


def thresholds(draws: NDArray[np.int64], member: NDArray[np.int64]) -> NDArray[np.float64]:
    """(paths,) the threshold b: one in each tenth of its range for every draw."""
    low, high = load_parameters()["threshold"].bounds or (0.0, 0.0)
    share = np.mod(even_uniforms(draws, 0) + (member // REPLICATES) / THRESHOLDS, 1.0)
    return np.asarray(low + (high - low) * share)

"""Histograms with a stated error: bins that are linear near a centre and logarithmic far from it.

    bin k holds the values whose asinh((v - centre) / scale) / WIDTH rounds to k, |k| <= HALF

so a value is known to within half of WIDTH of its distance from the centre, or of the scale near
it (as in the DDSketch of Masson, Rim and Lee 2019, which is logarithmic alone; here changes of
either sign and zero matter). Counts are whole numbers: they add up to the same for any split.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WIDTH = 0.01
HALF = 1060
BINS = 2 * HALF + 1
"""Reach: 20,000 scales either side; the outermost bins are open and end at the largest value."""
_SCALE = {"pct": 0.05, "bp": 1.0, "bp_level": 1.0, "usdbn_whole": 1.0, "usdbn": 1.0, "count": 1.0,
          "days": 1.0, "pct_change": 0.1, "pp": 0.05, "index": 0.01, "ratio": 0.01}  # fmt: skip


class Bins(NamedTuple):
    """The bins of one observable: around its opening value, in its unit."""

    centre: float
    scale: float

    def place(self, values: NDArray[np.float32]) -> NDArray[np.int32]:
        """The bin of each value, 0 to BINS - 1."""
        away = (values - np.float32(self.centre)) * np.float32(1.0 / self.scale)
        found = np.rint(np.arcsinh(away) * np.float32(1.0 / WIDTH))
        return np.asarray(np.clip(found, -HALF, HALF), np.int32) + np.int32(HALF)

    def edges(self, index: NDArray[np.int64], low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Lower and upper end of bins, within the smallest and largest value seen."""
        k = index - HALF
        below = self.centre + self.scale * np.sinh((k - 0.5) * WIDTH)
        above = self.centre + self.scale * np.sinh((k + 0.5) * WIDTH)
        below, above = np.where(k == -HALF, low, below), np.where(k == HALF, high, above)
        return np.clip(below, low, high), np.clip(above, low, high)


def bins_for(unit: str, centre: float) -> Bins:
    """The bins of an observable in `unit` that opens at `centre`."""
    return Bins(float(np.float32(centre)), _SCALE.get(unit, 0.01))


def quantile(
    counts: NDArray[np.int32], bins: Bins, low: float, high: float, q: Floats
) -> tuple[Floats, Floats]:
    """Quantiles of one day's histogram, NumPy's linear definition, and how far off they can be.

    The value stands in the middle of the bin; the error is half the bin.
    """
    cumulative = np.cumsum(counts.astype(np.int64))
    rank = (cumulative[-1] - 1) * q
    lower, share = np.floor(rank), rank - np.floor(rank)
    found, error = np.zeros_like(q), np.zeros_like(q)
    for which, weight in ((lower, 1.0 - share), (np.ceil(rank), share)):
        place = np.searchsorted(cumulative, which, side="right")
        below, above = bins.edges(place, np.asarray(low), np.asarray(high))
        found, error = found + weight * (below + above) / 2, error + weight * (above - below) / 2
    return found, error

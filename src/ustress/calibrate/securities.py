"""Maturities from lists of single securities, where an update has brought them.

`debt.maturing.nominal.*` and `soma.maturing.nominal.*` are sums over the Treasury's and the New
York Fed's own lists by year of remaining life; a year's sum is split evenly over its two halves.
The profile is scaled to the class totals it belongs to, so that both lists may be of other days.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import Panel

Floats = NDArray[np.float64]
YEARS = 30
DEBT, SOMA = "debt.maturing.nominal", "soma.maturing.nominal"


def by_half_year(panel: Panel, family: str) -> Floats | None:
    """(60,) $bn of notes and bonds by half-years to run, or None where the list is not known.

    A list counts only if every year of it was known on the panel's date and is of one day.
    """
    names = [f"{family}.{n}y" for n in range(1, YEARS + 1)]
    if any(name not in panel.infos for name in names):
        return None
    panel.preload(names)
    found = [panel.get(name) for name in names]
    newest = [series.at(-1) for series in found if series is not None]
    if len(newest) < YEARS or len({o.day for o in newest}) > 1:
        return None
    return np.repeat([o.value / 2.0 for o in newest], 2)


def scaled(shape: Floats, total_usdbn: float) -> Floats:
    """The shape with its sum at `total_usdbn`."""
    return np.asarray(shape * total_usdbn / shape.sum())

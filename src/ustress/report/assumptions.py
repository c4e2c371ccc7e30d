"""Which bars of a tornado show anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ustress.simulate.frontier.tornado import Bar, Tornado

SMALLEST = 0.01
WIDTH = 0.1
"""Distance from the base, in logs, that may be made by settling alone: base and cases each stop
within half the Monte Carlo error of the share past return."""


def still(found: Tornado, bar: Bar) -> bool:
    """Whether a parameter moves nothing: half and twice agree within a hundredth, near the base."""
    base = found.base.value or found.most_usdbn
    if bar.half_usdbn is None or bar.double_usdbn is None:
        return bar.length(base, found.most_usdbn) < SMALLEST
    apart = abs(bar.double_usdbn - bar.half_usdbn)
    return apart <= SMALLEST * base and bar.length(base, found.most_usdbn) < WIDTH

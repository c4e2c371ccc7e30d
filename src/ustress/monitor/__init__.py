"""Indicators, records and the composite over a panel, gathered in a frozen snapshot."""

from ustress.monitor.build import build, composite_history, composite_of, history
from ustress.monitor.difference import composite_difference, snapshot_difference
from ustress.monitor.registry import indicator, keys

__all__ = [
    "build",
    "composite_difference",
    "composite_history",
    "composite_of",
    "history",
    "indicator",
    "keys",
    "snapshot_difference",
]

"""Indicators, records and the composite over a panel, gathered in a frozen snapshot."""

from ustress.monitor.build import build, composite_history, history
from ustress.monitor.difference import snapshot_difference
from ustress.monitor.registry import indicator, keys

__all__ = ["build", "composite_history", "history", "indicator", "keys", "snapshot_difference"]

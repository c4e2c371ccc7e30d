"""Results as tables for a terminal. Each function returns parts to print, in order.

They are the tables of the brief (`tabular`, `simulation_tables`) set in type for 80 columns and
more; rich is imported when something is printed, never before.
"""

from ustress.report.terminal.asked import gradient, hitting, worst
from ustress.report.terminal.reference import (
    data_status,
    glossary,
    scenario,
    scenario_keys,
    scenarios,
    series,
)
from ustress.report.terminal.simulated import breakpoint_, compare, run
from ustress.report.terminal.state import alerts, claims, monitor, since

__all__ = [
    "alerts",
    "breakpoint_",
    "claims",
    "compare",
    "data_status",
    "glossary",
    "gradient",
    "hitting",
    "monitor",
    "run",
    "scenario",
    "scenario_keys",
    "scenarios",
    "series",
    "since",
    "worst",
]

"""Any result or series as a file with units and citations; licensed values only on the word."""

from ustress.workflows.export.judged import from_judged, of_claims, of_monitor
from ustress.workflows.export.series import of_series
from ustress.workflows.export.simulated import (
    from_breakpoint,
    from_hit,
    from_run,
    of_breakpoint,
    of_outcomes,
    of_run,
)
from ustress.workflows.export.write import Written, check, write

__all__ = [
    "Written",
    "check",
    "from_breakpoint",
    "from_hit",
    "from_judged",
    "from_run",
    "of_breakpoint",
    "of_claims",
    "of_monitor",
    "of_outcomes",
    "of_run",
    "of_series",
    "write",
]

"""The line that says an opening is partial, under the heading of whatever came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ustress.report.terminal.typeset import Line

if TYPE_CHECKING:
    from ustress.simulate.provenance import Provenance


def partial_opening(made_by: Provenance | None) -> tuple[Line, ...]:
    """What stands in at the opening, as a line; none for a full state."""
    if made_by is None or not made_by.partial:
        return ()
    return (Line(f"partial opening: {'; '.join(made_by.partial)} (stand-ins, assumed)"),)

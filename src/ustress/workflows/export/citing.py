"""What is said of the series behind an export, and what is said of those kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ustress.workflows.rights import OPTION

if TYPE_CHECKING:
    from ustress.core.panel import Panel, SeriesInfo
    from ustress.report.sheets import Source

KEPT_BACK = f"kept back: rests on figures that leave only with {OPTION}"


def source(info: SeriesInfo, panel: Panel) -> Source:
    """A series as it is cited, with its newest observation known."""
    from ustress.report.sheets import Source

    series = panel.get(info.name)
    last = None if series is None else series.at(-1)
    lag = f"publication lag: {info.lag}"
    return Source(
        info.name, info.title, info.unit, info.publisher, info.source, info.rights.value,
        info.evidence.value, last.day if last else None, last.known if last else None,
        f"{lag}; {info.note}" if info.note else lag,
    )  # fmt: skip

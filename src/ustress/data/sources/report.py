"""What a visit to a source brought: frozen, complete, and without any key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ustress.data.sources.faults import SourceStatus


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How a visit ended and what it brought.

    `added`, `repeated` and `revised` count rows; `quarantined` are those held back, each with its
    reason; `unmapped` are labels in the answer that belong to no series of ours, `lacking` series
    of ours that it should have had; `raw` are the hashes of the answers kept.
    """

    source: str
    title: str
    publisher: str
    status: SourceStatus
    detail: str = ""
    requests: int = 0
    bytes: int = 0
    rows: int = 0
    added: int = 0
    repeated: int = 0
    revised: int = 0
    quarantined: tuple[Any, ...] = ()
    unmapped: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    newest: date | None = None
    raw: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What happened, in one line."""
        if self.status.fine:
            held = f", {len(self.quarantined)} held back" if self.quarantined else ""
            held += f", without {', '.join(self.lacking)}" if self.lacking else ""
            counts = f"{self.added} new, {self.revised} revised, {self.repeated} as before"
            return f"{self.source}: {self.status.value}: {counts}{held}"
        more = f" ({self.detail})" if self.detail else ""
        stored = f"; {self.added + self.revised} figures were stored before" if self.added else ""
        return f"{self.source} {self.status.value}{more}{stored}"


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """What a live look at a source found, nothing stored.

    `expected` and `found` are the columns described here and those in the answer; `missing` and
    `new` their differences; `unverified` what the description says was never checked.
    """

    source: str
    title: str
    status: SourceStatus
    detail: str
    asked: str
    expected: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    records: int = 0
    rows: int = 0
    series: int = 0
    newest: date | None = None
    unmapped: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The verdict, in one line."""
        if self.status.fine:
            until = f" to {self.newest}" if self.newest else ""
            return (
                f"{self.source} is as described: {self.rows} figures of {self.series} series{until}"
            )
        return f"{self.source} {self.status.value} ({self.detail})"

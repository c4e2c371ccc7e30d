"""What is remembered of each source between visits: when it was complete, and the validators."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ustress.core.files import write_atomically
from ustress.data.sources.spec import Source

FILE = "visits.json"


@dataclass(frozen=True, slots=True)
class Visit:
    """The last good visit: `series` fingerprints what it was mapped to.

    `etag` and `last_modified` are the publisher's validators of the answer `sha256`.
    """

    day: str
    series: str
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""


def fingerprint(source: Source) -> str:
    """Changes when a source gives other series, so that a new one gets its whole past."""
    return hashlib.sha256("\n".join(sorted(source.names())).encode()).hexdigest()[:16]


class Visits:
    """The memory of a store's visits; losing it costs a full fetch and nothing else."""

    def __init__(self, root: Path) -> None:
        self._path = root / FILE

    def of(self, source: Source) -> Visit | None:
        """The last good visit with the same series, or None."""
        entry = self._all().get(source.id)
        return entry if entry and entry.series == fingerprint(source) else None

    def remember(self, source: Source, day: date, **seen: str) -> None:
        """Note a good visit.

        Raises:
            CannotError: if the disk refuses.
        """
        entries = {**self._all(), source.id: Visit(day.isoformat(), fingerprint(source), **seen)}
        text = json.dumps(
            {name: asdict(entry) for name, entry in sorted(entries.items())}, indent=1
        )
        write_atomically(self._path, text + "\n")

    def _all(self) -> dict[str, Visit]:
        try:
            said = json.loads(self._path.read_text(encoding="utf-8"))
            return {name: Visit(**entry) for name, entry in said.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

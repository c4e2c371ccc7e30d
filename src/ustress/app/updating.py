"""An update from the publishers, started by a reader where that is allowed; one at a time."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from ustress.core.errors import UstressError

log = logging.getLogger("ustress.app")


@dataclass
class Update:
    """Where the newest update stands: `lines` are one sentence a source."""

    running: bool = False
    label: str = ""
    lines: tuple[tuple[str, str], ...] = ()
    failed: str = ""
    ended: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def stands(self) -> tuple[object, ...]:
        """All a page shows of it."""
        return self.running, self.label, self.lines, self.failed, self.ended

    def begin(self) -> None:
        """Start, unless one is under way."""
        with self._lock:
            if self.running:
                return
            self.running, self.ended, self.failed, self.lines = True, False, "", ()
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        from ustress.workflows.refresh import update

        try:
            found = update((), self._hear)
            self.lines = tuple((r.source, r.sentence) for r in found.reports)
            bad = len(found.failed)
            self.failed = f"{bad} of {len(found.reports)} sources failed" if bad else ""
        except UstressError as failure:
            self.failed = str(failure)
        except Exception:
            log.exception("update")
            self.failed = "a defect in ustress ended the update; the server's log says where"
        finally:
            self.running, self.ended = False, True

    def _hear(self, label: str, done: int, total: int) -> None:
        self.label = f"{label}: {done} of {total}"

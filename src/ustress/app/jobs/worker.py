"""The worker: a process of its own that simulates at low priority, told and asked in JSON lines.

It reads `{"id", "kind", "request"}` and `{"cancel": id}` on standard input and writes
`{"id", "progress": [label, done, total]}`, then one of `result`, `failed` (a sentence, with the
exit code the command line would give), `cancelled` or `defect`. It ends when its input ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
import traceback
from typing import Any, TextIO

NICENESS = 10


class CancelledError(Exception):
    """Raised from the progress listener, between blocks of paths."""


class Worker:
    """Takes requests one after the other; a reader's thread notes cancellations meanwhile."""

    def __init__(self, heard: TextIO, said: TextIO) -> None:
        self._heard, self._said = heard, said
        self._waiting: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._cancelled: set[str] = set()

    def work(self) -> None:
        """Serve until the input ends."""
        threading.Thread(target=self._listen, daemon=True).start()
        while (message := self._waiting.get()) is not None:
            self._answer(message)

    def _listen(self) -> None:
        for line in self._heard:
            message = json.loads(line)
            if "cancel" in message:
                self._cancelled.add(message["cancel"])
            else:
                self._waiting.put(message)
        self._waiting.put(None)

    def _answer(self, message: dict[str, Any]) -> None:
        from ustress.app.jobs.tasks import perform
        from ustress.core.errors import UstressError

        id_ = message["id"]

        def progress(label: str, done: int, total: int) -> None:
            if id_ in self._cancelled:
                raise CancelledError
            self._say(id_, progress=[label, done, total])

        try:
            self._say(id_, result=perform(message["kind"], message["request"], progress))
        except CancelledError:
            self._say(id_, cancelled=True)
        except UstressError as failure:
            self._say(id_, failed=str(failure), exit_code=failure.exit_code)
        except Exception:
            traceback.print_exc()  # for whoever runs the server; never for its readers
            self._say(id_, defect=True)

    def _say(self, id_: str, **what: Any) -> None:
        self._said.write(json.dumps({"id": id_, **what}, separators=(",", ":")) + "\n")
        self._said.flush()


def main() -> None:
    """The worker's process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server says when to end
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICENESS)
    said = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not break the lines
    with contextlib.suppress(BrokenPipeError):
        Worker(sys.stdin, said).work()
    os._exit(0)  # no waiting for threads of a computation nobody will read


if __name__ == "__main__":
    main()

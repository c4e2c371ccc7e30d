"""A second drawer: a process that draws a page's charts from the last to the first.

Whoever renders the page draws from the first on. Both keep what they draw and take what is kept,
so they meet; without the second one, or without a disk, the page only takes longer.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from threading import Thread

from ustress.report.charts.base import Declared, Size, asked
from ustress.report.charts.drawing import Spec, drawn

FEW = 8
"""So many charts are not worth a process."""


class Easel:
    """Where the second drawer works; it ends with the block or with this process."""

    def __init__(self) -> None:
        self._drawer: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Easel:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawer is not None:
            self._drawer.kill()
            with suppress(OSError):  # what it did not read any more
                self._drawer.communicate()

    def start(self) -> None:
        """Let the drawer get ready, which takes it about a second, while there is other work."""
        if self._drawer is None:
            with suppress(OSError):
                self._drawer = subprocess.Popen(
                    [sys.executable, "-m", __name__],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )

    def ahead(self, wanted: Iterable[tuple[Declared, Size]]) -> None:
        """Hand over what the page is going to ask for, in its order."""
        given = [asked(chart, size) for chart, size in wanted]
        if len(given) > FEW:
            self.start()
        if self._drawer is not None:
            Thread(target=self._hand_over, args=(given,), daemon=True).start()

    def finished(self, within_seconds: float) -> bool:
        """Whether the drawer is done, waiting for it so long; True where none works."""
        try:
            return self._drawer is None or self._drawer.wait(within_seconds) is not None
        except subprocess.TimeoutExpired:
            return False

    def _hand_over(self, given: list[tuple[Spec, str]]) -> None:
        """The pipe holds little, and a drawer getting ready does not read: hence the thread."""
        if self._drawer is not None and self._drawer.stdin is not None:
            with suppress(OSError, ValueError):
                self._drawer.stdin.write(json.dumps(given).encode())
                self._drawer.stdin.close()


def main() -> None:
    """Draw what standard input brings, from the end; the converter's first drawing is slow."""
    import vl_convert

    vl_convert.vegalite_to_svg({"data": {"values": [{"x": 0}]}, "mark": "point"})
    for drawing, prefix in reversed(json.load(sys.stdin.buffer)):
        drawn(drawing, prefix)


if __name__ == "__main__":
    main()

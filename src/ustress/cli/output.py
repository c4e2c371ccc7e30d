"""How verbs speak: data on standard output, progress and notes on standard error."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ustress.core.progress import Progress

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Known by the end of DATE (YYYY-MM-DD); today."),
]
Json = Annotated[bool, typer.Option("--json", help="Data for machines on standard output.")]
QUIET_SECONDS = 2.0


@dataclass
class _Manner:
    quiet: bool = False
    verbose: bool = False


_manner = _Manner()


def settle(*, quiet: bool, verbose: bool) -> None:
    """Set how talkative this run is."""
    _manner.quiet, _manner.verbose = quiet, verbose


def emit_json(value: object) -> None:
    """Print `value` as JSON on standard output."""
    from ustress.core.jsonform import dumps

    sys.stdout.write(dumps(value) + "\n")


def emit(*parts: RenderableType) -> None:
    """Print tables and text on standard output, at the terminal's width (120 if there is none)."""
    from rich.console import Console

    from ustress.cli import plain

    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    if not plain.needed(sys.stdout.encoding):
        for part in parts:
            console.print(part)
        return
    with console.capture() as held:
        for part in parts:
            console.print(part)
    sys.stdout.write(plain.plain(held.get()))


def tell(text: str) -> None:
    """A line of data on standard output."""
    from ustress.cli import plain

    sys.stdout.write((plain.plain(text) if plain.needed(sys.stdout.encoding) else text) + "\n")


def note(text: str) -> None:
    """A remark on standard error, unless the run is quiet."""
    if not _manner.quiet:
        sys.stderr.write(f"{text}\n")


def detail(text: str) -> None:
    """A remark for those who asked for more with `--verbose`."""
    if _manner.verbose and not _manner.quiet:
        sys.stderr.write(f"{text}\n")


def progress() -> Progress:
    """A progress listener: one overwritten line on a terminal, a few plain lines elsewhere."""
    if _manner.quiet:
        from ustress.core.progress import silent

        return silent
    return _Line().update


class _Line:
    """Shows a label's progress; where nobody watches, at most one line every two seconds.

    Jobs that go on side by side tell of themselves in turn.
    """

    def __init__(self) -> None:
        self._labels: set[str] = set()
        self._spoken = 0.0
        self._live = sys.stderr.isatty()

    def update(self, label: str, done: int, total: int) -> None:
        now = time.monotonic()
        fresh, ended = label not in self._labels, done >= total
        (self._labels.discard if ended else self._labels.add)(label)
        if self._live:
            bar = "━" * round(24 * done / max(total, 1))
            sys.stderr.write(f"\r\x1b[2K{label:<34} {bar:<24} {done}/{total}")
            sys.stderr.write("\n" if ended else "")
        elif fresh or ended or now - self._spoken > QUIET_SECONDS:
            sys.stderr.write(f"{label}: {done} of {total}\n")
            self._spoken = now
        sys.stderr.flush()

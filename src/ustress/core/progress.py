"""How long jobs tell how far they are: a callable, so that no layer knows who listens."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""`progress(label, done, total)`: called with growing `done`; `done == total` ends the label."""


def silent(label: str, done: int, total: int) -> None:
    """The listener that does nothing."""

"""Views as JSON and back, by their own declarations: results are kept without pickles."""

from __future__ import annotations

from typing import Any, TypeVar

from ustress.core.jsonform import plain
from ustress.core.revive import revive

T = TypeVar("T")


def encode(view: object) -> Any:
    """A view in plain values; `decode` with its type gives it back."""
    return plain(view)


def decode(kind: type[T], value: Any) -> T:
    """The view of type `kind` that `encode` made plain.

    Raises:
        ValueError: if the value does not fit the type.
    """
    try:
        made: T = revive(kind, value)
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"no {kind.__name__}: {fault}") from None
    return made

"""Failures a user can meet: one sentence each (what, where, what was expected), an exit code."""

from __future__ import annotations

from typing import ClassVar


class UstressError(Exception):
    """Base of every failure a user can meet; `exit_code` is what the command line returns."""

    exit_code: ClassVar[int] = 1


class CannotError(UstressError):
    """Asked properly but could not: figures missing, no equilibrium, disk or network (exit 1)."""

    exit_code: ClassVar[int] = 1


class BadInputError(UstressError):
    """Something is wrong in what was typed or in a file given (exit 2)."""

    exit_code: ClassVar[int] = 2


class MissingSeriesError(CannotError):
    """A series exists in the catalogue but has no observation known on the date asked for."""


class UnknownNameError(BadInputError):
    """A name (verb, scenario, series, key, term) that nothing answers to."""

    def __init__(self, kind: str, name: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(f"unknown {kind} '{name}'{_hint(name, known)}")


def _hint(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=3, cutoff=0.5)
    if close:
        return f"; did you mean {' or '.join(close)}?"
    if len(known) > 12:
        return f"; expected one of {len(known)}, such as {', '.join(known[:3])}"
    return f"; expected one of: {', '.join(known)}" if known else ""

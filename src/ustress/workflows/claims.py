"""Claims judged from the record, as known on a date and as known today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.claims.verdict import Verdict


@dataclass(frozen=True, slots=True)
class JudgedClaims:
    """Verdicts with the two dates they were judged on."""

    as_of: date
    known_until: date
    verdicts: tuple[Verdict, ...]

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form."""
        from ustress.claims import to_json

        return to_json(self.verdicts, self.as_of, self.known_until)


def judge_claims(file: Path | None = None, as_of: str | date | None = None) -> JudgedClaims:
    """Judge a file of claims (None: the built-in file of April 2025).

    Args:
        file: a TOML file of claims.
        as_of: the date whose knowledge counts as 'then'; None is the day the claims were made.

    Raises:
        BadInputError: if the file or the date is wrong; the sentence names the place.
    """
    from ustress.claims import judge, load_claims
    from ustress.data.store import Store

    claims = load_claims(file)
    day = max(c.said_on for c in claims) if as_of is None else resolve_day(as_of)
    store = Store()
    known_until = store.known_until()
    verdicts = judge(claims, store.panel(day), store.panel(known_until))
    return JudgedClaims(day, known_until, verdicts)


def new_claims(file: Path) -> Path:
    """Write a commented file of claims to start from, whole or not at all.

    Raises:
        BadInputError: if there is something of that name already; it is left alone.
        CannotError: if the disk refuses.
    """
    from ustress.claims.template import template
    from ustress.core.files import write_new

    write_new(file, template())
    return file

"""Verdicts: at once without what must be simulated, and whole once that has been."""

from __future__ import annotations

from datetime import date

from ustress.app.jobs.asked import ClaimsAsked
from ustress.app.pages.asking import asked, found
from ustress.app.state import Served
from ustress.workflows.claims import JudgedClaims, judge_claims


def at_once(held: Served, as_of: date | None) -> JudgedClaims:
    """The built-in claims without simulation; without a date as known when they were made."""
    made: JudgedClaims = held.kept(
        "claims", as_of, lambda: judge_claims(None, as_of, simulate=False)
    )
    return made


def whole(held: Served, as_of: date | None) -> JudgedClaims | None:
    """The same with statements about the mechanism, if these have been simulated."""
    return found(held, asked(ClaimsAsked, as_of=as_of), JudgedClaims)


def judged(held: Served, as_of: date | None) -> JudgedClaims:
    """The most that is known."""
    return whole(held, as_of) or at_once(held, as_of)

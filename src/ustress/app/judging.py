"""Verdicts, judged once a date while the figures stand."""

from __future__ import annotations

from datetime import date

from ustress.app.state import Served
from ustress.workflows.claims import JudgedClaims, judge_claims


def judged(held: Served, as_of: date | None) -> JudgedClaims:
    """The built-in claims; without a date as known when they were made."""
    found: JudgedClaims = held.kept("claims", as_of, lambda: judge_claims(None, as_of))
    return found

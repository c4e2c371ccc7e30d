"""What every workflow starts from: a day and the store."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ustress.core.dates import parse_day

NEW_YORK = ZoneInfo("America/New_York")


def today() -> date:
    """Today in New York, where the figures are published."""
    return datetime.now(NEW_YORK).date()


def resolve_day(as_of: str | date | None) -> date:
    """The day meant by `as_of`: a day, its text, or None for today in New York.

    Raises:
        BadInputError: if the text is no date.
    """
    if as_of is None:
        return today()
    return as_of if isinstance(as_of, date) else parse_day(as_of, "--as-of")

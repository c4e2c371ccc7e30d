"""The state of the market on a date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.monitor.snapshot import Snapshot


def market(as_of: str | date | None = None) -> Snapshot:
    """The snapshot of every indicator as known by the end of `as_of` in New York.

    Args:
        as_of: a day or its text (YYYY-MM-DD); None is today, with old figures showing their age.

    Raises:
        BadInputError: if `as_of` is no date, or lies before the figures begin.
    """
    from ustress.data.store import Store
    from ustress.monitor import build

    return build(Store().panel(resolve_day(as_of)))

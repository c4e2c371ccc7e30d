"""The opening state of a date: the snapshot turned into what a simulation starts from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ustress.core.errors import BadInputError, CannotError
from ustress.workflows.common import resolve_day
from ustress.workflows.market import market

if TYPE_CHECKING:
    from ustress.monitor.snapshot import Snapshot
    from ustress.simulate.opening import Opening

FIRST_COMPLETE = date(2018, 4, 3)
"""SOFR begins: the first day on which everything the opening needs was published."""


def open_on(as_of: str | date | None) -> Opening:
    """The opening state as known by the end of `as_of` in New York.

    Raises:
        BadInputError: if a date was given and lies outside the days with a complete state.
        CannotError: if today's state is incomplete or a reading is missing inside those days.
    """
    return open_from(market(resolve_day(as_of)), given=as_of is not None)


def open_from(snapshot: Snapshot, *, given: bool) -> Opening:
    """The opening state of a snapshot; `given` says whether somebody typed its date."""
    from ustress.simulate.opening import open_state

    try:
        return open_state(snapshot)
    except CannotError as gap:
        last = last_complete()
        if FIRST_COMPLETE <= snapshot.as_of <= last:
            raise
        text = (
            f"{snapshot.as_of} has no complete opening state to simulate from; expected a date "
            f"from {FIRST_COMPLETE} to {last} ({gap})"
        )
        raise (BadInputError(text) if given else CannotError(text)) from None


def last_complete() -> date:
    """The last day on which every tenor the opening needs was observed."""
    from ustress.data.store import Store
    from ustress.simulate.readings import TENORS

    store = Store()
    panel = store.panel(store.known_until(), [f"ust.par.{tenor}" for tenor in TENORS])
    return min(panel[f"ust.par.{tenor}"].at(-1).day for tenor in TENORS)

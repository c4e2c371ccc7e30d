"""The opening state of a date: the snapshot turned into what a simulation starts from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ustress.core.errors import BadInputError, CannotError
from ustress.workflows.common import resolve_day
from ustress.workflows.market import market

if TYPE_CHECKING:
    from ustress.monitor.snapshot import AuctionToCome, Snapshot
    from ustress.simulate.opening import Opening

AUCTIONS_AHEAD_DAYS = 364
"""A year of auctions to come: later ones repeat it."""


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
        return open_state(snapshot, _auctions_of_the_year(snapshot))
    except CannotError as gap:
        first, last = complete_days()
        if first <= snapshot.as_of <= last:
            raise
        text = (
            f"{snapshot.as_of} has no complete opening state to simulate from; expected a date "
            f"from {first} to {last} ({gap})"
        )
        raise (BadInputError(text) if given else CannotError(text)) from None


def _auctions_of_the_year(snapshot: Snapshot) -> tuple[AuctionToCome, ...]:
    from ustress.data.store import Store
    from ustress.monitor.auctions_to_come import to_come

    return to_come(Store().panel(snapshot.as_of), AUCTIONS_AHEAD_DAYS)


def complete_days() -> tuple[date, date]:
    """The first and the last day with a complete opening state, from the figures themselves.

    The first is when SOFR's first value and every tenor were known; the last is the newest day
    on which every tenor was observed.
    """
    from ustress.data.store import Store
    from ustress.simulate.readings import TENORS

    store = Store()
    curve = [f"ust.par.{tenor}" for tenor in TENORS]
    panel = store.panel(store.known_until(), (*curve, "funding.sofr"))
    first = max(panel[name].at(0).known for name in ("funding.sofr", *curve))
    return first, min(panel[name].at(-1).day for name in curve)

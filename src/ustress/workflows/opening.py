"""The opening state of a date: the snapshot turned into what a simulation starts from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from ustress.core.errors import BadInputError, CannotError
from ustress.workflows.common import resolve_day
from ustress.workflows.market import market

if TYPE_CHECKING:
    from ustress.monitor.snapshot import AuctionToCome, Reading, Snapshot
    from ustress.simulate.held import Held
    from ustress.simulate.opening import Opening

AUCTIONS_AHEAD_DAYS = 364
"""A year of auctions to come: later ones repeat it."""


def open_on(as_of: str | date | None, *, partial: bool = False) -> Opening:
    """The opening state as known by the end of `as_of` in New York.

    Args:
        as_of: a day or its text; None is today.
        partial: before the first day with a complete state, open with marked stand-ins.

    Raises:
        BadInputError: if a date was given and lies outside the days with such a state.
        CannotError: if today's state is incomplete or a reading is missing inside those days.
    """
    return open_from(market(resolve_day(as_of)), given=as_of is not None, partial=partial)


def open_from(snapshot: Snapshot, *, given: bool, partial: bool = False) -> Opening:
    """The opening state of a snapshot; `given` says whether somebody typed its date.

    With `partial`, readings that do not exist before the first complete day are replaced by
    stand-ins marked assumed; a complete state is the same with and without.
    """
    from ustress.simulate.opening import open_state

    replaced = _stand_ins(snapshot) if partial else ()
    with _told(snapshot.as_of, given=given, partial=partial):
        return open_state(snapshot, _auctions_of_the_year(snapshot), replaced)


def held_on(as_of: str | date | None) -> Held:
    """What each seller could sell on a date that can be simulated; refuses what `open_on` refuses.

    It loads nothing that simulates.

    Raises:
        BadInputError: as `open_on`.
        CannotError: as `open_on`.
    """
    from ustress.simulate.held import holdings
    from ustress.simulate.readings import OLDEST_CURVE_DAYS, take

    day, last = resolve_day(as_of), complete_days()[1]
    with _told(day, given=as_of is not None, partial=False):
        if (day - last).days > OLDEST_CURVE_DAYS:  # some tenor is older: nothing has to be read
            raise CannotError(f"the curve ends on {last}")
        return holdings(take(market(day)), day)


@contextmanager
def _told(as_of: date, *, given: bool, partial: bool) -> Iterator[None]:
    """An incomplete state outside the days with a complete one is the date's fault, if given."""
    try:
        yield
    except CannotError as gap:
        first, last = complete_days()
        if first <= as_of <= last:
            raise
        text = _refusal(as_of, first, last, str(gap), partial=partial)
        raise (BadInputError(text) if given else CannotError(text)) from None


def _refusal(as_of: date, first: date, last: date, gap: str, *, partial: bool) -> str:
    """What was expected instead; before the first day also what is missing and what there is."""
    refused = f"{as_of} has no complete opening state to simulate from"
    if as_of > last:
        return f"{refused}; expected a date from {first} to {last}"
    begins = partial_begins()
    if partial:
        return (
            f"{as_of} has not even a partial opening state to simulate from; expected a date from "
            f"{begins} with --partial, or from {first} to {last} without ({gap})"
        )
    hint = (
        "; on the command line run, compare and breakpoint with --partial also open from "
        f"{begins} on, with stand-ins marked assumed ({gap})"
    )
    return f"{refused}; expected a date from {first} to {last}{hint if begins <= as_of else ''}"


def _stand_ins(snapshot: Snapshot) -> tuple[Reading, ...]:
    """Stand-ins known on the snapshot's date; none once everything is published."""
    from ustress.data.store import Store
    from ustress.monitor.stand_ins import stand_ins

    if snapshot.as_of >= complete_days()[0]:
        return ()
    return stand_ins(Store().panel(snapshot.as_of))


def partial_begins() -> date:
    """The first day with a partial opening state: dealers' positions of enough weeks are known."""
    from ustress.data.store import Store
    from ustress.monitor.stand_ins import FIRST_WEEKS

    store, name = Store(), "dealers.net.coupons"
    return store.panel(store.known_until(), (name,))[name].at(FIRST_WEEKS - 1).known


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

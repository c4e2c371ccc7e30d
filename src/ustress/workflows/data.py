"""What the store holds and how old it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.data.bars import BarsHeld
    from ustress.data.status import FamilyStatus


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """The store as of a date: where it lies, what it knows, and every family of series.

    `configuration` is where the configuration file lies, or would lie. `quarantined` counts the
    values that wait to be looked at (`data verify` lists them); `bars` are the instruments of which
    the reader's intraday bars are held.
    """

    as_of: date
    known_until: date
    root: str
    configuration: str
    families: tuple[FamilyStatus, ...]
    quarantined: int = 0
    bars: tuple[BarsHeld, ...] = ()


def store_status(as_of: str | date | None = None) -> StoreStatus:
    """Coverage, age, rights and source of every family of series.

    Raises:
        BadInputError: if the date is wrong.
    """
    from ustress.data.bars import held_bars
    from ustress.data.config import config_path
    from ustress.data.quarantine import held
    from ustress.data.store import Store

    store, day = Store(), resolve_day(as_of)
    return StoreStatus(
        day, store.known_until(), str(store.root), str(config_path()), store.status(day),
        len(held(store)), held_bars(store),
    )  # fmt: skip

"""Whether the store is sound, what waits in quarantine, and putting both right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ustress.workflows.rights import kept_back

if TYPE_CHECKING:
    from ustress.data.quarantine import Held
    from ustress.data.store import Store


@dataclass(frozen=True, slots=True)
class HeldValue:
    """A value in quarantine: the id to release it by, what it says, why it was kept out."""

    id: str
    series: str
    day: date
    value: float | None
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The store's health: one sentence for each fault and each repair, and the quarantine.

    `sound` says that nothing is wrong any more; `lost` and `rebuilt` count rows of moved files and
    rows that the raw answers gave back.
    """

    root: str
    sound: bool
    problems: tuple[str, ...]
    repaired: tuple[str, ...] = ()
    lost: int = 0
    rebuilt: int = 0
    quarantine: tuple[HeldValue, ...] = ()
    released: tuple[HeldValue, ...] = ()


def verify(*, repair: bool = False, release: tuple[str, ...] = (), values: bool = True) -> Verified:
    """Recompute every hash, compare rows with the catalogue and the raw answers.

    Args:
        repair: move damaged files aside and rebuild what can be rebuilt.
        release: ids of quarantined values to let in.
        values: show the values of licensed and own series too.

    Raises:
        BadInputError: if an id names no value in quarantine.
        CannotError: if the store cannot be read or written.
    """
    from ustress.data import quarantine
    from ustress.data.home import home
    from ustress.data.pack import pack_file
    from ustress.data.repair import Repair
    from ustress.data.repair import repair as put_right
    from ustress.data.store import Store

    done = put_right(home(), pack_file()) if repair else Repair()
    store = Store()
    rows = quarantine.release(store, release) if release else ()
    let_in = (
        held_value(store, quarantine.Held(identifier, row, "released"), values=values)
        for identifier, row in zip(dict.fromkeys(release), rows, strict=True)
    )
    problems, waiting = store.verify(), quarantine.held(store)
    return Verified(
        root=str(store.root),
        sound=not problems,
        problems=problems,
        repaired=done.done,
        lost=done.lost,
        rebuilt=done.rebuilt,
        quarantine=tuple(held_value(store, h, values=values) for h in waiting),
        released=tuple(let_in),
    )


def held_value(store: Store, held: Held, *, values: bool) -> HeldValue:
    """A quarantined row as shown to a reader; without `values`, licensed and own ones stay here."""
    row, reason = held.row, held.reason
    value: float | None = row.value
    if not values and kept_back(store.infos[row.series]):
        value, reason = None, "withheld: licensed or from an own file"
    return HeldValue(held.id, row.series, row.day, value, row.source, reason)

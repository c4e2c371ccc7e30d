"""Values kept out until a person has looked: absurd, or given twice with different values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ustress.core.errors import BadInputError
from ustress.data.rows import COLUMNS, Row

if TYPE_CHECKING:
    import polars as pl

    from ustress.data.store import Store


@dataclass(frozen=True, slots=True)
class Held:
    """One value in quarantine: the id to release it by, its row as it came, and why."""

    id: str
    row: Row
    reason: str


def identity(series: str, day: date, value: float) -> str:
    """The id of a value: the same value of the same day is the same case however often it comes."""
    return hashlib.sha256(f"{series}|{day}|{value!r}".encode()).hexdigest()[:10]


def held(store: Store, *, released: bool = False) -> tuple[Held, ...]:
    """Every value that waits to be looked at, in the order in which it came.

    Args:
        store: where.
        released: also those that a reader let in.

    Raises:
        CannotError: if a quarantine file is damaged.
    """
    gone = () if released else frozenset(store.manifest.released)
    return tuple(h for h in _all(store) if h.id not in gone)


def _all(store: Store) -> Iterable[Held]:
    parts = [p.path(store.root) for p in store.manifest.of("quarantine")]
    if not parts:
        return
    import polars as pl

    from ustress.core.errors import CannotError

    for path in parts:
        try:
            rows = pl.read_parquet(path).select(*COLUMNS, "id", "reason").rows()
        except (OSError, pl.exceptions.PolarsError) as fault:
            raise CannotError(
                f"quarantine file {path} is damaged; `ustress data verify --repair` moves it aside"
            ) from fault
        for *columns, identifier, reason in rows:
            yield Held(identifier, Row(*columns), reason)


def table(cases: Iterable[Held]) -> pl.DataFrame:
    """The cases as a table of the stored columns, their id and reason."""
    import polars as pl

    from ustress.data.rows import frame

    listed = list(cases)
    return frame([h.row for h in listed]).with_columns(
        pl.Series("id", [h.id for h in listed], dtype=pl.String),
        pl.Series("reason", [h.reason for h in listed], dtype=pl.String),
    )


def release(store: Store, ids: Iterable[str]) -> tuple[Row, ...]:
    """Let values in that a reader has looked at; they enter as if they had come without doubt.

    Raises:
        BadInputError: if an id names no value in quarantine.
        CannotError: if the store cannot be written.
    """
    from ustress.data.intake import take_in_frame
    from ustress.data.rows import frame

    wanted = tuple(dict.fromkeys(ids))
    cases = {h.id: h for h in held(store)}
    for identifier in wanted:
        if identifier not in cases:
            raise BadInputError(
                f"nothing in quarantine has the id '{identifier}'; `ustress data verify` lists them"
            )
    rows = tuple(cases[i].row for i in wanted)
    for day in sorted({row.retrieved for row in rows if row.retrieved is not None}):
        some = [i for i in wanted if cases[i].row.retrieved == day]
        batch = frame([cases[i].row for i in some])
        take_in_frame(store, batch, retrieved=day, released=tuple(some))
    return rows

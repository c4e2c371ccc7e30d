"""The door of the store: what a batch of observations adds, repeats, revises, and what stays out.

A value that repeats what is known adds nothing. One that differs from it adds a vintage, known
from its own date where that is the publisher's, and otherwise not before it was fetched: the lag of
a series says when its figures first appear, not when they are revised. Nothing is ever edited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ustress.data.commit import Commit
from ustress.data.doubt import doubtful
from ustress.data.quarantine import Held, held, table
from ustress.data.rows import COLUMNS, Row, frame, origin
from ustress.data.vintage import judged

if TYPE_CHECKING:
    import polars as pl

    from ustress.data.store import Store


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of a batch, in rows: each is counted once, after doubles were collapsed.

    `added` are values of days that had none, `revised` new vintages of days that had one,
    `repeated` said nothing new; `quarantined` were kept out, with the reason.
    """

    added: int = 0
    repeated: int = 0
    revised: int = 0
    quarantined: tuple[tuple[Row, str], ...] = ()

    @property
    def stored(self) -> int:
        """Rows that are now in the store and were not before."""
        return self.added + self.revised


def take_in(
    store: Store,
    rows: Iterable[Row],
    *,
    source: str,
    raw_sha256: str | None,
    retrieved: date,
) -> Intake:
    """Take observations into the store: when this returns, what it reports is on the disk.

    Args:
        store: where; it shows the new rows afterwards.
        rows: the observations; `retrieved` is set from the argument, and `source` too unless it
            names an answer of this source already.
        source: the source's id.
        raw_sha256: hash of the raw answer they were parsed from, if one is kept.
        retrieved: the day they were fetched, in New York.

    Raises:
        UnknownNameError: if the catalogue lacks a row's series.
        CannotError: if the store cannot be read or written, or another writer holds it; nothing
            of the batch is then stored.
    """
    import polars as pl

    mark = origin(source, raw_sha256)
    # A row that already names the answer it came from knows better than the batch.
    marked = pl.col("source").str.starts_with(f"{source}#")
    stamped = frame(rows).with_columns(
        pl.when(marked).then("source").otherwise(pl.lit(mark)).alias("source"),
        pl.lit(retrieved).alias("retrieved"),
    )
    return take_in_frame(store, stamped, retrieved=retrieved)


def take_in_frame(
    store: Store,
    rows: pl.DataFrame,
    *,
    retrieved: date,
    released: tuple[str, ...] = (),
    trusted: bool = False,
    replay: bool = False,
    series: Mapping[str, Mapping[str, Any]] | None = None,
    packs: tuple[str, ...] = (),
) -> Intake:
    """The same for a table of the stored columns.

    Args:
        store: where.
        rows: the observations, complete.
        retrieved: the day they were fetched.
        released: ids of quarantined values that are let in with this batch.
        trusted: skip the quarantine (a pack was checked when it was built).
        replay: judge against what the store knew on the day of retrieval, and no later (to
            rebuild what was lost from raw answers).
        series: the reader's own series that the batch brings along.
        packs: hashes of packs that the batch brings along.
    """
    if not rows.height:
        return Intake()
    with store.writing():
        from ustress.data.own import own_series

        infos = own_series(store.infos, series or {})
        _known_names(rows, infos)
        let_in = frozenset((*store.manifest.released, *released))
        sound, cases = (rows, []) if trusted else doubtful(store, rows, infos, let_in)
        verdict = judged(store, sound, retrieved, replay=replay)
        _commit(store, verdict.new, cases, Commit(None, None, None, series or {}, released, packs))
    return Intake(
        added=verdict.added,
        repeated=verdict.repeated,
        revised=verdict.revised,
        quarantined=tuple((case.row, case.reason) for case in cases),
    )


def _known_names(rows: pl.DataFrame, infos: Mapping[str, Any]) -> None:
    from ustress.core.errors import UnknownNameError

    for name in rows["series"].unique().sort():
        if name not in infos:
            raise UnknownNameError("series", name, tuple(infos))


def _commit(store: Store, new: pl.DataFrame, cases: list[Held], facts: Commit) -> None:
    from dataclasses import replace

    known = {h.id for h in held(store, released=True)} if cases else set()
    fresh = list({c.id: c for c in cases if c.id not in known}.values())
    if new.height or fresh or facts.released or facts.packs:
        store.commit(
            replace(
                facts,
                rows=new.select(COLUMNS) if new.height else None,
                quarantine=table(fresh) if fresh else None,
            )
        )

"""From a raw answer to rows, the same when it has just come and when it has been kept for years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ustress.data.raw import Kept, RawAnswers
from ustress.data.rows import Row, origin
from ustress.data.sources.faults import SourceFault
from ustress.data.sources.mapping import Mapped, map_records
from ustress.data.sources.readers import Records, read
from ustress.data.sources.spec import Source

if TYPE_CHECKING:
    from ustress.data.store import Store


def parse(source: Source, store: Store, body: bytes, kept: Kept) -> tuple[Records, Mapped]:
    """The records and rows of a raw answer, new or kept: parsing depends on nothing else.

    Raises:
        SourceFault: naming what is wrong with it.
    """
    records = read(body, source)
    mark = origin(source.id, kept.sha256)
    mapped = map_records(
        records, source, store.infos, each=kept.each, mark=mark, retrieved=kept.retrieved
    )
    return records, mapped


def reparse(store: Store, known: Mapping[str, Source]) -> Iterator[tuple[Kept, tuple[Row, ...]]]:
    """The rows of every raw answer kept, oldest first: what a store can be rebuilt from.

    Answers of sources no longer described, or that were never understood, are left out.
    """
    raws = RawAnswers(store.root)
    for kept in raws.all():
        body, source = raws.body(kept.sha256), known.get(kept.source)
        if body is None or source is None:
            continue
        try:
            yield kept, parse(source, store, body, kept)[1].rows
        except SourceFault:
            continue

"""A reader's file into the store: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ustress.core.errors import BadInputError
from ustress.data.commit import Commit
from ustress.data.importing.bars import bar_table
from ustress.data.importing.daily import observations
from ustress.data.importing.mapping import BarColumns, Daily, MappingFile, load
from ustress.data.intake import Intake, take_in_frame
from ustress.data.integrity import FILE_MARK
from ustress.data.own import own_series
from ustress.data.rows import origin
from ustress.data.segments import digest
from ustress.data.store import Store


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brought: what became of its observations, or how many new bars."""

    names: tuple[str, ...]
    intake: Intake
    bars: int = 0
    bars_repeated: int = 0


def take(store: Store, path: Path, mapping: Path, retrieved: date) -> Imported:
    """Read a file by a mapping and store what it says.

    Args:
        store: where.
        path: the file: CSV, Parquet or Excel.
        mapping: the TOML file that says which column is what.
        retrieved: today.

    Raises:
        BadInputError: if mapping or file is wrong, with the place; nothing is stored.
        CannotError: if the store cannot be written; nothing is stored.
    """
    said = load(mapping, store.infos)
    try:
        source = origin(f"{FILE_MARK}{path.name}", digest(path))
    except OSError as fault:
        raise BadInputError(f"cannot read {path}: {fault.strerror}") from fault
    if isinstance(said.content, BarColumns):
        return _bars(store, path, said, said.content, source, retrieved)
    return _daily(store, path, said, said.content, source, retrieved)


def _daily(
    store: Store, path: Path, said: MappingFile, daily: Daily, source: str, retrieved: date
) -> Imported:
    infos = own_series(store.infos, said.own)
    rows = observations(path, said.layout, daily, infos, source, retrieved)
    names = tuple(c.series for c in daily.columns)
    if not rows.height:
        raise BadInputError(f"{path} has no value in the columns of the mapping")
    return Imported(names, take_in_frame(store, rows, retrieved=retrieved, series=said.own))


def _bars(
    store: Store, path: Path, said: MappingFile, columns: BarColumns, source: str, retrieved: date
) -> Imported:
    from ustress.data.bars import new_bars

    table = bar_table(path, said.layout, columns, source, retrieved)
    with store.writing():
        new = new_bars(store, table)
        if new.height:
            store.commit(Commit(bars=new))
    return Imported((columns.name,), Intake(), new.height, table.height - new.height)

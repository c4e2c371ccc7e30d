"""A reader's own file into the store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ustress.workflows.common import today
from ustress.workflows.verify import HeldValue, held_value


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a file brought, in rows: each observation is counted once.

    `added` are new days, `revised` new vintages of known days, `repeated` said nothing new;
    `quarantined` wait to be looked at. For intraday bars `bars` and `bars_repeated` count instead.
    """

    file: str
    series: tuple[str, ...]
    added: int
    revised: int
    repeated: int
    quarantined: tuple[HeldValue, ...]
    bars: int
    bars_repeated: int


def import_file(file: Path, mapping: Path, *, values: bool = True) -> ImportReport:
    """Read `file` by the TOML file `mapping` and store what it says: all of it, or nothing.

    Without `values` the report leaves out what quarantined licensed and own values are.

    Raises:
        BadInputError: naming file, row, column, value and what was expected.
        CannotError: if the store cannot be written, or another writer holds it.
    """
    from ustress.data.importing.take import take
    from ustress.data.quarantine import Held, identity
    from ustress.data.store import Store

    store = Store()
    found = take(store, file, mapping, today())
    kept_out = tuple(
        held_value(
            store, Held(identity(row.series, row.day, row.value), row, reason), values=values
        )
        for row, reason in found.intake.quarantined
    )
    return ImportReport(
        str(file), found.names, found.intake.added, found.intake.revised, found.intake.repeated,
        kept_out, found.bars, found.bars_repeated,
    )  # fmt: skip

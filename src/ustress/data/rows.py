"""The one form of every stored observation, in memory and in a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa


class Row(NamedTuple):
    """An observation with its vintage.

    `day` is the observation's date (a period's end), `known_from` the day by whose end in New
    York it stood in public, `known_exact` whether that is the true date or one by a lag rule,
    `retrieved` the day it was fetched (None in the embedded pack).
    """

    series: str
    day: date
    value: float
    known_from: date
    known_exact: bool
    source: str
    retrieved: date | None = None


def schema() -> pa.Schema:
    """The columns of a segment file."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field("series", pa.string(), nullable=False),
            pa.field("day", pa.date32(), nullable=False),
            pa.field("value", pa.float64(), nullable=False),
            pa.field("known_from", pa.date32(), nullable=False),
            pa.field("known_exact", pa.bool_(), nullable=False),
            pa.field("source", pa.string(), nullable=False),
            pa.field("retrieved", pa.date32()),
        ]
    )

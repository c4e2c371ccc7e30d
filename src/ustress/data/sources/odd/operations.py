"""The desk's operations: one kind and term, results only, small value exercises left out.

The rate awarded stands in a list below each operation; the first entry's is taken, since an
overnight reverse repo has one rate for all.
"""

from __future__ import annotations

import json
from typing import Any

from ustress.data.sources.readers import Records, read_json, text_of
from ustress.data.sources.spec import Source


def read(body: bytes, source: Source) -> Records:
    """Records of the operations of `options.kind` (and `options.term`), with `awardRate`.

    Raises:
        SourceFault: as for JSON.
    """
    found = read_json(body, source)
    if not found.rows:
        return found
    listed: Any = json.loads(text_of(body))
    for step in source.options["records"].split("."):
        listed = listed[step]
    rates = [_rate(entry) for entry in listed]
    term = source.options.get("term", "")
    rows = tuple(
        {**row, "awardRate": rate}
        for row, rate in zip(found.rows, rates, strict=True)
        if row.get("operationType") == source.options["kind"]
        and (not term or row.get("term") == term)
        and row.get("auctionStatus", "Results") == "Results"
        and "small value" not in row.get("note", "").lower()
    )
    return Records((*found.columns, "awardRate"), rows)


def _rate(operation: Any) -> str:
    details = operation.get("details") or [{}]
    rate = details[0].get("percentAwardRate")
    return "" if rate is None else str(rate)

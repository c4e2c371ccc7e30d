"""On which line of a TOML file a key stands, for sentences about what is wrong with it."""

from __future__ import annotations

import re

_TABLE = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(
    r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")


def line_of(text: str, key: str) -> int | None:
    """The line on which `key` is given, or its nearest table's header; None if neither is there.

    Args:
        text: a TOML document.
        key: dotted, as in `sale.china.amount_usdbn`.
    """
    wanted: tuple[str, ...] = tuple(key.split("."))
    table: tuple[str, ...] = ()
    nearest: tuple[int, int] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        header, given = _TABLE.match(line), _KEY.match(line)
        if header:
            table = _parts(header[1])
        elif not given:
            continue
        path = table if header else (*table, *_parts(given[1] if given else ""))
        if path == wanted:
            return number
        if path and wanted[: len(path)] == path and (nearest is None or len(path) >= nearest[0]):
            nearest = (len(path), number)
    return nearest[1] if nearest else None


def _parts(dotted: str) -> tuple[str, ...]:
    """Parts of a dotted key; dots inside quotes count too, as evidence names keys that way."""
    return tuple(part for groups in _PART.findall(dotted) for part in "".join(groups).split("."))

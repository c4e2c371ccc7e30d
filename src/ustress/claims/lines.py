"""Where in a claims file something stands: lines of tables and keys, which TOML readers drop."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TABLE = re.compile(r"^\s*\[\[\s*claim(?P<part>\s*\.\s*part)?\s*\]\]")
_KEY = re.compile(r"^\s*\"?(?P<key>[A-Za-z0-9_-]+)\"?\s*=")

Place = tuple[int, int, str]  # claim and part counted from 1 (0: none), key ("": the table)


@dataclass(frozen=True, slots=True)
class Lines:
    """The line of each table and key, counted from 1."""

    of: Mapping[Place, int]

    def line(self, claim: int = 0, part: int = 0, key: str = "") -> int | None:
        """The line of a key, else of its table, else of the claim, else None."""
        for place in ((claim, part, key), (claim, part, ""), (claim, 0, key), (claim, 0, "")):
            if place in self.of:
                return self.of[place]
        return None


def locate(text: str) -> Lines:
    """The lines of the claims, parts and keys of a file; text inside multi-line strings is none."""
    found: dict[Place, int] = {}
    claim = part = 0
    quote = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if quote:
            quote = "" if line.count(quote) % 2 else quote
            continue
        table = _TABLE.match(line)
        if table:
            claim, part = (claim, part + 1) if table["part"] else (claim + 1, 0)
            found.setdefault((claim, part, ""), number)
        key = _KEY.match(line)
        if key:
            found.setdefault((claim, part, key["key"]), number)
        quote = next((q for q in ('"""', "'''") if line.count(q) % 2), "")
    return Lines(found)

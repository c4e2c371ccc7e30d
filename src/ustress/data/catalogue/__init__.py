"""The catalogue: what each series is, from TOML blocks that describe a family at a time.

A block names its series by a pattern, `auction.{x}.{m}`: `{m}` runs over the keys of
`[block.members]` and `{x}`, where there is one, over those of `[block.across]`. A member is the
words `{t}` for the title, or a table that overrides the block's fields for this series. A reader's
own sources bring the series that only they have, in blocks of their own files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ustress.core.errors import CannotError
from ustress.core.evidence import Evidence, Rights
from ustress.core.panel import SeriesInfo
from ustress.data.home import home

OWN = "sources"
_FIELDS = (
    "family",
    "unit",
    "frequency",
    "publisher",
    "source",
    "lag",
    "stale_after_days",
    "note",
    "comparator",
)
_DEFAULTS: dict[str, Any] = {"evidence": "measured", "comparator": False, "note": ""}
_NOT_FIELDS = frozenset({"name", "title", "t", "members", "across", "rights", "evidence"})


def catalogue() -> Mapping[str, SeriesInfo]:
    """Every series the product knows, by name: our files' in their order, then the reader's own.

    Raises:
        CannotError: if a block cannot be read or a name is given twice, naming the file.
    """
    own = sorted((home() / OWN).glob("*.toml")) if (home() / OWN).is_dir() else []
    return _read(tuple((path, path.stat().st_mtime_ns) for path in own))


@lru_cache(maxsize=4)
def _read(own: tuple[tuple[Path, int], ...]) -> Mapping[str, SeriesInfo]:
    found: dict[str, SeriesInfo] = {}
    for file, block in _blocks(tuple(path for path, _ in own)):
        for info in expand(block, file):
            if info.name in found:
                raise CannotError(f"catalogue {file}: series {info.name} stands twice")
            found[info.name] = info
    return MappingProxyType(found)


def _blocks(own: tuple[Path, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    here = files("ustress.data.catalogue")
    for path in sorted(here.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            for block in tomllib.loads(path.read_text(encoding="utf-8"))["block"]:
                yield path.name, block
    for path in own:
        try:
            said = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise CannotError(f"{path} cannot be read: {fault}") from fault
        for block in said.get("block", ()):
            yield str(path), block


def expand(block: Mapping[str, Any], file: str) -> Iterator[SeriesInfo]:
    """The series of one block of `file`.

    Raises:
        CannotError: naming file and pattern, if a field is missing, unknown or badly typed.
    """
    try:
        for x, words in block.get("across", {"": ""}).items():
            for m, member in block["members"].items():
                own = {"t": member} if isinstance(member, str) else member
                yield _info({**_DEFAULTS, **block, **own}, x, words, m)
    except (KeyError, TypeError, ValueError) as fault:
        pattern = block.get("name", "a block without a name")
        raise CannotError(f"catalogue {file}: {pattern}: {fault}") from fault


def _info(fields: dict[str, Any], x: str, words: str, m: str) -> SeriesInfo:
    unknown = fields.keys() - _NOT_FIELDS - set(_FIELDS)
    if unknown:
        raise ValueError(f"unknown field {sorted(unknown)[0]}")
    return SeriesInfo(
        name=fields["name"].replace("{x}", x).replace("{m}", m),
        title=fields["title"].replace("{x}", words).replace("{t}", fields["t"]),
        rights=Rights(fields["rights"]),
        evidence=Evidence(fields["evidence"]),
        **{key: fields[key] for key in _FIELDS},
    )

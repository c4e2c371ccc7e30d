"""Every source the product knows: the TOML files here, and those in the reader's own folder."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.data.catalogue import OWN
from ustress.data.home import home
from ustress.data.sources.spec import Source, publisher_of, source_of


def own_folder() -> Path:
    """Where a reader's own sources lie: `sources/` in the directory of the store."""
    return home() / OWN


def source_files() -> Iterator[tuple[str, str]]:
    """Name and text of every file that describes sources, ours first, then the reader's."""
    here = files("ustress.data.sources")
    for path in sorted(here.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            yield path.name, path.read_text(encoding="utf-8")
    if own_folder().is_dir():
        for own in sorted(own_folder().glob("*.toml")):
            yield str(own), own.read_text(encoding="utf-8")


def sources() -> Mapping[str, Source]:
    """Every source by its id, in the order of the files.

    Raises:
        BadInputError: naming file and source, if one cannot be read or stands twice.
    """
    found: dict[str, Source] = {}
    for file, text in source_files():
        for source in _read(file, text):
            if source.id in found:
                raise BadInputError(f"{file}: source {source.id} stands twice")
            found[source.id] = source
    return found


def chosen(names: tuple[str, ...], known: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources named (an id, or the part before a dash for all of a publisher's).

    Raises:
        UnknownNameError: if there is no such source.
    """
    found: dict[str, Source] = {}
    for name in names:
        fitting = {s.id: s for s in known.values() if s.id == name or s.id.startswith(f"{name}-")}
        if not fitting:
            raise UnknownNameError("source", name, tuple(known))
        found.update(fitting)
    return tuple(found.values())


def _read(file: str, text: str) -> Iterator[Source]:
    where = "[publisher]"
    try:
        said: dict[str, Any] = tomllib.loads(text)
        publisher = publisher_of(said["publisher"])
        for block in said["source"]:
            where = f"source {block.get('id', 'without id')}"
            yield source_of(block, publisher, said.get("words", {}))
    except (KeyError, TypeError, ValueError) as fault:
        raise BadInputError(f"{file}: {where}: {_words(fault)}") from fault


def _words(fault: Exception) -> str:
    return f"{fault.args[0]} is missing" if isinstance(fault, KeyError) else str(fault)

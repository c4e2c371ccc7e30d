"""The one configuration file: the reader's keys, what an update leaves out, the server's token."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ustress.core.errors import BadInputError

FILE = "config.toml"
_KNOWN = {"keys": {"fred"}, "update": {"skip"}, "serve": {"token"}}


@dataclass(frozen=True, slots=True)
class Secret:
    """A key that never shows: neither printed nor in a representation nor in JSON."""

    _text: str = field(repr=False)

    def reveal(self) -> str:
        """The key itself, for the wire alone."""
        return self._text

    def __str__(self) -> str:
        return "***"


@dataclass(frozen=True, slots=True)
class Config:
    """What the configuration file says: `keys` by the name of the publisher's key.

    `skip` are sources an update without names leaves out, `token` what `ustress serve` asks for
    elsewhere than on this machine.
    """

    path: Path
    keys: Mapping[str, Secret] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    token: Secret | None = None


def config_path() -> Path:
    """Where the configuration file lies: the platform's place, or `USTRESS_CONFIG`."""
    chosen = os.environ.get("USTRESS_CONFIG")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home() / "AppData" / "Roaming"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config"))
    return base / "ustress" / FILE


def read_config(path: Path | None = None) -> Config:
    """The configuration; a missing file says nothing.

    Raises:
        BadInputError: naming the file and what was expected, if it cannot be read. The file's
            values never appear in the message.
    """
    place = config_path() if path is None else path
    if not place.is_file():
        return Config(place)
    try:
        said = tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BadInputError(f"{place} cannot be read; expected TOML") from None
    _check(said, place)
    keys = {name: Secret(text) for name, text in said.get("keys", {}).items()}
    token = said.get("serve", {}).get("token")
    return Config(
        place, keys, tuple(said.get("update", {}).get("skip", ())),
        None if token is None else Secret(token),
    )  # fmt: skip


def _check(said: Mapping[str, Any], place: Path) -> None:
    for section, entries in said.items():
        known = _KNOWN.get(section)
        if known is None or not isinstance(entries, dict):
            raise BadInputError(f"{place}: unknown section [{section}]; expected {_words(_KNOWN)}")
        for name in entries.keys() - known:
            raise BadInputError(f"{place}: [{section}] has no {name}; expected {_words(known)}")
    if not all(isinstance(text, str) and text for text in said.get("keys", {}).values()):
        raise BadInputError(f"{place}: a key in [keys] is not a text")
    skip = said.get("update", {}).get("skip", [])
    if not isinstance(skip, list) or not all(isinstance(name, str) for name in skip):
        raise BadInputError(f"{place}: [update] skip is no list of source names")
    if not isinstance(said.get("serve", {}).get("token", ""), str):
        raise BadInputError(f"{place}: [serve] token is not a text")


def _words(names: Any) -> str:
    return " or ".join(sorted(names))


def find_key(name: str, environment: tuple[str, ...], config: Config) -> Secret | None:
    """The reader's key `name`: from the environment, else from the file, else None."""
    for variable in environment:
        text = os.environ.get(variable, "").strip()
        if text:
            return Secret(text)
    return config.keys.get(name)

"""Scenarios laid over each other: `extends` names the one below, tables are overlaid key by key."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.scenario.where import line_of

Tree = dict[str, Any]
EXTENDS = "extends"
RESERVED = ("name", "overrides", "lineage")
EITHER = ("amount_usdbn", "amount_share_of_holding")
"""Keys of a sale of which exactly one is given: giving one takes the other back."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One file of a chain: what messages call it, its text and what it declares."""

    source: str
    text: str
    tree: Mapping[str, Any]

    def at(self, key: str) -> str:
        """Where in the file the key stands, in words."""
        line = line_of(self.text, key)
        return self.source if line is None else f"{self.source}, line {line}"


def chain(name_or_path: str | Path, known: tuple[str, ...]) -> tuple[Layer, ...]:
    """The scenario's file, the one it extends, and so on down.

    Args:
        name_or_path: a built-in name, or a TOML file (with a separator or ending in `.toml`).
        known: names of the built-in scenarios.

    Raises:
        UnknownNameError: if a name is none of them.
        BadInputError: if a file cannot be read, is no TOML, or the chain comes back to itself.
    """
    found: list[Layer] = []
    seen: list[str] = []
    given: str | Path | None = name_or_path
    folder = Path()
    while given is not None:
        layer, identity, folder = _layer(given, folder, known, found)
        if identity in seen:
            names = " extends ".join([*(one.source for one in found), layer.source])
            raise BadInputError(f"{names}: expected a chain that ends")
        seen.append(identity)
        found.append(layer)
        given = _below(layer)
    return tuple(found)


def _layer(
    given: str | Path, folder: Path, known: tuple[str, ...], above: list[Layer]
) -> tuple[Layer, str, Path]:
    text = str(given)
    if isinstance(given, Path) or text.endswith(".toml") or "/" in text:
        path = folder / given
        content = _read(path, above)
        return _parsed(str(path), content), str(path.resolve()), path.parent
    if text not in known:
        if above:
            where = above[-1].at(EXTENDS)
            raise UnknownNameError(f"scenario to extend in {where}:", text, known)
        raise UnknownNameError("scenario", text, known)
    resource = files("ustress.scenario").joinpath("builtin", f"{text}.toml")
    return _parsed(f"{text}.toml", resource.read_text(encoding="utf-8")), text, folder


def _parsed(source: str, text: str) -> Layer:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{source} is not valid TOML: {error}") from None
    layer = Layer(source, text, tree)
    for reserved in RESERVED:
        if reserved in tree:
            raise BadInputError(
                f"{layer.at(reserved)}: key '{reserved}' is not expected; remove it"
            )
    return layer


def _below(layer: Layer) -> str | None:
    below = layer.tree.get(EXTENDS)
    if below is not None and not (isinstance(below, str) and below):
        raise BadInputError(
            f"{layer.at(EXTENDS)}: extends is {below!r}; expected the name of a scenario or a file"
        )
    return below


def _read(path: Path, above: list[Layer]) -> str:
    before = f"{above[-1].at(EXTENDS)}: " if above else ""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{before}cannot read scenario file {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise BadInputError(f"{before}{path} is not UTF-8 text (byte {error.start})") from None


def overlaid(layers: tuple[Layer, ...]) -> Tree:
    """What a chain declares together, the first file on top.

    Tables go key by key and evidence with the key it speaks of: a size that an upper file changes
    without saying where it comes from has no source. References add up; expected signs are an
    upper file's own, since they speak of its sizes.
    """
    *upper, lowest = layers
    tree = _copied(lowest.tree)
    for layer in reversed(upper):
        own = _copied(layer.tree)
        _forget(tree, own)
        references = [*tree.get("references", []), *own.pop("references", [])]
        tree.pop("expected", None)
        _lay(tree, own)
        if references:
            tree["references"] = list(dict.fromkeys(references))
    tree.pop(EXTENDS, None)
    if len(layers) > 1:
        tree["lineage"] = [Path(layer.source).stem for layer in layers[1:]]
    return tree


def where(layers: tuple[Layer, ...]) -> Callable[[str], str]:
    """A function from a key to the place in the topmost file that gives it."""

    def of(key: str) -> str:
        parts = key.split(".")
        for layer in layers:
            if _has(layer.tree, parts):
                return layer.at(key)
        return layers[0].at(key)

    return of


def _has(tree: Any, parts: list[str]) -> bool:
    for part in parts:
        if not isinstance(tree, Mapping) or part not in tree:
            return False
        tree = tree[part]
    return True


def _copied(tree: Mapping[str, Any]) -> Tree:
    return {k: _copied(v) if isinstance(v, Mapping) else v for k, v in tree.items()}


def _lay(below: Tree, above: Mapping[str, Any]) -> None:
    for key, value in above.items():
        if isinstance(value, Mapping) and isinstance(below.get(key), dict):
            _lay(below[key], value)
        else:
            below[key] = value


def _forget(below: Tree, above: Tree) -> None:
    """Take back what the upper file replaces: the other way to give an amount, old evidence."""
    policy = above.get("policy")
    if isinstance(policy, Mapping) and "uses" in policy:  # another policy, not a few of its keys
        below.pop("policy", None)
        kept = below.get("evidence", {})
        below["evidence"] = {k: v for k, v in kept.items() if not k.startswith("policy.")}
    for seller, sale in _tables(above.get("sale")):
        for mine, other in (EITHER, EITHER[::-1]):
            if mine in sale and other not in sale:
                _drop(below, f"sale.{seller}.{other}")
    evidence = below.get("evidence")
    if isinstance(evidence, dict):
        for key in _leaves({k: v for k, v in above.items() if k != "evidence"}):
            evidence.pop(key, None)


def _drop(tree: Tree, key: str) -> None:
    *parents, last = key.split(".")
    part: Any = tree
    for parent in parents:
        part = part.get(parent) if isinstance(part, dict) else None
    if isinstance(part, dict):
        part.pop(last, None)
    if isinstance(tree.get("evidence"), dict):
        tree["evidence"].pop(key, None)


def _tables(part: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(part, Mapping):
        yield from ((k, v) for k, v in part.items() if isinstance(v, Mapping))


def _leaves(tree: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"

"""Views as JSON and back, by their own declarations: results are kept without pickles."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from ustress.core.jsonform import plain

T = TypeVar("T")


def encode(view: object) -> Any:
    """A view in plain values; `decode` with its type gives it back."""
    return plain(view)


def decode(kind: type[T], value: Any) -> T:
    """The view of type `kind` that `encode` made plain.

    Raises:
        ValueError: if the value does not fit the type.
    """
    try:
        made: T = _read(kind, value)
    except (KeyError, TypeError, AttributeError) as fault:
        raise ValueError(f"no {kind.__name__}: {fault}") from None
    return made


def _read(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return value
    if origin in (Union, types.UnionType):
        chosen = next(one for one in inner if one is not type(None))
        return None if value is None else _read(chosen, value)
    if origin is np.ndarray:
        return _array(inner, value)
    if origin is tuple:
        return _tuple(inner, value)
    if origin in (dict, Mapping):
        return {_read(inner[0], k): _read(inner[1], v) for k, v in value.items()}
    return _plain(kind, value)


def _plain(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        types_of = _types(kind)  # type: ignore[arg-type]
        return kind(**{f.name: _read(types_of[f.name], value[f.name]) for f in fields(kind)})  # type: ignore[operator]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is float:
        return float(value)
    return value


def _tuple(inner: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_read(inner[0], v) for v in value)
    return tuple(_read(kind, v) for kind, v in zip(inner, value, strict=True))


def _array(inner: tuple[Any, ...], value: Any) -> Any:
    held = get_args(inner[1])[0]
    if held is np.datetime64:
        return np.asarray(value, "datetime64[D]")
    return np.asarray(value, np.float64)  # null reads as NaN


@lru_cache(maxsize=64)
def _types(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)

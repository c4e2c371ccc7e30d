"""Frozen results back from their JSON form: the reverse of `jsonform`, led by the types."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import repeat
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np


def revive(kind: Any, value: Any) -> Any:
    """The object of type `kind` whose plain form is `value`.

    Knows what `jsonform.plain` writes: frozen dataclasses, tuples, mappings, optional values,
    enums, dates, arrays and plain values; a float that was no number comes back as NaN.

    Raises:
        KeyError: if a field is missing.
        TypeError: for a type it does not know.
        ValueError: if a value does not fit its type.
    """
    if value is None:
        return math.nan if kind is float else None
    origin, inside = get_origin(kind), get_args(kind)
    if origin is tuple:
        kinds = repeat(inside[0]) if inside[-1] is Ellipsis else iter(inside)
        return tuple(revive(next(kinds), one) for one in value)
    if origin is np.ndarray:
        return np.array(value, dtype=get_args(inside[1])[0])
    if origin is dict or origin is Mapping:
        return {revive(inside[0], k): revive(inside[1], v) for k, v in value.items()}
    if NoneType in inside:
        return revive(next(one for one in inside if one is not NoneType), value)
    return _single(kind, value)


def _single(kind: Any, value: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{f.name: revive(hints[f.name], value[f.name]) for f in fields(kind)})
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum | str | int | float):
        return kind(value)
    raise TypeError(f"no way back from JSON to {kind}")


@lru_cache(maxsize=256)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)

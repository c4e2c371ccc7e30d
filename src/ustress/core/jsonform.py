"""The JSON form of results: frozen dataclasses, dates and arrays become plain values."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import numpy as np


def plain(value: object) -> Any:
    """`value` in types JSON knows; NaN and infinities become null, enums their value.

    Raises:
        TypeError: for a type that has no JSON form.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, np.generic | np.ndarray):
        return _plain_array(value)
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name[0] != "_"}
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _plain_array(value: np.generic | np.ndarray) -> Any:
    if value.dtype.kind == "M":
        return np.asarray(value).astype("datetime64[D]").astype(str).tolist()
    return plain(value.tolist())


def dumps(value: object) -> str:
    """The JSON text of `value`: stable key order as given, two spaces, no NaN."""
    return json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False)

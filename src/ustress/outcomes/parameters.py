"""The outcomes' coefficients, read from `parameters.toml` when first asked for."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ustress.core.evidence import Evidence


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """The whole file, as written."""
    return tomllib.loads(files("ustress.outcomes").joinpath("parameters.toml").read_text("utf-8"))


def federal(name: str) -> float:
    """The value of the key `federal.NAME`, in the unit the file states."""
    return float(tables()["federal"][name]["value"])


def described() -> tuple[tuple[str, str, Evidence, str], ...]:
    """Every table as (name, what it is, level of evidence, source), for a list of parameters."""
    flat = {k: v for k, v in tables().items() if k != "federal"}
    flat |= {f"federal.{k}": v for k, v in tables()["federal"].items()}
    return tuple((k, v["what"], Evidence(v["evidence"]), v["source"]) for k, v in flat.items())

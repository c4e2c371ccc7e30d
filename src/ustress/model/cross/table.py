"""The coefficients of the cross-asset block, read from `parameters/cross.toml`.

The file has one table per market; each key under it is a driver (or `risk`, `own`,
`half_life_days` for the noise) with value, range, evidence, standard error if estimated, and the
name of its source, which the file's `[sources]` spells out.
A driver that is not there does nothing to that market, by assumption.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError
from ustress.core.evidence import Evidence
from ustress.model.cross.markets import DRIVER_UNITS, DRIVERS, MARKETS
from ustress.model.parameters.table import ParameterInfo

NOISE = ("risk", "own", "half_life_days")
"""Loading on a common shock to risk appetite, own shock, how fast both fade (absent: never)."""


@lru_cache(maxsize=1)
def load_cross() -> tuple[ParameterInfo, ...]:
    """Every coefficient, named `cross.MARKET.DRIVER`, in the order of markets and drivers.

    Raises:
        BadInputError: naming the market and driver, if an entry is wrong.
    """
    text = files("ustress.model.parameters").joinpath("cross.toml").read_text(encoding="utf-8")
    return parse(tomllib.loads(text))


def parse(tree: dict[str, Any]) -> tuple[ParameterInfo, ...]:
    """The coefficients of a parsed file.

    Raises:
        BadInputError: naming the market and driver, if an entry is wrong.
    """
    known = {m.name: m for m in MARKETS}
    if wrong := sorted(set(tree) - set(known) - {"sources"}):
        raise BadInputError(f"cross.toml: unknown market {wrong[0]}")
    sources = tree.get("sources", {})
    found = []
    for market in MARKETS:
        body = tree.get(market.name, {})
        if strange := sorted(set(body) - {*DRIVERS, *NOISE}):
            raise BadInputError(f"cross.toml: {market.name} has an unknown driver {strange[0]}")
        found += [
            _entry(market.name, market.unit, driver, body[driver], sources)
            for driver in (*DRIVERS, *NOISE)
            if driver in body
        ]
    return tuple(found)


def _entry(
    market: str, unit: str, driver: str, given: dict[str, Any], sources: dict[str, str]
) -> ParameterInfo:
    where = f"cross.toml: {market}.{driver}"
    if wrong := {"value", "low", "high", "evidence", "source"} ^ (set(given) - {"error"}):
        raise BadInputError(f"{where} has missing or unknown keys: {', '.join(sorted(wrong))}")
    value, low, high = (float(given[k]) for k in ("value", "low", "high"))
    if not low <= value <= high:
        raise BadInputError(f"{where} has its value outside low and high")
    if given["source"] not in sources:
        raise BadInputError(f"{where} names the source '{given['source']}', which is not declared")
    words = {"pct_change": "per cent", "bp": "bp", "pp": "points"}[unit]
    per = "per square root of a day" if driver in NOISE else f"per {DRIVER_UNITS[driver]}"
    unit = "business days" if driver == "half_life_days" else f"{words} {per}"
    error = f"standard error {given['error']:g}" if "error" in given else "no error stated"
    return ParameterInfo(
        name=f"cross.{market}.{driver}", symbol="-", meaning=f"{market} on {driver}",
        unit=unit, value=value, low=low, high=high, distribution="fixed",
        evidence=Evidence(given["evidence"]), source=sources[given["source"]],
        rests_on=error,
    )  # fmt: skip


@lru_cache(maxsize=1)
def cross_table() -> dict[str, NDArray[np.float64]]:
    """The arrays a session reads: `cross` (markets, drivers), `cross_risk` and so on (markets,)."""
    at = {entry.name: entry.value for entry in load_cross()}

    def one(market: str, driver: str) -> Any:
        return at.get(f"cross.{market}.{driver}", 0.0)

    table = np.array([[one(m.name, d) for d in DRIVERS] for m in MARKETS], np.float64)
    risk, own = (np.array([one(m.name, k) for m in MARKETS], np.float64) for k in NOISE[:2])
    half_life = np.array([at.get(f"cross.{m.name}.half_life_days", np.inf) for m in MARKETS])
    keep = np.exp2(-1.0 / half_life)
    for array in (table, risk, own, keep):
        array.flags.writeable = False
    return {"cross": table, "cross_risk": risk, "cross_own": own, "cross_keep": keep}

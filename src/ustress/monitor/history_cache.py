"""What has been computed from the same figures before is not computed again.

A row of results is kept under a key made from the figures it comes from and from nothing else, so
a result is reused exactly where the figures are the same: a revised yield, another store or a
reader's own table gives other keys and fresh results. The table in `monitor/derived` holds the
rows of the embedded figures (estimated; `tools/build_derived.py` makes it); whatever is not there
is computed and kept for as long as the process lives. Nothing is written to disk: a year of new
days costs hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import Values

Keys = NDArray[np.uint64]

_MASK = (1 << 64) - 1
_MISSING = np.int64(-(2**62))
_LIMIT_ROWS = 200_000


class Kept:
    """Rows of numbers by key, seeded from a derived table; a row once kept never changes."""

    def __init__(self, keys: Keys, rows: Values) -> None:
        order = np.argsort(keys, kind="stable")
        self._keys, self._rows = keys[order], rows[order]

    @classmethod
    def of(cls, name: str, recipe: str, width: int) -> Kept:
        """The derived table `name`, empty where there is none made by today's `recipe`."""
        tables = derived()
        if str(tables.get(f"{name}_recipe", "")) != recipe:
            return cls(np.empty(0, np.uint64), np.empty((0, width)))
        keys, rows = tables[f"{name}_keys"], tables[f"{name}_rows"]
        return cls(keys.astype(np.uint64), rows.astype(np.float64))

    def __len__(self) -> int:
        return int(self._keys.size)

    def has(self, keys: Keys) -> NDArray[np.bool_]:
        """Which of `keys` are kept."""
        if not self._keys.size:
            return np.zeros(keys.size, dtype=bool)
        return np.asarray(self._keys[self._at(keys)] == keys)

    def rows(self, keys: Keys, make: Callable[[NDArray[np.intp]], Values]) -> Values:
        """The row of each key; `make` computes those at the positions it is given."""
        known = self.has(keys)
        if not known.all():
            missing = np.flatnonzero(~known)
            _, first = np.unique(keys[missing], return_index=True)
            fresh = missing[np.sort(first)]
            self._keep(keys[fresh], make(fresh))
        return np.asarray(self._rows[self._at(keys)])

    def _at(self, keys: Keys) -> NDArray[np.intp]:
        return np.minimum(np.searchsorted(self._keys, keys), self._keys.size - 1)

    def _keep(self, keys: Keys, rows: Values) -> None:
        old_keys, old_rows = self._keys, self._rows
        if old_keys.size + keys.size > _LIMIT_ROWS:  # tests and long sessions: start over
            old_keys, old_rows = old_keys[:0], old_rows[:0]
        together = np.concatenate([old_keys, keys])
        order = np.argsort(together, kind="stable")
        self._keys = together[order]
        self._rows = np.concatenate([old_rows, rows])[order]


def row_keys(table: Values) -> Keys:
    """A key for each row of figures, (days, n); values count to the sixth decimal."""
    whole = np.full(table.shape, _MISSING)
    there = np.isfinite(table)
    whole[there] = np.round(np.clip(table[there], -1e9, 1e9) * 1e6).astype(np.int64)
    total = np.zeros(table.shape[0], dtype=np.uint64)
    for j in range(table.shape[1]):
        total = _scramble(total + whole[:, j].astype(np.uint64) + np.uint64(j + 1))
    return total


def chained(keys: Keys) -> Keys:
    """For each position a key of everything up to and including it."""
    out, last = np.empty_like(keys), 0
    for i, key in enumerate(keys.tolist()):
        last = _scramble_one((last ^ key) + 0x9E3779B97F4A7C15 & _MASK)
        out[i] = last
    return out


def joined(a: Keys, b: Keys) -> Keys:
    """A key for each pair."""
    return _scramble(_scramble(a) + b)


@lru_cache(maxsize=1)
def derived() -> dict[str, NDArray[np.generic]]:
    """The derived tables by name, from `tools/build_derived.py`; empty if there are none."""
    from importlib.resources import as_file, files

    path = files("ustress.monitor").joinpath("derived", "curve.npz")
    if not path.is_file():
        return {}
    with as_file(path) as file, np.load(file) as tables:
        return {name: tables[name] for name in tables.files}


def _scramble(x: Keys) -> Keys:
    """Steele, Lea and Flood's finaliser (2014, OOPSLA), modulo 2^64."""
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))


def _scramble_one(x: int) -> int:
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB & _MASK
    return x ^ (x >> 31)

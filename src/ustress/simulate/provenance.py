"""What made a run: enough to make it again, and no clock."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Provenance:
    """Versions and hashes behind a run.

    Attributes:
        version: of the program.
        code_hash: of the package's source, so that two states of one version differ.
        known_until: newest known-from date of the figures that the opening could see.
        opening_hash: of the opening's inputs.
        parameters_hash: of the parameter files and joint draws.
        scenario_hash: of everything in the scenario that changes a number.
        overrides: keys replaced, as typed.
        seed: of the shocks.
        generator: the counter-based generator.
        precision: of the simulation.
        jax_version: of the library that compiled it.
        partial: what stands in for readings that do not exist on the date; empty for a full
            opening state, as in every run saved before this field was.
        imposed_hash: as `scenario_hash` without the Fed's policy; empty in older saved runs.
    """

    version: str
    code_hash: str
    known_until: date
    opening_hash: str
    parameters_hash: str
    scenario_hash: str
    overrides: tuple[str, ...]
    seed: int
    generator: str
    precision: str
    jax_version: str
    partial: tuple[str, ...] = ()
    imposed_hash: str = ""

    def to_plain(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "known_until": self.known_until.isoformat()}

    @staticmethod
    def from_plain(values: dict[str, Any]) -> Provenance:
        """The reverse of `to_plain`."""
        lists = {name: tuple(values.get(name, ())) for name in ("overrides", "partial")}
        given = {**values, **lists}
        return Provenance(**{**given, "known_until": date.fromisoformat(values["known_until"])})


@lru_cache(maxsize=1)
def code_hash() -> str:
    """Hash of every source and parameter file of the package."""
    root = Path(__file__).parents[1]
    found = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".csv"):
            found.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:16]

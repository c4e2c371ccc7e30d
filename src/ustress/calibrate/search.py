"""The state of an estimation as a file: what a job needs to go on where it stopped."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ustress.calibrate.economies import Economy
from ustress.calibrate.moments import Measured
from ustress.core.errors import BadInputError
from ustress.core.files import write_atomically


@dataclass(frozen=True, slots=True)
class Search:
    """Where a search with several starts stands.

    Attributes:
        job: fingerprint of economy, sample, starts and seed.
        starts: starting points.
        start: the one being followed; equal to their number when all are done.
        step: steps taken from it.
        x: where it is.
        damping: of the next step.
        reached, ends: chi2 and point at the end of each start done.
    """

    job: str
    starts: tuple[tuple[float, ...], ...]
    start: int
    step: int
    x: tuple[float, ...]
    damping: float
    reached: tuple[float, ...] = ()
    ends: tuple[tuple[float, ...], ...] = ()

    @classmethod
    def begin(
        cls, economy: Economy, measured: Measured, starts: int, seed: int,
        points: list[list[float]],
    ) -> Search:  # fmt: skip
        """The state before the first step."""
        text = f"{economy.name} {economy.a_alpha!r} {starts} {seed} {measured.weeks}"
        found = hashlib.sha256(text.encode() + measured.value.tobytes())
        found.update(measured.covariance.tobytes())
        tuples = tuple(tuple(p) for p in points)
        return cls(found.hexdigest()[:16], tuples, 0, 0, tuples[0], 1e-2)

    @property
    def done(self) -> bool:
        """Whether every start has ended."""
        return self.start >= len(self.starts)

    def steps_done(self, most: int) -> int:
        """Steps done where every start may take `most`."""
        return self.start * most + self.step

    def next_start(self, chi2: float) -> Search:
        """The current start has ended at `chi2`; the next one begins."""
        after = self.start + 1
        x = self.starts[after] if after < len(self.starts) else self.x
        return replace(
            self, start=after, step=0, x=x, damping=1e-2,
            reached=(*self.reached, chi2), ends=(*self.ends, self.x),
        )  # fmt: skip


def save_search(path: Path | None, search: Search) -> None:
    """Write the state whole, or not at all; None writes nothing.

    Raises:
        CannotError: if the file cannot be written.
    """
    if path is not None:
        write_atomically(path, json.dumps(asdict(search), indent=1))


def load_search(path: Path | None, first: Search) -> Search | None:
    """The state in the file, or None if there is no file.

    Raises:
        BadInputError: if the file is no state, or that of another job.
    """
    if path is None or not path.exists():
        return None
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        found = Search(
            **{
                **raw,
                "x": tuple(raw["x"]),
                "reached": tuple(raw["reached"]),
                "starts": tuple(tuple(p) for p in raw["starts"]),
                "ends": tuple(tuple(p) for p in raw["ends"]),
            }
        )
    except (ValueError, KeyError, TypeError, OSError):
        raise BadInputError(f"{path} is not the state of an estimation") from None
    if found.job != first.job:
        raise BadInputError(f"{path} belongs to another estimation; expected job {first.job}")
    return found

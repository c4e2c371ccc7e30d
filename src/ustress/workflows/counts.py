"""What was counted over simulated paths for the built-in claims, kept for the next reader.

The same for every date from which claims are judged: a claim's paths start on the day it was made.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ustress.claims.simulated import Counted
from ustress.workflows.kept import COUNTS, key_of, recall, remember


@dataclass(frozen=True, slots=True)
class Counts:
    """By question; None where no path has a say."""

    of: dict[str, Counted | None] = field(default_factory=dict)


def kept_counts(paths: int, seed: int, runs: tuple[object, ...] = ()) -> dict[str, Counted | None]:
    """What is kept of so many simulated paths, and of the saved `runs` where some are used.

    Saved runs give the numbers that simulating them again gives: where both are kept, those
    counted over all the paths count.
    """
    own = recall(COUNTS, _key(paths, seed, runs), Counts) or Counts()
    if not runs:
        return dict(own.of)
    return own.of | kept_counts(paths, seed)


def keep_counts(
    of: dict[str, Counted | None], paths: int, seed: int, runs: tuple[object, ...] = ()
) -> None:
    """Keep the counts of the same arguments."""
    remember(COUNTS, _key(paths, seed, runs), Counts(of))


def _key(paths: int, seed: int, runs: tuple[object, ...]) -> str:
    return key_of("claims", paths, seed, runs)

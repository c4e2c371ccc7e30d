"""What measured flows leave of the ten-year's move, by named shock.

A named shock gets a size only from a series or a cited number; otherwise its size is unknown. What
is then left is called unidentified, and nothing is allotted to make a sum fit:

    record = expected path + measured flows + sized shocks + unidentified
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ustress.core.evidence import Evidence

UNIDENTIFIED = "unidentified"


@dataclass(frozen=True, slots=True)
class Left:
    """One line of the account to `day`.

    `size_bp` None is 'size unknown'; `low` to
    `high` are 5 to 95 %.

    Lines with `adds` make the sum; the others say what is known beside it. `evidence` is None
    where there is no size.
    """

    name: str
    day: date
    size_bp: float | None
    low_bp: float | None
    high_bp: float | None
    evidence: Evidence | None
    source: str
    adds: bool = True


def left_over(
    day: date,
    record_bp: float,
    flows: tuple[float, float, float],
    sized: tuple[Left, ...],
    unsized: tuple[Left, ...],
) -> tuple[Left, ...]:
    """The account of a move of `record_bp` to `day`, the unidentified rest last.

    Args:
        day: to which the move runs.
        record_bp: the move on record.
        flows: median, 5 and 95 % of what the measured flows did in the model.
        sized: shocks with a size from a series or a cited number.
        unsized: named shocks without one.
    """
    middle, low, high = flows
    known = sum(one.size_bp or 0.0 for one in sized if one.adds)
    rest = record_bp - known
    return (
        Left("record", day, record_bp, None, None, Evidence.MEASURED, "US Treasury, par yields",
             adds=False),
        Left("measured flows", day, middle, low, high, Evidence.ESTIMATED,
             "simulated: with the flows less without, the same shocks"),
        *sized,
        *unsized,
        Left(UNIDENTIFIED, day, rest - middle, rest - high, rest - low, Evidence.ESTIMATED,
             "record less everything above that has a size"),
    )  # fmt: skip

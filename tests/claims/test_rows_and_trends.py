"""Claimed tables: rows that match, were revised, belong elsewhere; rows of one identity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from ustress.claims.verdict import Judgement, Outcome
from ustress.core.errors import BadInputError

Made = tuple[str, str, Sequence[tuple[str, float]], int]
Judged = Callable[..., Judgement]

TABLE: Mapping[str, Made] = {
    "a": ("usdbn", "monthly",
          [("2024-11-30", 768.6), ("2024-12-31", 759.0), ("2025-01-31", 760.8),
           ("2025-02-28", 784.3)], 40),
    "b": ("usdbn", "monthly",
          [("2024-11-30", 1087.1), ("2024-12-31", 1061.5), ("2025-01-31", 1079.3),
           ("2025-02-28", 1125.9)], 40),
}  # fmt: skip
ROWS = 'rule = "rows"\nseries = ["a", "b"]\nunit = "usdbn"\nwithin = 0.05\nrows = [{}]\n'


def row(day: str, *values: float) -> str:
    return f"{{ day = {day}, values = {list(values)} }}"


def rows(*them: str) -> str:
    return ROWS.format(", ".join(them))


GOOD = row("2025-01-31", 760.8, 1079.3)
REVISED = row("2024-12-31", 759.0, 1059.8)
ELSEWHERE = row("2024-11-30", 760.8, 1079.3)
WRONG = row("2024-12-31", 700.0, 1000.0)
LATER = row("2025-03-31", 760.8, 1079.3)


@pytest.mark.parametrize(
    ("them", "outcome"),
    [
        ((GOOD,), Outcome.HOLDS),
        ((GOOD, GOOD), Outcome.HOLDS),
        ((REVISED,), Outcome.PARTLY),
        ((GOOD, REVISED), Outcome.PARTLY),
        ((GOOD, ELSEWHERE), Outcome.PARTLY),
        ((GOOD, LATER), Outcome.PARTLY),
        ((ELSEWHERE,), Outcome.DOES_NOT_HOLD),
        ((WRONG,), Outcome.DOES_NOT_HOLD),
        ((WRONG, LATER), Outcome.DOES_NOT_HOLD),
        ((LATER,), Outcome.CANNOT_BE_CHECKED),
    ],
)
def test_rows_together(judged: Judged, them: Sequence[str], outcome: Outcome) -> None:
    assert judged(rows(*them), TABLE).outcome is outcome


def test_what_is_said_of_each_kind_of_row(judged: Judged) -> None:
    found = judged(rows(GOOD, REVISED, ELSEWHERE, WRONG, LATER), TABLE)
    assert "January 2025: matches" in found.because
    assert "1,059.8 claimed, 1,061.5 on record: revised since (inferred)" in found.because
    assert "the claimed row is January 2025's" in found.because
    assert "no revision of usual size explains it" in found.because
    assert found.needs == ("a for March 2025", "b for March 2025")
    revised = next(n for n in found.numbers if n.claimed == 1059.8)
    assert (revised.value, revised.note) == (1061.5, "revised since (inferred)")


def test_a_row_is_misplaced_only_if_all_its_figures_are(judged: Judged) -> None:
    half = row("2024-12-31", 760.8, 1000.0)
    assert "January 2025" not in judged(rows(half), TABLE).because


def test_misplaced_rows_are_searched_so_far_and_no_further(judged: Judged) -> None:
    assert "the claimed row is" in judged(rows(ELSEWHERE) + "search = 2", TABLE).because
    assert "the claimed row is" not in judged(rows(ELSEWHERE) + "search = 1", TABLE).because


def test_a_figure_within_rounding_matches_and_one_beyond_is_revised(judged: Judged) -> None:
    assert judged(rows(row("2025-01-31", 760.84, 1079.3)), TABLE).outcome is Outcome.HOLDS
    assert judged(rows(row("2025-01-31", 760.9, 1079.3)), TABLE).outcome is Outcome.PARTLY


def test_rows_of_the_wrong_width_or_unit_are_refused(judged: Judged) -> None:
    with pytest.raises(BadInputError, match="has 1 values; expected 2"):
        judged(rows(row("2025-01-31", 760.8)), TABLE)
    with pytest.raises(BadInputError, match="does not fit a, which is in usdbn"):
        judged(rows(GOOD).replace('"usdbn"', '"pct"'), TABLE)


def trend(direction: str, *them: tuple[str, float, str]) -> str:
    listed = ", ".join(
        f'{{ day = {day}, value = {value}, of = "{of}" }}' for day, value, of in them
    )
    return f'rule = "one_trend"\nunit = "bp_level"\ndirection = "{direction}"\nrows = [{listed}]'


def test_rows_of_two_ratings_are_no_trend(judged: Judged) -> None:
    mixed = (("2025-04-04", 70.0, "AA"), ("2025-04-03", 89.0, "A"), ("2025-04-01", 82.0, "A"))
    for direction in ("up", "down"):
        found = judged(trend(direction, *mixed), {})
        assert found.outcome is Outcome.DOES_NOT_HOLD
        assert "2 different things (A, AA)" in found.because
        assert {n.note for n in found.numbers} == {"identity: A", "identity: AA"}


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ((70.0, 73.0, 75.0), Outcome.HOLDS),
        ((70.0, 70.0, 75.0), Outcome.HOLDS),
        ((70.0, 69.0, 75.0), Outcome.PARTLY),
        ((70.0, 73.0, 70.0), Outcome.DOES_NOT_HOLD),
        ((75.0, 73.0, 70.0), Outcome.DOES_NOT_HOLD),
    ],
)
def test_rows_of_one_rating_are_read_in_the_order_of_their_days(
    judged: Judged, values: tuple[float, float, float], outcome: Outcome
) -> None:
    days = ("2025-04-04", "2025-04-07", "2025-04-08")
    them = [(day, value, "AA") for day, value in zip(days, values, strict=True)]
    assert judged(trend("up", *them), {}).outcome is outcome
    assert judged(trend("up", *reversed(them)), {}).outcome is outcome
    mirrored = [(day, 200.0 - value, of) for day, value, of in them]
    assert judged(trend("down", *mirrored), {}).outcome is outcome

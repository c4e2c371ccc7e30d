import numpy as np
import pytest

from outcomes.courses import DAYS, LAST, single, step, walks
from ustress.core.errors import BadInputError, CannotError, MissingSeriesError
from ustress.core.evidence import Evidence
from ustress.outcomes.course import of_columns, of_run
from ustress.outcomes.quantity import About, Outcome, by_day, less
from ustress.outcomes.summary import summarise

ABOUT = About("x.y", "Ten-year", "pct", Evidence.ESTIMATED, "a source", "a way")


def test_a_path_keeps_its_draw_whichever_others_broke() -> None:
    """Property: draws belong to path and seed, not to who else is left."""
    whole, some = of_run(walks(40)), of_run(walks(40, broken=11))
    np.testing.assert_array_equal(
        whole.draws((1.0, 2.0), (0.1, 0.2), 9)[11:], some.draws((1.0, 2.0), (0.1, 0.2), 9)
    )
    assert whole.draws((1.0,), (0.1,), 1)[0] != whole.draws((1.0,), (0.1,), 2)[0]


def test_a_single_path_takes_the_estimates() -> None:
    np.testing.assert_array_equal(single(ust_10y=step(1)).draws((3.0,), (9.9,), 1), [[3.0]])


def test_a_difference_is_paired() -> None:
    """Analytic: common noise cancels, and the error is the paired one."""
    up, flat = walks(400, drift=0.01), walks(400)

    def outcome(run: object) -> Outcome:
        course = of_run(run)  # type: ignore[arg-type]
        rows = tuple(by_day(course, ABOUT, lambda d: course.at("ust.10y", d)))
        return Outcome("x", "X", rows, (), (), ())

    apart, paired = summarise(outcome(up)), summarise(less(outcome(up), outcome(flat)))
    last = paired.rows[-1]
    assert last.value == pytest.approx(0.01 * LAST)
    assert last.error == pytest.approx(0.0, abs=1e-12)
    assert last.unit == "pp"
    values = of_run(up).at("ust.10y", LAST)
    assert apart.rows[-1].error == pytest.approx(values.std(ddof=1) / 20.0)
    assert apart.rows[-1].evidence is Evidence.ASSUMED
    assert apart.rows[-1].link is Evidence.ESTIMATED


def test_what_is_missing_is_named_and_not_nought() -> None:
    course = single(ust_10y=step(1))
    (row, _) = by_day(course, ABOUT, lambda d: course.at("gold.change", d))
    assert row.values is None
    assert "carries no gold.change" in row.reason
    with pytest.raises(MissingSeriesError):
        course.paths("gold.change")


def test_refuses_what_is_no_path() -> None:
    with pytest.raises(BadInputError, match="ascending"):
        of_columns("x", DAYS[::-1], {"ust.10y": np.zeros(DAYS.size)})
    with pytest.raises(BadInputError, match="one finite number a day"):
        of_columns("x", DAYS, {"ust.10y": np.full(DAYS.size, np.nan)})
    with pytest.raises(CannotError, match="no path"):
        of_run(walks(5, broken=5))

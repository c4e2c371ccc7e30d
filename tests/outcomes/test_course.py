import numpy as np
import pytest

from outcomes.courses import DAYS, LAST, single, step, walks
from ustress.core.errors import BadInputError, CannotError, MissingSeriesError
from ustress.core.evidence import Evidence
from ustress.outcomes.course import of_columns, of_run
from ustress.outcomes.mortgages import mortgage_path
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
    assert last.value == pytest.approx(100.0 * 0.01 * LAST)
    assert last.error == pytest.approx(0.0, abs=1e-12)
    assert last.unit == "bp"
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


def test_days_between_given_ones_are_filled() -> None:
    """Analytic: straight lines in business days, over weekend and Good Friday; said in words."""
    when = np.array(["2025-04-11", "2025-04-17", "2025-04-24"], "datetime64[D]")
    course = of_columns("gaps", when, {"ust.10y": np.array([4.0, 4.4, 5.2])})
    assert course.horizon == 8
    assert str(course.days[5]) == "2025-04-21"
    np.testing.assert_allclose(
        course.paths("ust.10y")[0], [4.0, 4.1, 4.2, 4.3, 4.4, 4.6, 4.8, 5.0, 5.2]
    )
    assert "3 of 9 business days" in course.note
    assert single(ust_10y=step(1)).note == ""


def test_the_mortgage_rate_of_a_path_with_gaps() -> None:
    """Second route: the same path given day by day; the rise of the third week comes in it."""
    when = np.array(["2025-04-11", "2025-04-29", "2025-05-07"], "datetime64[D]")
    gaps = of_columns("gaps", when, {"ust.10y": np.array([4.0, 4.0, 5.0])})
    daily = of_columns("daily", gaps.days, {"ust.10y": gaps.paths("ust.10y")[0]})
    found, full = (mortgage_path(c.days, c.paths("ust.10y")) for c in (gaps, daily))
    np.testing.assert_array_equal(found.change_bp, full.change_bp)
    assert not found.change_bp[0, :2].any()
    assert found.change_bp[0, -1] > 0.0


def test_a_day_without_trading_is_refused() -> None:
    when = np.array(["2025-04-17", "2025-04-18"], "datetime64[D]")
    with pytest.raises(BadInputError, match="2025-04-18 is no business day"):
        of_columns("x", when, {"ust.10y": np.zeros(2)})


def test_every_column_of_a_path_has_a_range() -> None:
    """Property: no observable is let through unlooked at, and nought is in every range."""
    from ustress.outcomes.groups import READ
    from ustress.outcomes.plausible import doubt
    from ustress.simulate.names import OBSERVABLES

    for name in {*OBSERVABLES, *READ}:
        assert doubt(name, 1e6), name
        assert doubt(name, 0.0) == "", name

"""The breaking point: both curves rise with the amount, and nothing is extrapolated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import spearmanr

from ustress.core.errors import BadInputError
from ustress.model.draws import draw
from ustress.simulate import Breakpoint, Opening, chance_of_intervention, simulate
from ustress.simulate.crossing import crossing, first_crossing, median_error
from ustress.simulate.frontier.estimate import Shares, Spread
from ustress.simulate.frontier.pace import Frontier
from ustress.simulate.frontier.solve import Point
from ustress.simulate.hangs_on import FOLLOWS, hangs_on, meaning, rank_correlation
from ustress.simulate.slow import slow_layer

AMOUNTS = (0.0, 100.0, 200.0, 400.0, 800.0)


@pytest.fixture(scope="module")
def found(april: Opening) -> Breakpoint:
    return chance_of_intervention(april, AMOUNTS, paths=1000, seed=11)


def test_more_selling_never_makes_purchases_less_likely(found: Breakpoint) -> None:
    """Property: the same shocks and parameters for all amounts, so each group's chance rises."""
    for curve in (found.intervention, found.no_return):
        assert np.all(np.diff(curve.chance) > 0)
        assert np.all(np.diff(curve.by_group, axis=1) >= -1 / 20)


def test_whatever_an_answer_hangs_on_has_words() -> None:
    """Property: every name that can be given is a parameter of the files or explained beside."""
    drawn = draw(np.arange(200), slow_layer(7.0))
    names = [name for name, _ in hangs_on(np.arange(200.0), drawn, most=100)]
    assert set(FOLLOWS) < set(names)
    assert all(meaning(name) != name.replace("_", " ") for name in names)


def test_the_range_spans_calm_and_certain(found: Breakpoint) -> None:
    for curve in (found.intervention, found.no_return):
        assert curve.chance[0] < 0.2
        assert curve.chance[-1] > 0.9
        assert curve.quantile(0.1)[2] < curve.chance[2] < curve.quantile(0.9)[2]


def test_the_two_curves_are_different_questions(found: Breakpoint) -> None:
    """Property: within 60 days more paths cross than within 40; breaks count for pi alone."""
    assert "within 60" in found.intervention.rule
    assert "within 40" in found.no_return.rule
    assert "break" in found.no_return.rule
    assert found.intervention.chance[0] >= found.no_return.chance[0]


def test_the_rule_without_purchases_decides_as_the_rule_with_them(april: Opening) -> None:
    """Second route: until its decision the Fed's policy changes nothing, so days are equal."""
    with_ = simulate(april, "tactical-qe", 1000, 11, 60)
    without = simulate(april, "no-intervention", 1000, 11, 60)
    assert np.array_equal(with_.decision_day, without.first_crossing_day)


def test_errors_cover_another_seed(found: Breakpoint, april: Opening) -> None:
    """Second route: other shocks, same parameters; gaps stay within four errors of both."""
    other = chance_of_intervention(april, AMOUNTS, paths=1000, seed=12)
    gap = np.abs(other.intervention.chance - found.intervention.chance)
    assert np.all(gap <= 4 * np.hypot(other.intervention.error, found.intervention.error))
    assert np.any(gap > 0)


def test_the_median_over_draws_has_its_error() -> None:
    """Analytic limit: 1 / (2 f(m) sqrt(n)) for lognormal draws; None beside draws without end."""
    rng = np.random.default_rng(3)
    own = np.array([median_error(rng.lognormal(4.6, 0.6, 100)) for _ in range(400)], float)
    theory = np.exp(4.6) * 0.6 * np.sqrt(np.pi / 2.0) / 10.0
    assert own.mean() == pytest.approx(theory, rel=0.06)
    assert median_error(np.array([1.0, 2.0, np.inf, np.inf])) is None


def test_crossings_are_interpolated_with_their_error(found: Breakpoint) -> None:
    half = found.intervention.crossings[1]
    assert half.level == 0.5
    assert half.amount_usdbn is not None
    assert half.error_usdbn is not None
    assert 50 < half.amount_usdbn < 300
    assert 0 < half.error_usdbn < 50
    assert half.low_usdbn is not None
    assert half.median_usdbn is not None
    assert half.low_usdbn < half.median_usdbn


def test_a_straight_line_crosses_where_it_must() -> None:
    """Analytic: chance x/1000 crosses 10 % at 100; error .02 over slope .001 is 20."""
    amounts = np.array([0.0, 400.0, 800.0])
    line = amounts / 1000
    groups = np.stack([line, line / 2, line / 100])
    one = crossing(0.10, amounts, line, np.full(3, 0.02), groups)
    assert one.amount_usdbn == pytest.approx(100)
    assert one.error_usdbn == pytest.approx(20)
    assert one.never_share == pytest.approx(1 / 3)
    assert one.median_usdbn == pytest.approx(200)
    assert one.high_usdbn is None


def test_beyond_the_grid_nothing_is_said() -> None:
    amounts = np.array([0.0, 400.0])
    low = crossing(0.5, amounts, np.array([0.0, 0.3]), np.full(2, 0.01), np.zeros((2, 2)))
    assert (low.amount_usdbn, low.words) == (None, "50 % not reached up to $400bn")
    high = crossing(0.1, amounts, np.array([0.2, 0.9]), np.full(2, 0.01), np.ones((2, 2)))
    assert (high.amount_usdbn, high.words) == (None, "above 10 % already at $0bn")
    assert first_crossing(0.5, amounts, np.array([0.0, 0.3])) == np.inf


def test_the_answer_hangs_most_on_how_full_dealers_are(found: Breakpoint) -> None:
    """Property: the fuller the balance sheets at the opening, the less selling it takes."""
    name, strength = found.hangs_on[0]
    assert name == "u0"
    assert strength < -3 / np.sqrt(found.draws)
    assert np.all(np.diff(np.abs([s for _, s in found.hangs_on])) <= 0)


def test_rank_correlations_are_spearmans() -> None:
    """Second route: scipy, ties and infinities included."""
    a = np.array([1.0, 2.0, 2.0, 5.0, np.inf, np.inf])
    b = np.array([3.0, 1.0, 4.0, 4.0, 9.0, 7.0])
    exact = float(spearmanr(np.minimum(a, 99.0), b).statistic)
    assert rank_correlation(a, b) == pytest.approx(exact)
    assert rank_correlation(a, np.ones(6)) == 0.0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"amounts_usdbn": (100.0,)}, "at least two"),
        ({"amounts_usdbn": (100.0, 100.0)}, "rising numbers"),
        ({"amounts_usdbn": (-1.0, 100.0)}, "rising numbers"),
        ({"amounts_usdbn": (0.0, float("nan"))}, "at least two numbers"),
        ({"amounts_usdbn": (0.0, 9000.0)}, "more than foreigners held: .8,618"),
        ({"sale_days": 0}, "sale_days is 0"),
        ({"within_days": 251}, "within_days is 251"),
        ({"paths": 10}, "paths is 10"),
    ],
)
def test_impossible_questions_are_refused(
    arguments: dict[str, object], words: str, april: Opening
) -> None:
    with pytest.raises(BadInputError, match=words):
        chance_of_intervention(april, **arguments)  # type: ignore[arg-type]


def test_one_question_has_one_answer(found: Breakpoint) -> None:
    """Property: the amount that was sought at the curve's pace stands in the curve's place."""
    point = Point(
        "found", 83.0, 6.0, 0.1, 0.01, "none", {"none": 0.1},
        Spread(30.0, 90.0, 180.0, 0.0, 0.0), Shares(1.0, 0.4, 0.2, 0.4, 0.0),
        0.0, 40, 1000, 5000, np.ones(2),
    )  # fmt: skip
    sought = Frontier(
        found.as_of, 0.1, (1, found.sale_days), (replace(point, value=35.0), point), ("none",),
        "nothing else", 8618.0, "January 2025", 7, found.provenance,
    )  # fmt: skip
    first, second = found.along(sought).no_return.crossings
    assert (first.amount_usdbn, first.error_usdbn, first.median_usdbn) == (83.0, 6.0, 90.0)
    assert first.words == "reaches 10 % at $83bn"
    assert second == found.no_return.crossings[1]
    elsewhere = replace(sought, paces_days=(1,), points=(point,))
    assert found.along(elsewhere).no_return == found.no_return

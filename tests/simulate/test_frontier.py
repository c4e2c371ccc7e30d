"""The frontier: critical values by path, their distribution, and what it is owed to."""

from __future__ import annotations

from dataclasses import replace

import jax
import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.core.evidence import Evidence
from ustress.model.types import Parameters
from ustress.scenario import load_scenario
from ustress.simulate import Opening
from ustress.simulate.engine import Task, fold
from ustress.simulate.frontier import estimate, search, trial
from ustress.simulate.frontier.axis import sale_axis
from ustress.simulate.frontier.design import MEMBERS, nested
from ustress.simulate.frontier.keys import key_frontier
from ustress.simulate.frontier.pace import Frontier, frontier
from ustress.simulate.frontier.policies import (
    NOTHING,
    check_rung_on,
    undisturbed,
    without_purchases,
)
from ustress.simulate.frontier.seek import Setting, line
from ustress.simulate.frontier.settle import TOLERANCE, quantile, settle
from ustress.simulate.frontier.tornado import assumed, tornado
from ustress.simulate.probability import wilson_error

Floats = NDArray[np.float64]


@pytest.fixture(scope="module")
def calm(april: Opening) -> Opening:
    """April 2025 with dealers' balance sheets a quarter emptier: the frontier lies well inside."""
    return replace(april, dated=april.dated._replace(u0_scale=0.75 * april.dated.u0_scale))


@pytest.fixture(scope="module")
def found(calm: Opening) -> Frontier:
    return frontier(calm, (5, 20), paths=400, seed=11)


def test_a_trial_is_a_run_of_the_engine(april: Opening) -> None:
    """Second route: crossings and breaks of the recorded fold on the same schedule and shocks."""
    design = nested(april, 0, 200)
    axis = sale_axis(april, undisturbed(), 10, 8000.0)
    given = line(Setting(april, 0.1, 11, 200, 2), axis)
    which = np.arange(design.paths)
    for amount in (0.0, 150.0, 4000.0):
        fate = trial.run(given, design, which, np.full(200, amount))
        whole = axis.schedule(amount)
        inputs = jax.tree.map(lambda leaf: leaf[: axis.days], whole.inputs)

        def rows(first: int, count: int) -> Parameters:
            return design.rows(np.arange(first, first + count) % design.paths)

        ends = fold(Task(april.market, whole._replace(inputs=inputs), rows, 11), 200).ends
        crossed = np.asarray(ends.first_crossing_day) > 0
        broke = np.asarray(ends.break_day) > 0
        assert np.array_equal(fate.broke, broke)
        assert np.mean(fate.past_return != (crossed | broke)) <= 0.005


def test_a_path_lives_at_its_own_amount_whoever_is_beside_it(april: Opening) -> None:
    """Property: amounts in one call or one at a time, the fate is the same."""
    design = nested(april, 0, 40)
    given = line(Setting(april, 0.1, 11, 40, 1), sale_axis(april, undisturbed(), 5, 8000.0))
    values = np.linspace(0.0, 900.0, 40)
    which = np.arange(40)
    mixed = trial.run(given, design, which, values)
    for i in (3, 17, 39):
        alone = trial.run(given, design, which[i : i + 1], values[i : i + 1])
        assert alone.margin[0] == pytest.approx(mixed.margin[i], abs=1e-6)


def _known(critical: Floats) -> search.Try:
    """Paths that go past return at `critical`, margins rising in a straight line."""

    def attempt(which: search.Ints, values: Floats) -> trial.Fate:
        return trial.Fate(values - critical[which], np.zeros(which.size, bool))

    return attempt


def test_the_search_finds_critical_values_it_is_given() -> None:
    """Analytic: linear margins are interpolated exactly; outside the places it says so."""
    rng = np.random.default_rng(5)
    critical = np.concatenate([rng.uniform(1.0, 900.0, 300), [-5.0, 2000.0]])
    places = np.concatenate([[0.0], np.geomspace(10, 1000, 31)])
    for guess in (0, 16, 31):
        got = search.search(_known(critical), places, np.full(critical.size, guess))
        assert np.allclose(got.critical[:300], critical[:300], rtol=1e-9)
        assert got.critical[300] == -np.inf
        assert got.critical[301] == np.inf
        assert np.all(got.low[:300] < critical[:300])
        assert np.all(critical[:300] <= got.high[:300])
    good = search.search(_known(critical), places, search.nearest(places, critical))
    assert good.trials < 3 * critical.size < got.trials


def test_the_share_settles_where_it_is_the_level_whatever_the_search_believed() -> None:
    """Analytic: groups of uniform critical values; the search's are off by a factor."""
    rng = np.random.default_rng(6)
    true = rng.uniform(0.0, 900.0, (3, 1000)) * np.array([1.0, 0.5, 1e3])[:, None]
    true[1, :300] = -1.0  # past return with nothing sold already

    def attempt(which: search.Ints, values: Floats) -> trial.Fate:
        return trial.Fate(values - true.ravel()[which], np.zeros(which.size, bool))

    got = settle(attempt, 1.3 * true, np.linspace(0.0, 1000.0, 21), 0.1, tries=6)
    assert got.value[0] == pytest.approx(90.0, rel=0.15)
    assert abs(got.past[0].mean() - 0.1) <= TOLERANCE * wilson_error(0.1, 1000)
    assert got.value.tolist()[1:] == [-np.inf, np.inf]
    assert got.past[1].mean() == 0.3
    assert got.past[2].mean() < 0.1
    assert got.is_near(0.1)


def test_variance_is_split_as_it_was_made() -> None:
    """Analytic: nested normal effects of variances .5, .2, .3; in 2,000 draws."""
    rng = np.random.default_rng(7)
    n = 2000
    logs = (
        5.0
        + np.sqrt(0.5) * rng.standard_normal((n, 1, 1))
        + np.sqrt(0.2) * rng.standard_normal((n, 10, 1))
        + np.sqrt(0.3) * rng.standard_normal((n, 10, 2))
    )
    got = estimate.shares(np.exp(logs).ravel(), 1e-9, 1e9)
    assert got.total == pytest.approx(1.0, abs=4 * 0.5 * np.sqrt(2 / n))
    assert (got.parameters, got.threshold, got.path_noise) == pytest.approx(
        (0.5, 0.2, 0.3), abs=0.03
    )
    assert got.parameters + got.threshold + got.path_noise == pytest.approx(1.0)
    assert got.cut_share == 0.0


def test_values_at_a_level_and_their_spread() -> None:
    """Analytic: of one to twenty the tenth is reached at two; infinities stand outside."""
    row = np.arange(1.0, MEMBERS + 1)
    assert quantile(row[None, :], np.array([0.1])).tolist() == [2.0]
    draws = np.stack([row, 10 * row, np.full(MEMBERS, np.inf), np.full(MEMBERS, -np.inf)])
    got = estimate.spread(draws.ravel(), 0.1)
    assert (got.q10, got.q50, got.q90) == (2.0, 20.0, None)  # the next higher of four
    assert (got.never_share, got.already_share) == (0.25, 0.25)


def test_draws_meet_every_tenth_of_the_threshold(april: Opening) -> None:
    """Property: for each draw one threshold in each tenth of the range, all else equal."""
    design = nested(april, 0, 100)
    b = np.asarray(design.parameters.threshold).reshape(-1, MEMBERS)
    tenths = np.sort(np.floor((b - 0.10) / 0.015 + 1e-9), axis=1)
    assert np.array_equal(tenths, np.repeat(np.arange(10.0), 2)[None, :].repeat(5, 0))
    u0 = np.asarray(design.parameters.u0).reshape(-1, MEMBERS)
    assert np.all(np.ptp(u0, axis=1) == 0)
    assert np.unique(u0[:, 0]).size == 5
    more = nested(april, 40, 60)
    assert np.array_equal(more.parameters.threshold, design.parameters.threshold[40:])


def test_the_frontier_is_where_a_tenth_is_past_return(found: Frontier) -> None:
    """Property: pi is tried at the amount found; the curve never falls and passes there."""
    for i, point in enumerate(found.points):
        assert point.value is not None
        assert point.error is not None
        near = TOLERANCE * float(wilson_error(0.10, point.paths))
        assert abs(point.probability - 0.10) <= near
        curve = found.curve(i, np.linspace(0, 2000, 50).tolist())
        assert np.all(np.diff(curve) >= 0)
        assert found.curve(i, [point.value])[0] == pytest.approx(0.10, abs=0.03)
        assert 0 < point.error < point.value
        assert point.not_monotone <= 0.05
    assert found.paths_used == sum(p.trials for p in found.points) < 400 * 32 * 2
    assert "reaches 10 %" in found.words(0)


def test_workers_change_nothing(found: Frontier, calm: Opening) -> None:
    again = frontier(calm, (5, 20), paths=400, seed=11, workers=1)
    for one, two in zip(found.points, again.points, strict=True):
        assert one.critical.tobytes() == two.critical.tobytes()
        assert (one.value, one.trials) == (two.value, two.trials)


def test_nothing_is_said_beyond_what_is_held(april: Opening) -> None:
    """Holdings of a thousandth: not reached; a market pushed over by something else: above."""
    poor = replace(april, holdings_usdbn={k: v / 400 for k, v in april.holdings_usdbn.items()})
    empty = replace(poor, dated=poor.dated._replace(u0_scale=0.5))
    got = frontier(empty, (1,), paths=100, seed=11)
    assert (got.points[0].status, got.points[0].value) == ("not_reached", None)
    assert got.words(0) == "not reached up to $22bn, all that is held (January 2025)"
    pushed = frontier(april, (1,), load_scenario("no-intervention"), paths=100, seed=11)
    assert (pushed.points[0].status, pushed.points[0].value) == ("already_above", None)
    assert pushed.words(0) == "above 10 % with nothing sold"


def test_policies_without_purchases_are_laid_over_the_scenario() -> None:
    tactical = load_scenario("tactical-qe")
    courses = without_purchases(tactical)
    assert next(iter(courses)) == NOTHING
    assert len(courses) >= 4
    for one in courses.values():
        assert not one.policy.buys_outright
        assert one.sale == tactical.sale
    assert list(without_purchases(undisturbed(), NOTHING)) == [NOTHING]
    with pytest.raises(UnknownNameError, match="unknown policy"):
        without_purchases(undisturbed(), "buy everything")
    with pytest.raises(BadInputError, match="buys outright"):
        without_purchases(undisturbed(), "temporary")


def test_the_least_over_policies_is_no_less_than_under_any(found: Frontier, calm: Opening) -> None:
    """Property: with more policies to choose from the frontier lies no nearer."""
    alone = frontier(calm, (5,), policy=NOTHING, paths=400, seed=11).points[0]
    best = found.points[0]
    assert best.value is not None
    assert alone.value is not None
    assert best.value >= alone.value - 1e-9
    assert set(best.pi_by_policy) == set(found.policies)
    assert best.pi_by_policy[best.policy] == min(best.pi_by_policy.values())


def test_two_keys_of_a_sale_are_the_frontier_of_pace(calm: Opening) -> None:
    """Second route: amount and days of one seller, as keys, against amount and pace."""
    keys = key_frontier(
        calm, "sale.foreign_private.business_days=5", "sale.foreign_private.amount_usdbn",
        policy=NOTHING, paths=200, seed=11,
    )  # fmt: skip
    pace = frontier(calm, (5,), policy=NOTHING, paths=200, seed=11)
    assert keys.first.values == (5.0,)
    assert keys.falls == (False,)
    for one, two in zip(keys.points, pace.points, strict=True):
        assert one.value == pytest.approx(two.value, rel=0.1)
        assert one.days == two.days


def test_a_key_along_which_the_chance_falls_is_turned(calm: Opening) -> None:
    """Property: a slower sale is safer, so days are read from the slow end."""
    found = key_frontier(
        calm, "sale.china.amount_usdbn=300", "sale.china.business_days=1:60",
        policy=NOTHING, paths=100, seed=11,
    )  # fmt: skip
    assert found.falls == (True,)
    assert found.points[0].value is None or 1 <= found.points[0].value <= 60
    assert found.words(0)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("sale.china.amount", "basis.unwind_usdbn", "unknown scenario key"),
        ("policy.kind", "basis.unwind_usdbn", "expected a numeric key"),
        ("basis.unwind_usdbn", "basis.unwind_usdbn", "two different keys"),
        ("basis.unwind_usdbn=5:1", "sale.china.amount_usdbn", "values that rise"),
        ("basis.unwind_usdbn=a:b", "sale.china.amount_usdbn", "expected numbers"),
        ("policy.max_usdbn=0:1", "sale.china.amount_usdbn", "outright purchases, which are off"),
        ("parameters.c=0.5,1", "sale.china.amount_usdbn", "over all draws"),
        ("basis.unwind_usdbn=0:1", "shock.swap_spread.wedge_bp=0:900", "-100 to 200"),
        ("basis.unwind_usdbn=0:1", "sale.china.amount_usdbn=0:900", "January 2025"),
    ],
)
def test_wrong_keys_are_refused(first: str, second: str, words: str, april: Opening) -> None:
    with pytest.raises(BadInputError, match=words):
        key_frontier(april, first, second, paths=100)


def test_a_key_of_a_rung_that_is_off_is_refused_and_its_trigger_is_not() -> None:
    """By hand: nothing has no relief; leverage relief has; a trigger puts the rung on."""
    key = "policy.relief.capacity_rise_pct"
    none, every = (without_purchases(undisturbed(), policy) for policy in (NOTHING, None))
    with pytest.raises(BadInputError, match=r"off under none; expected --policy leverage-relief"):
        check_rung_on(key, none)
    check_rung_on(key, every)
    check_rung_on("policy.relief.trigger_ratio", none)
    check_rung_on("policy.prior_belief_share", none)
    check_rung_on("sale.china.amount_usdbn", none)


def test_a_fixed_parameter_is_refused_by_name(april: Opening) -> None:
    fixed = undisturbed().model_copy(update={"parameters": {"io": 1.0}})
    for ask in (
        lambda: frontier(april, (5,), fixed, paths=100),
        lambda: key_frontier(april, "basis.unwind_usdbn", "sale.china.amount_usdbn", fixed),
    ):
        with pytest.raises(BadInputError, match=r"fixes parameters\.io"):
            ask()


def test_halves_and_doubles_move_the_frontier_as_they_must(calm: Opening) -> None:
    """Property: a threshold twice as high lies farther, what no close depends on moves nothing."""
    found = tornado(calm, 5, paths=100, seed=11, only=("threshold", "x_per_par_sellers", "io"))
    bars = {bar.name: bar for bar in found.bars}
    high, low = bars["threshold"].double_usdbn, bars["threshold"].half_usdbn
    assert high is not None
    assert found.base.value is not None
    assert low is None or low < found.base.value
    assert high > found.base.value
    assert bars["io"].half_usdbn == bars["io"].double_usdbn
    assert bars["io"].half_usdbn == pytest.approx(found.base.value, rel=0.02)  # places' own width
    assert found.bars[0].name == "threshold"
    for info in assumed()[0]:
        assert info.evidence is Evidence.ASSUMED


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"paces_days": (0,)}, "business days is 0; expected 1 to 250"),
        ({"paces_days": (5, 251)}, "business days is 251"),
        ({"paces_days": ()}, "at least one"),
        ({"paths": 10}, "paths is 10"),
    ],
)
def test_impossible_questions_are_refused(
    arguments: dict[str, object], words: str, april: Opening
) -> None:
    with pytest.raises(BadInputError, match=words):
        frontier(april, **arguments)  # type: ignore[arg-type]

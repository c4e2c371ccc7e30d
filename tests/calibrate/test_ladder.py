"""Risk aversion from the ladder: limits, second routes, robustness."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import t as student

from ustress.calibrate.answers import Answer, answer
from ustress.calibrate.ladder import LOG_A, TAU, TAU_SCALE, ladder, quantiles, row_error
from ustress.calibrate.published import PublishedRow, load_published
from ustress.calibrate.slow_draws import SlowDraws
from ustress.core.errors import BadInputError
from ustress.model.habitat import rmb_habitat, solve, supply_response
from ustress.model.habitat.profile import mix
from ustress.simulate.slow import SELLERS_MIX

A0 = 40.0
ROW = next(row for row in load_published() if row.key == "nbim-2024")


def _rows(values: list[float]) -> list[PublishedRow]:
    return [replace(ROW, key=f"r{i}", value=v) for i, v in enumerate(values)]


def _answers(per_a0: list[float]) -> list[Answer]:
    return [Answer(np.array([g]), np.zeros(1)) for g in per_a0]


def test_agreeing_rows_give_their_common_risk_aversion_analytic_limit() -> None:
    """Analytic limit: rows that all say a = 60 put the median there, the interval around it."""
    g = [0.5, 1.0, 2.0, 3.0, 4.0, 5.0]
    found = ladder(_rows([60.0 / A0 * x for x in g]), _answers(g), A0)
    low, middle, high = found.risk_aversion()
    assert middle == pytest.approx(60.0, rel=0.015)  # half a step of the grid
    assert low < 60.0 < high < 90.0


def test_the_posterior_is_the_one_of_scipys_density_second_route() -> None:
    rows = _rows([2.0, 5.0, 1.0])
    g = [1.5, 2.0, 2.5]
    found = ladder(rows, _answers(g), A0)
    density = np.exp(-0.5 * (TAU / TAU_SCALE) ** 2) * np.ones((LOG_A.size, 1))
    for row, gain in zip(rows, g, strict=True):
        e = np.log(row.value) - (LOG_A[:, None] + np.log(gain / A0))
        density = density * student.pdf(e, df=4, scale=TAU)
    expected = density / density.sum()
    np.testing.assert_allclose(found.weights().sum(axis=0), expected, atol=1e-12)


def test_a_row_left_out_is_a_ladder_without_it_second_route() -> None:
    rows, g = _rows([2.0, 5.0, 1.0, 9.0]), [1.5, 2.0, 2.5, 1.0]
    whole = ladder(rows, _answers(g), A0)
    without = ladder(rows[:3], _answers(g[:3]), A0)
    assert whole.risk_aversion("r3") == pytest.approx(without.risk_aversion(), rel=1e-12)
    assert whole.risk_aversion("r3")[1] < whole.risk_aversion()[1]


def test_an_outlier_moves_the_median_less_than_the_mean_property() -> None:
    """Property: heavy tails let one wild study speak, not decide."""
    g = [1.0] * 6
    wild = ladder(_rows([1.0] * 5 + [100.0]), _answers(g), A0).risk_aversion()[1]
    assert np.log(wild / A0) < 0.25 * np.log(100.0) / 6


def test_the_wedge_is_no_evidence_of_risk_aversion_property() -> None:
    """Property: what the fast layer explains already is not asked of risk aversion."""
    rows = _rows([4.0, 4.0, 4.0])
    bare = ladder(rows, _answers([2.0] * 3), A0).risk_aversion()[1]
    helped = [Answer(np.array([2.0]), np.array([2.0]))] * 3
    assert ladder(rows, helped, A0).risk_aversion()[1] < 0.6 * bare


def test_the_next_study_scatters_more_than_risk_aversion_property() -> None:
    found = ladder(_rows([1.0, 2.0, 4.0, 8.0, 3.0]), _answers([2.0] * 5), A0)
    low, middle, high = found.next_study()
    post = found.risk_aversion()
    assert low < post[0] < middle < post[2] < high


def test_answers_are_linear_in_risk_aversion_second_route(few_draws: SlowDraws) -> None:
    """Second route: at given a theta and a alpha, a solve at another a gives the scaled answer."""
    found = answer(ROW, few_draws)
    habitat = few_draws.solved.habitats[0]
    other = solve(replace(
        habitat, risk_aversion=100.0,
        slope=lambda tau: few_draws.a / 100.0 * habitat.slope(tau),  # type: ignore[operator]
        loadings=[0.0, lambda tau: few_draws.a / 100.0 * habitat.loadings[1](tau)],  # type: ignore[operator]
    ))  # fmt: skip
    direct = supply_response(other, mix(SELLERS_MIX), None, 10.0)
    assert found.at(np.array(100.0 / few_draws.a))[0] == pytest.approx(float(direct), rel=1e-8)


def test_rows_errors_come_from_the_sources_own_range() -> None:
    assert row_error(replace(ROW, low=1.0, high=np.e)) == pytest.approx(0.5)
    assert row_error(replace(ROW, low=None, high=None)) == 0.0


def test_quantiles_of_equal_weights_are_those_of_numpy_second_route() -> None:
    x = np.random.default_rng(0).standard_normal(4001)
    found = quantiles(x, np.ones(x.size), (0.1, 0.5, 0.9))
    np.testing.assert_allclose(found, np.quantile(x, [0.1, 0.5, 0.9], method="hazen"), atol=1e-12)


def test_bad_input_is_a_sentence() -> None:
    with pytest.raises(BadInputError, match="no rows"):
        ladder([], [], A0)
    with pytest.raises(BadInputError, match="above zero"):
        ladder(_rows([2.0]), _answers([-1.0]), A0)


def test_the_tables_economy_is_among_the_draws_kind() -> None:
    """Published table: model document, section 6: 3.2 bp at the mix, at a = 40; ours 3.44."""
    habitat = rmb_habitat(
        kr=1.08, sr=0.011, km=0.13, sm=0.015, kb=0.135, sigma_b=1.0, a_theta=3.27, a_alpha=3.0,
        a=40.0, rbar=0.03,
    )  # fmt: skip
    got = float(supply_response(solve(habitat), mix(SELLERS_MIX), None, 10.0))
    assert got == pytest.approx(3.2, rel=0.1)

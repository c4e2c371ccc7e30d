"""Output and inflation against the model document's troughs, and the block's own algebra."""

from __future__ import annotations

import numpy as np
import pytest

from ustress.core.errors import BadInputError
from ustress.model.macro import macro_path

ZERO = np.zeros(40)
PULSE = np.eye(40)[0]
PREMIUM = 0.96 ** np.arange(200)


def test_a_point_on_the_funds_rate_published() -> None:
    """Published (model document, section 7): trough near -.44 in quarters 6 to 8."""
    found = macro_path(PULSE, ZERO)
    assert found.policy_rate_pp[0] == pytest.approx(1.0)
    assert found.output_gap_pp.min() == pytest.approx(-0.44, abs=0.02)
    assert 6 <= found.output_gap_pp.argmin() <= 8


def test_a_point_of_term_premium_published() -> None:
    """Published: with quarterly persistence .96 near -.68, inflation about -.06."""
    found = macro_path(np.zeros(200), PREMIUM, 40)
    assert found.output_gap_pp.min() == pytest.approx(-0.68, abs=0.02)
    assert found.inflation_pp.min() == pytest.approx(-0.06, abs=0.015)
    ratio = found.output_gap_pp.min() / macro_path(PULSE, ZERO).output_gap_pp.min()
    assert ratio == pytest.approx(1.6, abs=0.1)


def test_the_equations_hold_second_route() -> None:
    """Second route: the three equations, evaluated on the path, quarter by quarter."""
    rng = np.random.default_rng(3)
    e, tp = rng.normal(size=(2, 3, 20))
    found = macro_path(e, tp, 80)
    x, pi, i = found.output_gap_pp, found.inflation_pp, found.policy_rate_pp
    for t in range(1, 40):
        then = tp[:, t - 1] if t <= 20 else np.zeros(3)
        L = i[:, t - 1 : t + 39].mean(axis=1) + 0.48 * then
        np.testing.assert_allclose(x[:, t], 0.92 * x[:, t - 1] - 1.3 * L, atol=1e-9)
        np.testing.assert_allclose(pi[:, t], 0.1 * x[:, t - 1], atol=1e-12)
        shock = e[:, t] if t < 20 else 0.0
        rule = 0.91 * i[:, t - 1] + 0.09 * (1.5 * pi[:, t] + x[:, t]) + shock
        np.testing.assert_allclose(i[:, t], rule, atol=1e-9)


def test_linear_and_nothing_from_nothing_property() -> None:
    """Property: linear in both paths; zero paths give exactly zero."""
    both = macro_path(2 * PULSE, 0.5 * PREMIUM[:40])
    apart = 2 * macro_path(PULSE, ZERO).output_gap_pp
    apart = apart + 0.5 * macro_path(ZERO, PREMIUM[:40]).output_gap_pp
    np.testing.assert_allclose(both.output_gap_pp, apart, atol=1e-12)
    assert not macro_path(ZERO, ZERO).output_gap_pp.any()


def test_bad_paths_are_refused_in_one_sentence() -> None:
    with pytest.raises(BadInputError, match="expected one"):
        macro_path(ZERO, ZERO[:3])
    with pytest.raises(BadInputError, match="not finite"):
        macro_path(ZERO, np.full(40, np.nan))
    with pytest.raises(BadInputError, match="quarters is 900"):
        macro_path(ZERO, ZERO, 900)

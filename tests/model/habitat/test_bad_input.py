"""One sentence that names the field."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.habitat.economies import one_factor, rmb
from ustress.core.errors import BadInputError
from ustress.model.habitat import Profile, rmb_habitat, solve, supply_response
from ustress.model.habitat.profile import at_maturity, mix


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reversion", [[0.1, 0.2]]),
        ("reversion", [np.nan]),
        ("reversion", "fast"),
        ("volatility", [-0.01]),
        ("volatility", [0.01, 0.02]),
        ("volatility", [np.inf]),
        ("loadings", [1.0]),
        ("slope", -1.0),
        ("slope", lambda t: np.full_like(t, np.nan)),
        ("slope", lambda t: t[:-1]),
        ("intercept", ([1.0, 2.0], [1.0])),
        ("intercept", ([2.0, 1.0], [1.0, 1.0])),
        ("intercept", ([1.0], [1.0], [1.0])),
        ("risk_aversion", -1.0),
        ("risk_aversion", "much"),
        ("mean_rate", np.nan),
        ("horizon_years", 0.0),
        ("horizon_years", -5.0),
        ("panels", 0),
        ("panels", 10_000),
    ],
)
def test_the_field_is_named(field: str, value: Any) -> None:
    given = {"a": value} if field == "risk_aversion" else {field: value}
    with pytest.raises(BadInputError, match=field) as caught:
        one_factor(**given)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("tau", [0.0, -1.0, 31.0, np.nan, [[1.0]]])
def test_maturities_outside_the_horizon(tau: Any) -> None:
    with pytest.raises(BadInputError, match="tau"):
        solve(rmb()).A(tau)


def test_states_of_the_wrong_length() -> None:
    with pytest.raises(BadInputError, match="3 states"):
        solve(rmb()).yields([0.03], [10.0])


def test_risk_aversion_of_the_rmb_state() -> None:
    with pytest.raises(BadInputError, match="a is 0"):
        rmb_habitat(1.0, 0.01, 0.1, 0.01, 0.1, 1.0, 3.0, 3.0, 0.0, 0.03)


def test_profiles() -> None:
    for tau, weight in (([1.0], [0.5]), ([0.0], [1.0]), ([1.0, 2.0], [1.0]), ([1.0], [np.nan])):
        with pytest.raises(BadInputError, match="profile"):
            Profile(np.array(tau), np.array(weight))
    with pytest.raises(BadInputError, match="half_life"):
        supply_response(solve(rmb()), at_maturity(10.0), 0.0)
    spread = mix({2.0: 0.5, (20.0, 30.0): 0.5})
    assert spread.weight @ spread.tau == pytest.approx(0.5 * 2 + 0.5 * 25)


def test_a_single_maturity_drops_its_axis() -> None:
    found = solve(rmb())
    q = [0.03, 0.0, 0.0]
    assert found.A(10.0).shape == (3,)
    assert found.yields(q, 10.0).shape == ()
    assert found.yields([q, q], [1.0, 10.0]).shape == (2, 2)

"""Many draws against each alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.habitat.economies import one_factor, rmb
from ustress.core.errors import BadInputError
from ustress.core.status import SolveStatus
from ustress.model.habitat import Habitat, solve, solve_many, supply_response
from ustress.model.habitat.profile import at_maturity

TAU = [1.0, 10.0, 30.0]


def sampled(count: int) -> list[Habitat]:
    """Economies around the starting values; some have no equilibrium, some are explosive."""
    scale = np.exp(np.random.default_rng(3).normal(size=(count, 3)) * 0.35)
    return [rmb(kb=0.135 * x, sm=0.015 * y, a_theta=3.27 * z) for x, y, z in scale]


def test_batch_equals_loop() -> None:
    """Second route: the compiled batch against one solve for each, statuses included."""
    economies = sampled(40)
    draws, alone = solve_many(economies), [solve(x) for x in economies]
    assert draws.status == tuple(x.status for x in alone)
    assert {SolveStatus.OK, SolveStatus.EXPLOSIVE, SolveStatus.NO_EQUILIBRIUM} <= set(draws.status)
    np.testing.assert_array_equal(draws.ok, [x.ok for x in alone])
    q = [0.04, 0.005, -0.2]
    curves, impact = draws.yields(q, TAU), supply_response(draws, at_maturity(10.0), None, TAU)
    for i, single in enumerate(alone):
        if single.ok:
            np.testing.assert_allclose(draws.M[i], single.M, rtol=1e-8, atol=1e-10)
            np.testing.assert_allclose(curves[i], single.yields(q, TAU), rtol=1e-8)
            own = supply_response(single, at_maturity(10.0), None, TAU)
            np.testing.assert_allclose(impact[i], own, rtol=1e-7)
        elif single.verdict.refused:
            assert np.all(np.isnan(curves[i]))


def test_choosing_and_taking_one() -> None:
    """Property: a chosen draw is the one it was."""
    draws = solve_many(sampled(40))
    good = draws.choose(draws.ok)
    assert len(good) == draws.ok.sum()
    assert np.all(np.isfinite(good.C(TAU)))
    which = int(np.flatnonzero(draws.ok)[5])
    np.testing.assert_array_equal(good.M[5], draws[which].M)
    np.testing.assert_allclose(good[5].C(TAU), draws.C(TAU)[which], rtol=1e-12)


def test_what_cannot_be_stacked() -> None:
    with pytest.raises(BadInputError, match="at least one"):
        solve_many([])
    with pytest.raises(BadInputError, match="horizon_years"):
        solve_many([rmb(), replace(rmb(), horizon_years=20.0)])
    with pytest.raises(BadInputError, match="reversion"):
        solve_many([rmb(), one_factor()])

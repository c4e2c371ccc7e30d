"""Announcement against execution."""

from __future__ import annotations

import numpy as np
import pytest

from model.habitat.economies import rmb
from ustress.core.errors import BadInputError
from ustress.model.habitat import (
    Programme,
    lead_response,
    programme_moves,
    solve,
    solve_many,
    supply_response,
)
from ustress.model.habitat.profile import at_maturity, mix

MIX = mix({2.0: 0.3, 5.0: 0.4, 10.0: 0.3})
WHEN = np.array([0.25, 0.5, 0.75])
PARTS = np.array([-200.0, -300.0, -100.0])
EPS = 1e-6


def programme(p: float) -> Programme:
    return Programme(WHEN, PARTS, MIX, p)


def test_fully_believed_moves_at_announcement_and_not_at_operations() -> None:
    """Property: yields jump when it is announced; at each operation they do not."""
    found = solve(rmb())
    around = np.concatenate([[-EPS, 0.0], np.ravel([[t - EPS, t] for t in WHEN])])
    moves = programme_moves(found, programme(1.0), around, [2.0, 10.0])
    jumps = np.diff(moves, axis=0)[::2]
    assert np.all(jumps[0] < -1.0)
    np.testing.assert_allclose(jumps[1:], 0.0, atol=1e-3)


def test_nothing_before_and_everything_after() -> None:
    """Analytic limit: zero before, the lasting response of the whole afterwards."""
    found = solve(rmb())
    moves = programme_moves(found, programme(0.3), [-0.1, 1.0, 5.0], [10.0])[:, 0]
    whole = PARTS.sum() / 100.0 * supply_response(found, MIX)
    np.testing.assert_allclose(moves, [0.0, whole, whole], rtol=1e-9)


def test_credibility_splits_announcement_and_execution() -> None:
    """Analytic limit: p C_announced + (1 - p) C_not, each execution revealing 1 - p of its part."""
    found = solve(rmb())
    full, half, none = (
        programme_moves(found, programme(p), [0.0, 0.25 - EPS, 0.25], [10.0])[:, 0]
        for p in (1.0, 0.4, 0.0)
    )
    np.testing.assert_allclose(half, 0.4 * full + 0.6 * none, rtol=1e-10)
    assert none[0] == 0.0
    reveal = half[2] - half[1]
    own = PARTS[0] / 100.0 * supply_response(found, MIX)
    assert reveal == pytest.approx(0.6 * own, abs=1e-3)


def test_a_programme_split_in_two_adds_up() -> None:
    """Property: linear in the parts."""
    found, times = solve(rmb()), [0.0, 0.1, 0.6, 2.0]
    halves = [Programme(WHEN, PARTS * s, MIX, 0.7) for s in (0.35, 0.65)]
    apart = sum(programme_moves(found, x, times, [2.0, 30.0]) for x in halves)
    np.testing.assert_allclose(
        apart, programme_moves(found, programme(0.7), times, [2.0, 30.0]), rtol=1e-12
    )


def test_supply_already_there_is_the_lasting_response() -> None:
    """Analytic limit: a lead of zero; and a lead past every maturity moves nothing much."""
    found, tau = solve(rmb()), [0.3, 2.0, 9.99, 30.0]
    moves = lead_response(found, at_maturity(10.0), [0.0, 40.0], tau)
    said = supply_response(found, at_maturity(10.0), None, tau)
    np.testing.assert_allclose(moves[0], said, rtol=1e-9)
    assert np.abs(moves[1]).max() < 0.02 * np.abs(moves[0]).max()


def test_draws_equal_a_loop() -> None:
    """Second route: the stack of draws against each alone."""
    draws = solve_many([rmb(), rmb(kb=0.2), rmb(a_alpha=6.0)])
    stacked = programme_moves(draws, programme(0.5), [0.0, 0.3], [2.0, 10.0])
    alone = [programme_moves(draws[i], programme(0.5), [0.0, 0.3], [2.0, 10.0]) for i in range(3)]
    np.testing.assert_allclose(stacked, alone, rtol=1e-10)


def test_bad_programmes() -> None:
    one = np.array([0.1])
    with pytest.raises(BadInputError, match="credibility"):
        Programme(one, one, MIX, 1.2)
    with pytest.raises(BadInputError, match="years"):
        Programme(-one, one, MIX)
    with pytest.raises(BadInputError, match="usdbn"):
        Programme(WHEN, one, MIX)
    with pytest.raises(BadInputError, match="lead_years"):
        lead_response(solve(rmb()), MIX, [-1.0])

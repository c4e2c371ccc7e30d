"""The engine: the same bytes for any chunking, shocks shared, one compilation for all scenarios."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np
import pytest

from ustress.model.precision import FLOAT
from ustress.model.types import Parameters
from ustress.scenario import apply_overrides, load_scenario, told_names
from ustress.simulate import Ensemble, Opening, kernel, simulate
from ustress.simulate.engine import Closes, Lanes, Task, fold, fold_ends
from ustress.simulate.names import MOVES
from ustress.simulate.run import parameters
from ustress.simulate.schedule import schedule

DAYS = 60


def task(opening: Opening, name: str = "tactical-qe", seed: int = 11) -> Task:
    scenario = load_scenario(name)
    return Task(opening.market, schedule(scenario, DAYS), parameters(opening, scenario), seed)


def same(a: Closes, b: Closes, paths: int | None = None) -> bool:
    rows = slice(paths)
    ends = all(np.array_equal(x[rows], y[rows]) for x, y in zip(a.ends, b.ends, strict=True))
    return ends and all(
        a.observables[k][rows].tobytes() == b.observables[k][rows].tobytes() for k in a.observables
    )


def test_one_worker_or_three_give_the_same_bytes(april: Opening) -> None:
    """Property: blocks come back in any order and land in their rows."""
    one = fold(task(april), 2500, workers=1)
    assert same(one, fold(task(april), 2500, workers=3))


def test_fewer_paths_are_a_prefix_of_more(april: Opening, tactical: Ensemble) -> None:
    """Property: path i is the same in a run of 300, 1000 or 2000 paths."""
    for paths in (300, 1000, 1300):
        part = simulate(april, "tactical-qe", paths, seed=11, horizon_days=DAYS)
        for name in tactical.observables:
            assert part.paths(name).tobytes() == tactical.paths(name)[:paths].tobytes(), name
        assert np.array_equal(part.decision_day, tactical.decision_day[:paths])


def test_a_shorter_horizon_is_a_prefix_of_a_longer_one(april: Opening, tactical: Ensemble) -> None:
    """Property: to the last bit, because the number of days is a number to the program."""
    short = simulate(april, "tactical-qe", 500, seed=11, horizon_days=10)
    for name in tactical.observables:
        assert np.array_equal(short.paths(name), tactical.paths(name)[:500, :11]), name


def test_a_year_goes_on_where_its_quarter_ended(april: Opening) -> None:
    """Property: stretches join without a seam; ends alone are those of the recorded run."""
    scenario = load_scenario("tactical-qe")
    plans = [schedule(scenario, days) for days in (63, 64, 150)]
    runs = [fold(task(april)._replace(schedule=plan), 100) for plan in plans]
    for short in runs[:2]:
        for name, values in short.observables.items():
            longer = runs[2].observables[name][:, : values.shape[1]]
            assert np.array_equal(values, longer), name
    ends = fold_ends(task(april)._replace(schedule=plans[2]), 100)
    assert all(np.array_equal(a, b) for a, b in zip(ends, runs[2].ends, strict=True))


def test_lanes_are_paths_with_amounts_of_their_own(april: Opening) -> None:
    """Second route: two amounts in one fold are the two runs with these amounts."""
    scenario = load_scenario("tactical-qe")
    draws = parameters(april, scenario)

    def lanes(first: int, count: int) -> Lanes:
        place = np.arange(first, first + count)
        return Lanes(place % 500, np.where(place < 500, 0.5, 2.0))

    def of(first: int, count: int) -> Parameters:
        def twice(leaf: Any) -> Any:
            return np.concatenate([leaf[:500]] * 2) if np.shape(leaf)[:1] == (count,) else leaf

        both: Parameters = jax.tree.map(twice, draws(first, count))
        return both

    both = fold(task(april)._replace(lanes=lanes, parameters=of), 1000)
    for k, factor in enumerate((0.5, 2.0)):
        own = apply_overrides(scenario, [
            f"sale.{seller}.amount_usdbn={factor * sale.amount_usdbn!r}"
            for seller, sale in scenario.sale.items()
        ])  # fmt: skip
        alone = fold(task(april)._replace(schedule=schedule(own, DAYS)), 500)
        found = both.observables["ust.10y"][500 * k : 500 * (k + 1)]
        assert found == pytest.approx(alone.observables["ust.10y"], abs=1e-3)


def test_scenarios_share_their_shocks(tactical: Ensemble, untouched: Ensemble) -> None:
    """Property: what no policy touches is equal to the last bit, and so is all before day 2."""
    assert np.array_equal(tactical.paths("move.expected"), untouched.paths("move.expected"))
    before = tactical.paths("ust.10y")[:, :2]
    assert np.array_equal(before, untouched.paths("ust.10y")[:, :2])
    assert not np.array_equal(tactical.paths("ust.10y"), untouched.paths("ust.10y"))


def test_another_seed_is_another_run(april: Opening, untouched: Ensemble) -> None:
    other = simulate(april, "no-intervention", 1000, seed=12, horizon_days=DAYS)
    a, b = other.paths("move.expected")[:, 20], untouched.paths("move.expected")[:1000, 20]
    assert abs(np.corrcoef(a, b)[0, 1]) < 4 / np.sqrt(1000)


def test_four_scenarios_compile_once(april: Opening) -> None:
    """Property: scenario, policy, switches and parameters are numbers to the compiled program."""
    simulate(april, "baseline", 10, seed=1, horizon_days=DAYS)
    compiled: Any = kernel.advance
    before = compiled._cache_size()
    for name in told_names():
        simulate(april, name, 10, seed=2, horizon_days=DAYS, overrides=["actors.dealers=false"])
    assert compiled._cache_size() == before


def test_the_tens_move_is_the_sum_of_its_parts(untouched: Ensemble) -> None:
    """Property: the decomposition adds up, to the last digits of single precision (1e-3 bp)."""
    parts = sum(untouched.paths(name).astype(np.float64) for name in MOVES)
    ten = untouched.paths("ust.10y").astype(np.float64)
    moved = 100.0 * (ten - ten[:, :1])
    assert np.abs(parts - moved)[untouched.ok].max() < 1e-3


def test_single_precision_is_enough(april: Opening) -> None:
    """Second route: double precision on the same shocks; the gap is far below sampling error."""
    fast, exact = fold(task(april), 1000), fold(task(april), 1000, dtype=FLOAT)
    assert np.array_equal(fast.ends.status, exact.ends.status)
    assert np.mean(fast.ends.decision_day != exact.ends.decision_day) < 0.002
    for name in ("ust.10y", "dysfunction", "dislocation", "dealers.use"):
        a, b = (c.observables[name][:, 1:].astype(np.float64) for c in (fast, exact))
        error = b.std(axis=0).max() / np.sqrt(1000)
        assert np.abs(a.mean(axis=0) - b.mean(axis=0)).max() < 0.05 * error, name


def test_progress_grows_to_its_end(april: Opening) -> None:
    heard: list[tuple[str, int, int]] = []
    simulate(
        april, "baseline", 2100, seed=1, horizon_days=DAYS, progress=lambda *a: heard.append(a)
    )
    assert heard[0][1] == 0
    assert [done for _, done, _ in heard] == sorted(done for _, done, _ in heard)
    assert heard[-1] == ("simulate baseline", 2100, 2100)


def test_days_are_business_days_from_the_opening(tactical: Ensemble) -> None:
    """Good Friday, 18 April 2025, is no business day."""
    assert str(tactical.days[0]) == "2025-04-11"
    assert "2025-04-18" not in [str(d) for d in tactical.days]
    assert tactical.days.size == DAYS + 1

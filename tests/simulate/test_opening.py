"""From a snapshot to an opening: exact, sourced, and refused where something is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from ustress.core.errors import BadInputError, CannotError
from ustress.core.evidence import Evidence
from ustress.curves.zero import zero_curve
from ustress.scenario import apply_overrides, load_scenario
from ustress.simulate import Ensemble, Opening, explain_difference, open_state, simulate
from ustress.simulate.readings import NEEDED, TENORS
from ustress.simulate.slow import MEAN_SLOPE_PCT, equilibrium, mean_slope_pct


def test_day_zero_is_the_observed_curve(april: Opening, calm: Ensemble) -> None:
    """Property: every path opens at the published yields, to single precision."""
    for name in ("3m", "2y", "5y", "10y", "30y"):
        opened = calm.paths(f"ust.{name}")[:, 0]
        assert np.all(opened == np.float32(april[f"curve.{name}"].value))
    assert np.all(calm.paths("repo.spread")[:, 0] == np.float32(-3.0))


def test_the_state_reproduces_the_zero_curve_where_it_was_fitted(april: Opening) -> None:
    """Second route: the equilibrium's yields at the state against the bootstrapped curve."""
    q = np.asarray(april.market.q) + equilibrium().steady_state()
    years = list(TENORS.values())
    curve = zero_curve(years, [april[f"curve.{t}"].value for t in TENORS])
    fitted = 100 * equilibrium().yields(q, [0.25, 2.0, 10.0])
    assert fitted == pytest.approx(curve.yields_cc([0.25, 2.0, 10.0]), abs=1e-9)
    whole = 100 * equilibrium().yields(q, years) + np.array(list(april.offsets_bp.values())) / 100
    assert whole == pytest.approx(curve.yields_cc(years), abs=1e-9)


def test_offsets_are_small_up_to_ten_years(april: Opening) -> None:
    """Property: what three states leave out belongs to the far end, not to the belly."""
    assert max(abs(april.offsets_bp[t]) for t in ("3m", "6m", "1y", "2y", "3y", "5y", "7y")) < 15


def test_the_steady_state_has_the_mean_slope() -> None:
    """Analytic: yields are linear in supply's level, so two solves give it exactly."""
    assert mean_slope_pct(equilibrium()) == pytest.approx(MEAN_SLOPE_PCT, abs=1e-8)


def test_every_input_says_what_where_and_when(april: Opening) -> None:
    for one in april.inputs:
        assert all((one.title, one.unit, one.source, one.decides)), one.name
        assert one.day is not None
        assert one.day <= april.as_of
        assert np.isfinite(one.value)
    levels = {one.name: one.evidence for one in april.inputs}
    assert levels["curve.10y"] is Evidence.MEASURED
    assert levels["holdings.banks"] is Evidence.ASSUMED


def test_dealers_use_stands_at_one_in_april_2025_and_below_in_march_2020(
    april: Opening, march: Opening
) -> None:
    """Second route: the fit has u0 at .62 in 2020 and .70 in 2025; positions give nearly that."""
    assert april["dealers.u0_scale"].value == pytest.approx(1.0, abs=0.005)
    assert march["dealers.u0_scale"].value == pytest.approx(0.62 / 0.70, abs=0.1)


def test_before_the_standing_facility_nothing_caps_funding(april: Opening, march: Opening) -> None:
    assert april.dated.facility_cap_bp is None
    assert march.dated.facility_cap_bp is not None
    assert march.dated.facility_cap_bp > 1000


def test_two_dates_open_differently_and_the_inputs_that_moved_are_named(
    april: Opening, march: Opening
) -> None:
    """Replacing the date changes the opening and the answer; the names of what moved are given."""
    moved = {one.name: one for one in explain_difference(march, april)}
    assert {"curve.10y", "dealers.use", "macro.gdp", "fed.reserves", "slow.m"} <= set(moved)
    assert "curve.10y.realised_vol" not in moved  # the same on both dates
    assert moved["curve.10y"].change == pytest.approx(3.74)
    assert explain_difference(april, april) == ()
    assert april.fingerprint != march.fingerprint
    runs = [simulate(o, "no-intervention", 1000, seed=3, horizon_days=60) for o in (march, april)]
    before, after = (run.mean("dysfunction", 20) for run in runs)
    assert abs(after.value - before.value) > 4 * np.hypot(before.error, after.error)


def test_one_input_alone_moves_the_answer(april: Opening, snapshots: Any) -> None:
    """Property: fuller balance sheets, the rest unchanged, make the same sale hurt more."""
    emptier = snapshots.replaced("dealers.use", 0.6)
    other = open_state(emptier)
    names = {one.name for one in explain_difference(other, april)}
    assert names == {"dealers.use", "dealers.u0_scale"}
    a, b = (simulate(o, "no-intervention", 1000, seed=3, horizon_days=60) for o in (other, april))
    gap = b.paths("dysfunction")[:, 20].astype(float) - a.paths("dysfunction")[:, 20]
    assert gap.mean() > 5 * gap.std() / np.sqrt(gap.size)


@pytest.mark.parametrize("needed", [n.key for n in NEEDED])
def test_a_missing_reading_is_named(needed: str, snapshots: Any) -> None:
    for snapshot in (snapshots.without(needed), snapshots.empty(needed, "nothing known")):
        with pytest.raises(CannotError, match=needed.replace(".", r"\.")):
            open_state(snapshot)


def test_an_old_reading_is_refused_with_its_age(snapshots: Any, april: Opening) -> None:
    late = replace(snapshots.plain(), as_of=april.as_of + timedelta(days=30))
    with pytest.raises(CannotError, match=r"30 days old \(at most 4\).*and \d+ more"):
        open_state(late)


def test_stand_ins_take_the_place_of_what_is_missing_and_are_marked(
    april: Opening, snapshots: Any
) -> None:
    """Property: with the same value the state is the same; only its marks tell them apart."""
    gone = snapshots.without("dealers.use")
    same = replace(snapshots.plain()["dealers.use"], evidence=Evidence.ASSUMED)
    partial = open_state(gone, stand_ins=(same,))
    assert partial.partial == ("dealers.use: dealers.use",)
    assert partial.fingerprint == april.fingerprint
    for name in ("dealers.use", "dealers.u0_scale"):
        assert partial[name].evidence is Evidence.ASSUMED
    assert [one.name for one in partial.inputs if one.stand_in] == ["dealers.use"]


def test_a_stand_in_never_replaces_a_reading_that_is_there(april: Opening, snapshots: Any) -> None:
    other = replace(snapshots.plain()["dealers.use"], value=0.1)
    opened = open_state(snapshots.plain(), stand_ins=(other,))
    assert opened.partial == ()
    assert opened.inputs == april.inputs


def test_a_stand_in_without_a_value_is_refused_by_name(snapshots: Any) -> None:
    empty = replace(snapshots.plain()["dealers.use"], value=None, day=None, reason="3 weeks known")
    with pytest.raises(CannotError, match=r"dealers\.use: 3 weeks known"):
        open_state(snapshots.without("dealers.use"), stand_ins=(empty,))


def test_nobody_sells_more_than_is_held(april: Opening) -> None:
    much = apply_overrides(load_scenario("tactical-qe"), ["sale.china.amount_usdbn=761"])
    with pytest.raises(BadInputError, match=r"761, more than china held: .760\.8.*January 2025"):
        simulate(april, much, paths=10)
    april.check(apply_overrides(much, ["sale.china.amount_usdbn=760"]))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"paths": 0}, "paths is 0"),
        ({"horizon_days": 0}, "horizon is 0"),
        ({"horizon_days": 5000}, "horizon is 5000"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**63}, "seed is"),
    ],
)
def test_numbers_out_of_range_are_refused(
    arguments: dict[str, Any], words: str, april: Opening
) -> None:
    with pytest.raises(BadInputError, match=words):
        simulate(april, "baseline", **{"paths": 10, **arguments})

"""Other markets by what is sold and bought."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from outcomes.courses import LAST, Given, single, step, walks
from ustress.core.panel import Panel
from ustress.model.sizes import GDP_2025_USDBN
from ustress.outcomes.course import of_run
from ustress.outcomes.groups import Setting, group
from ustress.outcomes.other_markets import size, slope
from ustress.outcomes.spillover import MARKETS, spillover
from ustress.outcomes.summary import Group

APRIL = date(2025, 4, 11)
PARTS = ("sales", "purchases_treasuries", "purchases_mortgages", "rest")


@pytest.fixture(scope="module")
def panel(panel_on: Callable[[date], Panel]) -> Panel:
    return panel_on(APRIL)


def _given(**moves: float) -> Given:
    """Twins of one run in which parts of the ten-year's move stand where they are told."""
    run = walks(40)
    flat = np.zeros_like(run.observables["ust.10y"])
    changed = {k.replace("_", ".", 1): flat + step(v) for k, v in moves.items()}
    return replace(run, observables={**run.observables, **changed})


def _told(found: Group, part: str, market: str) -> float:
    row = found.row(f"spillover.{part}_{market}.d{LAST}")
    assert row is not None
    assert row.value is not None
    return row.value


def _values(run: Given, panel: Panel) -> dict[str, NDArray[np.float64] | None]:
    return {q.id: q.values for q in spillover(of_run(run), panel).quantities}


def test_parts_add_up_to_the_whole_on_every_path(panel: Panel) -> None:
    """Property: sold, bought and all else are the change since the opening, path by path."""
    at = _values(walks(40), panel)
    for m in MARKETS:
        found = [at.get(f"spillover.{p}_{m.key}.d{LAST}") for p in PARTS]
        parts = [v for v in found if v is not None]
        assert len(parts) == (4 if m.key == "mbs" else 3)
        whole = at[f"spillover.{m.total}.d{LAST}"]
        assert whole is not None
        np.testing.assert_allclose(np.sum(parts, axis=0), whole, atol=1e-9)


def test_nobody_sells_and_nobody_buys(panel: Panel) -> None:
    """Limit: without sales, dislocation and purchases those parts are nought."""
    still = _given(move_supply=0.0, move_wedge=0.0, move_policy=0.0, fed_mbs=0.0)
    at = _values(still, panel)
    for m in MARKETS:
        for part in PARTS[:3]:
            found = at.get(f"spillover.{part}_{m.key}.d{LAST}")
            assert found is None or not found.any()


def test_what_is_bought_decides_who_is_reached(panel: Panel) -> None:
    """Property: signs by what is sold and bought; only mortgage bonds answer their purchase."""
    setting = Setting(panel)
    sold = group("spillover", setting, of_run(_given(move_supply=10.0, move_wedge=50.0)))
    bought = group("spillover", setting, of_run(_given(move_policy=-20.0, fed_mbs=0.0)))
    too = group("spillover", setting, of_run(_given(move_policy=-20.0, fed_mbs=400.0)))
    for m in ("mbs", "baa", "fx"):
        assert _told(sold, "sales", m) > 0.0
    for m in ("mbs", "baa"):
        assert _told(bought, "purchases_treasuries", m) < 0.0
        assert _told(too, "purchases_treasuries", m) == _told(bought, "purchases_treasuries", m)
    assert _told(bought, "purchases_mortgages", "mbs") == 0.0
    assert _told(too, "purchases_mortgages", "mbs") == pytest.approx(-1.85 * 4.0 * size(panel))


def test_the_first_programme_of_2008_and_2009() -> None:
    """Published: Gagnon and others, agency MBS -113 where the ten-year fell 91, $1,250bn bought."""
    scale = GDP_2025_USDBN / 14_400.0
    treasuries = -91.0 * (1.0 + slope("mbs", "premium") - slope("mbs", "purchases"))
    found = treasuries + slope("mbs", "mbs_bought") * 12.5 * scale
    assert found == pytest.approx(-113.0, abs=2.0)


def test_one_truth_here_and_in_the_simulation(panel: Panel) -> None:
    """Second route: the simulated spread, its noise taken off, is what the parts add up to."""
    parts = {"supply": 12.0, "wedge": 30.0, "policy": -25.0}
    premium = parts["supply"] + parts["policy"]
    spread = (
        slope("mbs", "premium") * premium
        + slope("mbs", "wedge") * parts["wedge"]
        + slope("mbs", "purchases") * -parts["policy"]
        + slope("mbs", "mbs_bought") * size(panel) * 2.0
    )
    run = single(
        ust_10y=step(sum(parts.values()) / 100.0, 4.5), mbs_spread=step(spread),
        move_supply=step(12.0), move_wedge=step(30.0), move_policy=step(-25.0),
        fed_mbs=step(200.0),
    )  # fmt: skip
    at = {q.id: q.values for q in spillover(run, panel).quantities}
    rest = at[f"spillover.rest_mbs.d{LAST}"]
    assert rest is not None
    assert rest[0] == pytest.approx(0.0, abs=1e-9)


def test_the_dislocation_belongs_to_purchases_where_sales_are_the_same(panel: Panel) -> None:
    """Property: scenarios that differ by the policy alone owe the whole difference to it."""
    with_, without = (
        of_run(_given(move_wedge=w, move_policy=p, fed_mbs=m))
        for w, p, m in ((20.0, -10.0, 100.0), (90.0, 0.0, 0.0))
    )
    setting = Setting(panel)
    apart = group("spillover", setting, with_, without)
    assert _told(apart, "sales", "mbs") == pytest.approx(-70.0 * 1.3)
    one, two = (replace(c, imposed="the same") for c in (with_, without))
    together = group("spillover", setting, one, two)
    assert together.row(f"spillover.sales_mbs.d{LAST}") is None
    whole = together.row(f"spillover.yield_mbs.d{LAST}")
    assert whole is not None
    parts = [_told(together, p, "mbs") for p in PARTS[1:]]
    assert sum(parts) == pytest.approx(whole.value)
    assert parts[0] == pytest.approx(-10.0 * 0.7 - 70.0 * 1.3)
    assert parts[1:] == [_told(apart, p, "mbs") for p in PARTS[2:]]

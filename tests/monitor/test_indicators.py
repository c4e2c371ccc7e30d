"""Indicators on made-up figures with known answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ustress.core.dates import business_days
from ustress.core.errors import MissingSeriesError
from ustress.core.panel import Panel
from ustress.monitor import history
from ustress.monitor.indicators.curve import _NODE_YEARS, _NODES, _discounts

MakePanel = Callable[[str, Mapping[str, tuple[Iterable[str], Iterable[float]]]], Panel]
DAYS = [str(d) for d in business_days(date(2024, 1, 2), 60)]


@settings(max_examples=30)
@given(st.floats(-1.0, 18.0))
def test_analytic_a_flat_curve_has_flat_forwards(rate: float) -> None:
    """Every par, zero and forward rate of a flat curve is the same."""
    price = _discounts(np.full((_NODE_YEARS.size, 1), rate / 200.0))
    forward = 200.0 * ((price[9] / price[19]) ** 0.1 - 1.0)
    assert forward[0] == pytest.approx(rate, abs=1e-9)


def test_second_route_the_stripped_curve_prices_its_par_bonds() -> None:
    """Coupons at the par rate and the face, discounted, come to par at every node."""
    par = np.array([4.21, 4.04, 3.96, 3.98, 4.15, 4.32, 4.48])  # 11 April 2025, US Treasury
    price = np.array([p[0] for p in _discounts(par[:, None] / 200.0)])
    for years, rate in zip(_NODE_YEARS, par, strict=True):
        n = round(2 * years)
        assert rate / 2 * price[:n].sum() + 100 * price[n - 1] == pytest.approx(100.0)


def test_forward_needs_every_tenor_on_a_common_day(make_panel: MakePanel) -> None:
    made = {f"ust.par.{t}": (DAYS[:30], [4.0] * 30) for t in _NODES}
    found = history(make_panel("2024-04-01", made), "curve.5y5y")
    np.testing.assert_allclose(found.values, 4.0)
    made["ust.par.7y"] = (DAYS[30:], [4.0] * 30)
    with pytest.raises(MissingSeriesError, match="all tenors"):
        history(make_panel("2024-04-01", made), "curve.5y5y")


def test_analytic_volatility_of_a_zigzag_is_its_step(make_panel: MakePanel) -> None:
    """Changes of +7 and -7 bp have root mean square 7; their standard deviation nearly so."""
    made = {"ust.par.10y": (DAYS, [4.0 + 0.07 * (i % 2) for i in range(60)])}
    found = history(make_panel("2024-04-01", made), "curve.10y.realised_vol")
    np.testing.assert_allclose(found.values, 7.0)
    assert len(found) == 60 - 20


def test_analytic_volatility_counts_a_drift_in_full(make_panel: MakePanel) -> None:
    """Around zero, not around the mean: a steady rise of 1 % a day has volatility 1 %."""
    made = {"fx.usdchf": (DAYS, [0.9 * 1.01**i for i in range(60)])}
    found = history(make_panel("2024-04-20", made), "fx.chf.realised_vol")
    np.testing.assert_allclose(found.values, 1.0, atol=1e-6)


def test_use_of_dealers_is_against_the_past_only(make_panel: MakePanel) -> None:
    """A larger position later does not lower earlier readings; at its own maximum it is one."""
    weeks = [str(np.datetime64("2018-01-03") + 7 * i) for i in range(330)]
    positions = np.full(330, 50.0)
    positions[10], positions[300] = 100.0, 400.0
    made = {"dealers.net.coupons": (weeks, positions)}
    use = history(make_panel("2024-06-01", made), "dealers.use")
    value = dict(zip((str(d) for d in use.dates), use.values, strict=True))
    assert len(use) == 330 - 51
    assert value[weeks[60]] == 0.5
    assert value[weeks[10 + 260]] == 0.5, "261 weeks, the first of them the maximum"
    assert value[weeks[10 + 261]] == 1.0, "out of the window"
    assert value[weeks[300]] == 1.0
    assert value[weeks[301]] == 0.125


def test_use_of_dealers_who_were_never_long_is_not_a_number(make_panel: MakePanel) -> None:
    weeks = [str(np.datetime64("2018-01-03") + 7 * i) for i in range(60)]
    panel = make_panel("2019-06-01", {"dealers.net.coupons": (weeks, [-5.0] * 60)})
    with pytest.raises(MissingSeriesError, match="never long"):
        history(panel, "dealers.use")


def auctions(
    n: int, cover: list[float], reopened: list[float]
) -> dict[str, tuple[list[str], list[float]]]:
    days = [str(np.datetime64("2020-01-08") + 28 * i) for i in range(n)]
    wobble = [0.01 * (i % 3) for i in range(n)]
    return {
        "auction.10y.bid_to_cover": (days, cover),
        "auction.10y.dealer_share": (days, [15.0 + w for w in wobble]),
        "auction.10y.high_yield": (days, [4.0 + w for w in wobble]),
        "auction.10y.median_yield": (days, [3.9 + 0.5 * w for w in wobble]),
        "auction.10y.reopening": (days, reopened),
    }


def test_demand_falls_with_cover_and_keeps_reopenings_apart(make_panel: MakePanel) -> None:
    """New issues draw 2.5, reopenings 2.3 here: neither is weak for its kind."""
    kind = [float(i % 3 != 0) for i in range(45)]
    usual = [2.5 - 0.2 * k + 0.01 * (i % 2) for i, k in enumerate(kind)]
    calm = history(make_panel("2024-01-01", auctions(45, usual, kind)), "auction.10y.demand")
    assert abs(calm.values[-20:]).max() < 2.5
    weak = [*usual[:-1], usual[-1] - 0.3]
    hit = history(make_panel("2024-01-01", auctions(45, weak, kind)), "auction.10y.demand")
    np.testing.assert_array_equal(hit.values[:-1], calm.values[:-1])
    assert hit.values[-1] < calm.values[-1] - 5


def test_demand_needs_six_of_its_kind(make_panel: MakePanel) -> None:
    cover = [2.5 + 0.01 * (i % 4) for i in range(12)]
    alternating = [float(i % 2) for i in range(12)]
    with pytest.raises(MissingSeriesError, match="fewer than 7 comparable 10y auctions"):
        history(make_panel("2024-01-01", auctions(12, cover, alternating)), "auction.10y.demand")
    same = history(make_panel("2024-01-01", auctions(12, cover, [0.0] * 12)), "auction.10y.demand")
    assert len(same) == 6


def test_output_reaches_no_further_back_than_it_was_known(make_panel: MakePanel) -> None:
    """Reserves of 2 April are set against output known by then, not the quarter's own."""
    made = {
        "fed.reserves": (["2025-04-02", "2025-05-07"], [3000.0, 3000.0]),
        "macro.gdp": (["2025-01-31", "2025-05-05"], [30000.0, 20000.0]),
    }
    found = history(make_panel("2025-06-01", made), "fed.reserves_gdp")
    assert found.values.tolist() == [10.0, 15.0]


def test_stale_output_scales_nothing(make_panel: MakePanel) -> None:
    made = {"fed.reserves": (["2025-04-02"], [3000.0]), "macro.gdp": (["2024-01-31"], [3e4])}
    with pytest.raises(MissingSeriesError, match="no day in common"):
        history(make_panel("2025-06-01", made), "fed.reserves_gdp")

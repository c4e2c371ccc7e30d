"""Holdings taken apart, auctions' surroundings, futures: against identities and other routes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pytest

from ustress.core.panel import Panel
from ustress.monitor import history
from ustress.monitor.indicators.flows import HOLDERS

Made = Mapping[str, tuple[Iterable[str], Iterable[float]]]
MakePanel = Callable[[str, Made], Panel]
FiguresOn = Callable[[str], Panel]
MONTHS = ["2024-11-30", "2024-12-31", "2025-01-31", "2025-02-28"]


def world(**more: tuple[list[str], list[float]]) -> Made:
    base: dict[str, tuple[list[str], list[float]]] = {
        "tic.holdings.china": (MONTHS, [800.0, 790.0, 795.0, 780.0]),
        "tic.holdings.official": (MONTHS, [1000.0] * 4),
        "tic.holdings.official_bonds": (MONTHS, [900.0] * 4),
        "ust.par.5y": (["2024-11-29", "2024-12-31", "2025-01-31", "2025-02-28"],
                       [4.0, 4.5, 4.5, 4.0]),
    }  # fmt: skip
    return base | {k.replace("__", "."): v for k, v in more.items()}


def test_analytic_limit_valuation_is_duration_times_the_change(make_panel: MakePanel) -> None:
    """Five-year par bond at 4 %: modified duration (1 - 1.02^-10)/.04 = 4.491 years."""
    panel = make_panel("2025-06-01", world())
    gain, flow = (history(panel, f"holdings.china.{w}") for w in ("valuation", "flow"))
    duration = (1 - 1.02**-10) / 0.04
    first_order = -0.9 * 800.0 * duration * 0.005
    assert gain.values[0] == pytest.approx(first_order, rel=0.02)
    assert gain.values[0] > first_order, "convexity helps"
    assert gain.values[1] == pytest.approx(0.0, abs=1e-6)
    np.testing.assert_allclose(gain.values + flow.values, [-10.0, 5.0, -15.0], atol=1e-6)
    assert "Estimated" in flow.note


def test_transactions_are_the_flow_where_they_were_collected(make_panel: MakePanel) -> None:
    made = world(tic__net__china=(["2025-02-28"], [-4.0]))
    panel = make_panel("2025-06-01", made)
    flow, gain = (history(panel, f"holdings.china.{w}") for w in ("flow", "valuation"))
    assert flow.values[-1] == -4.0
    assert gain.values[-1] == pytest.approx(-11.0)
    assert "collected" in flow.note
    assert "tic.net.china" in flow.used
    plain = history(make_panel("2025-06-01", world()), "holdings.china.flow")
    np.testing.assert_array_equal(flow.values[:-1], plain.values[:-1])


def test_second_route_flow_and_valuation_are_the_change_of_the_table(
    figures_on: FiguresOn,
) -> None:
    panel = figures_on("2025-04-11")
    for holder in HOLDERS:
        flow, gain = (history(panel, f"holdings.{holder}.{w}") for w in ("flow", "valuation"))
        held = history(panel, f"holdings.{holder}")
        change = dict(zip(held.dates[1:].tolist(), np.diff(held.values).tolist(), strict=True))
        total = flow.values + gain.values
        expected = [change[day] for day in flow.dates.tolist()]
        np.testing.assert_allclose(total, expected, atol=1e-5)
        assert not {"2011-06-30", "2010-06-30", "2009-06-30"} & {str(d) for d in flow.dates}


def test_concentration_is_the_sum_of_squared_shares(figures_on: FiguresOn) -> None:
    """Second route: from the table of January 2025; aggregates would make it far larger."""
    panel = figures_on("2025-04-11")
    found = history(panel, "holdings.concentration")
    total = panel["tic.holdings.total"].at(-1)
    assert found.dates[-1] == np.datetime64(total.day)
    largest = [panel[f"tic.holdings.{c}"].at(-1).value for c in ("japan", "china")]
    floor = sum((v / total.value) ** 2 for v in largest)
    assert floor < found.values[-1] < 0.1


def test_second_route_the_concession_of_the_ten_year_of_9_april(figures_on: FiguresOn) -> None:
    """US Treasury: ten-year 4.20 on 2 April and 4.34 on 9 April 2025: 14 bp into the auction."""
    panel = figures_on("2025-04-30")
    into = history(panel, "auction.10y.concession_in")
    assert (str(into.dates[-1]), into.values[-1]) == ("2025-04-09", pytest.approx(14.0))
    out = history(panel, "auction.10y.concession_out")
    series = panel["ust.par.10y"]
    at = int(np.searchsorted(series.dates, np.datetime64("2025-04-09")))
    assert str(out.dates[-1]) == "2025-04-09"
    assert out.values[-1] == pytest.approx(100 * (series.values[at + 5] - series.values[at]))
    assert out.known[-1] == np.datetime64("2025-04-16"), "five business days later, not before"


def test_take_down_is_share_times_size(figures_on: FiguresOn) -> None:
    """US Treasury, 8 April 2025: dealers took 20.73 % of $58bn."""
    found = history(figures_on("2025-04-11"), "auction.3y.dealer_takedown")
    assert found.values[-1] == pytest.approx(0.2073 * 58)


def test_a_tail_is_high_less_when_issued(make_panel: MakePanel) -> None:
    made = {
        "auction.10y.when_issued": (["2025-04-09"], [4.465]),
        "auction.10y.high_yield": (["2025-03-12", "2025-04-09"], [4.31, 4.435]),
    }
    found = history(make_panel("2025-05-01", made), "auction.10y.tail")
    assert found.values.tolist() == [pytest.approx(-3.0)]


def test_futures_are_contracts_times_face(figures_on: FiguresOn) -> None:
    panel = figures_on("2025-04-11")
    found = history(panel, "futures.leveraged.short")
    at = found.dates[-1]
    total = 0.0
    for contract, face in (("tu", 2e-4), *((c, 1e-4) for c in ("fv", "ty", "tn", "us", "wn"))):
        series = panel[f"cftc.{contract}.leveraged_short"]
        total += face * float(series.values[series.dates == at][0])
    assert found.values[-1] == pytest.approx(total)
    net, same = (history(panel, f"futures.leveraged.{k}") for k in ("net", "net_10y"))
    assert 0 < same.values[-1] / net.values[-1] < 1.5


def test_policy_days_are_no_strain(make_panel: MakePanel) -> None:
    """A cut of 50 bp on an announcement day leaves the volatility of federal funds at nought."""
    days = [str(d) for d in np.busday_offset("2024-06-03", np.arange(60), roll="forward")]
    rates = [5.33 if d <= "2024-07-31" else 4.83 for d in days]
    made = {"funding.effr": (days, rates), "fomc.announcement": (["2024-07-31"], [1.0])}
    calm = history(make_panel("2024-12-01", made), "funding.effr_vol")
    assert set(calm.values.tolist()) == {0.0}
    made["fomc.announcement"] = (["2024-06-12"], [1.0])
    hit = history(make_panel("2024-12-01", made), "funding.effr_vol")
    assert hit.values.max() == pytest.approx(50 / np.sqrt(20))

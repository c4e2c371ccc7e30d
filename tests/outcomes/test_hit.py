"""Each group against what must come out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from outcomes.courses import DAYS, LAST, single, step, walks
from ustress.core.evidence import Evidence
from ustress.core.panel import Panel, Series
from ustress.curves.bonds import par_bond_duration
from ustress.outcomes.assumptions import Assumptions, assume
from ustress.outcomes.corporations import cost_change_bp
from ustress.outcomes.course import of_columns, of_run
from ustress.outcomes.economy import economy, lasting_premium_pp
from ustress.outcomes.fed_itself import deferred_asset
from ustress.outcomes.foreign_reserves import dollar_share_change_pp, valuation_effect_pp
from ustress.outcomes.groups import GROUPS, Setting, group
from ustress.outcomes.households import average_rate_pct, could_refinance_pct
from ustress.outcomes.parameters import described, entry, number
from ustress.outcomes.summary import Group
from ustress.outcomes.yields import reserve_loss_pct

APRIL = date(2025, 4, 11)


@pytest.fixture(scope="module")
def setting(panel_on: Callable[[date], Panel]) -> Setting:
    return Setting(panel_on(APRIL), mortgage_pct=6.62)


@pytest.fixture(scope="module")
def groups(setting: Setting) -> dict[str, Group]:
    course = of_run(walks(120))
    return {key: group(key, setting, course) for key in GROUPS}


def test_every_row_says_where_it_comes_from(groups: dict[str, Group]) -> None:
    """Property: source, way, unit and level on every number; ids are unique."""
    rows = [row for g in groups.values() for row in g.rows]
    assert len({row.id for row in rows}) == len(rows) > 60
    for row in rows:
        assert row.source, row.id
        assert row.how, row.id
        known = row.id.startswith("fed.book.") or row.id == "foreign_reserves.drift"
        assert row.evidence is (row.link if known else Evidence.ASSUMED)
        assert not (known and row.quantiles), row.id
        assert (row.value is None) == bool(row.reason), row.id
    without = {row.id for row in rows if row.value is None}
    assert without <= {"equity.correction"}, without


def test_a_level_move_and_a_spread(setting: Setting) -> None:
    """Analytic: the estimated coefficients, one at a time."""
    up = single(ust_10y=step(1.0, 4.48), ust_5y=step(1.0, 4.1), credit_ig=step(0.0))
    wide = single(ust_10y=step(0.0, 4.48), ust_5y=step(0.0, 4.1), credit_ig=step(25.0))
    for course, at in ((up, 100.0 * 0.8401), (wide, 25.0 * 0.7179)):
        row = group("corporations", setting, course).row(f"corporations.baa.d{LAST}")
        assert row is not None
        assert row.value == pytest.approx(at)
        assert row.error is None
    # Replacing debt costs Baa's yield for four fifths and high yield for the rest.
    expected = 0.81 * 84.01 + 0.19 * 100.0
    assert cost_change_bp(up, LAST)[0] == pytest.approx(expected)


def test_the_window_of_april_2025(setting: Setting) -> None:
    """Published: ICE's spread rose from .96 to 1.21 from 2 to 9 April 2025 (quoted): shut."""
    spread = np.interp(np.arange(DAYS.size), [0, 5, DAYS.size - 1], [0.0, 25.0, 25.0])
    course = single(credit_ig=spread, ust_10y=step(0.0, 4.0), ust_5y=step(0.0, 4.0))
    row = group("corporations", setting, course).row("corporations.window_shut")
    assert row is not None
    assert row.value == pytest.approx(100.0 / (DAYS.size - 5))


def test_the_wall_is_the_published_one() -> None:
    """Published: S&P, 43 % within five years and 9 % within the first one and a half."""
    wall = entry("wall")["value"]
    assert sum(wall) == pytest.approx(43.0, abs=0.1)
    assert wall[0] + wall[1] / 2.0 == pytest.approx(9.0, abs=2.0)


def test_who_gains_from_refinancing() -> None:
    """Published: 14.3 % of loans carry 6 % or more (National Mortgage Database, 2024Q1)."""
    rate = np.array([6.0, 3.0, 1.0, 9.0]) - number("refinancing_gap")
    np.testing.assert_allclose(could_refinance_pct(rate), [14.3, 78.0, 100.0, 0.0])
    # The database's mean rate was between four and four and a half per cent in 2024.
    assert 4.0 < average_rate_pct() < 4.5


def test_reserves_lose_their_duration() -> None:
    """Second route: one basis point costs the mix's duration at par."""
    course = single(
        ust_2y=step(0.01, 3.9), ust_5y=step(0.01, 4.1), ust_10y=step(0.01, 4.4),
        ust_30y=step(0.01, 4.8),
    )  # fmt: skip
    years, shares = np.array([2.0, 5.0, 9.0, 25.0]), np.array([0.3, 0.35, 0.25, 0.1])
    levels = np.interp(years, [2, 5, 10, 30], [3.9, 4.1, 4.4, 4.8])
    expected = 0.01 * float(shares @ par_bond_duration(levels, years))
    assert reserve_loss_pct(course, LAST)[0] == pytest.approx(expected, rel=2e-3)


def test_valuation_effect() -> None:
    """Analytic: to first order s (1 - s) d; none without a move; inverse on the way back."""
    s = np.array([57.8])
    none, small = np.zeros(1), np.full(1, 0.1)
    assert valuation_effect_pp(s, none, none)[0] == 0.0
    effect = valuation_effect_pp(s, none, small)[0]
    assert effect == pytest.approx(100.0 * 0.578 * 0.422 * 0.001, rel=1e-2)
    back = valuation_effect_pp(s + effect, small, none)[0]
    assert back == pytest.approx(-effect, rel=1e-9)


def test_the_dollar_s_share_with_a_still_dollar_drifts() -> None:
    """Published: -.121 points a quarter, and .735 of what exchange rates do."""
    assert dollar_share_change_pp(single(dollar_change=step(0.0)))[0] == pytest.approx(-0.242)
    fallen = dollar_share_change_pp(single(dollar_change=step(-5.0)))[0]
    effect = valuation_effect_pp(np.array([57.8]), np.zeros(1), np.full(1, -5.0))[0]
    assert fallen == pytest.approx(-0.242 + 0.735 * effect, abs=2e-3)


def test_the_deferred_asset_is_on_the_balance_sheet(panel_on: Callable[[date], Panel]) -> None:
    """Published: H.4.1 of 9 April 2025, 218.8 $bn in other liabilities; growing by the losses."""
    level, yearly = deferred_asset(panel_on(APRIL)["fed.other_liabilities"].values)
    assert level == pytest.approx(218.8, abs=0.1)
    assert 40.0 < yearly < 90.0


def test_holdings_of_the_fed_are_shown_by_class(groups: dict[str, Group]) -> None:
    """Published: SOMA of 9 April 2025; without a list no empty rows by maturity, one sentence."""
    found = groups["fed"]
    held = {r.id: r.value for r in found.rows if r.id.startswith("fed.book.")}
    assert held["fed.book.bills"] == pytest.approx(195.3, abs=0.1)
    assert held["fed.book.notes_bonds"] == pytest.approx(3581.7, abs=0.1)
    assert len(held) == 5
    assert sum("data update newyorkfed-soma-securities" in text for text in found.cannot_say) == 1


def test_a_list_of_the_fed_s_securities_is_shown_by_maturity(setting: Setting) -> None:
    """Analytic: a list with $1bn in every year of remaining life."""
    plain = setting.panel
    assert plain is not None

    def load(names: tuple[str, ...]) -> dict[str, Series]:
        day, mine = np.array(["2025-04-09"], "datetime64[D]"), "soma.maturing.nominal."
        made = {n: Series(plain.infos[n], day, np.ones(1), day + 1, np.array([True]))
                for n in names if n.startswith(mine) and not n.endswith("coupon")}  # fmt: skip
        return made | plain._load(tuple(n for n in names if n not in made))

    found = group("fed", Setting(replace(plain, _load=load, _seen={})), of_run(walks(40)))
    held = {r.id: r.value for r in found.rows if r.id.startswith("fed.book.") and r.id[-1] == "y"}
    assert list(held.values()) == [1.0, 4.0, 5.0, 20.0]
    assert not any("data update" in text for text in found.cannot_say)


def test_what_treasury_and_fed_pay_together(groups: dict[str, Group]) -> None:
    """Analytic: interest less what comes back, and the carry of what was bought."""
    at = {r.id: r.value or 0.0 for g in groups.values() for r in g.rows}
    parts = at["budget.interest.ten_years"] - at["budget.fed_income"] + at[f"fed.carry.d{LAST}"]
    assert at["budget.consolidated"] == pytest.approx(parts)


def test_a_relief_rally_needs_purchases(setting: Setting, groups: dict[str, Group]) -> None:
    found = groups["equity"].row("equity.rally")
    assert found is not None
    assert found.paths <= 120
    assert found.quantiles == {}
    quiet = single(equity_change=step(8.0), ust_10y=step(0.0, 4.0), fed_bought=step(0.0))
    row = group("equity", setting, quiet).row("equity.rally")
    assert row is not None
    assert row.value is None
    assert "no meaning on this path" in row.reason


def test_a_difference_tells_the_rally_of_the_first_alone(setting: Setting) -> None:
    """Property: the same share, error and paths as in the first run, whose name stands beside."""
    first, second = of_run(walks(120)), of_run(walks(120, seed=4))
    one, both = group("equity", setting, first), group("equity", setting, first, second)
    for name in ("rally", "correction"):
        a, b = (g.row(f"equity.{name}") for g in (one, both))
        assert a is not None
        assert b is not None
        assert (a.value, a.error, a.paths) == (b.value, b.error, b.paths)
        assert b.when == (
            "of paths with purchases, in Given alone"
            if name == "rally"
            else "of paths with a rally, in Given alone"
        )


def test_discount_rate_and_premium_add_up(groups: dict[str, Group]) -> None:
    """Analytic: the two parts are the whole."""
    rows = {r.id: r.value for r in groups["equity"].rows}
    parts = rows[f"equity.discount_rate.d{LAST}"], rows[f"equity.premium.d{LAST}"]
    assert sum(p for p in parts if p is not None) == pytest.approx(rows[f"equity.index.d{LAST}"])


def test_parameters_are_complete() -> None:
    found = described()
    names = [c.name for c in found]
    assert len(names) == len(set(names)) > 30
    for c in found:
        assert c.what, c.name
        assert c.source, c.name
        assert c.unit, c.name
        if c.evidence is Evidence.ESTIMATED:
            assert len(c.errors) == len(c.values), c.name
            assert c.sample, c.name
            assert c.method, c.name


@pytest.mark.parametrize(
    "text",
    ["budget.deficit", "nothing=1", "budget.deficit=much", "budget.mix=50,50",
     "budget.mix=20,20,20,20,20,20,20", "equity.rally=-1", "budget.bills=nan"],
)  # fmt: skip
def test_assumptions_that_do_not_fit_are_refused(text: str) -> None:
    from ustress.core.errors import BadInputError

    with pytest.raises(BadInputError):
        assume((text,))
    assert assume(()) == Assumptions()
    assert assume(("budget.deficit=6.5",)).deficit_pct_gdp == 6.5


def test_a_lasting_premium_costs_output() -> None:
    """Published: one point of lasting premium troughs output near -.68 (the Board's model, .96)."""
    columns = {"move.premium": step(100.0)[:64], "move.wedge": step(500.0)[:64]}
    course = of_columns("a quarter", DAYS[:64], columns)
    np.testing.assert_allclose(lasting_premium_pp(course)[0], 0.96 ** np.arange(80))
    quarters = economy(course)
    assert quarters.output_gap_pp.min() == pytest.approx(-0.68, abs=0.02)
    assert quarters.inflation_pp.min() == pytest.approx(-0.06, abs=0.015)
    longer = single(move_premium=step(100.0))
    np.testing.assert_allclose(lasting_premium_pp(longer)[0, :3], [1.0, 1.0, 0.96])

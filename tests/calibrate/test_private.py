"""Who must hold which maturity: parts add up, totals are the publishers'."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from ustress.calibrate.private import PrivateHoldings, half_years, private_holdings
from ustress.core.errors import CannotError
from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.curves.bonds import TEN_YEAR_DURATION_YEARS
from ustress.model.habitat import supply_response
from ustress.simulate.slow import equilibrium

APRIL = date(2025, 4, 11)


@pytest.fixture(scope="module")
def april(panel_on: Callable[[date], Panel]) -> PrivateHoldings:
    return private_holdings(panel_on(APRIL))


def test_lines_add_up_property(april: PrivateHoldings) -> None:
    for line in (*april.lines, april.total):
        rest = line.outstanding_usdbn - line.fed_usdbn - line.official_usdbn
        assert float(line.private.par_usdbn) == pytest.approx(rest)
        assert rest >= 0
    assert april.total.outstanding_usdbn == pytest.approx(
        sum(line.outstanding_usdbn for line in april.lines)
    )


def test_totals_are_those_published_published_table(
    april: PrivateHoldings, panel_on: Callable[[date], Panel]
) -> None:
    """Published table: the monthly statement's marketable total, SOMA, and TIC's officials."""
    panel = panel_on(APRIL)
    total = panel["debt.public.marketable"].on_or_before(april.days["debt"])
    assert total is not None
    assert april.total.outstanding_usdbn == pytest.approx(total.value, rel=0.002)
    soma = sum(
        panel[f"soma.{name}"].at(-1).value
        for name in ("bills", "notes_bonds", "tips", "tips_compensation", "frn")
    )
    assert april.total.fed_usdbn == pytest.approx(soma)
    officials = panel["tic.holdings.official"].at(-1)
    assert april.days["officials"] == officials.day == date(2025, 1, 31)
    assert april.total.official_usdbn == pytest.approx(officials.value, rel=1e-3)


def test_present_value_of_par_bonds_is_par_analytic(april: PrivateHoldings) -> None:
    """Analytic: payments of a bond at par are worth its par."""
    assert april.cash_flow_usdbn.sum() == pytest.approx(
        float(april.total.private.par_usdbn), rel=1e-6
    )


def test_risk_of_the_parts_second_route(april: PrivateHoldings) -> None:
    """Second route: DV01 from the cash flows' mean maturity lies near the sum of durations.

    A par bond's modified duration is its mean maturity by present value over 1 + y/2, and TIPS and
    bills enter the flows at one point, where a bond's coupons would come earlier.
    """
    mean = float(april.profile.weight @ april.profile.tau)
    implied = float(april.total.private.dv01_usdmn) / (0.1 * float(april.total.private.par_usdbn))
    assert implied == pytest.approx(mean, rel=0.1)
    ten = float(april.total.private.ten_year_usdbn)
    assert ten == pytest.approx(
        float(april.total.private.dv01_usdmn) * 10.0 / TEN_YEAR_DURATION_YEARS
    )


def test_officials_hold_nothing_long_and_assumptions_say_so(april: PrivateHoldings) -> None:
    long = [line for line in april.lines if line.name.startswith("notes and bonds, 10")]
    assert long[0].official_usdbn == 0.0
    text = " ".join(april.assumptions)
    assert "at most 10 years" in text
    assert "spread" in text
    assert april.evidence is Evidence.ESTIMATED


def test_the_profile_feeds_the_slow_layer(april: PrivateHoldings) -> None:
    """Property: shares on (0, 30] that sum to one; such supply moves the ten-year upwards."""
    assert april.profile.tau[-1] == half_years()[-1] == 30.0
    assert april.profile.weight.sum() == pytest.approx(1.0)
    assert np.all(april.profile.weight >= 0)
    moved = float(supply_response(equilibrium(), april.profile, None, 10.0))
    assert 1.0 < moved < 4.0


def test_another_date_has_other_holdings(
    april: PrivateHoldings, panel_on: Callable[[date], Panel]
) -> None:
    then = private_holdings(panel_on(date(2020, 3, 2)))
    assert float(then.total.private.par_usdbn) < 0.6 * float(april.total.private.par_usdbn)


def test_before_the_auction_record_there_is_no_profile(panel_on: Callable[[date], Panel]) -> None:
    with pytest.raises(CannotError):
        private_holdings(panel_on(date(2009, 6, 1)))

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from ustress.core.errors import CannotError
from ustress.core.panel import Panel
from ustress.outcomes.debt_profile import CLASSES, DebtProfile, debt_profile


def test_totals_and_average_rates_are_the_published_ones(april: DebtProfile) -> None:
    """Published: the class totals and average coupons of the day come back exactly."""
    assert april.debt_day == date(2025, 3, 31)
    for name, ladder in april.ladders.items():
        assert ladder.par_usdbn.sum() == pytest.approx(april.totals_usdbn[name], rel=1e-12)
        assert ladder.average_pct == pytest.approx(april.rates_pct[name], abs=1e-12)
        assert (ladder.par_usdbn >= 0.0).all()
    assert set(april.totals_usdbn) == set(CLASSES)
    # Monthly Statement of the Public Debt, March 2025, held by the public: 28.567 tn marketable.
    assert april.total_usdbn == pytest.approx(28_566.9, abs=0.1)


def test_maturities_follow_the_auctions(april: DebtProfile) -> None:
    """Published: what the record says of single months.

    Only two- to ten-year notes mature within ten years of a new bond; no bond falls due between
    March 2031 and January 2036, because none was sold between August 2001 and February 2006;
    the 20-year bonds sold from May 2020 on mature from May 2040 on.
    """
    bonds, notes = (april.ladders[n].par_usdbn for n in ("bonds", "notes"))
    month = april.month + np.arange(bonds.size)
    gap = (month >= np.datetime64("2031-03")) & (month < np.datetime64("2036-02"))
    assert bonds[gap].sum() == 0.0
    assert notes[month >= np.datetime64("2035-04")].sum() == 0.0
    assert notes[month == np.datetime64("2035-02")] > 0.0
    # May 2020: the first 20-year, 20 $bn new and 17 and 17 in two reopenings, with the 30-year
    # sold in 2010 (16 $bn, reopened twice with 13).
    may_2040 = float(bonds[month == np.datetime64("2040-05")][0])
    assert 90.0 < may_2040 < 115.0


def test_the_profile_only_knows_its_date(panel_on: Callable[[date], Panel]) -> None:
    """Property: class totals of a month-end are unknown until the fifth business day after it."""
    early = debt_profile(panel_on(date(2025, 4, 3)))
    assert early.debt_day == date(2025, 2, 28)
    assert early.totals_usdbn != debt_profile(panel_on(date(2025, 4, 11))).totals_usdbn


def test_what_the_record_leaves_open_is_said(april: DebtProfile) -> None:
    """Published: about 8 % of notes and 14 % of bonds are outside the auction record."""
    text = " ".join(april.assumptions)
    assert "13,552 of 14,809" in text
    assert "4,233 of 4,911" in text
    assert pytest.approx(0.08, abs=0.01) == 1 - 13_552 / 14_809
    assert pytest.approx(0.14, abs=0.01) == 1 - 4_233 / 4_911


def test_issuance_shares_are_the_last_year_s(april: DebtProfile) -> None:
    assert april.issuance_shares.sum() == pytest.approx(1.0)
    assert (april.issuance_shares > 0.0).all()
    # Monthly 2-year sales of 69 $bn in the year to March 2025 are a little over a fifth.
    assert april.issuance_shares[0] == pytest.approx(0.217, abs=0.005)


def test_before_the_20_year_there_is_none(panel_on: Callable[[date], Panel]) -> None:
    profile = debt_profile(panel_on(date(2015, 1, 30)))
    assert profile.issuance_shares[5] == 0.0
    assert "March 2018" in profile.assumptions[0]


def test_refuses_a_date_with_too_short_a_record(panel_on: Callable[[date], Panel]) -> None:
    with pytest.raises(CannotError, match=r"needs between 65 % and 100 %"):
        debt_profile(panel_on(date(2009, 12, 31)))

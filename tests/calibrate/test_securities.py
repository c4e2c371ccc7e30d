"""The lists of single securities replace the rebuilt profile where an update brought them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from ustress.calibrate.private import half_years, private_holdings
from ustress.calibrate.securities import DEBT, SOMA, by_half_year
from ustress.core.panel import Panel, Series

APRIL = date(2025, 4, 11)


def with_lists(panel: Panel, values: dict[str, np.ndarray], day: str = "2025-03-31") -> Panel:
    """The panel as it would be after an update: one observation a year of remaining life."""

    def load(names: tuple[str, ...]) -> dict[str, Series]:
        found = {}
        for name in names:
            family, _, year = name.rpartition(".")
            if family in values:
                one = float(values[family][int(year[:-1]) - 1])
                when = np.array([day], "datetime64[D]")
                found[name] = Series(
                    panel.infos[name], when, np.array([one]), when + 7, np.array([False])
                )
            else:
                found[name] = panel._load((name,))[name]
        return found

    return replace(panel, _load=load, _seen={})


def test_without_lists_nothing_changes(panel_on: Callable[[date], Panel]) -> None:
    panel = panel_on(APRIL)
    assert by_half_year(panel, DEBT) is None
    assert any("auction record" in words for words in private_holdings(panel).assumptions)


def test_lists_give_the_maturities_and_the_totals_stay(panel_on: Callable[[date], Panel]) -> None:
    """Analytic limit: a list with everything in year five puts all private coupons there."""
    flat = np.zeros(30)
    flat[4] = 1.0
    plain = private_holdings(panel_on(APRIL))
    listed = private_holdings(with_lists(panel_on(APRIL), {DEBT: flat, SOMA: flat}))
    inside = (half_years() > 4) & (half_years() <= 5)
    assert listed.coupons_usdbn[~inside] == pytest.approx(0.0, abs=1e-9)
    total = listed.total.outstanding_usdbn
    assert total == pytest.approx(plain.total.outstanding_usdbn, rel=1e-12)
    assert any("security by security" in words for words in listed.assumptions)


def test_a_list_with_a_gap_does_not_count(panel_on: Callable[[date], Panel]) -> None:
    panel = with_lists(panel_on(APRIL), {DEBT: np.ones(30)})
    panel._seen[f"{DEBT}.7y"] = panel_on(APRIL)._load((f"{DEBT}.7y",))[f"{DEBT}.7y"]
    assert by_half_year(panel, DEBT) is None

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.core.panel import Panel, Series
from ustress.outcomes.debt_lists import YEARS, Listed, fit, listed
from ustress.outcomes.debt_profile import DebtProfile, debt_profile
from ustress.outcomes.debt_record import MONTHS

YEAR = np.minimum(np.maximum(np.arange(MONTHS) - 1, 0) // 12, YEARS - 1)


def by_year(profile: DebtProfile) -> Listed:
    par = np.sum(np.array([x.par_usdbn for x in profile.ladders.values()]), axis=0)
    paid = np.sum([x.par_usdbn * x.coupon_pct for x in profile.ladders.values()], axis=0)
    held: NDArray[np.float64] = np.bincount(YEAR, par, YEARS).astype(np.float64)
    return Listed(held, np.bincount(YEAR, paid, YEARS) / np.where(held > 0, held, 1.0))


def test_its_own_years_change_nothing(april: DebtProfile) -> None:
    """Analytic limit: a list that says what the auctions say."""
    fitted = fit(april.ladders, by_year(april))
    for name, ladder in april.ladders.items():
        np.testing.assert_allclose(fitted[name].par_usdbn, ladder.par_usdbn, rtol=1e-9)
        np.testing.assert_allclose(fitted[name].coupon_pct, ladder.coupon_pct, atol=1e-9)


def test_years_and_totals_are_met(april: DebtProfile) -> None:
    """Property: both margins, for a list that differs by up to a fifth in every year."""
    own = by_year(april)
    rng = np.random.default_rng(np.random.Philox(2))
    wanted = Listed(own.par_usdbn * rng.uniform(0.8, 1.2, YEARS), own.coupon_pct + 0.1)
    fitted = fit(april.ladders, wanted)
    total = sum(float(x.par_usdbn.sum()) for x in fitted.values())
    par = np.sum([x.par_usdbn for x in fitted.values()], axis=0)
    scale = total / wanted.par_usdbn.sum()
    np.testing.assert_allclose(np.bincount(YEAR, par, YEARS), scale * wanted.par_usdbn, rtol=1e-6)
    for name, ladder in april.ladders.items():
        assert fitted[name].par_usdbn.sum() == pytest.approx(ladder.par_usdbn.sum(), rel=1e-9)
    paid = np.sum([x.par_usdbn * x.coupon_pct for x in fitted.values()], axis=0)
    mean = np.bincount(YEAR, paid, YEARS) / np.bincount(YEAR, par, YEARS)
    np.testing.assert_allclose(mean, wanted.coupon_pct, atol=1e-9)


def test_a_profile_takes_the_list_where_it_is(
    april: DebtProfile, panel_on: Callable[[date], Panel]
) -> None:
    plain = panel_on(date(2025, 4, 11))
    assert listed(plain) is None
    own = by_year(april)
    values = {
        **{f"debt.maturing.nominal.{n + 1}y": v * 1.01 for n, v in enumerate(own.par_usdbn)},
        **{f"debt.maturing.nominal.{n + 1}y.coupon": v for n, v in enumerate(own.coupon_pct)},
    }

    def load(names: tuple[str, ...]) -> dict[str, Series]:
        day = np.array(["2025-03-31"], "datetime64[D]")
        made = {
            n: Series(plain.infos[n], day, np.array([values[n]]), day + 5, np.array([True]))
            for n in names
            if n in values
        }
        return made | plain._load(tuple(n for n in names if n not in values))

    profile = debt_profile(replace(plain, _load=load, _seen={}))
    assert "list of single securities" in profile.assumptions[0]
    for name, ladder in april.ladders.items():
        np.testing.assert_allclose(profile.ladders[name].par_usdbn, ladder.par_usdbn, rtol=1e-8)

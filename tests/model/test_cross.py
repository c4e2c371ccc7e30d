"""Other markets: the driver decides the signs, never one fixed beta; noise has its stated size."""

from __future__ import annotations

import numpy as np
import pytest

from model.worlds import days, drawn, medians, normals, run, sale
from ustress.core.errors import BadInputError
from ustress.core.evidence import Evidence
from ustress.model.cross import DRIVERS, MARKETS
from ustress.model.cross.table import cross_table, load_cross, parse
from ustress.model.fed import ladder
from ustress.model.types import Observables, Shocks

NAMES = [m.name for m in MARKETS]


def change(seen: Observables, market: str) -> float:
    return float(np.asarray(seen.cross)[-1, NAMES.index(market), 0])


def yields_bp(seen: Observables) -> float:
    return float(np.asarray(seen.ten_year_change_bp)[-1, 0])


def test_lost_trust_takes_bonds_stocks_and_dollar_down_together_property() -> None:
    """Property: and lifts gold, franc and yen, while spreads widen."""
    seen = run(days(3, trust_shock=[0.3, 0.0, 0.0]), medians())[1]
    assert yields_bp(seen) > 5.0
    assert max(change(seen, m) for m in ("equity", "dollar")) < 0.0
    assert min(change(seen, m) for m in ("gold", "franc", "yen", "credit")) > 0.0


def test_risk_off_lowers_yields_and_lifts_the_dollar_property() -> None:
    """Property: the other sign of bonds and dollar, the same of stocks."""
    seen = run(days(3, haven_shock_bp=[20.0, 0.0, 0.0]), medians())[1]
    assert yields_bp(seen) < -5.0
    assert change(seen, "dollar") > 0.0
    assert change(seen, "yen") > 0.0
    assert change(seen, "equity") < 0.0
    assert change(seen, "credit") > 0.0


def test_expected_rates_lift_the_dollar_and_lower_gold_property() -> None:
    """Property: yields up as with lost trust, the dollar the other way."""
    up = normals(5, 1)
    quiet = dict.fromkeys(Shocks._fields, 0.0 * up.r)
    seen = run(days(5), medians(), shocks=Shocks(**{**quiet, "m": 0.0 * up.r + 2.0}))[1]
    assert yields_bp(seen) > 5.0
    assert change(seen, "dollar") > 0.0
    assert max(change(seen, m) for m in ("gold", "franc", "yen")) < 0.0


def test_purchases_of_treasuries_and_of_mortgage_bonds_differ_property() -> None:
    """Property: mortgage spreads fall by more the more of them is bought; others hardly care."""
    policy = {"enabled": 1.0, "announce_day": 1.0, "pace_usdbn_per_day": 20.0, "max_usdbn": 400.0}
    p = medians(threshold=0.99)
    plain = run(sale(30, 100.0, 5), p, ladder({"open_ended": policy}))[1]
    mixed = run(sale(30, 100.0, 5), p, ladder({"open_ended": {**policy, "mbs_ratio": 1.0}}))[1]
    found = cross_table()["cross"][NAMES.index("mbs"), DRIVERS.index("mbs_bought")]
    gap = change(mixed, "mbs") - change(plain, "mbs")
    assert gap == pytest.approx(4.0 * found, rel=1e-6)
    assert change(plain, "mbs") > 0.0 > change(mixed, "mbs")
    assert change(mixed, "equity") == change(plain, "equity")


def test_lsap1_is_given_back_published() -> None:
    """Published: Gagnon and others 2011, ten-year -91, MBS -113, Baa -67, $1,250bn of MBS."""
    table, size = cross_table()["cross"], 1250.0 * 30.5 / 14.4 / 100.0

    def on(market: str, driver: str) -> float:
        return float(table[NAMES.index(market), DRIVERS.index(driver)])

    spread = 91.0 * on("mbs", "purchases") + size * on("mbs", "mbs_bought")
    assert spread == pytest.approx(-113 + 91, abs=1.0)
    baa = 91.0 * on("credit", "purchases") - 91.0 * on("credit", "premium")
    assert baa == pytest.approx(-67 + 91, abs=1.0)


def test_noise_has_its_daily_size_and_common_part_analytic() -> None:
    """Analytic: variance of a day own^2 + risk^2; covariance of two markets risk_i risk_j."""
    p, many = medians(12), 60
    inputs = days(3, 1 / 3, turn=[0.0, 1.0, 2.0], is_close=[0.0, 0.0, 1.0])

    def closes(seed: int) -> np.ndarray:
        z = normals(3, 12, seed)
        flat = z._replace(**dict.fromkeys(("r", "m", "b", "flow", "volatility", "repo"), 0.0 * z.r))
        return np.asarray(run(inputs, p, shocks=flat)[1].cross[-1])

    found = np.concatenate([closes(seed) for seed in range(many)], axis=-1)
    risk, own = cross_table()["cross_risk"], cross_table()["cross_own"]
    exact = np.diag(own**2) + np.outer(risk, risk)
    d = np.sqrt(np.diag(exact))
    gap = (np.cov(found) - exact) / np.outer(d, d)
    assert np.abs(gap).max() < 4 * np.sqrt(2 / found.shape[-1])


def test_joint_falls_wear_trust_and_ordinary_days_do_not_property() -> None:
    """Property: trust goes only where bonds, stocks and dollar fall together by more than one."""
    wear = {"trust_wear_joint_fall": 0.02}
    together = run(days(2, trust_shock=[0.5, 0.0]), medians(1, **wear))[1].trust_loss[0, 0]
    alone = run(days(2, trust_shock=[0.5, 0.0]), medians())[1].trust_loss[0, 0]
    assert float(together) > float(alone)
    risk_off = run(days(2, haven_shock_bp=[30.0, 0.0]), medians(1, **wear))[1]
    quiet = run(days(2), medians())[1]
    assert float(risk_off.trust_loss[0, 0]) == float(quiet.trust_loss[0, 0])
    z = normals(250, 12, 3)
    calm = run(days(250), drawn(12)._replace(trust_wear_dysfunction_per_day=0.0), shocks=z)[1]
    assert float(np.asarray(calm.trust_loss).max()) < 0.03


def test_every_coefficient_says_where_it_comes_from() -> None:
    """Property: estimated ones carry their error or belong to the noise; names are complete."""
    for entry in load_cross():
        _, market, driver = entry.name.split(".")
        assert market in NAMES
        if entry.evidence is Evidence.ESTIMATED and driver in DRIVERS:
            assert entry.rests_on.startswith("standard error")
            assert abs(entry.value) > 2 * float(entry.rests_on.split()[-1])  # type: ignore[arg-type]
    assert {e.name.split(".")[1] for e in load_cross()} == set(NAMES)


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        ({"silver": {}}, "unknown market silver"),
        ({"gold": {"moon": {}}}, "gold has an unknown driver moon"),
        ({"gold": {"trust": {"value": 1}}}, "missing or unknown keys"),
        ({"gold": {"trust": {"value": 3, "low": 0, "high": 1, "evidence": "assumed",
                             "source": "x"}}}, "outside low and high"),
        ({"gold": {"trust": {"value": 1, "low": 0, "high": 1, "evidence": "assumed",
                             "source": "x"}}}, "not declared"),
    ],
)  # fmt: skip
def test_a_bad_table_is_refused_in_one_sentence(tree: dict[str, object], message: str) -> None:
    """Each kind of mistake names the market and the driver."""
    with pytest.raises(BadInputError, match=message):
        parse(tree)

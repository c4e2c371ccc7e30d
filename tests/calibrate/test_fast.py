"""The fast layer's re-estimation: experiments, data, likelihood, recovery of known parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from numpy.typing import NDArray

from ustress.calibrate.fast import experiments
from ustress.calibrate.fast.bases import FITTED
from ustress.calibrate.fast.likelihood import evaluate, log_t4
from ustress.calibrate.fast.priors import NAMES, PRIORS, STORED, values
from ustress.calibrate.fast.record import FastRecord, fast_record
from ustress.calibrate.fast.result import draws_csv, estimate_fast
from ustress.calibrate.fast.targets import spread_at_rest
from ustress.core.errors import BadInputError
from ustress.core.panel import Panel
from ustress.model import dealers
from ustress.model.draws import joint_draws, median
from ustress.simulate.slow import slow_layer

Floats = NDArray[np.float64]
N = 160
TRUE = {"lam0_bp_per_100bn": 1.0, "early_share": 0.8, "k_plus_days": -0.5, "beta": 0.5}


@pytest.fixture(scope="module")
def record(panel_on: Callable[[date], Panel]) -> FastRecord:
    """The record with its last quiet year alone, to be quick."""
    full = fast_record(panel_on(date(2026, 2, 27)))
    last: dict[str, Any] = {
        name: getattr(full, name)[-1:]
        for name in ("quiet_years", "quiet_use", "quiet_sigma_bp", "quiet_spread_bp")
    }
    return replace(full, **last)


def known(**z: float) -> Floats:
    """N particles alike, at z by name, nought elsewhere; no spread between studies or episodes."""
    one = np.zeros((N, len(NAMES)))
    for name, value in {"tau_study": 0.05, "tau_episode": 0.05, **z}.items():
        one[:, NAMES.index(name)] = value
    return one


def test_a_month_of_selling_is_a_sum_of_decays(record: FastRecord) -> None:
    """Analytic limit: no rationing, real money or volatility: D = lam X, X a sum of decays."""
    theta = values(known(), record.march.use)
    theta |= {"eta": np.zeros(N), "c": np.zeros(N), "Dbar_bp": np.full(N, 1e4)}
    D = experiments.run_short(theta, record).ladder.D_bp[:, 0]
    k, lam = theta["k_plus_days"][0], theta["lam0_bp_per_100bn"][0] / 100.0
    ends = np.arange(D.size)
    sold = [
        56.0 / 21.0 * np.exp(-(ends - day) / k) * (ends >= day)
        for day in range(experiments.MONTH_DAYS)
    ]
    assert pytest.approx(lam * np.sum(sold, axis=0), rel=2e-4) == D


def test_the_spread_at_rest_is_the_dealers_own(record: FastRecord) -> None:
    """Second route: the actor's own functions."""
    theta = values(np.random.default_rng(1).standard_normal((N, len(NAMES))), record.march.use)
    p = median(N, slow_layer(7.0))._replace(
        u0=theta["u0"] * 0.9, ubar=theta["ubar"], phi_bp=theta["phi_bp"], nu=theta["nu"]
    )
    cap = dealers.capacity(jnp.asarray((6.0 / 5.0) ** theta["nu"]), 1.0, p.u0, p)
    lam = dealers.spread_bp(dealers.use(jnp.zeros(N), cap, p), p)
    assert spread_at_rest(theta, 0.9, 6.0) == pytest.approx(np.asarray(lam), rel=1e-6)


def test_heavy_tailed_density_against_scipy() -> None:
    from scipy.stats import t

    gap, scale = np.array([-2.0, 0.3, 5.0]), np.array([0.5, 1.0, 2.0])
    assert log_t4(gap, scale) == pytest.approx(t.logpdf(gap / scale, 4) - np.log(scale))


def test_what_is_held_out_moves_nothing(record: FastRecord) -> None:
    """Property: the likelihood reads fitted data alone; each datum says which it is."""
    z = np.random.default_rng(2).standard_normal((N, len(NAMES)))
    plain = evaluate(z, record)
    assert np.isfinite(plain.log_likelihood).all()
    held = [one.key for one in plain.targets if one.basis != FITTED]
    assert {"april-2025", "kansas-city", "sofr-2019"} <= set(held)
    again = evaluate(z, record, dict.fromkeys(held, 1.0)).log_likelihood
    assert again.tobytes() == plain.log_likelihood.tobytes()
    moved = evaluate(z, record, {"march-18": 10.0}).log_likelihood
    assert not np.allclose(moved, plain.log_likelihood)
    assert all(one.source for one in plain.targets)


def test_purchases_of_march_2020_matter_and_nothing_heals_without_them(record: FastRecord) -> None:
    """Property at the priors' medians: less selling pressure with purchases; S above without."""
    found = experiments.run_short(values(known(), record.march.use), record)
    _, b, c, _ = record.days_13_18_23_31
    assert np.all(found.march.D_bp[c] < 5.0)
    assert np.all(found.march_without.D_bp[c] > 100 * (record.ten_year_pct[c + 1] - 0.54))
    assert np.all(found.march_without.S[b] > found.march.S[b])


@pytest.fixture(scope="module")
def recovered(record: FastRecord) -> Any:
    truth = evaluate(known(**TRUE), record)
    observed = {one.key: float(one.answer[0]) for one in truth.targets if one.basis == FITTED}
    observed["march-alone"] = 0.0
    return estimate_fast(record, N, 4, observed=observed)


def test_known_parameters_come_back(recovered: Any) -> None:
    """Recovery: data made at known values, far from the prior's middle; three posterior spreads."""
    truth = values(known(**TRUE), 1.0)
    for marginal in recovered.marginals:
        name = marginal.prior.name
        if name in TRUE:
            low, middle, high = marginal.after
            assert abs(np.log(middle / truth[name][0])) < 3.0 * np.log(high / low) / 2.56, name
    lam0 = recovered.marginals[0]
    assert lam0.contraction > 0.3
    assert lam0.after[1] > 1.3 * lam0.before[1]


def test_numbers_of_merit(recovered: Any) -> None:
    assert recovered.parameters == len(PRIORS) == 21
    assert recovered.fitted == 9 + 1 + 1 + 3  # march and studies, spread of 2025, quiet 2025, dated
    assert recovered.threshold.sum() == pytest.approx(1.0)
    assert 0.0 <= recovered.quiet_chance < 0.5


def test_refusals_and_the_draws_file(record: FastRecord, recovered: Any) -> None:
    with pytest.raises(BadInputError, match="at least 64"):
        estimate_fast(record, 20)
    with pytest.raises(BadInputError, match="cannot give 500"):
        draws_csv(recovered, "too few")
    full = replace(recovered, values={k: np.resize(v, 600) for k, v in recovered.values.items()})
    lines = draws_csv(full, "one\ntwo").splitlines()
    assert lines[:2] == ["# one", "# two"]
    assert lines[2].split(",") == [prior.column for prior in STORED]
    assert len(lines) == 503


def test_the_package_carries_this_estimation_s_columns() -> None:
    """The stored draws have every stored parameter but the level of 2020, which dates replace."""
    stored = {"u0" if one.column == "u0_2025" else one.column for one in STORED}
    assert set(joint_draws()) == stored - {"u0_2020"}

"""The session's root: one, found in a fixed number of steps, with exact derivatives."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.optimize import brentq

from model.worlds import drawn, medians
from ustress.model import clearing, dealers, real_money
from ustress.model.session import OUT_OF_RANGE_BP
from ustress.model.types import Parameters

PATHS = 1000


def _softplus(x: float) -> float:
    return float(np.logaddexp(0.0, x))


def _pressure(
    p: Parameters, x: jax.Array, b: jax.Array, sigma: jax.Array, dt: float
) -> clearing.Pressure:
    ratio = jnp.log(sigma / 5.0)
    return clearing.Pressure(
        x_star_usdbn=x,
        b_star_usdbn=b,
        lam_bp_per_usdbn=p.lam0_bp_per_100bn / 100.0 * jnp.exp(p.eta * ratio),
        capacity=dealers.capacity(jnp.exp(p.nu * ratio), 1.0, p.u0, p),
        days_times_e=dt * p.e_usdbn_per_day_per_bp,
        rest=real_money.at_rest(p),
    )


def _states(seed: int, size: float, dt: float) -> tuple[Parameters, clearing.Pressure]:
    """Joint draws at random inventories up to `size` $bn, long and short, at any volatility."""
    rng = np.random.default_rng(seed)
    p = drawn(PATHS)
    x = jnp.asarray(size * rng.uniform(-0.2, 1.0, PATHS) ** 3)
    b = jnp.asarray(size * rng.uniform(-0.2, 1.0, PATHS) ** 3 / 0.56)
    return p, _pressure(p, x, b, jnp.asarray(rng.uniform(2.0, 12.0, PATHS)), dt)


@pytest.mark.parametrize("size", [100.0, 1000.0, 5000.0])
@pytest.mark.parametrize("dt", [1 / 3, 1.0])
def test_the_fixed_count_reaches_the_root_property(size: float, dt: float) -> None:
    """Property: 1e-9 $bn where the wedge means anything, 1e-4 $bn at any size, over joint draws."""
    p, q = _states(3, size, dt)
    cleared = clearing.clear(q, p)
    residual = np.abs(np.asarray(cleared.residual_usdbn))
    assert residual.max() < 1e-4
    assert residual[np.asarray(cleared.D_bp) < OUT_OF_RANGE_BP].max() < 1e-9


@pytest.mark.parametrize("size", [1000.0, 5000.0])
def test_newton_never_passes_the_root_property(size: float) -> None:
    """Property: F <= 0 (to rounding) at the answer: the climb from v = 0 stayed on one side."""
    p, q = _states(5, size, 1.0)
    cleared = clearing.clear(q, p)
    assert float(cleared.residual_usdbn.max()) <= 1e-9
    assert bool((cleared.v_usdbn >= 0).all())


def test_the_right_side_falls_everywhere_property() -> None:
    """Property: F rises along 200 points of v for every draw, so the root is the only one."""
    p, q = _states(7, 2000.0, 1.0)
    top = jnp.maximum(q.x_star_usdbn, 1.0) * 1.2
    gaps = jnp.stack([clearing._at(top * k / 200, q, p).gap for k in range(201)])
    assert bool((jnp.diff(gaps, axis=0) > 0).all())


def _plain_root(k: dict[str, float], x: float, b: float, scale: float) -> tuple[float, float]:
    """(v, D) by bisection and interpolation, the equations written once more in plain numbers."""

    def wedge(v: float) -> float:
        held = max(b - v / k["x_per_par_sellers"], 0.0)
        u = (k["u0"] + k["beta"] * held / k["capacity_usdbn"]) * scale
        z = _softplus((u - k["ubar"]) / k["w"]) / _softplus((1 - k["ubar"]) / k["w"])
        side = 1.0 if x > v else k["chi"]
        return k["lam"] * (1 + k["c"] * z * z) * (x - v) * side

    def gap(v: float) -> float:
        soft = _softplus((max(wedge(v), 0.0) - k["Dbar_bp"]) / 5)
        return v - k["e_usdbn_per_day_per_bp"] * 5 * (soft - _softplus(-k["Dbar_bp"] / 5))

    root = float(brentq(gap, 0.0, max(x, 0.0) + 1.0, xtol=1e-13, rtol=1e-14))
    return root, wedge(root)


def test_bracketed_root_second_route() -> None:
    """Second route: Brent's method on the equations in plain numbers, for forty draws."""
    p, q = _states(11, 2000.0, 1.0)
    cleared = clearing.clear(q, p)
    single = {n: v for n, v in p._asdict().items() if np.shape(v) in ((), (PATHS,))}
    for i in range(0, PATHS, 25):
        k = {n: float(np.broadcast_to(v, PATHS)[i]) for n, v in single.items()}
        k["lam"] = float(q.lam_bp_per_usdbn[i])
        scale = float(q.capacity.u0[i]) / k["u0"]
        v, D = _plain_root(k, float(q.x_star_usdbn[i]), float(q.b_star_usdbn[i]), scale)
        assert float(cleared.v_usdbn[i]) == pytest.approx(v, abs=1e-6)
        assert float(cleared.D_bp[i]) == pytest.approx(D, rel=1e-6, abs=1e-6)


def test_derivatives_are_those_of_the_root_second_route() -> None:
    """Second route: gradients through the last Newton step against central differences."""
    p = medians()

    def wedge(lam0: jax.Array, par: jax.Array) -> jax.Array:
        changed = p._replace(lam0_bp_per_100bn=lam0[None])
        q = _pressure(changed, jnp.full(1, 300.0), par[None], jnp.full(1, 7.0), 1.0)
        return jnp.asarray(clearing.clear(q, changed).D_bp[0])

    at = (jnp.asarray(18.0), jnp.asarray(520.0))
    exact = jax.grad(wedge, argnums=(0, 1))(*at)
    for i, step in ((0, 1e-4), (1, 1e-3)):
        moved = [jnp.stack([a, a]) for a in at]
        moved[i] = at[i] + jnp.asarray([step, -step])
        up, down = (wedge(moved[0][j], moved[1][j]) for j in (0, 1))
        assert float(exact[i]) == pytest.approx(float((up - down) / (2 * step)), rel=1e-6)


def test_slope_in_par_second_route() -> None:
    """Second route: dD per par sold, as the spiral uses it, is the derivative of the root."""
    p = medians()

    def wedge(par: jax.Array) -> jax.Array:
        q = _pressure(p, jnp.full(1, 250.0), par[None], jnp.full(1, 6.0), 1 / 3)
        return jnp.asarray(clearing.clear(q, p).D_bp[0])

    q = _pressure(p, jnp.full(1, 250.0), jnp.full(1, 430.0), jnp.full(1, 6.0), 1 / 3)
    slope = jax.grad(wedge)(jnp.asarray(430.0))
    assert float(clearing.clear(q, p).D_per_par_bp[0]) == pytest.approx(float(slope), rel=1e-9)

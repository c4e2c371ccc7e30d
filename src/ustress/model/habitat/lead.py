"""Supply that will come: what is priced when a change is believed before it happens.

For a known path theta0(tau, t), A and M stand and the constants' deviation from the steady state
is c(t, tau) = int_0^tau A(tau - x)'kappa_{t + x} dx, with

    kappa_t = a V int A(u) [dtheta0(u, t) - alpha(u) c(t, u)] du
            = a V int A dtheta0(t) - int_0^T K(x) kappa_{t + x} dx,
    K(x) = a V int_x^T alpha(u) A(u) A(u - x)' du.

For one lasting unit arriving in L years kappa depends on L alone and equals the steady state's
from its arrival on, which leaves a Volterra equation, solved backward from the arrival by the
trapezoid rule (second order in the step). Any path is a sum of such units.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.interpolate import CubicSpline

from ustress.core.errors import BadInputError
from ustress.model.habitat.arrays import Array, Floats
from ustress.model.habitat.curves import Curves
from ustress.model.habitat.exponential import Flow, at, decayed, march, steps
from ustress.model.habitat.impact import AMOUNT_USDBN, BP, GDP_2025_USDBN, impulse
from ustress.model.habitat.profile import Profile

STEPS_PER_YEAR = 24


def lead_response(
    equilibrium: Curves,
    profile: Profile,
    lead_years: ArrayLike,
    tau: ArrayLike = 10.0,
    gdp_usdbn: float = GDP_2025_USDBN,
    steps_per_year: int = STEPS_PER_YEAR,
) -> Floats:
    """Yields today, in bp per $100bn of lasting supply that surely arrives in `lead_years`.

    Args:
        equilibrium: one economy or a stack of draws.
        profile: where along the maturities the supply lies.
        lead_years: (L,) or a number, zero or more; zero is `supply_response`.
        tau: (t,) or a number, maturities of the yields, years.
        gdp_usdbn: $bn.
        steps_per_year: of the backward solution.

    Returns:
        (L, t), for draws (D, L, t).

    Raises:
        BadInputError: for a negative lead or a maturity outside (0, T].
        CannotError: if the economy has no usable equilibrium.
    """
    grid = equilibrium.maturities(tau)
    leads = np.atleast_1d(np.asarray(lead_years, np.float64))
    if leads.ndim != 1 or not np.all(np.isfinite(leads) & (leads >= 0)):
        raise BadInputError(f"lead_years is {lead_years!r}; expected zero or more")
    unit = _unit_moves(equilibrium, profile, float(leads.max()), grid, steps_per_year)
    where = leads * steps_per_year
    left = np.minimum(where.astype(int), unit.shape[-2] - 2)
    share = (where - left)[:, None]
    move = unit[..., left, :] * (1 - share) + unit[..., left + 1, :] * share
    return np.asarray(move * (BP * AMOUNT_USDBN / gdp_usdbn))


def _unit_moves(eq: Curves, profile: Profile, reach: float, tau: Floats, rate: int) -> Floats:
    """Yield moves (..., L, t) for one unit arriving after 0, 1 .. steps, at least to `reach`."""
    n, T, h = eq.M.shape[-1], eq.mesh.horizon_years, 1.0 / rate
    flow = decayed(eq.M)
    step = steps(flow, np.array([h]))[..., 0, :, :]
    grid = march(step, np.zeros_like(step[..., 0]), int(np.ceil(T * rate - 1e-9)) + 1)
    settled = impulse(eq, profile)
    kappa = _backward(_kernel(eq, grid[..., n:], h), settled, h, int(np.ceil(reach * rate)) + 1)
    late = np.stack([_before(flow, step, x, h, kappa.shape[-2]) for x in tau], axis=-3)
    I_A, A = late[..., :n], late[..., n:]
    moves = [_move(A, I_A, kappa, settled, h, i) for i in range(kappa.shape[-2])]
    return np.asarray(np.stack(moves, axis=-2) / tau)


def _before(flow: Flow, step: Array, tau: float, h: float, count: int) -> Floats:
    """(int A, A) at tau, tau - h .. (..., count, 2n), zero where that is not above zero."""
    whole = int(tau / h + 1e-9)
    start = at(flow, np.array([tau - whole * h]))[..., 0, :]
    back = march(step, start, whole + 1)[..., ::-1, :][..., :count, :]
    gap = np.zeros((*back.shape[:-2], count - back.shape[-2], back.shape[-1]))
    return np.concatenate([back, gap], axis=-2)


def _move(A: Floats, I_A: Floats, kappa: Floats, settled: Floats, h: float, i: int) -> Floats:
    """The deviation c (..., t) when the unit arrives after i steps."""
    before = np.einsum("...tmn,...mn->...t", A[..., : i + 1, :], kappa[..., i::-1, :])
    ends = A[..., i, :] * kappa[..., None, 0, :] + A[..., 0, :] * kappa[..., None, i, :]
    after = (I_A[..., i, :] * settled[..., None, :]).sum(-1)
    return np.asarray(h * (before - 0.5 * ends.sum(-1)) + after)


def _kernel(eq: Curves, A: Floats, h: float) -> Floats:
    """K (..., x, n, n) on the grid from 0 to T by correlation; A(0) = 0 spares the first end."""
    p, tau = eq.primitives, h * np.arange(A.shape[-2])
    alpha = CubicSpline(eq.mesh.nodes, p.alpha, axis=-1)(tau)
    weighted = A * (h * alpha)[..., None]
    weighted[..., -1, :] *= 0.5
    size = 2 * A.shape[-2]
    left, right = np.fft.rfft(weighted, size, axis=-2), np.fft.rfft(A, size, axis=-2)
    both = left[..., :, None] * right.conj()[..., None, :]
    H = np.fft.irfft(both, size, axis=-3)[..., : A.shape[-2], :, :]
    return np.asarray(p.a[..., None, None, None] * (p.V[..., None, :, :] @ H))


def _backward(K: Floats, settled: Floats, h: float, count: int) -> Floats:
    """The path kappa (..., count + 1, n) at 0, 1 .. steps before the arrival, 0 just before it."""
    n = settled.shape[-1]
    area = h * (
        K.sum(-3, keepdims=True) - np.cumsum(K, axis=-3) + 0.5 * K - 0.5 * K[..., -1:, :, :]
    )
    K = np.concatenate([K, np.zeros((*K.shape[:-3], max(0, count + 1 - K.shape[-3]), n, n))], -3)
    kappa = np.zeros((*settled.shape[:-1], count + 1, n))
    first = np.eye(n) + 0.5 * h * K[..., 0, :, :]
    for i in range(count + 1):
        tail = area[..., i, :, :] if i < area.shape[-3] else 0 * first
        force = -(tail @ settled[..., None])[..., 0]
        if i > 0:
            past = np.einsum(
                "...mij,...mj->...i", K[..., 1 : i + 1, :, :], kappa[..., i - 1 :: -1, :]
            )
            end = (K[..., i, :, :] @ kappa[..., 0, :, None])[..., 0]
            force = np.linalg.solve(first, (force - h * (past - 0.5 * end))[..., None])[..., 0]
        kappa[..., i, :] = force
    return kappa

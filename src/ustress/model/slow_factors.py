"""The slow state q = (r - rbar, m, b) in time, and what it and lasting supply do to the curve.

q' = transition q + loading z for one step; yields change by 100 (A/tau)'(q - q at the opening),
per cent, of which 100 (A_expected/tau)' the average expected short rate. Lasting supply moves the
curve by the slow layer's basis points per $100bn (model document, sections 1 and 2). The three
components are written out: a product of small matrices would break the fused kernel.

A bill has the slow state's part alone (`bill_change_bp`): lasting supply and arbitrageurs' losses
move three months by hundredths and tenths of a basis point, and the wedge, the local term and
the convenience yield's change are those of notes and bonds (decision record 0030).
"""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model.types import Array, Parameters, Shocks, State

Slow = tuple[Array, Array, Array]


def step_slow(state: State, shocks: Shocks, p: Parameters) -> Slow:
    """(r, m, b) after one step."""
    T, C = p.transition, p.loading
    q, z = (state.r, state.m, state.b), (shocks.r, shocks.m, shocks.b)
    r = T[0, 0] * q[0] + T[0, 1] * q[1] + T[0, 2] * q[2] + C[0, 0] * z[0]
    m = T[1, 0] * q[0] + T[1, 1] * q[1] + T[1, 2] * q[2] + C[1, 0] * z[0] + C[1, 1] * z[1]
    b = T[2, 0] * q[0] + T[2, 1] * q[1] + T[2, 2] * q[2]
    return r, m, b + C[2, 0] * z[0] + C[2, 1] * z[1] + C[2, 2] * z[2]


def curve_change_bp(q: Slow, open_q: Array, A_over_tau: Array) -> Array:
    """(paths, tenors): change of yields since the opening by the slow state, bp."""
    moved = [q[i] - open_q[i] for i in range(3)]
    A = 1e4 * A_over_tau
    return moved[0][:, None] * A[:, 0] + moved[1][:, None] * A[:, 1] + moved[2][:, None] * A[:, 2]


def bill_change_bp(q: Slow, open_q: Array, bill_over_tau: Array) -> Array:
    """(paths,): change of the three-month yield since the opening, bp."""
    moved = [q[i] - open_q[i] for i in range(3)]
    A = 1e4 * bill_over_tau
    return moved[0] * A[0] + moved[1] * A[1] + moved[2] * A[2]


def lasting_bp(stock_par_usdbn: Array, bp_per_100bn: Array) -> Array:
    """(paths, tenors): lasting effect of a stock of supply ($bn par, 2025 size), bp."""
    return jnp.asarray(stock_par_usdbn)[:, None] * bp_per_100bn / 100.0

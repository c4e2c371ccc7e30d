"""Continuation in risk aversion with Newton's method, on JAX: one loop that never branches.

The path starts at s = 0, where M = G' is the only solution, and follows it to s = 1 with risk
aversion s a. Each pass evaluates residual and Jacobian once at a trial point and either accepts
it (and predicts the next along the tangent), corrects it, or halves the step.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ustress.model.habitat.arrays import Array
from ustress.model.habitat.fixed_point import demand_risk, rescale, residual, unscale
from ustress.model.habitat.problem import Primitives
from ustress.model.habitat.quadrature import Mesh, mesh
from ustress.model.precision import FLOAT

SMALLEST_STEP = 2.0**-12
MOST_PASSES = 400
NUDGE = 1e-7  # of the differenced Jacobian, factors in ten-year-yield units
CORRECTIONS = 6
TIGHT = 1e-9  # last correction at s = 1; what it leaves is of the order of its square
CURVATURE, AIM = 0.35, 0.2  # largest and wanted ratio of the first correction to the step made


class Solved(NamedTuple):
    """M (n, n) in the problem's own units; the s reached (1 if the path arrived); passes made."""

    M: Array
    reached: Array
    passes: Array


class Path(NamedTuple):
    """Where a continuation stands: the accepted point, its tangent, and the point on trial."""

    s: Array  # accepted
    M: Array
    tangent: Array
    trial: Array
    guess: Array
    step: Array
    count: Array  # corrections made at this trial
    size: Array  # of the last correction
    passes: Array
    done: Array


def _newton(M: Array, s: Array, p: Primitives, own: Mesh) -> tuple[Array, Array]:
    """Newton's correction at (M, s) and the tangent dM/ds, (n, n) each.

    The Jacobian is differenced: all directions are one batched evaluation, which compiles and
    runs in a third of the time of exact tangents and leaves corrections that still shrink by
    orders of magnitude. Derivatives for users do not come from here.
    """
    n = M.shape[-1]
    directions = np.concatenate([np.zeros((1, n, n)), np.eye(n * n).reshape(-1, n, n)])
    risk = demand_risk(M + NUDGE * jnp.asarray(directions), p, own).reshape(-1, n * n)
    slope = (risk[1:] - risk[0]).T / NUDGE
    jacobian = jnp.eye(n * n, dtype=FLOAT) + s * slope
    gap = (M - p.G.T).ravel() + s * risk[0]
    moves = -jnp.linalg.solve(jacobian, jnp.stack([gap, risk[0]], axis=-1))
    return moves[:, 0].reshape(n, n), moves[:, 1].reshape(n, n)


def _pass(path: Path, p: Primitives, own: Mesh) -> Path:
    move, tangent = _newton(path.guess, path.trial, p, own)
    size = jnp.max(jnp.abs(move))
    ahead = jnp.max(jnp.abs(path.guess - path.M))
    first, last = path.count == 0, path.trial >= 1.0
    bent = size / (ahead + TIGHT)
    fine = jnp.where(first, bent <= CURVATURE, size <= 0.5 * path.size + TIGHT)
    fine = fine & jnp.isfinite(size) & (path.count < CORRECTIONS)
    accept = fine & (~last | (size <= TIGHT * (1.0 + jnp.max(jnp.abs(path.guess)))))
    stay = fine & ~accept
    stretch = jnp.sqrt(AIM / jnp.where(bent > 0, bent, TIGHT))
    stretch = jnp.where(fine, jnp.clip(stretch, 0.5, 4.0), jnp.clip(stretch, 0.1, 0.5))
    tried = jnp.where(path.trial > 0, path.trial - path.s, 1.0)
    step = jnp.where(stay, path.step, tried * jnp.where(jnp.isnan(stretch), 0.1, stretch))
    s = jnp.where(accept, path.trial, path.s)
    M = jnp.where(accept, path.guess + move, path.M)
    slope = jnp.where(accept, tangent, path.tangent)
    # A sliver left for the last step would be judged against its own tiny change of M: take all.
    ahead_s = jnp.where(s + 1.25 * step >= 1.0, 1.0, s + step)
    trial = jnp.where(stay, path.trial, ahead_s)
    guess = jnp.where(stay, path.guess + move, M + (trial - s) * slope)
    count, passes = jnp.where(stay, path.count + 1, 0), path.passes + 1
    done = (accept & last) | (step < SMALLEST_STEP) | (passes >= MOST_PASSES)
    return Path(s, M, slope, trial, guess, step, count, size, passes, done)


def begin(p: Primitives) -> Path:
    """The path before its first pass."""
    zero, nought = jnp.zeros((), FLOAT), jnp.zeros((), jnp.int64)
    start = jnp.asarray(p.G, FLOAT).T + zero
    return Path(
        zero, start, 0 * start, zero, start, zero + 1.0, nought, zero, nought, zero > 1
    )  # fmt: skip


def follow(path: Path, p: Primitives, own: Mesh, passes: Array) -> Path:
    """Go on until the path has arrived or broken, or `passes` have been made."""
    return jax.lax.while_loop(
        lambda x: ~x.done & (x.passes < passes), lambda x: _pass(x, p, own), path
    )


@partial(jax.custom_jvp, nondiff_argnums=(1,))
def fixed_point(p: Primitives, own: Mesh) -> Solved:
    """The M that continues G'; differentiable by the implicit function theorem.

    dM = -(dF/dM)^-1 (dF/dp) dp, with F the residual on the full mesh; nodes are held fixed.
    """
    path = follow(begin(p), p, own, jnp.asarray(MOST_PASSES))
    return Solved(path.M, path.s, path.passes.astype(FLOAT))


@fixed_point.defjvp
def _fixed_point_jvp(
    own: Mesh, primals: tuple[Primitives], tangents: tuple[Primitives]
) -> tuple[Solved, Solved]:
    (p,), (dp,) = primals, tangents
    found = fixed_point(p, own)
    n = found.M.shape[-1]
    _, force = jax.jvp(lambda x: residual(found.M, x, own), (p,), (dp,))
    jacobian = jax.jacfwd(lambda x: residual(x, p, own))(found.M).reshape(n * n, n * n)
    dM = -jnp.linalg.solve(jacobian, force.ravel()).reshape(n, n)
    zero = jnp.zeros((), FLOAT)
    return found, Solved(dM, zero, zero)


def solve_slopes(p: Primitives, d: Array, panels: int, order: int) -> Solved:
    """The equilibrium's M for one problem, traced: to be jitted, mapped and differentiated.

    Args:
        p: the economy's arrays on the mesh of `panels` and `order`.
        d: units of the factors (n,), see `fixed_point.units`; they affect conditioning only.
        panels: of the mesh.
        order: Gauss points on a panel.
    """
    p = Primitives(*(jnp.asarray(x, FLOAT) for x in p))
    found = fixed_point(rescale(p, d), mesh(float(panels), panels, order))
    return found._replace(M=unscale(found.M, d))


def go_on(
    path: Path, p: Primitives, d: Array, passes: Array, panels: int, order: int
) -> tuple[Path, Array]:
    """One problem's path continued to at most `passes`, and its M in the problem's own units.

    For stacks of draws: what has arrived leaves the stack, so that a hard draw holds up few.
    """
    p = Primitives(*(jnp.asarray(x, FLOAT) for x in p))
    path = follow(path, rescale(p, d), mesh(float(panels), panels, order), passes)
    return path, unscale(path.M, d)

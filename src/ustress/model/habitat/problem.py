"""The primitives of a preferred-habitat economy, validated, and sampled on a mesh."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError
from ustress.model.habitat.arrays import Array, Floats
from ustress.model.habitat.quadrature import MAX_PANELS, Mesh, carry, mesh

Curve = Callable[[Floats], ArrayLike] | tuple[ArrayLike, ArrayLike] | float
"""A function of maturity: a NumPy function, a grid (tau, values), or a constant."""


class Primitives(NamedTuple):
    """What an equilibrium depends on, as arrays; N nodes, n = K + 1 states. A JAX pytree.

    `theta` (N, n) has the short rate's column of zeros; `weights` (N,) and `width` are the mesh's.
    """

    G: Array
    V: Array
    a: Array
    rbar: Array
    alpha: Array
    theta: Array
    theta0: Array
    weights: Array
    width: Array


@dataclass(frozen=True, eq=False)
class Habitat:
    """A preferred-habitat economy (Vayanos and Vila 2021), states q = (r, b1 .. bK).

    dq = -G (q - rbar E) dt + S dB; habitat investors demand -alpha(tau) log P - beta dollars per
    unit of maturity, beta = theta0 + sum_k theta_k b_k, as shares of GDP.

    Attributes:
        reversion: G (n, n), per year; a vector (n,) stands for a diagonal matrix.
        volatility: S (n, m), per square root of a year; a vector (n,) for a diagonal matrix.
        slope: alpha(tau), not negative.
        loadings: theta_k(tau), one for each state after the short rate.
        intercept: theta0(tau).
        risk_aversion: a, per share of GDP held by arbitrageurs.
        mean_rate: rbar, decimal per year.
        horizon_years: T, the longest maturity.
        panels: panels of the quadrature; None gives one a year.

    A curve is a NumPy function of maturities in years, a pair (tau, values) interpolated linearly
    and flat outside, or a constant; it is evaluated once on the nodes and never traced.

    Raises:
        BadInputError: naming the field, if shapes do not match or a number is not allowed.
    """

    reversion: ArrayLike
    volatility: ArrayLike
    slope: Curve
    loadings: Sequence[Curve]
    intercept: Curve
    risk_aversion: float
    mean_rate: float
    horizon_years: float = 30.0
    panels: int | None = None
    primitives: Primitives = field(init=False, repr=False)

    def __post_init__(self) -> None:
        G = _square(self.reversion, "reversion")
        S = _loading_matrix(self.volatility, G.shape[0])
        if len(self.loadings) != G.shape[0] - 1:
            raise BadInputError(
                f"loadings has {len(self.loadings)} curves; expected {G.shape[0] - 1}, one for "
                "each state of reversion after the short rate"
            )
        a = _number(self.risk_aversion, "risk_aversion")
        rbar = _number(self.mean_rate, "mean_rate")
        sampled = self._curves(self.mesh)
        if a < 0:
            raise BadInputError(f"risk_aversion is {a:g}; expected zero or more")
        if sampled["alpha"].min() < 0:
            raise BadInputError("slope is negative at some maturity; expected zero or more")
        p = Primitives(G=G, V=S @ S.T, a=np.array(a), rbar=np.array(rbar), **sampled)
        object.__setattr__(self, "primitives", p)

    @property
    def mesh(self) -> Mesh:
        """The quadrature on (0, T]."""
        horizon = _number(self.horizon_years, "horizon_years")
        if horizon <= 0:
            raise BadInputError(f"horizon_years is {horizon:g}; expected a number above zero")
        if self.panels is not None and not 1 <= self.panels <= MAX_PANELS:
            raise BadInputError(f"panels is {self.panels}; expected 1 to {MAX_PANELS}")
        return mesh(horizon, self.panels)

    def on(self, target: Mesh) -> Primitives:
        """The primitives sampled on another mesh, one that checks the solution."""
        return self.primitives._replace(**self._curves(target))

    def _curves(self, target: Mesh) -> dict[str, Floats]:
        alpha = self._sample(self.slope, "slope", target)
        theta = [self._sample(c, f"loadings[{k}]", target) for k, c in enumerate(self.loadings)]
        return {
            "alpha": alpha,
            "theta": np.stack([np.zeros_like(alpha), *theta], axis=-1),
            "theta0": self._sample(self.intercept, "intercept", target),
            "weights": target.weights,
            "width": np.array(target.width),
        }

    def _sample(self, curve: Curve, name: str, target: Mesh) -> Floats:
        if not isinstance(curve, tuple):
            return _evaluate(curve, name, target.nodes)
        own = self.mesh
        values = _interpolate(curve, name, own.nodes)
        return values if target is own else carry(values, own, target)


def _number(value: float, name: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise BadInputError(f"{name} is {value!r}; expected a number") from None
    if not np.isfinite(number):
        raise BadInputError(f"{name} is {number}; expected a finite number")
    return number


def _finite(values: ArrayLike, name: str) -> Floats:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise BadInputError(f"{name} is not an array of numbers") from None
    if not np.all(np.isfinite(array)):
        raise BadInputError(f"{name} contains a number that is not finite")
    return array


def _square(values: ArrayLike, name: str) -> Floats:
    array = _finite(values, name)
    array = np.diag(array) if array.ndim == 1 else np.atleast_2d(array)
    if array.ndim != 2 or array.shape[0] != array.shape[1] or array.size == 0:
        raise BadInputError(f"{name} has shape {array.shape}; expected a square matrix")
    return array


def _loading_matrix(values: ArrayLike, n: int) -> Floats:
    array = _finite(values, "volatility")
    diagonal = array if array.ndim < 2 else np.diag(array)
    if np.any(diagonal < 0):
        raise BadInputError("volatility has a negative standard deviation; expected zero or more")
    array = np.diag(np.atleast_1d(array)) if array.ndim < 2 else array
    if array.ndim != 2 or array.shape[0] != n:
        raise BadInputError(
            f"volatility has shape {array.shape}; expected {n} rows, one for each state"
        )
    return array


def _evaluate(curve: Callable[[Floats], ArrayLike] | float, name: str, tau: Floats) -> Floats:
    values = _finite(curve(tau) if callable(curve) else curve, name)
    if values.shape not in ((), tau.shape):
        raise BadInputError(
            f"{name} returned shape {values.shape} for {tau.size} maturities; "
            "expected one value for each"
        )
    return np.broadcast_to(values, tau.shape).copy()


def _interpolate(grid: tuple[ArrayLike, ArrayLike], name: str, tau: Floats) -> Floats:
    if len(grid) != 2:
        raise BadInputError(f"{name} is a tuple of {len(grid)}; expected a grid (tau, values)")
    x, y = (_finite(part, name) for part in grid)
    if x.ndim != 1 or x.shape != y.shape or x.size == 0 or np.any(np.diff(x) <= 0):
        raise BadInputError(
            f"{name} is a grid of shapes {x.shape} and {y.shape}; expected rising maturities "
            "and one value for each"
        )
    return np.interp(tau, x, y)

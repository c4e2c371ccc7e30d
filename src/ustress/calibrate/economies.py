"""Which parameters are estimated, and the economy that belongs to a vector of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import UnknownNameError
from ustress.model.habitat import Habitat, rmb_habitat
from ustress.model.habitat.state_rmb import slope_shape, supply_shape
from ustress.model.parameters import load_parameters

Floats = NDArray[np.float64]

_NAMES = {"kb": "kb_slow"}
SIGMA_B = 1.0
"""The demand factor's unit."""


@dataclass(frozen=True)
class Economy:
    """A kind of economy: names of its positive parameters and how it is built from them.

    `factors` names the states; `a_alpha` and `a` are held fixed, because second moments of yields
    identify neither.
    """

    name: str
    factors: tuple[str, ...]
    parameters: tuple[str, ...]
    build: Callable[[Mapping[str, float]], Habitat]
    a_alpha: float

    def habitat(self, log_parameters: Floats) -> Habitat:
        """The economy at logarithms of the parameters."""
        values = np.exp(log_parameters)
        given = dict(zip(self.parameters, (float(v) for v in values), strict=True))
        return self.build({**given, "a_alpha": self.a_alpha})

    def start(self) -> Floats:
        """Logarithms of the parameter table's values."""
        table = load_parameters()
        return np.log([table.value(_NAMES.get(name, name)) for name in self.parameters])


def economy(name: str, a_alpha: float | None = None) -> Economy:
    """The economy `rmb` (short rate, target, demand), `rb` (no target) or `rm` (no demand).

    Args:
        name: one of the three.
        a_alpha: price sensitivity of habitats; None takes the table's.

    Raises:
        UnknownNameError: for another name.
    """
    if name not in _KINDS:
        raise UnknownNameError("economy", name, tuple(_KINDS))
    factors, parameters, build = _KINDS[name]
    fixed = load_parameters().value("a_alpha") if a_alpha is None else a_alpha
    return Economy(name, factors, parameters, build, fixed)


def _rmb(p: Mapping[str, float]) -> Habitat:
    table = load_parameters()
    return rmb_habitat(**p, sigma_b=SIGMA_B, a=table.value("a"), rbar=table.value("rbar"))


def _rm(p: Mapping[str, float]) -> Habitat:
    """No demand factor; arbitrageurs still charge for the risk of habitats' price response."""
    a, rbar = (load_parameters().value(name) for name in ("a", "rbar"))
    return Habitat(
        reversion=[[p["kr"], -p["kr"]], [0.0, p["km"]]],
        volatility=[p["sr"], p["sm"]],
        slope=lambda tau: p["a_alpha"] / a * slope_shape(tau),
        loadings=[0.0],
        intercept=0.0,
        risk_aversion=a,
        mean_rate=rbar,
    )


def _rb(p: Mapping[str, float]) -> Habitat:
    """No moving target: the model of Vayanos and Vila with one demand factor."""
    a, rbar = (load_parameters().value(name) for name in ("a", "rbar"))
    return Habitat(
        reversion=[p["kr"], p["kb"]],
        volatility=[p["sr"], SIGMA_B],
        slope=lambda tau: p["a_alpha"] / a * slope_shape(tau),
        loadings=[lambda tau: p["a_theta"] / a * supply_shape(tau)],
        intercept=0.0,
        risk_aversion=a,
        mean_rate=rbar,
    )


_KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], Callable[[Mapping[str, float]], Habitat]]]
_KINDS = {
    "rmb": (("r", "m", "b"), ("kr", "sr", "km", "sm", "kb", "a_theta"), _rmb),
    "rb": (("r", "b"), ("kr", "sr", "kb", "a_theta"), _rb),
    "rm": (("r", "m"), ("kr", "sr", "km", "sm"), _rm),
}

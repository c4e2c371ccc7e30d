"""The fast layer's parameters before the data: standard normals and what they become.

Medians and ranges are those of the model document, section 6. Where its range came from a fit to
the same episodes the prior is twice as wide in logs, so that no datum counts twice; where it says
`prior` the range is taken as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

Floats = NDArray[np.float64]

KINDS = ("lognormal", "logistic", "share", "half_normal")
FITTED, GIVEN, NUISANCE = "fitted before, twice as wide", "as in the document", "nuisance"


@dataclass(frozen=True, slots=True)
class Prior:
    """One parameter: from a standard normal z to its value.

    `kind`: lognormal, middle e^{spread z}; logistic, 1/(1 + e^-(logit middle + spread z)); share,
    top x Phi(middle + spread z); half_normal, spread |z|. `basis` says where the range is from;
    `column` is the name in the joint draws, empty for what is not stored there.
    """

    name: str
    symbol: str
    kind: str
    middle: float
    spread: float
    basis: str
    column: str = ""
    top: float = 1.0

    def value(self, z: Floats) -> Floats:
        """The parameter at z."""
        if self.kind == "lognormal":
            return np.asarray(self.middle * np.exp(self.spread * z))
        if self.kind == "logistic":
            odds = np.log(self.middle / (1.0 - self.middle))
            return np.asarray(expit(odds + self.spread * z))
        if self.kind == "share":
            return np.asarray(self.top * ndtr(self.middle + self.spread * z))
        return np.asarray(self.spread * np.abs(z))


PRIORS = (
    Prior("lam0_bp_per_100bn", "lam0", "lognormal", 18.0, 0.75, FITTED, "lam0_bp_per_100bn"),
    Prior("eta", "eta", "share", 0.3, 0.85, GIVEN, "eta", top=1.5),
    Prior("k_plus_days", "k+", "lognormal", 43.0, 0.70, FITTED, "k_plus_days"),
    Prior("k_minus_days", "k-", "lognormal", 3.0, 0.68, GIVEN, "k_minus_days"),
    Prior("chi", "chi", "share", -1.0, 1.0, FITTED, "chi"),
    Prior("c", "c", "lognormal", 0.8, 0.78, GIVEN, "c"),
    Prior("ubar", "ubar", "logistic", 0.83, 0.64, GIVEN, "ubar"),
    Prior("u0_2020", "u0 2020 / (u0 x use)", "lognormal", 1.0, 0.10, GIVEN, "u0_2020"),
    Prior("u0", "u0 2025", "lognormal", 0.70, 0.29, FITTED, "u0_2025"),
    Prior("capacity_usdbn", "K", "lognormal", 415.0, 0.18, GIVEN, "capacity_usdbn"),
    Prior("beta", "beta", "lognormal", 0.37, 0.60, FITTED, "beta"),
    Prior("nu", "nu", "lognormal", 0.08, 1.0, FITTED, "nu"),
    Prior("phi_bp", "phi", "lognormal", 26.0, 0.57, GIVEN, "phi_bp"),
    Prior("leverage", "L", "lognormal", 20.0, 0.38, GIVEN, "leverage"),
    Prior("kb", "kb", "lognormal", 0.2, 0.35, GIVEN, "kb"),
    Prior("e_usdbn_per_day_per_bp", "e", "lognormal", 0.6, 0.63, GIVEN, "e_usdbn_per_day_per_bp"),
    Prior("Dbar_bp", "Dbar", "lognormal", 42.0, 0.50, FITTED, "Dbar_bp"),
    Prior("lam_l_bp_per_100bn", "lam_l", "lognormal", 35.0, 0.60, NUISANCE),
    Prior("early_share", "early share", "share", 0.0, 1.0, NUISANCE),
    Prior("tau_study", "tau, studies", "half_normal", 0.0, 0.8, NUISANCE),
    Prior("tau_episode", "tau, episodes", "half_normal", 0.0, 0.8, NUISANCE),
)
"""The seventeen of the fast layer in the order of the joint draws, then what only the fit needs."""
NAMES = tuple(prior.name for prior in PRIORS)
STORED = tuple(prior for prior in PRIORS if prior.column)


def values(z: Floats, use_2020: float) -> dict[str, Floats]:
    """Parameters (particles,) by name at z (particles, parameters).

    `u0_2020` comes out as a level: u0 of 2025 times dealers' use on 9 March 2020 (`use_2020`,
    against April 2025) times its own factor.
    """
    found = {prior.name: prior.value(z[:, i]) for i, prior in enumerate(PRIORS)}
    found["u0_2020"] = found["u0_2020"] * found["u0"] * use_2020
    return found

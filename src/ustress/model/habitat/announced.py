"""Announced programmes: credibility, and announcement against execution.

A fully believed announcement moves yields once, when it is made; operation days add nothing.
With credibility p the effect is p C_announced + (1 - p) C_not, and each part carried out reveals
the rest of its own effect.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ustress.core.errors import BadInputError
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.curves import Curves
from ustress.model.habitat.impact import AMOUNT_USDBN, GDP_2025_USDBN
from ustress.model.habitat.lead import lead_response
from ustress.model.habitat.profile import Profile


@dataclass(frozen=True, eq=False)
class Programme:
    """Lasting changes of supply announced at time 0 and carried out later.

    Attributes:
        years: when each part is carried out (m,), years from the announcement, zero or more.
        usdbn: size of each part (m,); purchases are negative supply.
        profile: where along the maturities all parts lie.
        credibility: probability p that markets give the parts not yet carried out.

    Raises:
        BadInputError: if the shapes differ, a time is negative or p is outside [0, 1].
    """

    years: Floats
    usdbn: Floats
    profile: Profile
    credibility: float = 1.0

    def __post_init__(self) -> None:
        years, usdbn = (np.atleast_1d(np.asarray(x, np.float64)) for x in (self.years, self.usdbn))
        if years.ndim != 1 or years.shape != usdbn.shape or not np.all(np.isfinite(usdbn)):
            raise BadInputError(
                f"programme has years {years.shape} and usdbn {usdbn.shape}; expected one each"
            )
        if not np.all(years >= 0):
            raise BadInputError("programme: years are negative; expected zero or more")
        if not 0.0 <= self.credibility <= 1.0:
            raise BadInputError(f"credibility is {self.credibility}; expected 0 to 1")
        object.__setattr__(self, "years", years)
        object.__setattr__(self, "usdbn", usdbn)


def programme_moves(
    equilibrium: Curves,
    programme: Programme,
    times_years: ArrayLike,
    tau: ArrayLike = 10.0,
    gdp_usdbn: float = GDP_2025_USDBN,
) -> Floats:
    """Change of yields (bp) at each time against never having announced anything.

    Parts carried out count in full; parts to come count with the credibility p, as
    p C_announced + (1 - p) C_not: each execution reveals the rest. Zero before time 0.

    Returns:
        (times, t), for draws (D, times, t).
    """
    times = np.atleast_1d(np.asarray(times_years, np.float64))
    ahead = programme.years[None, :] - times[:, None]
    leads = np.where(times[:, None] < 0, 0.0, np.maximum(ahead, 0.0))
    belief = np.where(ahead > 0, programme.credibility, 1.0) * (times[:, None] >= 0)
    unit = lead_response(equilibrium, programme.profile, leads.ravel(), tau, gdp_usdbn)
    unit = unit.reshape((*unit.shape[:-2], *leads.shape, -1))
    weight = belief * programme.usdbn / AMOUNT_USDBN
    return np.asarray((unit * weight[..., None]).sum(-2))

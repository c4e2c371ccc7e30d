"""The slow layer: the preferred-habitat term structure of Vayanos and Vila, several factors.

    from ustress.model.habitat import Habitat, solve

Supply: `supply_response`, `lead_response`, `programme_moves`. Draws: `solve_many`. State:
`invert_state`. Derivatives: `ustress.model.habitat.traced`.
"""

from ustress.model.habitat.announced import Programme, programme_moves
from ustress.model.habitat.draws import Draws, solve_many
from ustress.model.habitat.equilibrium import Equilibrium, solve
from ustress.model.habitat.impact import supply_response
from ustress.model.habitat.invert import invert_state
from ustress.model.habitat.lead import lead_response
from ustress.model.habitat.problem import Habitat
from ustress.model.habitat.profile import Profile
from ustress.model.habitat.state_rmb import rmb_habitat
from ustress.model.habitat.supply_level import factor_for_slope, with_mean_slope

__all__ = [
    "Draws",
    "Equilibrium",
    "Habitat",
    "Profile",
    "Programme",
    "factor_for_slope",
    "invert_state",
    "lead_response",
    "programme_moves",
    "rmb_habitat",
    "solve",
    "solve_many",
    "supply_response",
    "with_mean_slope",
]

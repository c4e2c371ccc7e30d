"""The slow layer: preferred-habitat term structure with several factors (model of section 1).

    from ustress.model.habitat import Habitat, solve
"""

from ustress.model.habitat.equilibrium import Equilibrium, solve
from ustress.model.habitat.problem import Habitat

__all__ = ["Equilibrium", "Habitat", "solve"]

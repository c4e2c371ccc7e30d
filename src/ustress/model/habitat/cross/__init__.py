"""Cross-maturity demand: the slope as a kernel over pairs of maturities (Jansen, Li and Schmid).

from ustress.model.habitat.cross import Kernel, cross_response, solve_cross, switching
"""

from ustress.model.habitat.cross.equilibrium import CrossEquilibrium, cross_response, solve_cross
from ustress.model.habitat.cross.kernel import Kernel, switching

__all__ = ["CrossEquilibrium", "Kernel", "cross_response", "solve_cross", "switching"]

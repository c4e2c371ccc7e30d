"""Openings, shocks, the engine, ensembles and the breaking point.

Names are imported when first used, so that reading a saved run costs no compiler.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ustress.simulate.breakpoint import Breakpoint, chance_of_intervention
    from ustress.simulate.difference import Difference
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.explain import Moved, explain_difference
    from ustress.simulate.opening import Opening, open_state
    from ustress.simulate.probability import Estimate, Probability
    from ustress.simulate.readings import Input
    from ustress.simulate.run import recompute, simulate

_HOMES = {
    "Breakpoint": "breakpoint",
    "chance_of_intervention": "breakpoint",
    "Difference": "difference",
    "Ensemble": "ensemble",
    "Moved": "explain",
    "explain_difference": "explain",
    "Opening": "opening",
    "open_state": "opening",
    "Estimate": "probability",
    "Probability": "probability",
    "Input": "readings",
    "recompute": "run",
    "simulate": "run",
}
__all__ = [
    "Breakpoint",
    "Difference",
    "Ensemble",
    "Estimate",
    "Input",
    "Moved",
    "Opening",
    "Probability",
    "chance_of_intervention",
    "explain_difference",
    "open_state",
    "recompute",
    "simulate",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'ustress.simulate' has no attribute '{name}'")
    found = getattr(import_module(f"ustress.simulate.{_HOMES[name]}"), name)
    globals()[name] = found
    return found

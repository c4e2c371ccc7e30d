"""ustress: how much selling can the market for US Treasuries take before the Fed has to buy?

    import ustress as us

    us.market("2025-04-11")["curve.10y"]
    run = us.run("tactical-qe", as_of="2025-04-11", paths=10_000, seed=7)
    run.quantile("ust.10y", 0.9), run.probability("fed.buys<=60")
    us.run("prolonged-disruption", as_of="2025-04-11") - us.run("baseline", as_of="2025-04-11")

Every name is imported when first used, so that `import ustress` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ustress.core.version import VERSION

if TYPE_CHECKING:
    from ustress.core.errors import BadInputError, CannotError, UstressError
    from ustress.workflows.brief import write_brief
    from ustress.workflows.claims import judge_claims as claims
    from ustress.workflows.market import market
    from ustress.workflows.questions import gradient, path
    from ustress.workflows.scenarios import listing as scenarios
    from ustress.workflows.series import frame as series
    from ustress.workflows.simulation import breaking_point, compare, run
    from ustress.workflows.who_is_hit import who_is_hit

__version__ = VERSION
_HOMES = {
    "market": ("workflows.market", "market"),
    "claims": ("workflows.claims", "judge_claims"),
    "run": ("workflows.simulation", "run"),
    "compare": ("workflows.simulation", "compare"),
    "gradient": ("workflows.questions", "gradient"),
    "path": ("workflows.questions", "path"),
    "breaking_point": ("workflows.simulation", "breaking_point"),
    "scenarios": ("workflows.scenarios", "listing"),
    "series": ("workflows.series", "frame"),
    "who_is_hit": ("workflows.who_is_hit", "who_is_hit"),
    "write_brief": ("workflows.brief", "write_brief"),
    "UstressError": ("core.errors", "UstressError"),
    "BadInputError": ("core.errors", "BadInputError"),
    "CannotError": ("core.errors", "CannotError"),
}
__all__ = [
    "BadInputError",
    "CannotError",
    "UstressError",
    "__version__",
    "breaking_point",
    "claims",
    "compare",
    "gradient",
    "market",
    "path",
    "run",
    "scenarios",
    "series",
    "who_is_hit",
    "write_brief",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'ustress' has no attribute '{name}'")
    module, attribute = _HOMES[name]
    found = getattr(import_module(f"ustress.{module}"), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)

"""The JSON forms of simulated results, documented in docs/json.md; no clock in any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ustress.simulate.breakpoint import Breakpoint, Curve


def breakpoint_form(found: Breakpoint) -> dict[str, Any]:
    """Both curves point by point, with Monte Carlo error and spread over parameters."""
    return {
        "as_of": found.as_of,
        "business_days": found.sale_days,
        "within_days": found.within_days,
        "paths_used": found.paths * int(found.amounts_usdbn.size),
        "paths_per_amount": found.paths,
        "parameter_draws": found.draws,
        "seed": found.seed,
        "intervention": _curve(found, found.intervention),
        "no_return": _curve(found, found.no_return),
        "provenance": found.provenance,
    }


def _curve(found: Breakpoint, curve: Curve) -> dict[str, Any]:
    low, middle, high = (curve.quantile(q) for q in (0.10, 0.50, 0.90))
    return {
        "rule": curve.rule,
        "points": [
            {
                "amount_usdbn": float(amount),
                "business_days": found.sale_days,
                "probability": float(curve.chance[i]),
                "error": float(curve.error[i]),
                "over_parameters_q10": float(low[i]),
                "over_parameters_q50": float(middle[i]),
                "over_parameters_q90": float(high[i]),
            }
            for i, amount in enumerate(found.amounts_usdbn)
        ],
        "crossings": list(curve.crossings),
    }

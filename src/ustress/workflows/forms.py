"""The JSON forms of simulated results, documented in docs/json.md; no clock in any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ustress.simulate.breakpoint import Breakpoint, Curve
    from ustress.simulate.frontier.keys import KeyFrontier
    from ustress.simulate.frontier.pace import Frontier
    from ustress.simulate.frontier.solve import Point
    from ustress.simulate.frontier.tornado import Tornado


def breakpoint_form(found: Breakpoint) -> dict[str, Any]:
    """Both curves point by point, with Monte Carlo error and spread over parameters."""
    return {
        "as_of": found.as_of,
        "business_days": found.sale_days,
        "within_days": found.within_days,
        **({} if found.frontier is None else frontier_form(found.frontier)),
        "paths_used": found.paths_used,
        "paths_per_amount": found.paths,
        "parameter_draws": found.draws,
        "seed": found.seed,
        "intervention": _curve(found, found.intervention),
        "no_return": _curve(found, found.no_return),
        "hangs_on": [
            {"parameter": name, "rank_correlation": strength} for name, strength in found.hangs_on
        ],
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


def frontier_form(found: Frontier) -> dict[str, Any]:
    """The frontier of amount and pace, and what it was found under."""
    points = zip(found.paces_days, found.points, strict=True)
    return {
        "level": found.level,
        "policies": list(found.policies),
        "scenario": found.scenario,
        "most_usdbn": found.most_usdbn,
        "holdings_month": found.month,
        "frontier": [
            {
                "amount_usdbn": point.value,
                "business_days": days,
                **point_form(point),
                "words": found.words(i),
            }
            for i, (days, point) in enumerate(points)
        ],
    }


def point_form(point: Point) -> dict[str, Any]:
    """One point of a frontier besides its coordinates; `amount_*` stands for the second one."""
    return {
        "probability": point.probability,
        "error": point.probability_error,
        "amount_error_usdbn": point.error,
        "status": point.status,
        "policy": point.policy,
        "pi_by_policy": dict(point.pi_by_policy),
        "spread": point.spread,
        "variance_of_log": point.shares,
        "not_monotone_share": point.not_monotone,
        "within_business_days": point.days,
        "paths": point.paths,
        "paths_used": point.trials,
    }


def key_frontier_form(found: KeyFrontier) -> dict[str, Any]:
    """The frontier of two keys: their values stand under the keys' own names."""
    one, two = found.first.info, found.second.info
    points = zip(found.first.values, found.points, found.falls, strict=True)
    return {
        "as_of": found.as_of,
        "by": [{"key": k.key, "unit": k.unit, "meaning": k.description} for k in (one, two)],
        "range": list(found.second.values),
        "level": found.level,
        "policies": list(found.policies),
        "scenario": found.scenario,
        "frontier": [
            {
                one.key: value,
                two.key: point.value,
                **{_plain(k): v for k, v in point_form(point).items()},
                "falls": falls,
                "words": found.words(i),
            }
            for i, (value, point, falls) in enumerate(points)
        ],
        "paths_used": found.paths_used,
        "seed": found.seed,
        "provenance": found.provenance,
    }


def _plain(name: str) -> str:
    return "value_error" if name == "amount_error_usdbn" else name


def tornado_form(found: Tornado) -> dict[str, Any]:
    """The bars and the frontier at the medians."""
    return {
        "as_of": found.as_of,
        "business_days": found.sale_days,
        "amount_usdbn": found.base.value,
        "status": found.base.status,
        "policy": found.base.policy,
        "most_usdbn": found.most_usdbn,
        "bars": list(found.bars),
        "not_varied": list(found.not_varied),
        "paths": found.paths,
        "paths_used": found.paths_used,
        "seed": found.seed,
        "provenance": found.provenance,
    }

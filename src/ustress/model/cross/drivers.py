"""What drives other markets, read off a session."""

from __future__ import annotations

from ustress.model.types import Array, Observables, Parameters, State


def drivers(
    seen: Observables, after: State, convenience: Array, p: Parameters
) -> tuple[Array, ...]:
    """`(paths,)` each, in the order of `DRIVERS`; `convenience`: 1 where the actor is present."""
    premium = seen.premium_bp + seen.supply_bp + seen.wealth_bp + seen.policy_bp
    return (
        seen.expected_bp,
        premium,
        seen.D_bp,
        convenience * p.trust_loss_bp * after.trust_loss,
        convenience * after.haven_bp,
        -seen.policy_bp,
        after.fed.mbs_usdbn * p.size_scale / 100.0,
        100.0 * (after.log_sigma - after.open_log_sigma),
    )

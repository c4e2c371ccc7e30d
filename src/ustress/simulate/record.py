"""What a run keeps: the New York close of every business day, by observable."""

from __future__ import annotations

import jax.numpy as jnp

from ustress.model import dealers
from ustress.model.cross import MARKETS
from ustress.model.dysfunction import dysfunction
from ustress.model.types import TENORS_YEARS, Array, Observables, Opening, Parameters
from ustress.simulate.names import OBSERVABLES, SECTORS

_TENOR = {f"ust.{years:g}y": i for i, years in enumerate(TENORS_YEARS)}


def close(seen: Observables) -> dict[str, Array]:
    """The day's close by observable, `(paths,)` each, single precision."""
    found = shown(seen)
    return {name: found[name].astype(jnp.float32) for name in OBSERVABLES}


def shown(seen: Observables) -> dict[str, Array]:
    """The session's observables by name, `(paths,)` each, in the precision of the step."""
    return {
        **{k: seen.yields_pct[:, i] for k, i in _TENOR.items() if k in OBSERVABLES},
        "ust.3m": seen.bill_pct,
        "dislocation": seen.D_bp,
        "dysfunction": seen.dysfunction,
        "repo.spread": seen.sofr_iorb_bp,
        "dealers.use": seen.dealer_use,
        "volatility": seen.sigma_bp,
        "fed.purchases": seen.fed_held_usdbn,
        "fed.bought": seen.fed_bought_usdbn,
        "fed.reserves": seen.reserves_usdbn,
        "trust.loss": seen.trust_loss,
        "basis.size": seen.basis_usdbn,
        "auction.tail": seen.auction_tail_bp,
        "auction.bid_to_cover": seen.auction_cover,
        "auction.dealer_share": seen.auction_dealer_share,
        "auction.failed": seen.auctions_failed,
        **{f"held.{sector}": getattr(seen.bought_usdbn, sector) for sector in SECTORS},
        "move.expected": seen.expected_bp,
        "move.premium": seen.premium_bp,
        "move.supply": seen.supply_bp,
        "move.wealth": seen.wealth_bp,
        "move.wedge": seen.D_bp,
        "move.convenience": seen.convenience_bp,
        "move.policy": seen.policy_bp,
        "move.transitory": seen.transitory_bp,
        "fed.rung": seen.fed_rung,
        "fed.belief": seen.belief,
        "fed.carry": seen.fed_carry_usdbn,
        "fed.mbs": seen.fed_mbs_usdbn,
        "arbitrageurs.loss": seen.wealth_loss,
        "arbitrageurs.beyond": seen.wealth_beyond,
        # Swaps carry neither the wedge nor the convenience yield.
        "swap.spread": -(seen.D_bp + seen.convenience_bp),
        **{market.observable: seen.cross[i] for i, market in enumerate(MARKETS)},
    }


def opening_close(opening: Opening, basis_usdbn: Array, p: Parameters) -> dict[str, Array]:
    """Day 0: what the opening itself shows, in the form of `close`."""
    zero = jnp.zeros_like(p.lam0_bp_per_100bn)
    ratio = jnp.log(opening.sigma_bp / 5.0)
    cap = dealers.capacity(jnp.exp(p.nu * ratio), 1.0, p.u0, p)
    use = dealers.use(zero, cap, p)
    S = dysfunction(use.g, dealers.spread_bp(use, p), zero, opening.sofr_iorb_bp)
    yields = {k: opening.yields_pct[i] for k, i in _TENOR.items()}
    known = {
        **yields,
        "ust.3m": opening.bill_pct,
        "dysfunction": S,
        "repo.spread": opening.sofr_iorb_bp,
        "dealers.use": use.u,
        "volatility": opening.sigma_bp,
        "fed.reserves": opening.reserves_usdbn,
        "basis.size": basis_usdbn,
        "auction.bid_to_cover": opening.auction_cover,
        "auction.dealer_share": opening.auction_dealer_share,
    }
    return {name: (zero + known.get(name, 0.0)).astype(jnp.float32) for name in OBSERVABLES}

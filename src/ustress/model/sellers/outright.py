"""All outright sales of a session: what the scenario imposes first, then what reacts.

Nobody sells more than is held: an imposed sale takes what is there, a reacting one what is left.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.actors import Reacting
from ustress.model.sectors import Sellers, each
from ustress.model.sellers import banks, funds, japan, officials, private
from ustress.model.types import Array, Given


class Outright(NamedTuple):
    """Par and ten-year equivalents sold by holder, their totals, and what is lasting of them.

    All at 2025 size. `memory` is what the sellers remember afterwards, but for the return of the
    session itself.
    """

    par: Sellers
    x: Sellers
    lasting_par: Array
    lasting_x: Array
    memory: Reacting


def gather_sales(given: Given, sigma_bp: Array) -> Outright:
    """What is sold outright in the session; `sigma_bp` is the volatility it begins with."""
    inputs, p, state = given.inputs, given.p, given.state
    total = inputs.sale_par_usdbn * p.size_scale
    held = each(lambda open_, seller: open_ + seller, state.open_holdings, _own(given))
    imposed = each(lambda share, stock: jnp.minimum(total * share, stock), inputs.sellers, held)
    left = each(lambda stock, sold: jnp.maximum(stock - sold, 0.0), held, imposed)
    wanted, lasting, memory = _reactions(given, left, sigma_bp)
    reacting = each(jnp.minimum, wanted, left)
    cut = total - sum(imposed)
    per = p.x_per_par_sellers
    sale_x = inputs.sale_x_usdbn * p.size_scale
    missing = each(lambda share, sold: total * share - sold, inputs.sellers, imposed)
    lasting_par = sum(each(lambda part, sold: part * sold, lasting, reacting))
    return Outright(
        par=each(lambda a, b: a + b, imposed, reacting),
        x=each(lambda s, m, r: sale_x * s + (r - m) * per, inputs.sellers, missing, reacting),
        lasting_par=(total - cut) * inputs.lasting_share + lasting_par,
        lasting_x=(sale_x - cut * per) * inputs.lasting_share + lasting_par * per,
        memory=memory,
    )


def _own(given: Given) -> Sellers:
    bought = given.state.bought
    return Sellers(*(getattr(bought, name) for name in Sellers._fields))


def _reactions(given: Given, left: Sellers, sigma_bp: Array) -> tuple[Sellers, Sellers, Reacting]:
    """Wanted sales, their lasting shares, and the sellers' memory."""
    p, bought = given.p, given.state.bought
    tariff = officials.next_tariff(given)
    china = officials.retaliation(tariff, left.china, -bought.china, 1.0, given)
    other = officials.retaliation(
        tariff, left.other_official, -bought.other_official, p.retaliation_other_weight, given
    )
    yen = japan.sells(left.japan, given)
    run = private.runs(given)
    outflow = funds.sells(left.mutual_funds, sigma_bp, given)
    bank = banks.buy(given)
    japanese = yen.intervention_usdbn + yen.carry_usdbn
    wanted = Sellers(
        china, japanese, other, run.sold_usdbn, outflow.sold_usdbn, -bank.bought_usdbn, 0.0
    )
    lasting = Sellers(1.0, p.intervention_lasting_share, 1.0, p.run_lasting_share)
    memory = given.state.reacting._replace(
        tariff=tariff, yen_pct=yen.yen_pct, jgb_bp=yen.jgb_bp, herding=run.herding,
        ran_usdbn=run.ran_usdbn, fund_rate=outflow.rate, banks_usdbn=bank.total_usdbn,
    )  # fmt: skip
    return wanted, lasting, memory

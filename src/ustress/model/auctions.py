"""Auctions: the stop-out yield at which bids meet the size, and who takes what.

Around the yield expected at the bid deadline, with t the tail (stop-out less expected, bp):

    investors   D(t) = I (1 + e t), at most tender x I            I = (1 - absent) indirect + direct
    dealers     D(t) = d0 + t / kappa, at least 0, at most what they bid for
    stop-out    D_investors(t) + D_dealers(t) = Q
    kappa = (multiple) h lam g X/Q     the price pressure of one more $bn on dealers' books

kappa rises with volatility and with the use u of dealers' balance sheets. What dealers bid for is
the recorded cover less investors' tenders while their balance sheets have room, less beyond
z = 1 (a full one), and nothing at the limit of z. bid-to-cover = bids / Q. Demand is concave and
piecewise linear, so the stop-out is the largest of the pieces' roots: no iteration. Cover under
one is a failed auction: all bids are filled and less is issued.

The expected size is in the price: without a surprise (a larger size, absent bids, a session's
unexplained flow) there is no tail and nothing is left with dealers. Model document, section 2.
"""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.actors import AuctionSeen
from ustress.model.types import Array, Given

MOST_NOISE = 0.8
"""Most of a session's unexplained flow that can show at its auctions."""
_NONE = 1e-6  # $bn: keeps divisions finite in sessions without an auction


class Book(NamedTuple):
    """The bids that stand at the deadline, $bn par at 2025 size; concession in bp per $bn."""

    size: Array  # Q
    investors: Array  # I, what they take without a tail
    dealers: Array  # d0
    missing: Array  # bids missing for reasons the market cannot see
    dealers_bid: Array
    kappa_bp_per_usdbn: Array


class Result(NamedTuple):
    """What came out, $bn par at 2025 size; zeros in a session without an auction.

    excess_par, excess_x: what dealers took beyond what they were expected to; missing: the part
    of unexplained flow that showed here; extra_issued: beyond the expected size; weakness: of the
    auction, at least 0.
    """

    held: Array
    tail_bp: Array
    cover: Array
    dealer_share: Array
    failed: Array
    issued: Array
    investors_par: Array
    excess_par: Array
    excess_x: Array
    missing: Array
    extra_issued: Array
    weakness: Array


def book(given: Given, lam_g_bp_per_usdbn: Array, z: Array, noise_par: Array) -> Book:
    """The bids at the deadline; `noise_par`: the session's unexplained sales, `z`: tightness."""
    p, a = given.p, given.inputs.auction
    expected = jnp.maximum(a.par_usdbn * p.size_scale, _NONE)
    investors = expected * ((1.0 - a.absent_share) * a.indirect + a.direct)
    tendered = p.auction_tender * (a.indirect + a.direct)
    room = jnp.clip((p.auction_dealer_limit - z) / (p.auction_dealer_limit - 1.0), 0.0, 1.0)
    return Book(
        size=expected * (1.0 + a.extra_share),
        investors=investors,
        dealers=expected * (1.0 - a.indirect - a.direct),
        missing=jnp.minimum(p.auction_noise_per_usdbn * expected, MOST_NOISE) * noise_par,
        dealers_bid=expected * jnp.maximum(a.cover - tendered, 0.0) * room,
        kappa_bp_per_usdbn=p.auction_dealer_multiple * lam_g_bp_per_usdbn * a.x_per_par * a.h,
    )


def stop_out(b: Book, elasticity_per_bp: Array, tender: Array) -> tuple[Array, Array, Array]:
    """(tail in bp, dealers' award, cover) of the bids in `b`."""
    slope = jnp.maximum(elasticity_per_bp * b.investors, _NONE)
    kappa = b.kappa_bp_per_usdbn
    everybody = tender * b.investors - b.missing
    cover = jnp.maximum(everybody + b.dealers_bid, 0.0) / b.size
    short = b.size - b.investors + b.missing  # what dealers must take at no tail
    both = (short - b.dealers) / (slope + 1.0 / kappa)
    # With dealers at zero, or at all they bid for, investors alone answer; else dealers alone.
    only_investors = (short - jnp.where(both < 0.0, 0.0, b.dealers_bid)) / slope
    without = both < -kappa * b.dealers
    only_dealers = kappa * (b.size - everybody - b.dealers)
    most = jnp.maximum((tender - 1.0) / elasticity_per_bp, kappa * (b.dealers_bid - b.dealers))
    sold = jnp.maximum(jnp.maximum(both, only_investors), only_dealers)
    tail = jnp.where(both < 0.0, jnp.where(without, only_investors, both), jnp.minimum(sold, most))
    award = jnp.clip(b.dealers + tail / kappa, 0.0, b.dealers_bid)
    return tail, award, cover


def hold(given: Given, lam_g_bp_per_usdbn: Array, z: Array, noise_par: Array) -> Result:
    """The session's auctions; `noise_par` is its unexplained sale ($bn par, 2025 size)."""
    p, a = given.p, given.inputs.auction
    held = given.switches.auctions * (a.par_usdbn > 0.0)
    b = book(given, lam_g_bp_per_usdbn, z, noise_par)
    tail, award, cover = stop_out(b, p.auction_elasticity_per_bp, p.auction_tender)
    issued = b.size * jnp.minimum(cover, 1.0)
    excess = held * (award - b.dealers)
    share = award / jnp.maximum(issued, _NONE)
    normal = b.dealers / b.size
    weak = jnp.maximum(share - normal - p.auction_weak_band, 0.0) + jnp.maximum(1.0 - cover, 0.0)
    return Result(
        held=held,
        tail_bp=held * tail,
        cover=cover,
        dealer_share=share,
        failed=held * (cover < 1.0),
        issued=held * issued,
        investors_par=held * issued - excess,
        excess_par=excess,
        excess_x=excess * a.x_per_par,
        missing=held * b.missing,
        extra_issued=held * (issued - b.size / (1.0 + a.extra_share)),
        weakness=held * weak,
    )


def newest(seen: AuctionSeen, result: Result) -> AuctionSeen:
    """The newest result, and the count of failed auctions."""
    there = result.held > 0
    return AuctionSeen(
        tail_bp=jnp.where(there, result.tail_bp, seen.tail_bp),
        cover=jnp.where(there, result.cover, seen.cover),
        dealer_share=jnp.where(there, result.dealer_share, seen.dealer_share),
        failed=seen.failed + result.failed,
    )

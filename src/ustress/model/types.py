"""What goes into and comes out of one session of the market: named tuples of arrays.

Every leaf is an array (or a number) that broadcasts against ``(paths,)`` unless a shape is
given. Dollars named `_usdbn` in `Inputs`, `Policy`, `Opening` and `Observables` are those of the
date; inside `State` the market's quantities stand at the 2025 size of the economy (see
`ustress.model.sizes`), except where the field says otherwise.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ustress.core.status import PathStatus
from ustress.model.actors import Auctioned, AuctionSeen, Pressed, Reacting
from ustress.model.drawn import Parameters as Parameters
from ustress.model.sectors import HOLDINGS_2025, ByTenor, Sectors, Sellers

Array = Any
"""A JAX or NumPy array or a number; JAX's tracers have no narrower common type."""

TENORS_YEARS = (2.0, 3.0, 5.0, 7.0, 10.0, 20.0, 30.0)
"""The maturities at which yields are observed."""
TEN = TENORS_YEARS.index(10.0)
"""Position of the ten-year among the tenors."""
BILL_YEARS = 0.25
"""The bill whose yield is observed beside them: the slow state moves it, and nothing else."""
STATUSES = tuple(PathStatus)
"""Path statuses in the order of their integer codes."""


def status_code(status: PathStatus) -> int:
    """The integer by which a path's status is stored; `STATUSES[code]` is the way back."""
    return STATUSES.index(status)


class SlowLayer(NamedTuple):
    """What the fast layer needs from the preferred-habitat solution, for one step's length.

    A_over_tau: (tenors, 3), yield per unit of q = (r - rbar, m, b) at each tenor, decimals.
    expected_over_tau: (tenors, 3), the same at a = 0: the average expected short rate.
    bill_over_tau: (3,), A_over_tau at `BILL_YEARS`.
    transition, loading: (3, 3), q' = transition q + loading (r, m, b shocks); loading is lower
    triangular.
    lasting_bp_per_100bn: (tenors,), yield change per $100bn of par (2025 size, sellers' maturity
    mix) that stays for good. lasting_temporary_bp_per_100bn: the same for supply that runs off
    with the policy's half-life. lead_share, lead_share_temporary: (knots, tenors), by how much
    of itself each response bends while the supply is still to arrive (see
    `ustress.model.fed.announced`). wealth_bp: (3, tenors), a cubic through zero in arbitrageurs'
    loss, a share of their wealth.
    """

    A_over_tau: Array
    expected_over_tau: Array
    bill_over_tau: Array
    transition: Array
    loading: Array
    lasting_bp_per_100bn: Array
    lasting_temporary_bp_per_100bn: Array
    lead_share: Array
    lead_share_temporary: Array
    wealth_bp: Array


class Opening(NamedTuple):
    """The market on the opening date: scalars unless a shape is given.

    yields_pct: (tenors,). bill_pct: the yield at `BILL_YEARS`. q: (3,), deviations (r - rbar, m,
    b) of the slow state that belongs to the curve. sigma_bp: volatility of the ten-year, bp a
    day. reserves_usdbn, gdp_usdbn: dollars of the date. sofr_iorb_bp: SOFR less IORB as observed.
    holdings: par, dollars of the date. auction_cover, auction_dealer_share: what auctions have
    shown lately.
    """

    yields_pct: Array
    bill_pct: Array
    q: Array
    sigma_bp: Array
    reserves_usdbn: Array
    gdp_usdbn: Array
    sofr_iorb_bp: Array
    holdings: Sellers = HOLDINGS_2025
    auction_cover: Array = 2.5
    auction_dealer_share: Array = 0.13


class Inputs(NamedTuple):
    """One session as the scenario has it; numbers or `(paths,)` arrays, dollars of the date.

    Sales are positive when somebody sells; `sale_x_usdbn` is the same sale in ten-year
    equivalents, `sellers` each holder's share of it, `sale_local` and `fed_local` shares of the
    ten-year equivalents that lie in one maturity sector alone. `volume_share` and `flow_share`
    are the session's shares of the day's turnover and of unexplained flow, `fed_share` that of
    the Fed's purchases. `swap_shock_bp` is a wedge of Treasuries against swaps that opens in this
    session; `haven_shock_bp` a rise of the convenience yield; `trust_shock` a loss of trust as a
    share of all there is; `volatility_shock` a rise of log sigma; `cash_drain_usdbn` the two-day
    drain of bank reserves (settlements, tax dates) in force; `reserves_change_usdbn` a lasting
    change of reserves; `doubt_shock` a loss of belief in the backstop as a share of all there is
    (a rate: belief falls by the factor e to the minus it). `turn` says which of the day's
    sessions this is.
    """

    day: Array  # business days since the opening, 1 on the first
    dt_days: Array
    volume_share: Array
    flow_share: Array
    fed_share: Array
    is_close: Array  # 1 in the session that ends the day in New York
    sale_par_usdbn: Array
    sale_x_usdbn: Array
    lasting_share: Array
    basis_unwind_par_usdbn: Array
    swap_shock_bp: Array
    haven_shock_bp: Array
    trust_shock: Array
    volatility_shock: Array
    cash_drain_usdbn: Array
    reserves_change_usdbn: Array
    doubt_shock: Array
    turn: Array  # 0 Asia, 1 London, 2 New York
    sellers: Sellers = Sellers(foreign_private=1.0)
    sale_local: ByTenor = ByTenor()
    fed_local: ByTenor = ByTenor()
    pressed: Pressed = Pressed()
    auction: Auctioned = Auctioned()


class Policy(NamedTuple):
    """The Fed's declared ladder: numbers that a compiled program takes without recompiling.

    Leaves are (rungs,) in the order of `ustress.model.fed.RUNGS`, or one number for all of them;
    the last two are numbers. A rung is decided on at a close with S above `trigger_ratio` times
    the path's threshold b, or above `trigger_dysfunction`, or on `announce_day`; it ends once
    S is below `exit_dysfunction` after `minimum_days`, or at `max_usdbn`.

    announced_usdbn: the stock the announcement speaks of (belief applies to it); max_usdbn: the
    most it ever buys; temporary: 1 if what was bought is sold again once buying ends, with
    half_life_years, 0 if it is held; x_ratio: ten-year equivalents per par, against the Fed's
    outright purchases; reserves_ratio: reserves created per dollar; mbs_ratio: mortgage bonds
    bought per dollar of Treasuries; capacity_rise: of dealers' balance sheets while in force;
    facility_cap_bp: lending rate above IORB while in force; spread_cut: share of the dealers'
    spread it takes away; belief: share of the doubt that its start removes.
    prior_belief: p before anything was said; moral_hazard: rise of the basis trade's leverage
    when the backstop is believed for certain.
    """

    enabled: Array
    trigger_ratio: Array
    trigger_dysfunction: Array
    announce_day: Array
    decision_lag_days: Array
    pace_usdbn_per_day: Array
    announced_usdbn: Array
    max_usdbn: Array
    exit_dysfunction: Array
    minimum_days: Array
    temporary: Array
    half_life_years: Array
    x_ratio: Array
    reserves_ratio: Array
    mbs_ratio: Array
    capacity_rise: Array
    facility_cap_bp: Array
    spread_cut: Array
    belief: Array
    prior_belief: Array
    moral_hazard: Array


class Switches(NamedTuple):
    """Actors that can be taken out: 1 present, 0 absent."""

    slow_capital: Array
    price_elastic: Array
    dealers: Array
    basis_funds: Array
    repo: Array
    convenience: Array
    fed: Array
    foreign_officials: Array = 1.0  # retaliation of China and others
    japan: Array = 1.0  # intervention and hedged carry
    foreign_private: Array = 1.0  # runs
    mutual_funds: Array = 1.0
    banks: Array = 1.0
    auctions: Array = 1.0
    local: Array = 1.0


ALL_ON = Switches(*[1.0] * 14)
IMPOSED_ONLY = ALL_ON._replace(
    foreign_officials=0.0, japan=0.0, foreign_private=0.0, mutual_funds=0.0, banks=0.0
)
"""Nobody sells but who is made to: for experiments whose flows are given."""


class Shocks(NamedTuple):
    """One session's standard normals, one per path, independent of each other."""

    r: Array
    m: Array
    b: Array
    flow: Array
    volatility: Array
    repo: Array
    cross_0: Array  # other markets: each session serves three of a day's nine shocks
    cross_1: Array
    cross_2: Array


class FedState(NamedTuple):
    """What the Fed has done; dollars of the date, par; (rungs, paths) or `(paths,)`."""

    active: Array  # (rungs, paths), 1 while the rung is in force
    waiting_days: Array  # (rungs, paths), until a decision is carried out; -1 when none
    active_days: Array  # (rungs, paths)
    bought_usdbn: Array  # (rungs, paths), all purchases ever made
    held_usdbn: Array  # (rungs, paths), of these, still held
    remaining_usdbn: Array  # (rungs, paths), announced and not yet bought
    belief: Array  # p, credence in the backstop, 0 to 1
    mbs_usdbn: Array  # mortgage bonds bought
    book_usdbn_pct: Array  # holdings times their yield at purchase
    carry_usdbn: Array  # (IORB - yield at purchase) x holdings so far
    first_crossing_day: Array  # first close with S > b, whatever the policy; -1 before
    intervention_day: Array  # day of the first decision to buy outright; -1 before


class State(NamedTuple):
    """The market between two sessions; `(paths,)` each unless a shape is given."""

    open_yields_pct: Array  # (tenors,), the curve at the opening
    open_bill_pct: Array  # one number, the three-month yield at the opening
    r: Array  # deviations of the slow state, in the slow layer's units
    m: Array
    b: Array
    open_q: Array  # (3,), the slow state at the opening
    x_usdbn: Array  # [X] not yet absorbed by slow capital, ten-year equivalents, 2025 size
    b_usdbn: Array  # [B] the same in par: dealers' use of balance sheet, 2025 size
    basis_usdbn: Array  # [N], 2025 size
    forced_usdbn: Array  # basis funds' sale due in the next session, par, 2025 size
    D_bp: Array
    log_sigma: Array
    reserves_usdbn: Array  # dollars of the date
    gdp_usdbn: Array  # dollars of the date
    repo_gap_bp: Array  # SOFR less IORB that the equation leaves open
    open_sofr_iorb_bp: Array  # at the opening, where it stays without the repo actor
    lasting_x_usdbn: Array  # lasting sales so far, ten-year equivalents, 2025 size
    trust_loss: Array  # share of trust lost since the opening, 0 to 1
    haven_bp: Array  # rise of the convenience yield by risk-off demand
    wealth_loss: Array  # of arbitrageurs, share of their wealth; a gain is negative
    wealth_beyond: Array  # 1 once the loss left the range that was solved
    marked_bp: Array  # move of the ten-year that arbitrageurs have booked
    open_log_sigma: Array
    cross_noise: Array  # (markets, paths), what other markets did on their own
    cross_close: Array  # (3, paths), last close of the ten-year (bp), equities, dollar (per cent)
    max_close_dysfunction: Array
    bought: Sectors  # net purchases by sector since the opening, par, 2025 size
    open_holdings: Sellers  # par at the opening, 2025 size
    reacting: Reacting
    auction: AuctionSeen
    local_x: ByTenor  # flows of the last days by maturity sector, ten-year equivalents, 2025 size
    ten_bp: Array  # the ten-year's change since the opening
    S: Array  # dysfunction at the end of the last session
    sofr_iorb_bp: Array
    open_reserves_usdbn: Array
    fed: FedState
    status: Array  # integer code, see `status_code`


class Ledger(NamedTuple):
    """Net purchases by sector in the session, $bn at 2025 size: what is sold is bought.

    In ten-year equivalents and in par each, the sectors add up to zero. Slow capital, real money
    and dealers take what the others sell; dealers' inventory is the last to balance.
    """

    x: Sectors
    par: Sectors


class Observables(NamedTuple):
    """What can be seen at the end of a session; `(paths,)` each unless a shape is given.

    The ten-year's change since the opening is, exactly (to rounding),
    expected_bp + premium_bp + supply_bp + wealth_bp + policy_bp + D_bp + convenience_bp
    + transitory_bp, all bp on the ten-year.
    """

    yields_pct: Array  # (paths, tenors)
    bill_pct: Array  # yield at `BILL_YEARS`
    ten_year_change_bp: Array
    expected_bp: Array  # average expected short rate
    premium_bp: Array  # the slow factors' other part
    supply_bp: Array  # lasting sales
    wealth_bp: Array  # arbitrageurs' losses
    policy_bp: Array  # purchases and announcements
    D_bp: Array
    convenience_bp: Array  # minus the change of the convenience yield
    transitory_bp: Array  # the session's own impact and the local term
    local_bp: ByTenor  # the local term by tenor
    dysfunction: Array  # [S]
    g: Array
    dealer_use: Array  # [u]
    dealer_spread_bp: Array  # [Lam]
    sofr_iorb_bp: Array
    sigma_bp: Array
    reserves_usdbn: Array
    fed_held_usdbn: Array
    fed_bought_usdbn: Array
    fed_active: Array  # 1 while outright purchases run
    fed_rung: Array  # highest rung in force, 0 none
    belief: Array
    fed_carry_usdbn: Array
    fed_mbs_usdbn: Array
    wealth_loss: Array
    wealth_beyond: Array
    cross: Array  # (markets, paths), change since the opening, see `ustress.model.cross`
    intervened: Array  # 1 once a decision to buy was taken
    crossed: Array  # 1 once S > b at a close
    basis_usdbn: Array  # dollars of the date
    forced_usdbn: Array  # basis funds' sale carried out in this session, dollars of the date
    spiral_gain: Array
    trust_loss: Array
    auction_tail_bp: Array
    auction_cover: Array
    auction_dealer_share: Array
    auctions_failed: Array
    bought_usdbn: Sectors  # since the opening, par, dollars of the date
    status: Array
    ledger: Ledger


class Given(NamedTuple):
    """Everything a session's equations read, in one hand."""

    state: State
    shocks: Shocks
    inputs: Inputs
    policy: Policy
    switches: Switches
    p: Parameters

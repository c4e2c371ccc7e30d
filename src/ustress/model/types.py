"""What goes into and comes out of one session of the market: named tuples of arrays.

Every leaf is an array (or a number) that broadcasts against ``(paths,)`` unless a shape is
given. Dollars named `_usdbn` in `Inputs`, `Policy`, `Opening` and `Observables` are those of the
date; inside `State` the market's quantities stand at the 2025 size of the economy (see
`ustress.model.sizes`), except where the field says otherwise.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ustress.core.status import PathStatus

Array = Any
"""A JAX or NumPy array or a number; JAX's tracers have no narrower common type."""

TENORS_YEARS = (2.0, 3.0, 5.0, 7.0, 10.0, 20.0, 30.0)
"""The maturities at which yields are observed."""
TEN = TENORS_YEARS.index(10.0)
"""Position of the ten-year among the tenors."""
STATUSES = tuple(PathStatus)
"""Path statuses in the order of their integer codes."""


def status_code(status: PathStatus) -> int:
    """The integer by which a path's status is stored; `STATUSES[code]` is the way back."""
    return STATUSES.index(status)


class SlowLayer(NamedTuple):
    """What the fast layer needs from the preferred-habitat solution, for one step's length.

    A_over_tau: (tenors, 3), yield per unit of q = (r - rbar, m, b) at each tenor, decimals.
    expected_over_tau: (tenors, 3), the same at a = 0: the average expected short rate.
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
    transition: Array
    loading: Array
    lasting_bp_per_100bn: Array
    lasting_temporary_bp_per_100bn: Array
    lead_share: Array
    lead_share_temporary: Array
    wealth_bp: Array


class Parameters(NamedTuple):
    """One joint draw of parameters per path (symbols of the model document in brackets)."""

    lam0_bp_per_100bn: Array  # [lam0] at 5 bp a day
    eta: Array
    k_plus_days: Array
    k_minus_days: Array
    chi: Array
    c: Array
    ubar: Array
    w: Array
    u0: Array
    beta: Array
    capacity_usdbn: Array  # [K] par, 2025 size
    nu: Array
    phi_bp: Array
    e_usdbn_per_day_per_bp: Array
    Dbar_bp: Array
    leverage: Array  # [L]
    kb: Array
    basis_usdbn: Array  # [N] opening notional, 2025 size
    x_per_par_sellers: Array
    x_per_par_fed: Array
    h: Array  # (tenors,), profile of the wedge
    sigma_bar_bp: Array  # level to which daily volatility reverts
    sigma_cap_bp: Array
    sigma_reversion_per_day: Array
    sigma_gain: Array  # rise of log sigma per 100 bp of dD+
    sigma_noise: Array  # standard deviation of log sigma a day
    flow_noise_usdbn: Array  # standard deviation of unexplained X a day, 2025 size
    io: Array
    volume_usdbn: Array  # daily turnover, ten-year equivalents, 2025 size
    repo_floor_bp: Array  # -8.7
    repo_slope_bp: Array  # 2.3 per point of x below the kink
    repo_kink_pct: Array  # 14.5
    repo_dealer: Array  # .22 of Lam
    repo_drain_bp: Array  # 35
    repo_drain_kink_pct: Array  # 7.5
    repo_drain_width_pct: Array  # .1
    repo_noise_bp: Array  # standard deviation of a day's shock
    repo_noise_persistence: Array  # per day
    facility_cap_bp: Array  # standing facility above IORB; large where there was none
    threshold: Array  # [b] dysfunction at which the Fed acts
    trust_loss_bp: Array  # convenience lost when trust is gone
    trust_restore_days: Array
    trust_wear_sale_per_usdbn: Array
    trust_wear_purchase_per_usdbn: Array
    trust_wear_dysfunction_per_day: Array
    trust_wear_forced_per_usdbn: Array
    trust_wear_auction: Array  # per unit of an auction's weakness
    trust_wear_joint_fall: Array  # per daily standard deviation of a joint fall
    trust_backstop: Array  # by how much a believed backstop speeds trust's return
    haven_half_life_days: Array
    belief_gain_per_bp: Array  # per bp of wedge that falls while the Fed operates
    belief_wear_per_bp: Array  # per bp of wedge that rises all the same
    belief_fade_days: Array
    belief_calm: Array  # fall of log sigma when belief rises from nothing to certainty
    wealth_duration_years: Array  # loss of arbitrageurs' wealth per unit of yield
    wealth_recovery_days: Array
    rbar: Array  # mean short rate, decimal
    size_scale: Array  # 30.5tn / GDP of the date
    A_over_tau: Array  # (tenors, 3)
    expected_over_tau: Array  # (tenors, 3)
    transition: Array  # (3, 3)
    loading: Array  # (3, 3)
    lasting_bp_per_100bn: Array  # (paths, tenors)
    lasting_temporary_bp_per_100bn: Array  # (paths, tenors)
    lead_share: Array  # (knots, tenors)
    lead_share_temporary: Array  # (knots, tenors)
    wealth_bp: Array  # (3, tenors)
    cross: Array  # (markets, drivers), see `ustress.model.cross`
    cross_risk: Array  # (markets,), loading on the day's common shock to risk appetite
    cross_own: Array  # (markets,), standard deviation of a day's own shock
    cross_keep: Array  # (markets,), share of both that is left a day later


class Opening(NamedTuple):
    """The market on the opening date: scalars unless a shape is given.

    yields_pct: (tenors,). q: (3,), deviations (r - rbar, m, b) of the slow state that belongs to
    the curve. sigma_bp: volatility of the ten-year, bp a day. reserves_usdbn, bank_assets_usdbn:
    dollars of the date. sofr_iorb_bp: SOFR less IORB as observed.
    """

    yields_pct: Array
    q: Array
    sigma_bp: Array
    reserves_usdbn: Array
    bank_assets_usdbn: Array
    sofr_iorb_bp: Array


class Inputs(NamedTuple):
    """One session as the scenario has it; numbers or `(paths,)` arrays, dollars of the date.

    Sales are positive when somebody sells; `sale_x_usdbn` is the same sale in ten-year
    equivalents. `volume_share` and `flow_share` are the session's shares of the day's turnover
    and of unexplained flow, `fed_share` that of the Fed's purchases. `swap_shock_bp` is a wedge
    of Treasuries against swaps that opens in this session; `haven_shock_bp` a rise of the
    convenience yield; `trust_shock` a loss of trust as a share of all there is;
    `volatility_shock` a rise of log sigma; `cash_drain_usdbn` the two-day drain of bank reserves
    (settlements, tax dates) in force; `reserves_change_usdbn` a lasting change of reserves;
    `doubt_shock` a loss of belief in the backstop as a share of all there is (a rate: belief
    falls by the factor e to the minus it). `turn` says which of the day's sessions this is.
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


ALL_ON = Switches(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)


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
    bank_assets_usdbn: Array  # dollars of the date
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
    fed: FedState
    status: Array  # integer code, see `status_code`


class Ledger(NamedTuple):
    """Who sold and who bought in the session, $bn at 2025 size; sold = bought, in X and in par.

    Each pair is (ten-year equivalents, par). Sellers: imposed sales, flow noise, swap shock, the
    basis funds and the Fed's run-off. Buyers: slow capital, price-elastic real money, the Fed,
    and the dealers, whose inventory takes the rest.
    """

    sold_x_usdbn: Array
    sold_par_usdbn: Array
    slow_x_usdbn: Array
    slow_par_usdbn: Array
    elastic_x_usdbn: Array
    elastic_par_usdbn: Array
    fed_x_usdbn: Array
    fed_par_usdbn: Array
    dealers_x_usdbn: Array
    dealers_par_usdbn: Array


class Observables(NamedTuple):
    """What can be seen at the end of a session; `(paths,)` each unless a shape is given.

    The ten-year's change since the opening is, exactly (to rounding),
    expected_bp + premium_bp + supply_bp + wealth_bp + policy_bp + D_bp + convenience_bp
    + transitory_bp, all bp on the ten-year.
    """

    yields_pct: Array  # (paths, tenors)
    ten_year_change_bp: Array
    expected_bp: Array  # average expected short rate
    premium_bp: Array  # the slow factors' other part
    supply_bp: Array  # lasting sales
    wealth_bp: Array  # arbitrageurs' losses
    policy_bp: Array  # purchases and announcements
    D_bp: Array
    convenience_bp: Array  # minus the change of the convenience yield
    transitory_bp: Array
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
    wealth_loss: Array
    wealth_beyond: Array
    cross: Array  # (markets, paths), change since the opening, see `ustress.model.cross`
    intervened: Array  # 1 once a decision to buy was taken
    crossed: Array  # 1 once S > b at a close
    basis_usdbn: Array  # dollars of the date
    forced_usdbn: Array  # basis funds' sale carried out in this session, dollars of the date
    spiral_gain: Array
    trust_loss: Array
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

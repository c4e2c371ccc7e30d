"""The parameters a path lives with."""

from __future__ import annotations

from typing import Any, NamedTuple

Array = Any


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
    use_mean: Array  # where the use before flows tends, over the opening's
    use_half_life_days: Array
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
    repo_floor_bp: Array  # SOFR less IORB with ample reserves
    repo_slope_bp: Array  # per point of x below the kink
    repo_kink_pct: Array  # reserves over GDP
    repo_dealer: Array  # .22 of Lam
    repo_drain_bp: Array  # 35
    repo_drain_kink_pct: Array  # reserves over GDP
    repo_drain_width_pct: Array  # .08
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
    # sellers that react: `ustress.model.sellers`
    tariff_half_life_days: Array
    retaliation_scale: Array
    retaliation_other_weight: Array
    retaliation_limit_pct: Array
    retaliation_currency_pct_per_100bn: Array
    intervention_usdbn_per_pct: Array
    intervention_days: Array
    intervention_lasting_share: Array
    carry_outflow_share: Array  # of the holding per 21 days and point of carry lost
    carry_band_bp: Array
    run_loss_share: Array  # l/(b + l)
    run_noise: Array
    run_backstop: Array  # [F]
    run_holding_share: Array
    run_days: Array
    run_trust_weight: Array
    run_dysfunction_weight: Array
    run_lasting_share: Array
    herding_half_life_days: Array
    fund_outflow_return: Array  # share of the holding a day per 100 bp
    fund_return_band_bp: Array
    fund_return_half_life_days: Array
    fund_outflow_volatility: Array  # share of the holding a day per unit of sigma/sigma bar
    fund_volatility_band: Array
    fund_lag_days: Array
    bank_reserves_share: Array
    bank_funding_usdbn_per_bp: Array
    bank_days: Array
    # auctions and the local term: `ustress.model.auctions`, `ustress.model.local`
    auction_elasticity_per_bp: Array
    auction_tender: Array
    auction_dealer_multiple: Array
    auction_noise_per_usdbn: Array
    auction_dealer_limit: Array
    auction_weak_band: Array
    lam_l_bp_per_100bn: Array
    local_half_life_days: Array
    size_scale: Array  # 30.5tn / GDP of the date
    A_over_tau: Array  # (tenors, 3)
    expected_over_tau: Array  # (tenors, 3)
    bill_over_tau: Array  # (3,)
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

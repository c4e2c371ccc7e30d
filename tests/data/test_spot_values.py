"""Published table: at least three values of each family, read from the source tables by hand.

Each row gives series, observation date, value and the day it counts as known; the comment names
the publisher's table. Values are in the catalogue's units (the tables' dollars and millions were
divided by hand). Monthly and quarterly dates are period ends.
"""

from __future__ import annotations

from datetime import date

import pytest

from ustress.data.catalogue import catalogue
from ustress.data.store import Store

Spot = tuple[str, str, float, str]

SPOTS: tuple[Spot, ...] = (
    # Treasury, Daily Treasury Par Yield Curve Rates
    ("ust.par.10y", "2025-04-11", 4.48, "2025-04-11"),
    ("ust.par.10y", "2025-04-04", 4.01, "2025-04-04"),
    ("ust.par.10y", "2020-03-09", 0.54, "2020-03-09"),
    ("ust.par.30y", "2020-03-09", 0.99, "2020-03-09"),
    ("ust.par.10y", "2007-06-12", 5.26, "2007-06-12"),
    ("ust.par.6w", "2025-02-18", 4.41, "2025-02-18"),
    ("ust.par.4m", "2022-10-19", 4.32, "2022-10-19"),
    ("ust.par.2y", "2025-04-11", 3.96, "2025-04-11"),
    # Treasury, TIC, Major Foreign Holders
    ("tic.holdings.china", "2025-01-31", 760.8, "2025-03-18"),
    ("tic.holdings.china", "2013-11-30", 1316.7, "2014-01-21"),
    ("tic.holdings.japan", "2024-12-31", 1061.5, "2025-02-18"),
    ("tic.holdings.japan", "2024-11-30", 1087.1, "2025-01-21"),
    ("tic.holdings.south_korea", "2010-06-30", 37.0, "2010-08-18"),
    ("tic.holdings.cayman_islands", "2012-06-30", 127.9, "2012-08-20"),
    ("tic.holdings.united_kingdom", "2025-12-31", 866.0, "2026-02-18"),
    ("tic.holdings.total", "2025-01-31", 8617.8, "2025-03-18"),
    ("tic.holdings.official", "2008-09-30", 1981.0, "2008-11-18"),
    ("tic.holdings.official_bills", "2020-03-31", 283.2, "2020-05-18"),
    ("tic.holdings.official_bonds", "2020-03-31", 3834.6, "2020-05-18"),
    ("tic.holdings.oil_exporters", "2011-12-31", 260.8, "2012-02-21"),
    ("tic.holdings.belgium_luxembourg", "2001-12-31", 22.4, "2002-02-19"),
    # Treasury, auction results
    ("auction.10y.bid_to_cover", "2025-04-09", 2.67, "2025-04-09"),
    ("auction.10y.indirect_share", "2025-04-09", 87.9, "2025-04-09"),
    ("auction.10y.high_yield", "2025-04-09", 4.435, "2025-04-09"),
    ("auction.10y.reopening", "2025-04-09", 1.0, "2025-04-09"),
    ("auction.3y.bid_to_cover", "2025-04-08", 2.47, "2025-04-08"),
    ("auction.3y.dealer_share", "2025-04-08", 20.73, "2025-04-08"),
    ("auction.30y.direct_share", "2025-04-10", 25.82, "2025-04-10"),
    ("auction.20y.median_yield", "2020-05-20", 1.159, "2020-05-20"),
    ("auction.2y.size", "2009-01-27", 40.0, "2009-01-27"),
    ("auction.2y.reopening", "2009-01-27", 0.0, "2009-01-27"),
    # Treasury, Debt to the Penny
    ("debt.total", "2025-04-10", 36215.70131783194, "2025-04-11"),
    ("debt.total", "2019-08-01", 22022.77993247798, "2019-08-02"),
    ("debt.total", "2000-01-03", 5751.7430926055, "2000-01-04"),
    # Treasury, Monthly Statement of the Public Debt
    ("debt.public.bills", "2025-03-31", 6155.0734895, "2025-04-07"),
    ("debt.public.total", "2025-03-31", 28909.508836279, "2025-04-07"),
    ("debt.public.total", "2001-02-28", 3402.73798, "2001-03-07"),
    ("debt.public.tips", "2004-05-31", 199.7310852296, "2004-06-07"),  # 152.777... + 46.953...
    ("debt.intragov.total", "2025-03-31", 7304.80156989855, "2025-04-07"),
    ("debt.intragov.nonmarketable", "2025-03-31", 7284.63261783247, "2025-04-07"),
    ("debt.intragov.marketable", "2025-03-31", 20.16895206608, "2025-04-07"),
    # Treasury, Average Interest Rates
    ("debt.rate.bills", "2025-03-31", 4.359, "2025-04-07"),
    ("debt.rate.marketable", "2025-03-31", 3.347, "2025-04-07"),
    ("debt.rate.marketable", "2005-07-31", 4.145, "2005-08-05"),  # printed "TotalMarketable"
    ("debt.rate.inflation_indexed_notes", "2001-01-31", 3.772, "2001-02-07"),
    # Treasury, buyback results, summed over the operation by hand
    ("buybacks.accepted", "2025-04-10", 8.5, "2025-04-10"),
    ("buybacks.accepted", "2024-05-29", 2.0, "2024-05-29"),
    ("buybacks.accepted", "2000-03-09", 1.001, "2000-03-09"),
    # New York Fed, reference rates and operations
    ("funding.sofr", "2019-09-17", 5.25, "2019-09-18"),
    ("funding.sofr.p99", "2019-09-17", 9.0, "2019-09-18"),
    ("funding.sofr", "2025-04-10", 4.37, "2025-04-11"),
    ("funding.effr", "2018-04-03", 1.69, "2018-04-04"),
    ("funding.onrrp.volume", "2022-12-30", 2553.716, "2022-12-30"),
    # Board, policy rates
    ("funding.iorb", "2025-04-10", 4.4, "2025-04-10"),
    ("funding.target.upper", "2019-09-17", 2.25, "2019-09-17"),
    ("funding.target.lower", "2022-12-30", 4.25, "2022-12-30"),
    # OFR, US Repo Markets Data Release
    ("funding.triparty.rate", "2019-09-17", 5.04, "2019-09-18"),
    ("funding.gcf.volume", "2025-04-10", 200.6, "2025-04-11"),
    ("funding.dvp.rate", "2022-12-30", 4.17, "2023-01-03"),
    # Board, H.4.1
    ("fed.reserves", "2025-04-09", 3484.345, "2025-04-10"),
    ("fed.reserves.week_average", "2025-04-09", 3474.682, "2025-04-10"),
    ("fed.treasuries", "2020-06-03", 4134.356, "2020-06-04"),
    ("fed.tga", "2025-04-09", 315.189, "2025-04-10"),
    ("fed.custody.treasuries", "2025-04-09", 2932.857, "2025-04-10"),
    ("fed.liquidity_swaps", "2008-12-17", 583.135, "2008-12-18"),
    ("fed.other_credit", "2023-03-22", 179.8, "2023-03-23"),
    ("fed.fima_repo", "2023-03-22", 60.0, "2023-03-23"),
    ("fed.total_assets", "2026-03-04", 6628.894, "2026-03-05"),
    # New York Fed, repo operations, summed over the day by hand; 8 October 2025 held an exercise
    ("fed.repo_operations.accepted", "2025-06-30", 11.075, "2025-06-30"),
    ("fed.repo_operations.accepted", "2024-09-30", 2.6, "2024-09-30"),
    ("fed.repo_operations.submitted", "2025-10-16", 8.35, "2025-10-16"),
    ("fed.repo_operations.accepted", "2025-10-08", 0.001, "2025-10-08"),
    # New York Fed, System Open Market Account
    ("soma.notes_bonds", "2025-04-09", 3581.737, "2025-04-10"),
    ("soma.bills", "2020-06-03", 326.044, "2020-06-04"),
    ("soma.tips", "2003-07-09", 12.814, "2003-07-10"),
    # New York Fed, Primary Dealer Statistics
    ("dealers.net.total", "2025-04-02", 408.663, "2025-04-10"),
    ("dealers.net.coupons_7_11y", "2013-04-03", -29.412, "2013-04-11"),
    ("dealers.net.bills", "2020-03-18", 19.115, "2020-03-26"),
    ("dealers.net.coupons_gt21y", "2025-04-09", 45.827, "2025-04-17"),
    # CFTC, Traders in Financial Futures
    ("cftc.tu.leveraged_short", "2025-04-08", 2167947, "2025-04-11"),
    ("cftc.ty.open_interest", "2025-04-08", 6325839, "2025-04-11"),
    ("cftc.tn.asset_manager_long", "2025-04-08", 1249686, "2025-04-11"),
    ("cftc.wn.dealer_short", "2025-04-08", 191153, "2025-04-11"),
    # Adrian, Crump and Moench, replicated (the calendar of closings begins in 1985)
    ("term_premium.acm.10y", "2025-03-31", 0.3743, "2025-04-07"),
    ("yield.acm.10y", "1961-06-30", 3.8673, "1961-07-07"),
    ("expected_path.acm.10y", "2020-03-31", 1.9499, "2020-04-07"),
    ("yield.acm.3m", "2025-03-31", 4.2451, "2025-04-07"),
    ("term_premium.acm.2y", "1961-06-30", -0.0189, "1961-07-07"),
    # Board, H.10
    ("fx.usdchf", "2025-04-11", 0.8153, "2025-04-14"),
    ("fx.usdchf", "2015-01-15", 0.893, "2015-01-20"),
    ("fx.dollar.broad", "2025-04-04", 125.8129, "2025-04-07"),
    ("fx.usdjpy", "2025-04-04", 145.93, "2025-04-07"),
    ("fx.eurusd", "2000-01-03", 1.02, "2000-01-10"),
    ("fx.usdcny", "2025-04-11", 7.29, "2025-04-14"),
    # OFR Financial Stress Index
    ("stress.ofr_fsi", "2008-10-10", 29.32, "2008-10-15"),
    ("stress.ofr_fsi.volatility", "2025-04-09", 2.579, "2025-04-11"),
    ("stress.ofr_fsi.funding", "2020-03-23", 0.595, "2020-03-25"),
    # Chicago Fed
    ("stress.nfci", "2025-04-11", -0.382, "2025-04-16"),
    ("stress.nfci", "2020-04-03", 0.31003, "2020-04-08"),
    ("stress.nfci", "1971-01-08", 0.59212, "1971-01-13"),
    # Board staff, excess bond premium
    ("credit.ebp", "2008-10-31", 3.5368, "2008-12-01"),
    ("credit.gz_spread", "2025-03-31", 1.1112, "2025-04-30"),
    ("credit.recession_probability", "1973-01-31", 0.2177, "1973-03-02"),
    # BLS, BEA, Board: the table dates April 2020 and the second quarter by 1 April 2020
    ("macro.cpi", "2025-03-31", 319.785, "2025-04-15"),
    ("macro.unemployment", "2020-04-30", 14.8, "2020-05-01"),
    ("macro.payrolls", "2020-04-30", 130424, "2020-05-01"),
    ("macro.core_pce", "2025-03-31", 125.267, "2025-04-30"),
    ("macro.gdp", "2020-06-30", 19958.291, "2020-07-30"),
    ("macro.gdp", "2025-03-31", 30042.113, "2025-04-30"),
    ("macro.federal_interest", "2025-03-31", 1144.212, "2025-04-30"),
    ("macro.federal_debt", "2008-12-31", 10699.805, "2009-03-02"),
    # Board, FOMC statements
    ("fomc.announcement", "1994-02-04", 1, "1994-02-04"),
    ("fomc.announcement", "2020-03-15", 1, "2020-03-15"),
    ("fomc.announcement", "2025-03-19", 1, "2025-03-19"),
    # Press, single values (S&P Dow Jones Indices, Freddie Mac, ICE BofA, CME)
    ("quoted.market.spx", "2025-04-11", 5363.36, "2025-04-11"),
    ("quoted.mortgage.30y", "2025-04-10", 6.62, "2025-04-10"),
    ("quoted.credit.ig_spread", "2025-04-09", 1.21, "2025-04-09"),
    ("quoted.market.gold_future", "2025-04-04", 3035.4, "2025-04-04"),
    # A commentary of 11 April 2025
    ("quoted.tic.china", "2024-12-31", 759.0, "2025-04-11"),
    ("quoted.tic.japan", "2024-12-31", 1059.8, "2025-04-11"),
    ("quoted.tic.japan", "2025-01-31", 1079.3, "2025-04-11"),
)


@pytest.mark.parametrize("spot", SPOTS, ids=lambda spot: f"{spot[0]} {spot[1]}")
def test_spot(spot: Spot, packed: Store) -> None:
    name, day, value, known = spot
    seen = packed.series(name, packed.known_until()).on_or_before(date.fromisoformat(day))
    assert seen is not None
    assert str(seen.day) == day
    assert seen.value == pytest.approx(value, rel=1e-12, abs=1e-9)
    assert str(seen.known) == known


def test_every_embedded_family_is_spotted_thrice(packed: Store) -> None:
    counts: dict[str, int] = {}
    for name, *_ in SPOTS:
        family = catalogue()[name].family
        counts[family] = counts.get(family, 0) + 1
    assert set(counts) == {status.family for status in packed.status(packed.known_until())}
    assert min(counts.values()) >= 3

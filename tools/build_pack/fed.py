"""Readers of the Federal Reserve's tables: balance sheet, portfolio, dealers, repo, funding."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from tools.build_pack.frames import day, finish, number, read, scaled, wide
from ustress.core.dates import calendar

# The table's "Securities" is H.4.1's "other credit extensions" (loans to bridge banks, 2023), and
# its "Other Credit Extensions" is the central bank liquidity swaps (583.1 in December 2008): both
# are named here by what they hold. "Other" is the compiler's remainder and stays out.
H41 = {
    "Reserves Balances": "reserves",
    "WRESBAL_bn": "reserves.week_average",
    "WALCL_bn": "total_assets",
    "TREAST_bn": "treasuries",
    "MBS": "mbs",
    "Agency": "agencies",
    "Securities Held": "securities",
    "Reserve Bank Credit": "reserve_bank_credit",
    "Repo": "repo",
    "Standing Repo Facility": "srf",
    "FIMA Repo Facility": "fima_repo",
    "Loans": "loans",
    "Primary Credit (Discount Window)": "discount_window",
    "Securities": "other_credit",
    "Other Credit Extensions": "liquidity_swaps",
    "Other Assets": "other_assets",
    "Currency in Circulation": "currency",
    "Reverse Repurchase Agreements": "rrp",
    "Foreign RRP": "rrp.foreign",
    "Domestic RRP": "rrp.domestic",
    "Deposits with FRB Banks (ex. Reserves)": "deposits",
    "TGA": "tga",
    "Foreign Official": "deposits.foreign",
    "Other Deposits (GSE Cash)": "deposits.other",
    "Other Liabilities (incl. Tsy Remittances)": "other_liabilities",
    "Fed Custody Holdings": "custody.total",
    "Treasury Custody": "custody.treasuries",
    "MBS Custody": "custody.mbs",
}
# A zero before a facility existed is no observation.
FACILITY_STARTS = {"fed.srf": date(2021, 7, 28), "fed.fima_repo": date(2020, 4, 6)}
SOMA = {
    "notesbonds": "notes_bonds",
    "bills": "bills",
    "tips": "tips",
    "tipsInflationCompensation": "tips_compensation",
    "frn": "frn",
    "mbs": "mbs",
    "cmbs": "cmbs",
    "agencies": "agencies",
}
DEALERS = {
    "All USTs": "total",
    "All Coupons": "coupons",
    "Coupons <2y": "coupons_lt2y",
    "Coupons 2-3y": "coupons_2_3y",
    "Coupons 3-6y": "coupons_3_6y",
    "Coupons 6-7y": "coupons_6_7y",
    "Coupons 7-11y": "coupons_7_11y",
    "Coupons 11-21y": "coupons_11_21y",
    "Coupons >21y": "coupons_gt21y",
    "All TIPS": "tips",
    "TIPS <2y": "tips_lt2y",
    "TIPS 2-6y": "tips_2_6y",
    "TIPS 6-11y": "tips_6_11y",
    "TIPS >11y": "tips_gt11y",
    "All Bills": "bills",
    "All FRNs": "frn",
}
RATES = {
    "SOFR": "sofr",
    "SOFR_p1": "sofr.p1",
    "SOFR_p25": "sofr.p25",
    "SOFR_p75": "sofr.p75",
    "SOFR_p99": "sofr.p99",
    "EFFR": "effr",
    "BGCR": "bgcr",
    "RRPONTSYD": "onrrp.volume",
    "ONRRP_award": "onrrp.rate",
}
POLICY = {"IORB": "iorb", "DFEDTARU": "target.upper", "DFEDTARL": "target.lower"}
SEGMENTS = {
    "OFR_TRI_rate": "triparty.rate",
    "OFR_TRI_vol_bn": "triparty.volume",
    "OFR_GCF_rate": "gcf.rate",
    "OFR_GCF_vol_bn": "gcf.volume",
    "OFR_DVP_rate": "dvp.rate",
    "OFR_DVP_vol_bn": "dvp.volume",
}


def _named(names: dict[str, str], prefix: str) -> dict[str, str]:
    return {old: prefix + new for old, new in names.items()}


def balance_sheet(tables: Path) -> pl.DataFrame:
    table = read(tables, "fed_h41_weekly_usdbn")
    long_form = wide(table, day("date"), _named(H41, "fed."), "board-h41")
    for name, start in FACILITY_STARTS.items():
        long_form = long_form.filter((pl.col("series") != name) | (pl.col("day") >= start))
    return long_form.with_columns(pl.col("value").round(6))  # sums of published thousands


def portfolio(tables: Path) -> pl.DataFrame:
    table = read(tables, "soma_holdings_weekly_usdbn")
    return wide(table, day("date"), _named(SOMA, "soma."), "newyorkfed-soma")


def dealers(tables: Path) -> pl.DataFrame:
    table = read(tables, "primary_dealer_net_positions_weekly_usdbn")
    long_form = wide(table, day("asofdate"), _named(DEALERS, "dealers.net."), "newyorkfed-dealers")
    return long_form.with_columns(pl.col("value").round(6))


def funding(tables: Path) -> pl.DataFrame:
    table = read(tables, "funding_daily")
    open_days = table.filter(pl.col("date").map_elements(_is_open, pl.Boolean))
    return pl.concat(
        [
            wide(table, day("date"), _named(RATES, "funding."), "newyorkfed-rates"),
            # Policy rates are carried through weekends and holidays: no observation stands there.
            wide(open_days, day("date"), _named(POLICY, "funding."), "board-policy-rates"),
            wide(table, day("date"), _named(SEGMENTS, "funding."), "ofr-repo"),
        ]
    ).filter(pl.col("day").dt.weekday() <= 5)


def _is_open(text: str) -> bool:
    return bool(np.is_busday(np.datetime64(text), busdaycal=calendar()))


def repo_operations(tables: Path) -> pl.DataFrame:
    table = read(tables, "nyfed_repo_operations").filter(
        ~pl.col("note").fill_null("").str.to_lowercase().str.contains("small value exercise")
    )
    summed = (
        table.select(
            day("operationDate"),
            number("totalAmtAccepted").alias("fed.repo_operations.accepted"),
            number("totalAmtSubmitted").alias("fed.repo_operations.submitted"),
        )
        .group_by("day")
        .sum()
    )
    long_form = summed.unpivot(index="day", variable_name="series", value_name="value")
    return finish(long_form.with_columns(scaled(pl.col("value"), 1e-9)), "newyorkfed-operations")


def announcements(tables: Path) -> pl.DataFrame:
    table = read(tables, "fomc_announcement_dates").select(
        day("date"), pl.lit(1.0).alias("value"), pl.lit("fomc.announcement").alias("series")
    )
    return finish(table, "board-fomc")

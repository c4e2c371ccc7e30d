"""Readers of the other tables: futures positions, currencies, term premia, indices, macro."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tools.build_pack.frames import day, finish, month_end, number, read, wide

CONTRACTS = {"TU": "tu", "FV": "fv", "TY": "ty", "UXY": "tn", "US": "us", "WN": "wn"}
TRADERS = {
    "Dealer": "dealer",
    "Asset_Mgr": "asset_manager",
    "Lev_Money": "leveraged",
    "Other_Rept": "other",
}
POSITIONS = {"Open_Interest_All": "open_interest"} | {
    f"{old}_Positions_{side}_All": f"{new}_{side.lower()}"
    for old, new in TRADERS.items()
    for side in ("Long", "Short")
}
FX = {
    "DTWEXBGS": "fx.dollar.broad",
    "CHF_per_USD": "fx.usdchf",
    "CNY_per_USD": "fx.usdcny",
    "JPY_per_USD": "fx.usdjpy",
    "USD_per_EUR": "fx.eurusd",
}
ACM = {"ACMY": "yield", "ACMTP": "term_premium", "ACMRNY": "expected_path"}
OFR = {
    "OFR FSI": "ofr_fsi",
    "Credit": "ofr_fsi.credit",
    "Equity valuation": "ofr_fsi.equity_valuation",
    "Safe assets": "ofr_fsi.safe_assets",
    "Funding": "ofr_fsi.funding",
    "Volatility": "ofr_fsi.volatility",
    "United States": "ofr_fsi.united_states",
    "Other advanced economies": "ofr_fsi.other_advanced",
    "Emerging markets": "ofr_fsi.emerging_markets",
}
MONTHLY = {
    "CPIAUCSL": "cpi",
    "CPILFESL": "core_cpi",
    "PCEPILFE": "core_pce",
    "UNRATE": "unemployment",
    "PAYEMS": "payrolls",
    "FEDFUNDS": "fed_funds",
    "M2SL": "m2",
    "USREC": "recession",
}
QUARTERLY = {
    "GDP": "gdp",
    "GDPC1": "gdp_real",
    "GDPDEF": "gdp_deflator",
    "GDPPOT": "gdp_potential",
    "A091RC1Q027SBEA": "federal_interest",
}
QUARTERLY_USDMN = {"GFDEBTN": "federal_debt", "FYGFDPUN": "federal_debt_public"}


def futures(tables: Path) -> pl.DataFrame:
    table = read(tables, "cftc_tff_treasury_futures_weekly")
    long_form = table.select(
        pl.col("contract").replace_strict(CONTRACTS),
        day("Report_Date_as_YYYY-MM-DD"),
        *(number(old).alias(new) for old, new in POSITIONS.items()),
    ).unpivot(index=["contract", "day"], variable_name="m", value_name="value")
    name = "cftc." + pl.col("contract") + "." + pl.col("m")
    return finish(long_form.with_columns(name.alias("series")), "cftc-tff")


def currencies(tables: Path) -> pl.DataFrame:
    return wide(read(tables, "fx_h10_daily"), day("date"), FX, "board-h10")


def term_premia(tables: Path) -> pl.DataFrame:
    names = {
        f"{old}{n:02d}": f"{new}.acm.{n}y" for old, new in ACM.items() for n in range(1, 11)
    } | {"ACMY003M": "yield.acm.3m", "ACMY006M": "yield.acm.6m"}
    return wide(read(tables, "acm_term_premia_monthly"), day("DATE"), names, "acm-replication")


def stress_indices(tables: Path) -> pl.DataFrame:
    names = {old: f"stress.{new}" for old, new in OFR.items()}
    return pl.concat(
        [
            wide(read(tables, "ofr_fsi_daily"), day("Date"), names, "ofr-fsi"),
            wide(read(tables, "nfci_weekly"), day("date"), {"NFCI": "stress.nfci"}, "chicagofed"),
        ]
    )


def credit(tables: Path) -> pl.DataFrame:
    names = {
        "gz_spread": "credit.gz_spread",
        "ebp": "credit.ebp",
        "est_prob": "credit.recession_probability",
    }
    return wide(read(tables, "ebp_gz_monthly"), month_end("date"), names, "board-ebp")


def macro(tables: Path) -> pl.DataFrame:
    table = read(tables, "macro_monthly_quarterly")
    # The table dates a quarter by its first day; ours is the day the quarter ends.
    quarter_end = month_end("date").dt.offset_by("2mo").dt.month_end()
    published = table.filter(pl.col("GDP").is_not_null())  # potential output runs on as projection
    names = {old: f"macro.{new}" for old, new in QUARTERLY.items()}
    in_usdmn = {old: f"macro.{new}" for old, new in QUARTERLY_USDMN.items()}
    monthly = {old: f"macro.{new}" for old, new in MONTHLY.items()}
    return pl.concat(
        [
            wide(table, month_end("date"), monthly, "macro-tables"),
            wide(published, quarter_end, names, "macro-tables"),
            wide(table, quarter_end, in_usdmn, "macro-tables", 1e-3),
        ]
    )

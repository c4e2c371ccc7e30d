"""Readers of the Treasury's tables: yields, holders, auctions, debt, rates, buybacks."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from tools.build_pack.frames import day, finish, month_end, number, read, scaled, wide

TENORS = {"m1": "1m", "m1_5": "6w", "m2": "2m", "m3": "3m", "m4": "4m", "m6": "6m"} | {
    f"y{n}": f"{n}y" for n in (1, 2, 3, 5, 7, 10, 20, 30)
}
HOLDERS = {
    "China, Mainland": "china",
    "Korea, South": "south_korea",
    "Grand Total": "total",
    "For. Official": "official",
    "Treasury Bills": "official_bills",
    "T-Bonds & Notes": "official_bonds",
    "Carib Bnkng Ctrs": "caribbean_banking_centers",
    "Belgium-Luxembourg": "belgium_luxembourg",
}
AUCTION = {
    "bid_to_cover": "bid_to_cover",
    "high_yield": "high_yield",
    "median_yield": "median_yield",
    "dealer_pct": "dealer_share",
    "direct_pct": "direct_share",
    "indirect_pct": "indirect_share",
    "offering_bn": "size",
    "reopening": "reopening",
}
AUCTION_SOURCES = {
    "treasurydirect": "treasury-auctions",
    "fiscaldata (transcribed)": "fiscaldata-auctions",
}
CLASSES = {
    "Bills": "bills",
    "Notes": "notes",
    "Bonds": "bonds",
    "Treasury Inflation-Protected Securities": "tips",
    "Inflation-Indexed Notes": "tips",
    "Inflation-Indexed Bonds": "tips",
    "Floating Rate Notes": "frn",
    "Federal Financing Bank": "ffb",
    "Domestic Series": "domestic_series",
    "Foreign Series": "foreign_series",
    "R.E.A. Series": "rea_series",
    "State and Local Government Series": "state_local",
    "United States Savings Securities": "savings",
    "Government Account Series": "government_account",
    "Other": "other",
    "Depositary Compensation Securities": "depositary_compensation",
    "Hope Bonds": "hope_bonds",
}
TOTALS = {
    "Total Marketable": "marketable",
    "Total Nonmarketable": "nonmarketable",
    "Total Public Debt Outstanding": "total",
    "Total Treasury Securities Outstanding": "total",  # the same line's name until February 2001
}
RATES = {
    "Treasury Bills": "bills",
    "Treasury Notes": "notes",
    "Treasury Bonds": "bonds",
    "Treasury Inflation-Protected Securities (TIPS)": "tips",
    "Treasury Inflation-Indexed Notes": "inflation_indexed_notes",
    "Treasury Inflation-Indexed Bonds": "inflation_indexed_bonds",
    "Treasury Floating Rate Notes (FRN)": "frn",
    "Federal Financing Bank": "ffb",
    "Total Marketable": "marketable",
    "TotalMarketable": "marketable",  # July 2005, misprinted by the publisher
    "Domestic Series": "domestic_series",
    "Foreign Series": "foreign_series",
    "R.E.A. Series": "rea_series",
    "State and Local Government Series": "state_local",
    "United States Savings Securities": "savings",
    "United States Savings Inflation Securities": "savings_inflation",
    "Government Account Series": "government_account",
    "Government Account Series Inflation Securities": "government_account_inflation",
    "Special Purpose Vehicle": "special_purpose_vehicle",
    "Hope Bonds": "hope_bonds",
    "Total Non-marketable": "nonmarketable",
    "Total Interest-bearing Debt": "total",
}


def par_yields(tables: Path) -> pl.DataFrame:
    names = {old: f"ust.par.{new}" for old, new in TENORS.items()}
    table = read(tables, "treasury_par_yields_daily")
    return wide(table, day("date"), names, "treasury-par-yields")


def holders(tables: Path) -> pl.DataFrame:
    snake = pl.col("holder").str.to_lowercase().str.replace_all(" ", "_", literal=True)
    name = pl.col("holder").replace_strict(HOLDERS, default=snake, return_dtype=pl.String)
    table = read(tables, "tic_major_foreign_holders_monthly")
    return finish(
        table.select(
            ("tic.holdings." + name).alias("series"),
            month_end("month").alias("day"),
            number("bn_usd").alias("value"),
        ),
        "treasury-tic",
    )


def auctions(tables: Path) -> pl.DataFrame:
    table = read(tables, "treasury_coupon_auctions").with_columns(
        (pl.col("new_or_reopening") == "R").cast(pl.Float64).alias("reopening"),
        pl.col("source").replace_strict(
            {
                "treasurydirect": "treasury-auctions",
                "fiscaldata (transcribed)": "fiscaldata-auctions",
            }
        ),
    )
    fields = table.select(
        day("auction_date"), "tenor", "source", *(number(o).alias(n) for o, n in AUCTION.items())
    ).unpivot(index=["day", "tenor", "source"], variable_name="field", value_name="value")
    name = "auction." + pl.col("tenor").str.to_lowercase() + "." + pl.col("field")
    return finish(fields.with_columns(name.alias("series")), pl.col("source"))


def debt_to_the_penny(tables: Path) -> pl.DataFrame:
    table = read(tables, "debt_to_the_penny_daily")
    long_form = wide(table, day("date"), {"debt_usd": "debt.total"}, "treasury-debt", 1e-9)
    # The books close on weekdays: the row of Saturday 1 January 2000 repeats the year's end.
    return long_form.filter(pl.col("day").dt.weekday() <= 5)


def public_debt(tables: Path) -> pl.DataFrame:
    table = read(tables, "mspd_monthly_usdmn")
    by_class = table.filter(pl.col("class") != "_").with_columns(
        pl.col("class").replace_strict(CLASSES).alias("m")
    )
    totals = table.filter(pl.col("class") == "_").with_columns(
        pl.col("type").replace_strict(TOTALS).alias("m")
    )
    everything = pl.concat([by_class, totals])
    public = _debt(everything, "debt.public.", "public_mn")
    inside = _debt(totals, "debt.intragov.", "intragov_mn")
    return pl.concat([public, inside])


def _debt(table: pl.DataFrame, prefix: str, column: str) -> pl.DataFrame:
    summed = (
        table.select(day("date"), "m", number(column).alias("value"))
        .group_by("day", "m")
        .agg(scaled(pl.col("value").sum(), 1e-3))
        .with_columns((prefix + pl.col("m")).alias("series"))
    )
    return finish(summed, "treasury-mspd")


def average_rates(tables: Path) -> pl.DataFrame:
    table = read(tables, "treasury_avg_interest_rates_monthly")
    return finish(
        table.select(
            ("debt.rate." + pl.col("security_desc").replace_strict(RATES)).alias("series"),
            day("record_date"),
            number("avg_interest_rate_amt").alias("value"),
        ),
        "treasury-average-rates",
    )


def buybacks(tables: Path) -> pl.DataFrame:
    table = read(tables, "treasury_buybacks").select(
        day("operation_date"), number("par_amt_accepted").alias("value")
    )
    summed = table.drop_nulls().group_by("day").agg(scaled(pl.col("value").sum(), 1e-9))
    return finish(
        summed.with_columns(pl.lit("buybacks.accepted").alias("series")), "treasury-buybacks"
    )

"""The tool that builds the pack, on small tables with the traps of the real ones."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from textwrap import dedent

import polars as pl
import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))

from tools.build_pack import fed, markets, treasury  # noqa: E402
from tools.build_pack.quoted import quoted  # noqa: E402
from tools.build_pack.write import stamp, write  # noqa: E402


def put(folder: Path, name: str, text: str) -> Path:
    (folder / f"{name}.csv").write_text(dedent(text).lstrip())
    return folder


def got(frame: pl.DataFrame) -> dict[tuple[str, str], float]:
    return {(series, str(day)): value for series, day, value, _ in frame.iter_rows()}


def test_policy_rates_are_not_carried_through_closed_days(tmp_path: Path) -> None:
    """Thursday, Good Friday, Saturday; the funds rate trades on Good Friday."""
    columns = "date,SOFR,EFFR,IORB,DFEDTARU,DFEDTARL,RRPONTSYD,SOFR_p1,SOFR_p25,SOFR_p75,SOFR_p99,"
    columns += "BGCR,OFR_TRI_rate,OFR_GCF_rate,OFR_DVP_rate,ONRRP_award,"
    columns += "OFR_TRI_vol_bn,OFR_GCF_vol_bn,OFR_DVP_vol_bn"
    rows = (
        f"2025-04-17,4.32,4.33,4.4,4.5{',' * 14}",
        f"2025-04-18,,4.33,4.4,4.5{',' * 14}",
        f"2025-04-19,,,4.4,4.5{',' * 14}",
    )
    found = got(fed.funding(put(tmp_path, "funding_daily", "\n".join((columns, *rows)))))
    assert found == {
        ("funding.sofr", "2025-04-17"): 4.32,
        ("funding.effr", "2025-04-17"): 4.33,
        ("funding.effr", "2025-04-18"): 4.33,
        ("funding.iorb", "2025-04-17"): 4.4,
        ("funding.target.upper", "2025-04-17"): 4.5,
    }


def test_inflation_indexed_classes_become_one(tmp_path: Path) -> None:
    table = """
        date,type,class,public_mn,intragov_mn,total_mn
        2004-05-31,Marketable,Inflation-Indexed Notes,152777.5,0.0,152777.5
        2004-05-31,Marketable,Inflation-Indexed Bonds,46953.25,0.0,46953.25
        2001-02-28,Total Treasury Securities Outstanding,_,3402738.0,2333122.0,5735860.0
    """
    put(tmp_path, "mspd_monthly_usdmn", table)
    assert got(treasury.public_debt(tmp_path)) == {
        ("debt.public.tips", "2004-05-31"): 199.73075,
        ("debt.public.total", "2001-02-28"): 3402.738,
        ("debt.intragov.total", "2001-02-28"): 2333.122,
    }


def test_the_misprinted_total_and_missing_rates(tmp_path: Path) -> None:
    table = """
        record_date,security_type_desc,security_desc,avg_interest_rate_amt
        2005-07-31,Marketable,TotalMarketable,4.145
        2005-07-31,Marketable,Hope Bonds,
    """
    put(tmp_path, "treasury_avg_interest_rates_monthly", table)
    assert got(treasury.average_rates(tmp_path)) == {("debt.rate.marketable", "2005-07-31"): 4.145}


def test_buybacks_are_summed_over_the_day_and_nulls_left_out(tmp_path: Path) -> None:
    table = """
        operation_date,par_amt_accepted
        2025-04-10,8000000000.00
        2025-04-10,500000000.00
        2025-04-10,null
        2024-07-24,0.00
    """
    found = got(treasury.buybacks(put(tmp_path, "treasury_buybacks", table)))
    assert found == {
        ("buybacks.accepted", "2025-04-10"): 8.5,
        ("buybacks.accepted", "2024-07-24"): 0.0,
    }


def test_exercises_are_no_operations(tmp_path: Path) -> None:
    table = """
        operationDate,note,totalAmtSubmitted,totalAmtAccepted
        2025-10-08,,1000000,1000000
        2025-10-08,A Small Value Exercise.,97000000,97000000
        2025-10-08,,3000000,2000000
    """
    put(tmp_path, "nyfed_repo_operations", table)
    assert got(fed.repo_operations(tmp_path)) == {
        ("fed.repo_operations.accepted", "2025-10-08"): 0.003,
        ("fed.repo_operations.submitted", "2025-10-08"): 0.004,
    }


def test_a_quarter_is_dated_by_its_end_and_projections_stay_out(tmp_path: Path) -> None:
    names = [*markets.MONTHLY, *markets.QUARTERLY, *markets.QUARTERLY_USDMN]
    values = {"GDP": "30042.113", "GDPPOT": "23414.5", "GFDEBTN": "36214000.0", "UNRATE": "4.0"}
    rows = (
        "date," + ",".join(names),
        "2025-01-01," + ",".join(values.get(n, "") for n in names),
        "2025-04-01," + ",".join("23500.0" if n == "GDPPOT" else "" for n in names),
    )
    found = got(markets.macro(put(tmp_path, "macro_monthly_quarterly", "\n".join(rows))))
    assert found == {
        ("macro.unemployment", "2025-01-31"): 4.0,
        ("macro.gdp", "2025-03-31"): 30042.113,
        ("macro.gdp_potential", "2025-03-31"): 23414.5,
        ("macro.federal_debt", "2025-03-31"): 36214.0,
    }


def test_stamping_follows_the_lag_unless_a_date_is_printed() -> None:
    frame = pl.DataFrame(
        {"series": ["tic.holdings.japan"], "day": [date(2025, 1, 31)], "value": [1079.3],
         "source": ["treasury-tic"]}
    )  # fmt: skip
    assert stamp(frame).row(0)[3:5] == (date(2025, 3, 18), False)
    printed = {(r[0], r[1]): r[3:5] for r in stamp(quoted()).iter_rows()}
    assert printed["quoted.tic.japan", date(2025, 1, 31)] == (date(2025, 4, 11), True)
    with pytest.raises(ValueError, match=r"not in the catalogue: made\.up"):
        stamp(frame.with_columns(pl.lit("made.up").alias("series")))


def test_an_incomplete_or_repeated_pack_is_refused(tmp_path: Path) -> None:
    rows = stamp(quoted())
    with pytest.raises(ValueError, match="catalogued but empty: auction"):
        write(rows, tmp_path)
    with pytest.raises(ValueError, match="stands twice"):
        write(pl.concat([rows, rows]), tmp_path)
    assert list(tmp_path.iterdir()) == []

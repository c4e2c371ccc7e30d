"""The readings of 11 April 2025 against the published tables, each with its source and date."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.monitor import build
from ustress.monitor.snapshot import Snapshot

FiguresOn = Callable[[str], Panel]
# US Treasury, Daily Treasury Par Yield Curve Rates, ten-year, 14 March to 11 April 2025.
TEN_YEAR = (
    4.31, 4.31, 4.29, 4.25, 4.24, 4.25, 4.34, 4.31, 4.35, 4.38, 4.27,
    4.23, 4.17, 4.20, 4.06, 4.01, 4.15, 4.26, 4.34, 4.40, 4.48,
)  # fmt: skip
# US Treasury, auction results, three-year, 9 April 2024 to 11 March 2025: bid-to-cover.
THREE_YEAR_COVER = (2.5, 2.63, 2.43, 2.67, 2.55, 2.66, 2.45, 2.6, 2.58, 2.62, 2.79, 2.7)


@pytest.fixture(scope="module")
def april(figures_on: FiguresOn) -> Snapshot:
    return build(figures_on("2025-04-11"))


PUBLISHED = [
    # US Treasury, daily par yields of 11 April 2025
    ("curve.10y", 4.48, "2025-04-11"),
    ("curve.2y", 3.96, "2025-04-11"),
    ("curve.30y", 4.85, "2025-04-11"),
    ("curve.2s10s", 52.0, "2025-04-11"),
    # US Treasury, TIC, released 18 March 2025
    ("holdings.china", 760.8, "2025-01-31"),
    ("holdings.japan", 1079.3, "2025-01-31"),
    # US Treasury, results of 8 and 9 April 2025
    ("auction.3y.bid_to_cover", 2.47, "2025-04-08"),
    ("auction.3y.dealer_share", 20.73, "2025-04-08"),
    ("auction.10y.bid_to_cover", 2.67, "2025-04-09"),
    ("auction.10y.indirect_share", 87.90, "2025-04-09"),
    ("auction.10y.high_minus_median", 9.5, "2025-04-09"),  # 4.435 less 4.340
    # New York Fed, SOFR 4.37 and 99th percentile 4.49; Board, IORB 4.40, range to 4.50
    ("funding.sofr_iorb", -3.0, "2025-04-10"),
    ("funding.sofr_p99_over_target", -1.0, "2025-04-10"),
    # OFR, GCF 4.46 and tri-party 4.35
    ("funding.gcf_triparty", 11.0, "2025-04-10"),
    # Board, H.4.1 of 10 April 2025
    ("fed.reserves", 3484.345, "2025-04-09"),
    ("fed.treasuries", 4219.496, "2025-04-09"),
    ("fed.tga", 315.189, "2025-04-09"),
    ("fed.custody", 2932.857, "2025-04-09"),
    # the same over BEA's 29,825.182 for the last quarter of 2024
    ("fed.reserves_gdp", 100 * 3484.345 / 29825.182, "2025-04-09"),
    # New York Fed, primary dealers, 2 April; largest of the five years before 341.667
    ("dealers.coupons", 325.052, "2025-04-02"),
    ("dealers.use", 325.052 / 341.667, "2025-04-02"),
    # Board, H.10 of 7 April 2025
    ("fx.chf", 0.8547, "2025-04-04"),
]


@pytest.mark.parametrize(("key", "value", "day"), PUBLISHED)
def test_published_table(april: Snapshot, key: str, value: float, day: str) -> None:
    assert april[key].day == date.fromisoformat(day)
    assert april.value(key) == pytest.approx(value, abs=1e-9)


def test_published_table_the_week_of_the_ten_year(april: Snapshot) -> None:
    """4.01 on 4 April, 4.40 on the 10th, 4.48 on the 11th: +8 in the day, +47 in the week."""
    ten = april["curve.10y"]
    assert ten.change_unit == "bp"
    assert ten.changes["1d"] == pytest.approx(8.0, abs=1e-9)
    assert ten.changes["1w"] == pytest.approx(47.0, abs=1e-9)
    assert ten.changes["friday_week"] == pytest.approx(47.0, abs=1e-9)


def test_published_table_the_record_of_the_week(april: Snapshot) -> None:
    """+57 from 4.34 (9 November 2001) to 4.91 (16 November) is the last larger calendar week.

    Over any five business days 14 June 2022 was larger: 2.98 on the 7th to 3.49.
    """
    ten = april["curve.10y"]
    assert ten.record is not None
    assert ten.record.kind == "largest rise"
    assert (ten.record.rank, ten.record.since) == (2, date(2001, 11, 16))
    assert "largest five-business-day rise since 14 Jun 2022, 11th largest" in ten.note


def test_second_route_realised_volatility(april: Snapshot) -> None:
    """Root mean square of the twenty changes, from the yields written out above."""
    squares = [(100 * (b - a)) ** 2 for a, b in pairwise(TEN_YEAR)]
    assert len(squares) == 20
    expected = math.sqrt(sum(squares) / 20)
    assert april.value("curve.10y.realised_vol") == pytest.approx(expected, rel=1e-9)
    assert april["curve.10y.realised_vol"].evidence is Evidence.ESTIMATED


def test_second_route_an_auction_against_its_past_twelve(april: Snapshot) -> None:
    against = april["auction.3y.bid_to_cover"].comparison
    assert against is not None
    assert against.count == 12
    assert against.mean == pytest.approx(statistics.mean(THREE_YEAR_COVER))
    assert against.sd == pytest.approx(statistics.stdev(THREE_YEAR_COVER))
    expected = (2.47 - statistics.mean(THREE_YEAR_COVER)) / statistics.stdev(THREE_YEAR_COVER)
    assert against.deviation_sd == pytest.approx(expected)
    assert april["auction.3y.bid_to_cover"].note.startswith("New issue, $58bn.")


def test_published_table_the_ten_year_auction_of_9_april_was_taken_by_indirects(
    april: Snapshot,
) -> None:
    """87.9 %: the largest share in the record from 2009 on."""
    record = april["auction.10y.indirect_share"].record
    assert record is not None
    assert (record.kind, record.rank, record.since) == ("highest", 1, None)


def test_published_table_reserves_name_cash_and_debt_limit(
    april: Snapshot, figures_on: FiguresOn
) -> None:
    """The limit bound from 21 January 2025 on; in October 2024 it was suspended."""
    note = april["fed.reserves"].note
    assert "315.2 $bn on 2025-04-09" in note
    assert "debt limit" in note
    before = build(figures_on("2024-10-11"), keys=("fed.reserves",))["fed.reserves"]
    assert "debt limit" not in before.note


def test_before_iorb_the_top_of_the_range_stands_in(figures_on: FiguresOn) -> None:
    """17 September 2019: SOFR 5.25 (New York Fed), range to 2.25 (Board)."""
    then = build(figures_on("2019-09-18"), keys=("funding.sofr_iorb",))["funding.sofr_iorb"]
    assert then.day == date(2019, 9, 17)
    assert then.value == pytest.approx(300.0)
    assert "IORB begins" in then.note
    assert then.sources == ("funding.sofr", "funding.target.upper")


def test_breaks_at_surveys_are_no_flows(figures_on: FiguresOn) -> None:
    """China 867.7 in May and 1,112.1 in June 2010 (TIC, later revision): +244.4 by survey."""
    then = build(figures_on("2010-09-10"), keys=("holdings.china",))["holdings.china"]
    assert then.day == date(2010, 6, 30)
    assert then.value == pytest.approx(1112.1)
    assert "1m" not in then.changes
    assert "12m" not in then.changes
    assert then.record is None
    assert "Method changed on 2010-06-30" in then.note


def test_published_table_a_gap_in_the_record_is_told(april: Snapshot) -> None:
    """The Treasury published no 30-year yield between 18 February 2002 and 9 February 2006."""
    assert "No figures from 2002-02-15 to 2006-02-09." in april["curve.30y"].note
    assert "No figures" not in april["curve.10y"].note


def test_comparators_are_marked(april: Snapshot) -> None:
    marked = {r.key for r in april.readings if r.comparator}
    assert marked == {
        "curve.term_premium.10y",
        "curve.expected_path.10y",
        "reference.ofr_fsi",
        "reference.nfci",
        "reference.ebp",
    }
    assert not marked & {c.key for c in april.composite.contributions}

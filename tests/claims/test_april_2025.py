"""The 23 claims on the embedded figures: verdicts, and the figures they must rest on.

Figures marked (read) were read in the publishers' tables, apart from the code that judges.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ustress.claims import judge, load_claims
from ustress.claims.verdict import Judgement, Outcome, Verdict
from ustress.core.panel import Panel

Figures = Callable[[str], Panel]
H, D, P, C = Outcome.HOLDS, Outcome.DOES_NOT_HOLD, Outcome.PARTLY, Outcome.CANNOT_BE_CHECKED


@pytest.fixture(scope="module")
def verdicts(figures: Figures) -> dict[int, Verdict]:
    judged = judge(load_claims(), figures("2025-04-11"), figures("today"))
    return {verdict.number: verdict for verdict in judged}


def value(judgement: Judgement, label: str) -> float | None:
    """The one figure whose label contains `label`."""
    found = {number.value for number in judgement.numbers if label in number.label}
    assert len(found) == 1, (label, [number.label for number in judgement.numbers])
    return found.pop()


@pytest.mark.parametrize(
    ("number", "then", "today"),
    [
        (1, P, P), (2, P, P), (3, C, P), (4, D, D), (5, H, H), (6, P, P), (7, D, D), (8, P, P),
        (9, C, C), (10, P, P), (11, D, D), (12, C, C), (13, D, P), (14, H, H), (15, D, D),
        (16, P, H), (17, C, C), (18, H, H), (19, C, D), (20, C, C), (21, P, P), (22, P, P),
        (23, C, C),
    ],
)  # fmt: skip
def test_verdicts_then_and_today(
    verdicts: dict[int, Verdict], number: int, then: Outcome, today: Outcome
) -> None:
    verdict = verdicts[number]
    assert (verdict.then.outcome, verdict.today.outcome) == (then, today)


def parts(judgement: Judgement) -> list[Outcome]:
    return [outcome for _, outcome, _ in judgement.parts]


def test_claim_1_759_was_december_and_a_record_january_was_not(
    verdicts: dict[int, Verdict],
) -> None:
    """TIC major foreign holders (read): Jan 2025 760.8, Dec 2024 759.0, Feb 2009 744.2."""
    then = verdicts[1].then
    assert parts(then) == [P, P]
    assert value(then, "January 2025") == 760.8
    assert value(then, "mainland, December 2024") == 759.0
    assert "the 3rd lowest from January 2010" in then.parts[1][2]  # after 759.0 and 760.1
    assert "the last lower was 744.2 $bn, February 2009" in then.parts[1][2]
    assert parts(verdicts[1].today) == [D, H]  # March 2026, 652.3, the lowest since Sept 2008
    assert value(verdicts[1].today, "mainland, March 2026") == 652.3


def test_claim_2_row_by_row(verdicts: dict[int, Verdict]) -> None:
    """TIC (read): Japan Dec 2024 1,061.5, Oct 2024 1,101.5; Dec 2023 816.3 and 1,115.3;
    Jan 2024 797.7 and 1,140.6."""
    then = verdicts[2].then
    pairs = {(number.claimed, number.value): number.note for number in then.numbers}
    assert len(pairs) == 10
    assert sum(claimed == found for claimed, found in pairs) == 6
    revised = [pair for pair, note in pairs.items() if note.startswith("revised")]
    assert revised == [(1059.8, 1061.5), (1101.6, 1101.5)]
    placed = [pair for pair, note in pairs.items() if "that of January 2024" in note]
    assert placed == [(797.7, 816.3), (1140.6, 1115.3)]
    for month in ("January 2025: matches", "November 2024: matches"):
        assert month in then.because


def test_claim_3_april_could_not_be_known_and_japan_then_rose(
    verdicts: dict[int, Verdict],
) -> None:
    """TIC (read): China 765.4 to 743.6, Japan 1,130.8 to 1,134.5, March to April 2025; custody
    at the Fed (H.4.1, read) 2,929.255 on 2 April and 2,932.857 on 9 April."""
    then, today = verdicts[3].then, verdicts[3].today
    assert parts(then) == [C, C, C, D]
    assert then.needs == ("tic.holdings.china for April 2025", "tic.holdings.japan for April 2025")
    assert parts(today) == [H, D, D, D]
    changes = [n.value for n in today.numbers if n.label == "change"]
    assert changes == pytest.approx([765.4 * -1 + 743.6, 3.7, 2932.857 - 2929.255])
    assert value(today, "change of the sum") == pytest.approx(-18.1)
    assert "custody, not ownership" in verdicts[3].note


def test_claim_4_no_close_above_four_and_a_half(verdicts: dict[int, Verdict]) -> None:
    """Par yields (read): 4.48 on 11 April 2025, the highest of the week."""
    assert value(verdicts[4].then, "highest close") == 4.48
    assert verdicts[4].then.needs


def test_claim_5_largest_friday_to_friday_since_november_2001(
    verdicts: dict[int, Verdict],
) -> None:
    """Par yields (read): 4.01 and 4.48 on 4 and 11 April 2025; 4.34 and 4.91 on 9 and 16
    November 2001; 2.98 and 3.49 on 7 and 14 June 2022 (no Fridays)."""
    then = verdicts[5].then
    assert value(then, "Friday to Friday") == 47.0
    assert value(then, "last larger week, 9 Nov 2001 to 16 Nov 2001") == 57.0
    assert value(then, "last larger five days, 7 Jun 2022 to 14 Jun 2022") == 51.0


def test_claim_6_levels_close_and_the_right_pair_of_days(verdicts: dict[int, Verdict]) -> None:
    """Par yields (read): 4.34, 4.40, 4.48 on 9, 10, 11 April; 4.01 on the 4th, 4.06 on the 3rd."""
    then = verdicts[6].then
    assert parts(then) == [H, H, C, H, P]
    assert value(then, "change in per cent") == pytest.approx(100 * (4.48 / 4.01 - 1))
    assert "fit a start on 3 Apr 2025" in then.because
    assert pytest.approx(10.3, abs=0.05) == 100 * (4.48 / 4.06 - 1)


def test_claim_7_no_multi_year_low(verdicts: dict[int, Verdict]) -> None:
    """Auctions (read): 3-year 2.47 on 8 April, 2.45 on 8 October 2024; 10-year 2.67, 2.59."""
    then = verdicts[7].then
    assert parts(then) == [D, D, H, D]
    assert value(then, "3-year auction, bid-to-cover, 8 Apr 2025") == 2.47
    assert value(then, "last lower, 8 Oct 2024") == 2.45
    assert value(then, "10-year auction, bid-to-cover, 9 Apr 2025") == 2.67
    twelve = (2.34, 2.49, 2.67, 2.58, 2.32, 2.64, 2.48, 2.58, 2.70, 2.53, 2.48, 2.59)  # (read)
    means = [n.value for n in then.numbers if n.label == "mean of the 12 before"]
    assert means[1] == pytest.approx(sum(twelve) / 12)


def test_claim_8_no_level_crossed_the_percentile_alone(verdicts: dict[int, Verdict]) -> None:
    """Reference rates (read): SOFR 4.42, p99 4.58 on 9 April; IORB 4.40, range to 4.50; standing
    repo $100mn on 8 April."""
    then = verdicts[8].then
    assert value(then, "SOFR, most above") == -8.0
    assert value(then, "99th percentile, most above") == 8.0
    assert value(then, "accepted, most in the week") == 0.1
    assert (value(then, "percentile of the spread") or 0.0) >= 95.0
    assert "figures to 10 Apr 2025" in then.because
    assert "figures to 11 Apr 2025" in verdicts[8].today.because


def test_claims_10_11_13_15_and_gold_name_the_owner(verdicts: dict[int, Verdict]) -> None:
    """Quoted in the press (read in the list of quotable values)."""
    changes = {10: ("bp", 25.0), 15: ("pct_change", 100 * (5363.36 / 5074.08 - 1))}
    for number, (unit, size) in changes.items():
        found = [n.value for n in verdicts[number].then.numbers if n.unit == unit]
        assert found[0] == pytest.approx(size)
    owners = {10: "ICE BofA", 13: "Freddie Mac", 15: "S&P Dow Jones", 16: "CME"}
    for number, owner in owners.items():
        assert any(owner in n.source for n in verdicts[number].then.numbers)
    assert "2 different things (A, AA)" in verdicts[11].then.because
    assert parts(verdicts[13].today) == [D, H]


def test_claim_14_rates_and_interest(verdicts: dict[int, Verdict]) -> None:
    """Average rate on marketable debt (read): 3.277 March 2024, 3.347 March 2025; federal
    interest (read): 1,031.478 and 1,155.616, fourth quarters of 2023 and 2024."""
    then = verdicts[14].then
    assert parts(then) == [H, H, H]
    assert value(then, "marketable debt, March 2024") == 3.277
    assert value(then, "Q4 2024") == 1155.616
    assert value(verdicts[14].today, "Q1 2025") == 1144.212


def test_claim_16_the_franc_was_published_on_the_monday(verdicts: dict[int, Verdict]) -> None:
    """H.10 (read): .8547 on 4 April, .8153 on 11 April, published on 14 April 2025."""
    assert parts(verdicts[16].then) == [H, C, H]
    assert verdicts[16].then.needs == ("fx.usdchf for the week to 11 Apr 2025",)
    assert value(verdicts[16].today, "francs per dollar, 11 Apr 2025") == 0.8153


def test_claims_about_the_mechanism_await_simulation(verdicts: dict[int, Verdict]) -> None:
    """Without a simulator only their parts on the record and on published numbers are judged."""
    for number in range(19, 24):
        assert any("simulation of" in need for need in verdicts[number].then.needs)


def test_claim_19_the_feds_treasuries_fell(verdicts: dict[int, Verdict]) -> None:
    """H.4.1 (read): Treasuries held fell from 9 April to 9 July 2025."""
    today = verdicts[19].today
    assert parts(today) == [C, C, D]
    end, start = value(today, "9 Jul 2025"), value(today, "9 Apr 2025")
    assert end is not None
    assert start is not None
    assert end < start


def test_before_it_was_said_nothing_can_be_checked(figures: Figures) -> None:
    early = judge(load_claims(), figures("2025-04-10"), figures("2025-04-10"))
    assert {verdict.then.outcome for verdict in early} == {C}
    assert all("it was said on 11 Apr 2025" in verdict.then.because for verdict in early)

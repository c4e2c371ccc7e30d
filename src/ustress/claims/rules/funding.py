"""Strain in overnight funding: a matter of level, of which a high percentile is no proof."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

import numpy as np

from ustress.claims.bench import DECIMALS, Bench, Finding, UnjudgeableError, cite, derived
from ustress.claims.rules.base import Name, Positive, Rule, Years, years_words
from ustress.claims.spoken import count, ordinal, quoted, show, show_day, titled
from ustress.claims.verdict import Number, Outcome
from ustress.claims.windows import last_seven_days, years_before
from ustress.core.errors import BadInputError
from ustress.core.panel import Observation, Series, SeriesInfo, Values

_P99 = quoted("99th percentile")


class _Gap(NamedTuple):
    """The week's largest excess of one rate over another, with both observations."""

    over_bp: float
    rate: Observation
    base: Observation


class FundingStrain(Rule):
    """The week showed strain: by the median rate, its 99th percentile or use of the repo facility.

    `median` is the median rate (SOFR), `p99` its 99th percentile, `top` the top of the target
    range, `repo` the use of the standing facility in $bn, `reserve_rate` the rate on reserves. A
    percentile of the median over the reserve rate alone is at most partly.
    """

    kind: ClassVar[str] = "funding_strain"
    median: Name
    p99: Name
    top: Name
    repo: Name
    reserve_rate: Name
    p99_over_bp: Positive = 25.0
    repo_over_usdbn: Positive = 1.0
    percentile: Positive = 95.0
    years: Years = 1

    def series_named(self) -> tuple[str, ...]:
        """All five."""
        return (self.median, self.p99, self.top, self.repo, self.reserve_rate)

    def check_unit(self, info: SeriesInfo) -> None:
        """Rates are in per cent, the facility's use in $bn."""
        wanted = "usdbn" if info.name == self.repo else "pct"
        if info.unit != wanted:
            raise BadInputError(f"{info.name} is in {info.unit}; expected {wanted}")

    def words(self) -> str:
        """The three levels and what a percentile can add."""
        return (
            f"in the seven days to the day it was said, {self.median} above "
            f"{self.top}, or {self.p99} more than {self.p99_over_bp:g} bp above it, or "
            f"{self.repo} above ${self.repo_over_usdbn:g}bn on some day; {self.median} less "
            f"{self.reserve_rate} in the top {100 - self.percentile:g} % of the last "
            f"{years_words(self.years)} to the week is at most partly (days that tie "
            "count half); all comparisons are strict but the percentile's"
        )

    def judge(self, bench: Bench) -> Finding:
        """Each level, then the percentile; days of the week not known are named."""
        s = {name: bench.series(name) for name in self.series_named()}
        median, p99, top, repo, reserve = (s[name] for name in self.series_named())
        week = last_seven_days(median, bench.said_on)
        tops = (_widest(week, top), _widest(last_seven_days(p99, bench.said_on), top))
        use = last_seven_days(repo, bench.said_on)
        most = use.at(int(use.values.argmax()))
        numbers = (
            *_gap_numbers(median, top, tops[0], "most above the top of the range"),
            *_gap_numbers(p99, top, tops[1], "most above the top of the range"),
            cite(repo, most, f"{titled(repo)}, most in the week"),
        )
        crossed = self._crossed(tops, most)
        share, spread = self._percentile(bench, median, reserve)
        numbers = (*numbers, *_gap_numbers(median, reserve, spread, "over the rate on reserves"))
        numbers = (*numbers, _share(median, spread, share, self.years))
        because = self._because(crossed, tops, most, share, week)
        change = f"{titled(median)} above the top of the target range, or another level crossed"
        if crossed:
            return Finding(Outcome.HOLDS, because, numbers, (), f"no {change}")
        outcome = Outcome.PARTLY if share >= self.percentile else Outcome.DOES_NOT_HOLD
        return Finding(outcome, because, numbers, (), change)

    def _crossed(self, tops: tuple[_Gap, _Gap], most: Observation) -> tuple[str, ...]:
        levels = (
            (tops[0].over_bp > 0.0, "the median rate"),
            (tops[1].over_bp > self.p99_over_bp, f"its {_P99}"),
            (most.value > self.repo_over_usdbn, "use of the standing facility"),
        )
        return tuple(words for held, words in levels if held)

    def _percentile(self, bench: Bench, rate: Series, base: Series) -> tuple[float, _Gap]:
        """Mid-rank percentile of the week's widest spread over the reserve rate, and its day."""
        widest = _widest(last_seven_days(rate, bench.said_on), base)
        first = years_before(bench.said_on, self.years)
        past = _spreads(rate.between(first, bench.said_on), base)
        if past.size < 60:
            raise UnjudgeableError(
                f"fewer than {count(60)} days of {titled(rate)} over its base are known", ()
            )
        below, equal = past < widest.over_bp, past == widest.over_bp
        return 100.0 * float(np.mean(below + 0.5 * equal)), widest

    def _because(
        self,
        crossed: tuple[str, ...],
        tops: tuple[_Gap, _Gap],
        most: Observation,
        share: float,
        week: Series,
    ) -> str:
        levels = (
            f"by level: {', '.join(crossed)}" if crossed else "no level was crossed"
        ) + f" (median {_against(tops[0])}, {_P99} {_against(tops[1])} the top of the "
        levels += f"range, standing repo {show(most.value, 'usdbn')} at most)"
        last = week.at(-1).day
        return (
            f"{levels}; the spread over the rate on reserves reached its {ordinal(round(share))} "
            f"percentile of the last {years_words(self.years)}; figures to {show_day(last)}"
        )


def _against(gap: _Gap) -> str:
    side = "above" if gap.over_bp > 0 else "below"
    return f"{show(abs(gap.over_bp), 'bp', signed=False)} {side}"


def _spreads(rate: Series, base: Series) -> Values:
    """`rate` less the newest `base` on or before each of its days, bp."""
    at = np.searchsorted(base.dates, rate.dates, side="right") - 1
    known = at >= 0
    gaps = 100.0 * (rate.values[known] - base.values[at[known]])
    return np.asarray(np.round(gaps, DECIMALS), dtype=np.float64)


def _widest(week: Series, base: Series) -> _Gap:
    gaps = _spreads(week, base)
    if gaps.size < len(week):
        raise UnjudgeableError(f"{titled(base)} is not known for that week", (base.info.name,))
    rate = week.at(int(gaps.argmax()))
    under = base.on_or_before(rate.day)
    if under is None:
        raise UnjudgeableError(f"{titled(base)} is not known for that week", (base.info.name,))
    return _Gap(float(gaps.max()), rate, under)


def _gap_numbers(rate: Series, base: Series, gap: _Gap, words: str) -> tuple[Number, ...]:
    used = ((rate, gap.rate), (base, gap.base))
    return (
        cite(rate, gap.rate, f"{titled(rate)}, {show_day(gap.rate.day)}"),
        derived(f"{titled(rate)}, {words}", gap.over_bp, "bp", used),
    )


def _share(rate: Series, gap: _Gap, share: float, years: int) -> Number:
    label = f"percentile of the spread over the rate on reserves, last {years_words(years)}"
    return derived(label, share, "share_pct", ((rate, gap.rate),))

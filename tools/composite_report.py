"""The composite against OFR FSI, NFCI and known episodes, and the dysfunction index measured.

    python -m tools.composite_report            print the tables
    python -m tools.composite_report --write    put them into docs/monitor.md

Everything comes from the embedded figures; nothing is drawn at random.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import Dates, Panel, Values
from ustress.data.store import Store
from ustress.monitor.build import composite_with_parts
from ustress.monitor.percentile import expanding_percentiles
from ustress.workflows.functioning import measured_dysfunction

AS_OF = date(2026, 2, 27)
DOCUMENT = Path(__file__).parents[1] / "docs" / "monitor.md"
FLAG = 90.0
LAGS = range(-12, 13)
# (name, first and last day, what the record calls it): windows of the public record
EPISODES = (
    ("LTCM", "1998-08-17", "1998-10-23"),
    ("11 September", "2001-09-11", "2001-10-12"),
    ("Lehman and after", "2008-09-15", "2008-12-31"),
    ("Euro area 2010", "2010-04-26", "2010-06-11"),
    ("Debt limit, downgrade, euro area", "2011-07-25", "2011-10-07"),
    ("Euro area 2012", "2012-05-14", "2012-07-27"),
    ("Taper talk", "2013-05-22", "2013-07-12"),
    ("Flash rally", "2014-10-15", "2014-10-31"),
    ("Repo spike", "2019-09-16", "2019-10-11"),
    ("Dash for cash", "2020-03-09", "2020-04-03"),
    ("Gilts", "2022-09-21", "2022-10-21"),
    ("Silicon Valley Bank", "2023-03-09", "2023-03-31"),
    ("Tariffs", "2025-04-02", "2025-04-25"),
)
# Days of the rule's bracket (model document, section 3): did the Fed buy to restore functioning?
DECISIONS = (
    ("2014-10-15", False, "flash rally"),
    ("2019-09-17", False, "repo spike (repos, no purchases for functioning)"),
    ("2020-03-13", True, "two days before the purchases of 15 March"),
    ("2020-03-18", True, "purchases running, raised on the 23rd"),
    ("2023-03-13", False, "Silicon Valley Bank (loans, no purchases)"),
    ("2025-04-09", False, "tariffs"),
    ("2025-04-11", False, "tariffs"),
)


@dataclass(frozen=True)
class Index:
    """An index on Fridays with its percentile in its own past since the common beginning."""

    name: str
    values: Values
    percentile: Values


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="put the tables into docs/monitor.md")
    wanted = parser.parse_args(arguments)
    text = report(Store().panel(AS_OF))
    print(text)
    if wanted.write:
        write(text)


def write(text: str) -> None:
    begin, end = "<!-- composite_report -->", "<!-- end of composite_report -->"
    document = DOCUMENT.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    if not pattern.search(document):
        raise SystemExit(f"{DOCUMENT} has no place for the tables; expected {begin}")
    DOCUMENT.write_text(pattern.sub(f"{begin}\n\n{text}\n\n{end}", document), encoding="utf-8")


def report(panel: Panel) -> str:
    whole = composite_with_parts(panel)
    days = whole.dates
    ours = _index("composite", whole.values)
    others = [
        _index(name, _on_fridays(panel, series, days))
        for name, series in (("OFR FSI", "stress.ofr_fsi"), ("NFCI", "stress.nfci"))
    ]
    parts = [
        _span(days),
        _correlations(days, ours, others),
        _leads(ours, others),
        _episodes(days, ours, others, whole.by_family()),
        _false_alarms(days, ours, others),
        _dysfunction(),
    ]
    return "\n\n".join(parts)


def _index(name: str, values: Values) -> Index:
    pct = np.full(values.size, np.nan)
    there = np.flatnonzero(np.isfinite(values))
    pct[there] = expanding_percentiles(values[there], np.arange(there.size))
    pct[there[:51]] = np.nan  # a year of Fridays before anything is flagged
    return Index(name, values, pct)


def _on_fridays(panel: Panel, name: str, days: Dates) -> Values:
    """The newest value dated on or before each Friday, as published later (comparators)."""
    series = panel[name]
    at = np.searchsorted(series.dates, days, side="right") - 1
    fresh = (at >= 0) & (days - series.dates[np.maximum(at, 0)] <= np.timedelta64(9, "D"))
    return np.where(fresh, series.values[np.maximum(at, 0)], np.nan)


def _span(days: Dates) -> str:
    return (
        f"Computed on {days.size:,} Fridays from {days[0]} to {days[-1]}, figures as known on "
        f"{AS_OF} in their newest revision. A week is flagged where an index stands at or above "
        f"the {FLAG:g}th percentile of its own Fridays until then."
    )


def rank_correlation(a: Values, b: Values) -> float:
    """Spearman's, on the weeks both have."""
    both = np.isfinite(a) & np.isfinite(b)
    return float(np.corrcoef(_ranks(a[both]), _ranks(b[both]))[0, 1])


def _ranks(values: Values) -> Values:
    _, back, count = np.unique(values, return_inverse=True, return_counts=True)
    upper = np.cumsum(count)
    return ((2 * upper - count - 1) / 2.0)[back.ravel()]


def _correlations(days: Dates, ours: Index, others: Sequence[Index]) -> str:
    rows = ["| rank correlation of the composite with | whole | to 2010 | 2011 to 2019 | from 2020 "
            "| thirteen-week changes |", "|---|---|---|---|---|---|"]  # fmt: skip
    cuts = [
        ("1990-01-01", "2011-01-01"),
        ("2011-01-01", "2020-01-01"),
        ("2020-01-01", "2100-01-01"),
    ]
    for other in others:
        spans = [rank_correlation(ours.values, other.values)]
        for low, high in cuts:
            inside = (days >= np.datetime64(low)) & (days < np.datetime64(high))
            spans.append(rank_correlation(ours.values[inside], other.values[inside]))
        spans.append(rank_correlation(_quarterly(ours.values), _quarterly(other.values)))
        rows.append(f"| {other.name} | " + " | ".join(f"{s:.2f}" for s in spans) + " |")
    return "\n".join(rows)


def _quarterly(values: Values) -> Values:
    return values[13:] - values[:-13]


def _leads(ours: Index, others: Sequence[Index]) -> str:
    rows = ["| against | lead of the composite in weeks at the largest rank correlation | there | "
            "at no lead |", "|---|---|---|---|"]  # fmt: skip
    for other in others:
        by_lag = {lag: _lagged(ours.values, other.values, lag) for lag in LAGS}
        best = max(by_lag, key=lambda k: by_lag[k])
        rows.append(f"| {other.name} | {best:+d} | {by_lag[best]:.2f} | {by_lag[0]:.2f} |")
    return "\n".join(rows) + "\n\nA positive lead: ours moves first."


def _lagged(a: Values, b: Values, lead: int) -> float:
    if lead > 0:
        return rank_correlation(a[:-lead], b[lead:])
    return rank_correlation(a[-lead:], b[: b.size + lead])


def _episodes(
    days: Dates, ours: Index, others: Sequence[Index], families: dict[str, Values]
) -> str:
    heads = " | ".join(i.name for i in (ours, *others))
    rows = [f"| episode | from | to | {heads} | largest parts of the composite then |",
            "|---|---|---|---|---|---|---|"]  # fmt: skip
    for name, first, last in EPISODES:
        inside = (days >= np.datetime64(first)) & (days <= np.datetime64(last) + 6)
        told = [_told(i, inside, days) for i in (ours, *others)]
        rows.append(f"| {name} | {first} | {last} | {' | '.join(told)} | "
                    f"{_parts(families, ours.values, inside)} |")  # fmt: skip
    return "\n".join(rows)


def _told(index: Index, inside: NDArray[np.bool_], days: Dates) -> str:
    pct = np.where(inside, index.percentile, np.nan)
    if not np.isfinite(pct).any():
        return "not covered"
    top = float(np.nanmax(pct))
    if top < FLAG:
        return f"missed ({top:.0f})"
    first = days[np.flatnonzero(pct >= FLAG)[0]]
    before = ~inside & (days < days[inside][0])
    already = ", standing before" if _run_up(index, before) else ""
    return f"flagged {first} ({top:.0f}){already}"


def _run_up(index: Index, before: NDArray[np.bool_]) -> bool:
    """Whether the flag stood on the Friday before the window."""
    earlier = index.percentile[before]
    return bool(earlier.size and np.isfinite(earlier[-1]) and earlier[-1] >= FLAG)


def _parts(families: dict[str, Values], values: Values, inside: NDArray[np.bool_]) -> str:
    if not inside.any():
        return "—"
    at = int(np.flatnonzero(inside)[np.argmax(values[inside])])
    largest = sorted(((v[at], f) for f, v in families.items()), reverse=True)[:2]
    return ", ".join(f"{family} {value / values[at]:.0%}" for value, family in largest)


def _false_alarms(days: Dates, ours: Index, others: Sequence[Index]) -> str:
    quiet = np.ones(days.size, dtype=bool)
    for _, first, last in EPISODES:
        margin = np.timedelta64(28, "D")
        quiet &= (days < np.datetime64(first) - margin) | (days > np.datetime64(last) + margin)
    rows = ["| index | weeks flagged outside the episodes and the four weeks around them | in per "
            "cent of those weeks | in which years most |", "|---|---|---|---|"]  # fmt: skip
    for index in (ours, *others):
        judged = quiet & np.isfinite(index.percentile)
        flagged = judged & (index.percentile >= FLAG)
        years, count = np.unique(days[flagged].astype("datetime64[Y]"), return_counts=True)
        most = ", ".join(f"{years[i]} ({count[i]})" for i in np.argsort(-count, kind="stable")[:4])
        share = 100 * flagged.sum() / max(judged.sum(), 1)
        rows.append(f"| {index.name} | {flagged.sum()} of {judged.sum()} | {share:.0f} | {most} |")
    return "\n".join(rows)


def _dysfunction() -> str:
    rows = ["| day | Fed bought | S without what is missing | S at most | depth | spread | funding "
            "| missing |", "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    low: dict[bool, list[float]] = {True: [], False: []}
    high: dict[bool, list[float]] = {True: [], False: []}
    for day, bought, words in DECISIONS:
        found = measured_dysfunction(day)
        parts = [_or_dash(found.parts.get(p)) for p in ("depth", "spread", "funding")]
        gone = ", ".join(sorted(found.missing))
        rows.append(f"| {day}, {words} | {'yes' if bought else 'no'} | {_or_dash(found.low)} | "
                    f"{_or_dash(found.high)} | {' | '.join(parts)} | {gone} |")  # fmt: skip
        if found.low is not None and found.high is not None:
            low[bought].append(found.low)
            high[bought].append(found.high)
    margin = min(low[True]) - max(low[False])
    surely = min(low[True]) - max(high[False])
    return "\n".join(rows) + (
        f"\n\nLeast S with purchases less largest S without: {margin:+.2f} with what is missing at "
        f"nought, {surely:+.2f} at worst. "
        + ("The measured parts separate them." if margin > 0 else
           "The measured parts alone do not separate purchases from none.")
    )  # fmt: skip


def _or_dash(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    main()

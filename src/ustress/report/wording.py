"""Small pieces of plain English computed from figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from ustress.core.dates import business_days_between
from ustress.core.evidence import Evidence
from ustress.core.units import unit as unit_of
from ustress.report.figures import Day, Figure, Name, Num, Text, join, say, words
from ustress.report.views import Fan, History, ScenarioView

_UNIT_WORDS = {
    "pct": "per cent",
    "pct_simulated": "per cent",
    "bp": "basis points",
    "bp_level": "basis points",
    "usdbn": "billions of dollars",
    "usdbn_change": "billions of dollars",
    "usdbn_whole": "billions of dollars",
    "usdbn_move": "billions of dollars",
    "ratio": "ratio",
    "index": "index",
    "pp": "percentage points",
    "probability": "probability",
    "share_pct": "per cent",
    "share_whole": "per cent",
    "pct_change": "per cent",
    "usd_per_oz": "dollars an ounce",
    "usd": "dollars",
    "usd_change": "dollars",
    "per_100": "dollars per hundred of par",
    "sd": "standard deviations",
    "count": "number",
}
# Simulated quantities are shown without decimals that nobody could defend.
_SHOWN_AS = {"usdbn": "usdbn_whole", "usdbn_change": "usdbn_whole", "pct": "pct_simulated"}
_CHANGE = {"pct": ("bp", 100.0), "usdbn": ("usdbn_change", 1.0), "usdbn_whole": ("usdbn_move", 1.0)}


def in_words(unit: str) -> str:
    """A unit as a subtitle says it."""
    return _UNIT_WORDS.get(unit) or unit_of(unit).suffix.strip() or unit.replace("_", " ")


def moved(change: Figure, up: str = "rose", down: str = "fell", flat: str = "did not move") -> Text:
    """A change in words: `rose by 47 bp`, `fell by 3 bp` or `did not move`."""
    if change.missing or change.value is None:
        return say("changed by {c}", c=change)
    size = Num(change, "size")
    if not any(ch in "123456789" for ch in str(size)):
        return words(flat)
    return say("{verb} by {c}", verb=up if change.value > 0 else down, c=size)


def change_between(id_: str, later: float, earlier: float, like: Figure) -> Figure:
    """The change between two values of `like`'s unit, in the unit of changes."""
    unit, factor = _CHANGE.get(like.unit, (like.unit, 1.0))
    value = (later - earlier) * factor
    return Figure(id_, value, unit, like.evidence, like.day, like.known, like.source)


def newest(history: History, id_: str) -> Figure:
    """A history's last observation as a figure."""
    day: date = history.days[-1].astype("datetime64[D]").item()
    value = float(history.values[-1])
    return Figure(id_, value, history.unit, history.evidence, day, history.known, history.source)


def value_before(history: History, day: date) -> tuple[date, float] | None:
    """The observation on or before `day`, or None."""
    target = np.datetime64(day, "D")
    i = int(np.searchsorted(history.days, target, side="right")) - 1
    if i < 0:
        return None
    return history.days[i].astype("datetime64[D]").item(), float(history.values[i])


def fan_figure(fan: Fan, q: float, i: int, scenario: str) -> Figure:
    """The q-quantile of a fan at position `i`, as a figure with a stable id."""
    at = len(fan.days) + i if i < 0 else i
    day: date = fan.days[at].astype("datetime64[D]").item()
    unit = _SHOWN_AS.get(fan.unit, fan.unit)
    id_ = f"run.{scenario}.{fan.key}.q{round(100 * q):02d}.d{at}"
    return Figure(id_, float(fan.bands[q][at]), unit, fan.evidence, day, source="simulated")


def business_days(fan: Fan, i: int) -> Figure:
    """Business days from a fan's opening to position `i`, bare (the sentence has the word)."""
    days = fan.days.astype("datetime64[D]").tolist()
    n = business_days_between(days[0], days[i])
    return Figure(f"run.{fan.key}.d{i if i >= 0 else 'end'}", float(n), "count", Evidence.ASSUMED)


def counted(figure: Figure, one: str, many: str = "") -> Text:
    """A count with its word: `1 verdict`, `3 verdicts`."""
    word = one if figure.value == 1 else many or f"{one}s"
    return say("{n} {w}", n=figure, w=word)


def listed(items: Sequence[Text]) -> Text:
    """An enumeration: `a, b and c`."""
    if len(items) < 2:
        return join(tuple(items))
    return say("{head} and {tail}", head=join(tuple(items[:-1]), ", "), tail=items[-1])


def foot(sources: Sequence[str], as_of: date, *, note: str = "") -> Text:
    """The foot of a chart, as in `Source: US Treasury. As of 11 Apr 2025`."""
    named = "; ".join(dict.fromkeys(s for s in sources if s)) or "not stated"
    line = say("Source: {s}. As of {d}.", s=Name(named, "source"), d=as_of)
    return join((line, words(note)))


def simulated_foot(scenarios: Sequence[ScenarioView], as_of: date) -> Text:
    """The foot of a simulated chart: paths, opening date, level of evidence."""
    first = scenarios[0]
    paths = Figure("run.paths", float(first.paths), "count", Evidence.ASSUMED)
    level = next(iter(first.fans.values())).evidence if first.fans else Evidence.ASSUMED
    return say(
        "Source: ustress simulation, {n} paths, opening state of {d}; weakest input: {e} {m}.",
        n=paths, d=as_of, e=level.value, m=level.mark,
    )  # fmt: skip


def fiscal_year(year: int) -> Day:
    """A fiscal year as a time mark."""
    return Day(date(year, 1, 1), shown=str(year))


def day_cell(day: date | None, reason: str = "") -> Text:
    """A date as text."""
    return Text((Day(day, reason),))

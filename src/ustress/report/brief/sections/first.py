"""The first screen: state, change, what could happen, how sure."""

from __future__ import annotations

from datetime import date

from ustress.core.evidence import Evidence, weakest
from ustress.monitor.snapshot import Reading, Snapshot
from ustress.report import roles, simulation_tables, spoken, tabular
from ustress.report.brief.document import Answer
from ustress.report.brief.sections import against, short
from ustress.report.figures import Day, Figure, Name, Num, Text, say, words
from ustress.report.frontier_table import amount
from ustress.report.views import BreakpointView, BriefContents, Crossing
from ustress.report.wording import fan_figure, listed, moved

FRESH_DAYS = 7
"""Age up to which a daily figure belongs to the week that a brief speaks of."""


def title(contents: BriefContents) -> Text:
    """The answer in one line: how much selling brings the Fed in; without one, the yield."""
    found, crossing = contents.breakpoint, _even(contents)
    if found is None or crossing is None or crossing.amount_usdbn is None:
        return _yield_title(contents)
    _, middle, _ = simulation_tables.crossing_figures(crossing)
    line = say(
        "{p} that the Fed must buy takes {m} of selling in {d} business days",
        p=_chance_words(crossing), m=Num(middle, "about"),
        d=simulation_tables.days("breakpoint.sale_days", found.sale_days),
    )  # fmt: skip
    then = against.crossing(contents.before, crossing.level)
    if contents.before is None or then is None:
        return line
    return line + say("; it took {m} on {d}", m=Num(then, "about"), d=contents.before.day)


def _chance_words(crossing: Crossing) -> Text:
    level = Figure("first.level", crossing.level, "probability", Evidence.ASSUMED)
    return words("An even chance") if crossing.level == 0.5 else say("A chance of {p}", p=level)


def _yield_title(contents: BriefContents) -> Text:
    ten = roles.reading(contents.snapshot, "ten_year")
    if ten is None or ten.day is None:
        return say("US Treasuries on {d}", d=contents.as_of)
    level = tabular.reading_figure(ten)
    if is_old(contents, ten.day):
        return say("The ten-year stood at {v} on {d}, the last day known", v=level, d=ten.day)
    if contents.before is not None:
        since = against.ten_year(contents.before)
        if since is not None and not since.missing:
            return say(
                "The ten-year {moved} from {a} to {b}, to {level}",
                moved=moved(since), a=contents.before.day, b=contents.as_of, level=level,
            )  # fmt: skip
    week = tabular.change_figure(ten, "1w")
    return say("The ten-year {moved} in the week, to {level}", moved=moved(week), level=level)


def is_old(contents: BriefContents, day: date) -> bool:
    """Whether a figure of `day` is too old for the brief's date to be called the week's."""
    return (contents.as_of - day).days > FRESH_DAYS


def standfirst(contents: BriefContents) -> Text:
    """What was known and what was simulated; the answers follow it."""
    known = contents.snapshot.known_until
    until = say("As known by the end of {d} in New York", d=contents.as_of)
    if is_old(contents, known):
        until = say(
            "The figures here go to {k}; what happened from then to {d} is not known",
            k=known, d=contents.as_of,
        )  # fmt: skip
    if not contents.scenarios:
        return until + say(".")
    paths = Figure("run.paths", float(contents.scenarios[0].paths), "count", Evidence.ASSUMED)
    return until + say(
        "; {n} simulated paths a scenario; in brackets and after ± one Monte Carlo error.", n=paths
    )


def answers(contents: BriefContents) -> tuple[Answer, ...]:
    """The four answers, the question of the whole first: a phone shows two of them at once."""
    return (_could(contents), _sure(contents), _state(contents), _changed(contents))


def _state(contents: BriefContents) -> Answer:
    """The composite's percentile: its level is a quadratic form and says little by itself."""
    found = contents.snapshot.composite
    value = Figure("composite", found.value, "index", Evidence.ESTIMATED, reason=found.reason)
    pct = Figure(
        "composite.percentile", found.percentile, "count", Evidence.ESTIMATED,
        reason=found.reason or "too few earlier values",
    )  # fmt: skip
    headline = Text((Num(value if pct.missing else pct),))
    unit = (
        words("composite stress, from calm at zero to one")
        if pct.missing
        else say("percentile of composite stress in its own past as known; level {v}", v=value)
    )
    points = (*_why_missing(value), *_largest_parts(contents), *_levels(contents))
    return Answer("state", "What is the state?", headline, unit, points)


def _why_missing(value: Figure) -> tuple[Text, ...]:
    return (spoken.told(value.reason, "composite"),) if value.missing and value.reason else ()


def _largest_parts(contents: BriefContents) -> tuple[Text, ...]:
    found = contents.snapshot.composite
    families = sorted(found.by_family().items(), key=lambda kv: -kv[1])[:2]
    if not families:
        return ()
    told = tuple(
        say("{f} ({v})", f=Name(roles.family(f)),
            v=Figure(f"composite.family.{f}", v, "index", Evidence.ESTIMATED))
        for f, v in families
    )  # fmt: skip
    return (say("largest parts: {x}", x=listed(told)),)


def _levels(contents: BriefContents) -> tuple[Text, ...]:
    wanted = (("ten_year", "ten-year"), ("china", "China's holdings"), ("spread", "SOFR over IORB"))
    out = []
    for role, name in wanted:
        r = roles.reading(contents.snapshot, role)
        if r is not None and r.value is not None:
            out.append(say("{n} {v}, {d}", n=name, v=tabular.reading_figure(r), d=Day(r.day)))
    return tuple(out)


def _changed(contents: BriefContents) -> Answer:
    ten = roles.reading(contents.snapshot, "ten_year")
    if contents.before is not None:
        found = against.answer(contents, contents.before)
        if found is not None:
            return found
    question = "What changed?"
    points = _records(contents.snapshot, ten) or (words("no indicator set a record"),)
    if ten is None or ten.day is None:
        gap = Figure("first.week", None, "bp", reason="no ten-year yield known on this date")
        return Answer("changed", question, Text((Num(gap),)), Text(), points)
    week = tabular.change_figure(ten, "1w")
    level = tabular.reading_figure(ten)
    unit = say("ten-year yield in the week to {d}, to {v}", d=ten.day, v=level)
    return Answer("changed", question, Text((Num(week, "signed"),)), unit, points)


def _records(snapshot: Snapshot, ten: Reading | None) -> tuple[Text, ...]:
    """The ten-year's own record, then the longest of the other families."""
    own = () if ten is None or ten.record is None else (ten,)
    others = (r for r in _longest_records(snapshot) if not own or r.family != ten_family(ten))
    return tuple(_record_line(r) for r in (*own, *others))


def ten_family(ten: Reading | None) -> str:
    """The family of the ten-year's reading: its own record stands for it."""
    return "" if ten is None else ten.family


def _longest_records(snapshot: Snapshot, n: int = 4) -> list[Reading]:
    """The records that had stood longest, one a family, comparators left out."""
    held = [r for r in snapshot.readings if r.record and not r.stale and not r.comparator]
    by_age = sorted(held, key=lambda r: _stood(r, snapshot.as_of), reverse=True)
    best: dict[str, Reading] = {}
    for r in by_age:
        best.setdefault(r.family, r)
    return list(best.values())[:n]


def _stood(r: Reading, as_of: date) -> int:
    """For how many days nothing had been more extreme."""
    return 0 if r.record is None else (as_of - (r.record.since or r.record.first)).days


def _record_line(r: Reading) -> Text:
    record = tabular.record_text(r) if r.record else Text()
    return say("{t}: {r}", t=Name(r.title, "series"), r=record)


def _even(contents: BriefContents) -> Crossing | None:
    """The crossing at an even chance, or the nearest level computed."""
    found = contents.breakpoint
    if found is None or not found.crossings:
        return None
    return min(found.crossings, key=lambda c: abs(c.level - 0.5))


def _could(contents: BriefContents) -> Answer:
    """The point of no return; where it was not sought, the amount that brings the Fed in."""
    found, question = contents.breakpoint, "What could happen?"
    points = (
        *short.other_paces(found),
        *_without_sale(contents),
        *_set_against(contents),
    )
    if found is None or not found.crossings:
        why = contents.missing.get("breakpoint", "the breaking point was not computed")
        gap = Figure("first.breakpoint", None, "usdbn_whole", reason=why)
        unit = say("breaking point: {y}", y=spoken.told(why, "first.breakpoint"))
        return Answer("could", question, Text((Num(gap),)), unit, points)
    month = short.month(found.by_pace)
    if month is not None and found.by_pace is not None:
        unit = say(
            "sold in {n} business days is a chance of {p} that the market does not return without "
            "purchases",
            n=simulation_tables.days(f"frontier.d{month.business_days}.days", month.business_days),
            p=Figure("frontier.level", found.by_pace.level, "probability", Evidence.ASSUMED),
        )  # fmt: skip
        return Answer("could", question, Text((Num(amount(month), "about"),)), unit, points)
    return _even_answer(contents, found, question, points)


def _even_answer(
    contents: BriefContents, found: BreakpointView, question: str, points: tuple[Text, ...]
) -> Answer:
    crossing = _even(contents)
    if crossing is None or crossing.amount_usdbn is None:
        return _never(contents, question, points)
    _, middle, _ = simulation_tables.crossing_figures(crossing)
    unit = say(
        "sold in {n} business days brings the Fed in with a chance of {p}, averaged over "
        "parameters",
        n=simulation_tables.days("breakpoint.sale_days", found.sale_days),
        p=Figure("first.level", crossing.level, "probability", Evidence.ASSUMED),
    )  # fmt: skip
    return Answer("could", question, Text((Num(middle, "about"),)), unit, points)


def _without_sale(contents: BriefContents) -> tuple[Text, ...]:
    """The chance that is there already: nothing sold."""
    found = contents.breakpoint
    if found is None or found.amounts_usdbn[0] > 0:
        return ()
    chance = Figure(
        "breakpoint.a0.chance", float(found.chance[0]), "probability", found.evidence,
        error=float(found.error[0]),
    )  # fmt: skip
    within = simulation_tables.days("breakpoint.within_days", found.within_days)
    return (
        say(
            "with nothing sold the Fed buys within {n} business days with a chance of {p}",
            n=within,
            p=chance,
        ),
    )


def _set_against(contents: BriefContents) -> tuple[Text, ...]:
    """Two chosen scenarios: what one changes against the other; purchases are told in short."""
    if not contents.chosen or not contents.comparisons or contents.purchases is not None:
        return ()
    found = contents.comparisons[0]
    names = {s.key: s.title for s in contents.scenarios}
    view, key = found.fans.get("ust.10y"), f"{found.first}-minus-{found.second}"
    if view is None:
        return ()
    middle, low, high = (fan_figure(view, q, -1, key) for q in (0.5, 0.05, 0.95))
    return (
        say(
            "{f} less {s}, same shocks: ten-year {m} at the end, nine tenths from {a} to {b}",
            f=Name(names.get(found.first, found.first), "scenario"),
            s=Name(names.get(found.second, found.second), "scenario"),
            m=Num(middle, "signed"), a=Num(low, "delta"), b=Num(high, "signed"),
        ),
    )  # fmt: skip


def _never(contents: BriefContents, question: str, points: tuple[Text, ...]) -> Answer:
    found = contents.breakpoint
    most = float(found.amounts_usdbn[-1]) if found else None
    figure = Figure("breakpoint.most", most, "usdbn_whole", Evidence.ASSUMED)
    unit = words("the largest sale tried, does not bring an even chance that the Fed buys")
    return Answer("could", question, Text((Num(figure),)), unit, points)


def _sure(contents: BriefContents) -> Answer:
    crossing, question = _even(contents), "How sure is that?"
    points = (*_hangs(contents), *_founded(contents), *_ages(contents))
    if crossing is None:
        return Answer(
            "sure",
            question,
            Text(("—",)),
            words("no range over parameters: no breaking point was computed"),
            points,
        )
    low, _, high = simulation_tables.crossing_figures(crossing)
    headline = say("{a} to {b}", a=low, b=high)
    return Answer(
        "sure",
        question,
        headline,
        say("what an even chance takes, tenth to ninetieth percentile over parameters")
        if crossing.level == 0.5
        else words("the same amount, tenth to ninetieth percentile over parameters"),
        points,
    )


def _founded(contents: BriefContents) -> tuple[Text, ...]:
    levels = [i.evidence for i in contents.opening] + [p.evidence for p in contents.parameters]
    if not levels:
        return ()
    assumed = Figure("parameters.assumed", float(levels.count(Evidence.ASSUMED)), "count")
    total = Figure("parameters.total", float(len(levels)), "count")
    return (
        say(
            "{a} of {n} inputs and parameters are assumed; simulated numbers are {w} {m}",
            a=assumed, n=total, w=weakest(levels).value, m=weakest(levels).mark,
        ),
    )  # fmt: skip


def _ages(contents: BriefContents) -> tuple[Text, ...]:
    china = roles.reading(contents.snapshot, "china")
    if china is None or china.day is None:
        return ()
    age = Figure("monitor.holdings.age", float(china.age_days or 0), "days", Evidence.MEASURED)
    return (
        say(
            "holdings by country (custody) are those of {d}, {n} before",
            d=Day(china.day),
            n=age,
        ),
    )


def _hangs(contents: BriefContents) -> tuple[Text, ...]:
    if not contents.fragile:
        return ()
    told = tuple(Text((Name(item, "parameter"),)) for item in contents.fragile)
    return (say("it hangs most on the {x}", x=listed(told)),)

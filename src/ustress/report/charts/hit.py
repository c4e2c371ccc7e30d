"""A chart for each group of those who are hit, over one run, a difference or a reader's path."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from ustress.core.units import unit as unit_of
from ustress.outcomes.summary import Group, Line, Row
from ustress.report import outcome_tables
from ustress.report.charts import fan, interest, parts, ranges
from ustress.report.charts.base import Absent, Declared, Size, Spec
from ustress.report.charts.palette import scenario_role
from ustress.report.charts.ranges import Range
from ustress.report.figures import Figure, Name, Num, Text, say
from ustress.report.views import Fan, YearPath
from ustress.report.wording import in_words


class Hit(Protocol):
    """What is drawn: the workflow's result fits."""

    @property
    def title(self) -> str:
        """What was simulated, in words."""

    @property
    def scenario(self) -> str:
        """The first scenario's name, which decides the colour."""

    @property
    def against(self) -> str | None:
        """The second's, in a difference."""

    @property
    def as_of(self) -> date:
        """The opening date."""

    @property
    def paths(self) -> int:
        """How many entered."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups."""


def charts(hit: Hit) -> tuple[Declared | Absent, ...]:
    """Every group's chart, in the order in which the groups are shown."""
    found = {g.key: g for g in hit.groups}
    return tuple(CHARTS[key](hit, found[key]) for key in CHARTS if key in found)


def chart_of(hit: Hit, key: str) -> Declared | Absent:
    """One group's chart."""
    return CHARTS[key](hit, next(g for g in hit.groups if g.key == key))


def _foot(hit: Hit, rows: Sequence[Row | Line]) -> Text:
    level = rows[0].evidence
    if hit.paths > 1:
        paths = Figure("hit.paths", float(hit.paths), "count", level)
        source = say("Source: ustress simulation, {n} paths", n=paths)
    else:
        source = say("Source: {t}, a path of the reader's", t=Name(hit.title))
    return source + say(
        ", opening state of {d}; weakest input: {e} {m}.", d=hit.as_of, e=level.value, m=level.mark
    )


def _subtitle(hit: Hit, quantity: str, unit: str, spread: str) -> Text:
    shown = f": {spread}" if hit.paths > 1 else ""
    return say(
        "{t}. {q}, {u}{s}",
        t=Name(hit.title, "scenario"),
        q=Name(quantity, "series"),
        u=in_words(unit),
        s=shown,
    )


def _found(row: Row, statistic: str) -> Text:
    """`Label, statistic: value when, nine tenths from a to b`; `q50` or `mean` of paths."""
    one, low, high = (outcome_tables.figure(row, k) for k in (statistic, "q5", "q95"))
    of = {"q50": ", median", "mean": ", mean"}[statistic]
    if one.missing or low.missing:
        one, of = outcome_tables.figure(row), ""
    said = say(
        "{l}{s}: {m} {w}", l=Name(row.label.removesuffix(", change"), "series"), s=of, m=one,
        w=outcome_tables.when(row),
    )  # fmt: skip
    if low.missing:
        return said
    return said + say(", nine tenths from {a} to {b}", a=Num(low, "bare"), b=high)


def _absent(group: Group, ids: Sequence[str]) -> Absent:
    rows = [r for r in group.rows if r.id.startswith(tuple(ids)) and r.reason]
    why = rows[0].reason if rows else "the path is too short for it"
    return Absent(f"hit-{group.key}", Text((Name(group.title),)), Text((Name(why),)))


def _ranges(
    hit: Hit, group: Group, stems: Sequence[str], quantity: str, lead: str
) -> Declared | Absent:
    """Rows of one unit at the end of the path; `lead` is the row the title tells."""
    rows = [r for stem in stems if (r := _last(group, f"{group.key}.{stem}")) is not None]
    if not rows:
        return _absent(group, [f"{group.key}.{s}" for s in stems])
    first = _last(group, f"{group.key}.{lead}") or rows[0]
    unit = rows[0].unit
    places = 1 if unit_of(unit).decimals and unit != "pct_change" else 0
    drawn = [_range(r) for r in rows if r.unit == unit]
    return Declared(
        name=f"hit-{group.key}",
        title=_found(first, "mean"),
        subtitle=_subtitle(hit, quantity, unit, "mean, central half and nine tenths of paths"),
        foot=_foot(hit, rows),
        table=outcome_tables.group(group),
        draw=partial(ranges.plot, drawn, scenario_role(hit.scenario), places),
    )


def _last(group: Group, stem: str) -> Row | None:
    """The row of a quantity at the last horizon, if it has a value."""
    rows = [r for r in group.rows if r.id == stem or r.id.startswith(f"{stem}.d")]
    return next((r for r in reversed(rows) if r.value is not None), None)


def _range(r: Row) -> Range:
    q = r.quantiles
    return Range(
        r.label.removesuffix(", change"), r.value or 0.0, q.get("q5"), q.get("q25"), q.get("q75"),
        q.get("q95"),
    )  # fmt: skip


def _fan(hit: Hit, group: Group, stem: str) -> Declared | Absent:
    """A line along time as a fan."""
    line, row = group.line(f"{group.key}.{stem}"), _last(group, f"{group.key}.{stem}")
    if line is None or line.days is None or row is None or len(line.days) < 2:
        return _absent(group, [f"{group.key}.{stem}"])
    samples = line.bands[0.5][None, :] if line.samples is None else line.samples
    view = Fan(line.id, line.label, line.unit, line.days, line.bands, samples, line.evidence)
    return Declared(
        name=f"hit-{group.key}",
        title=_found(row, "q50"),
        subtitle=_subtitle(
            hit, line.label, line.unit, "median, central half and nine tenths of paths"
        ),
        foot=_foot(hit, [line]),
        table=outcome_tables.group(group),
        draw=partial(_draw_fan, view, hit.scenario),
    )


_SIGNED = {"bp", "pp", "usdbn_move", "pct_change", "usd_change"}


def _draw_fan(view: Fan, scenario: str, size: Size) -> Spec:
    places = {"pct": 2, "pp": 2}.get(view.unit, 0)
    form = ("+" if view.unit in _SIGNED else "") + f",.{places}f"
    panel = fan.Panel("", scenario_role(scenario), view, format=form, places=places)
    drawn = fan.panel(panel, fan.domain_of([panel]), size.width, worded=True)
    return parts.fit(drawn, size)


def _budget(hit: Hit, group: Group) -> Declared | Absent:
    line, row = group.line("budget.interest"), group.row("budget.interest.ten_years")
    if line is None or row is None:
        return _absent(group, ["budget"])
    ends = (tuple(float(v) for v in line.bands[q]) for q in (0.5, 0.05, 0.95))
    path = YearPath(hit.scenario, line.years, *ends)
    against = "than at the opening yields" if hit.against is None else "than without"
    middle = outcome_tables.figure(row, "q50" if row.quantiles else "mean")
    more = "more" if (middle.value or 0.0) >= 0 else "less"
    title = say(
        "The budget pays {m} {w} interest in {f} {a}{o}",
        m=Num(middle, "size"), w=more, f=outcome_tables.when(row), a=against,
        o=" (median of paths)" if row.quantiles else "",
    )  # fmt: skip
    if row.quantiles:
        low, high = (outcome_tables.figure(row, q) for q in ("q5", "q95"))
        title += say(", nine tenths from {x} to {y}", x=Num(low, "bare"), y=high)
    return Declared(
        name="hit-budget",
        title=title,
        subtitle=_subtitle(
            hit, "Federal interest added, by fiscal year", "usdbn_move", "median and nine tenths"
        ),
        foot=_foot(hit, [line]),
        table=outcome_tables.group(group),
        draw=partial(interest.plot, (path,), {hit.scenario: ""}),
    )


def _households(hit: Hit, group: Group) -> Declared | Absent:
    return _fan(hit, group, "mortgage_rate")


def _corporations(hit: Hit, group: Group) -> Declared | Absent:
    own = [r.id.split(".d")[0].removeprefix("corporations.") for r in group.rows if ".ig." in r.id]
    stems = ("aaa", "aa", "a", "baa", "ba", "b", "junk", *dict.fromkeys(own), "volatility_premium")
    return _ranges(hit, group, stems, "Cost of money at the end", "baa")


def _equity(hit: Hit, group: Group) -> Declared | Absent:
    stems = ("index", "discount_rate", "premium", "technology", "real_estate", "utilities",
             "financials")  # fmt: skip
    return _ranges(hit, group, stems, "Share prices at the end", "index")


def _foreign(hit: Hit, group: Group) -> Declared | Absent:
    stems = [f"{h}_{k}" for h in ("china", "japan", "official") for k in ("loss", "currency_loss")]
    return _ranges(hit, group, stems, "Losses on Treasuries held", "official_loss")


def _fed(hit: Hit, group: Group) -> Declared | Absent:
    return _fan(hit, group, "held")


_PASSED = ("sales", "purchases_treasuries", "purchases_mortgages")


def _spillover(hit: Hit, group: Group) -> Declared | Absent:
    yields = [f"{by}_{what}" for what in ("mbs", "baa") for by in ("yield", *_PASSED, "rest")]
    names = ("mbs_spread", "credit_spread", *yields)
    return _ranges(hit, group, names, "Other markets at the end", "yield_baa")


CHARTS: dict[str, Callable[[Hit, Group], Declared | Absent]] = {
    "budget": _budget,
    "households": _households,
    "corporations": _corporations,
    "equity": _equity,
    "foreign_reserves": _foreign,
    "fed": _fed,
    "spillover": _spillover,
}
"""The chart of each group."""

"""A small chart for each verdict: the series it turns on, what was seen, what was said."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from ustress.claims.verdict import Trace, Verdict
from ustress.core.evidence import Evidence
from ustress.report import tabular
from ustress.report.charts import parts
from ustress.report.charts.base import Absent, Declared, Row, Size, Spec
from ustress.report.charts.palette import light
from ustress.report.figures import Figure, Name, Num, Text, say, words
from ustress.report.tables import Column, Table, cell
from ustress.report.tables import Row as TableRow
from ustress.report.views import Event
from ustress.report.wording import foot, in_words

HEIGHT = 150
NAME = "claim"


def declare(verdict: Verdict) -> Declared | Absent:
    """The chart of one verdict; absent, with the reason, where no series has a past to show."""
    name = f"{NAME}-{verdict.number}"
    found = verdict.trace
    if found is None or len(found.days) < 2:
        needs = "; ".join(verdict.then.needs)
        why = f"needs {needs}" if needs else "rests on no series with a past to show"
        return Absent(name, words("No chart"), Text((Name(why),)))
    last = Figure(
        f"{name}.newest", float(found.values[-1]), found.unit, Evidence.MEASURED,
        found.days[-1].astype("datetime64[D]").item(),
    )  # fmt: skip
    said = verdict.said_on or verdict.then.as_of
    return Declared(
        name=name,
        title=say("{t}: {v}", t=Name(found.title, "series"), v=Name(verdict.then.outcome.words)),
        subtitle=Text((Name(f"{in_words(found.unit).capitalize()}; {_key(found)}"),)),
        foot=foot((found.publisher,), verdict.then.as_of),
        table=_table(verdict, last),
        draw=partial(plot, found, said),
        small=True,
    )


def _key(found: Trace) -> str:
    told = ["dots: what the verdict rests on"] if found.seen else ["as known then"]
    told += ["diamonds and dashes: what was said"] if found.claimed else []
    return "; ".join(told)


def plot(found: Trace, said: date, size: Size) -> Spec:
    """The line, the observations judged as dots, the claimed values as diamonds or a level."""
    first, last = (found.days[i].astype("datetime64[D]").item() for i in (0, -1))
    last = max(last, said) + max((last - first) // 30, timedelta(days=2))
    claimed = [v for _, v in found.claimed]
    low, high = parts.nice_range([*map(float, found.values), *claimed], pad=0.12)
    x = parts.x_day(first, last, tickCount=4)
    y = parts.y_value((low, high), format=_format(high - low), tickCount=3)
    dots = [
        parts.dot({"day": parts.moment(d), "value": v}, "accent", x, y, 36) for d, v in found.seen
    ]
    return parts.fit(
        parts.layers([
            parts.events([Event(said, "said")], x, first, last, size),
            parts.line(parts.rows(found.days, found.values), "measured", x, y, strokeWidth=1.2,
                       **_points(found)),
            *(_said(found, x, y)),
            *dots,
        ]),
        size,
        HEIGHT,
    )  # fmt: skip


def _points(found: Trace) -> dict[str, object]:
    """Few observations are shown one by one: a line between them would pretend to more."""
    return {"point": {"size": 20, "filled": True}} if len(found.days) < 16 else {}


def _said(found: Trace, x: Spec, y: Spec) -> list[Spec]:
    """Claimed values: a diamond where a day was named, a dashed level where none was."""
    out = []
    for day, value in found.claimed:
        if day is None:
            out.append(parts.level(value, "violet", strokeDash=[4, 3]))
            continue
        row: Row = {"day": parts.moment(day), "value": value}
        style = {"shape": "diamond", "filled": False, "size": 90, "strokeWidth": 1.6}
        out.append(
            parts.mark("point", [row], {"x": x, "y": y}, color=light("violet"), opacity=1,
                       **style)
        )  # fmt: skip
    return out


def _format(spread: float) -> str:
    return ",.0f" if spread >= 10 else ".1f" if spread >= 1 else ".2f"


def _table(verdict: Verdict, last: Figure) -> Table:
    """The verdict's numbers; of a verdict without numbers the newest observation."""
    if verdict.then.numbers:
        return tabular.numbers_of(verdict.then, verdict.number, "then")
    row = TableRow((cell("Newest known"), cell(Num(last))))
    columns = (Column("Of the series"), Column("Value", align="right"))
    return Table(words("Newest observation"), columns, (row,))

"""Published numbers against the model's, as tables: one for the compared, one for the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ustress.calibrate.published import Level
from ustress.calibrate.validation import Compared, RiskAversion, Validation, Verdict
from ustress.core.evidence import Evidence
from ustress.report import spoken
from ustress.report.figures import Figure, Name, Num, Text, join, say, words
from ustress.report.tables import Cell, Column, Row, Table, cell, number

# the unit of a row in the file -> the unit by which it is shown
SHOWN = {
    "bp per $100bn": "bp_level",
    "bp per pp of debt/GDP": "bp_level",
    "bp": "bp_level",
    "bp of size": "bp_level",
    "index": "index",
    "ratio": "ratio",
    "pp": "pp",
    "$bn": "usdbn_whole",
    "months": "count",
    "probability": "rate",
}
HELD = "Held against: nothing was fitted to these"
FITTED = "Targets: something was fitted to these, so agreement proves little"
_COLUMNS = (
    Column("Source"), Column("Published finding", minor=4), Column("Layer", minor=3),
    Column("Horizon", minor=2), Column("Unit", minor=1), Column("Base", minor=5),
    Column("Read", minor=6), Column("Published", align="right"),
    Column("Ours", "median", align="right"), Column("Ours", "10 to 90 %", align="right"),
    Column("Verdict"),
)  # fmt: skip


def validation(found: Validation) -> tuple[Table, Table]:
    """The compared rows with their verdicts, and the others with the reason."""
    return compared(found), not_compared(found)


def compared(found: Validation) -> Table:
    """Every row the model has an answer to."""
    there = [one for one in found.rows if one.ours is not None]
    rows = [_row(one, FITTED if one.fitted else HELD) for one in _held_first(there)]
    return Table(words("Published numbers against the model's"), _COLUMNS, tuple(rows), _notes())


def in_brief(found: Validation) -> tuple[Table, Table]:
    """Both tables with the columns that a report has room for; the verb `validate` has all."""
    return _narrowed(compared(found), _SHORT), _narrowed(not_compared(found), _SHORT)


_SHORT = frozenset({"Source", "Published finding", "Unit", "Published", "Ours", "Verdict",
                    "Why not compared"})  # fmt: skip


def _narrowed(table: Table, heads: frozenset[str]) -> Table:
    keep = [i for i, c in enumerate(table.columns) if c.head in heads]
    rows = tuple(replace(r, cells=tuple(r.cells[i] for i in keep)) for r in table.rows)
    return replace(table, columns=tuple(table.columns[i] for i in keep), rows=rows)


def not_compared(found: Validation) -> Table:
    """Every row without an answer, and why."""
    columns = (
        Column("Source"), Column("Published finding", minor=2), Column("Layer", minor=3),
        Column("Horizon", minor=4), Column("Base", minor=5), Column("Read", minor=1),
        Column("Why not compared"),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(_of(one.row.source)), cell(_of(one.row.finding)), cell(one.row.layer),
            cell(_of(one.row.horizon)), cell(_of(one.row.base)), cell(_level(one)),
            Cell(spoken.told(one.why, f"validation.{one.row.key}.why")),
        ))
        for one in found.rows
        if one.ours is None
    )  # fmt: skip
    return Table(words("Not compared"), columns, rows)


def headline(found: Validation) -> Text:
    """How many agree, those fitted to kept apart."""
    return say(
        "{a} of {b} estimates that nothing was fitted to lie inside our interval (an exact law "
        "beside them checks the arithmetic and is not counted); of {c} targets {d} do",
        a=_count(found, "held.inside", Verdict.INSIDE, fitted=False), b=_compared(found, False),
        c=_compared(found, True), d=_count(found, "targets.inside", Verdict.INSIDE, fitted=True),
    )  # fmt: skip


def missed(found: Validation) -> Text:
    """Which estimates that nothing was fitted to lie outside our interval."""
    out = [
        one for one in found.rows
        if one.verdict is Verdict.OUTSIDE and not one.fitted and not one.arithmetic
    ]  # fmt: skip
    n, of = _count(found, "held.outside", Verdict.OUTSIDE, fitted=False), _compared(found, False)
    if not out:
        return say("Against published numbers: all {n} that nothing was fitted to are met.", n=of)
    names = tuple(say("{s}", s=_of(one.row.source)) for one in out)
    return say(
        "Against published numbers: {n} of {m} that nothing was fitted to are missed ({x}).",
        n=n, m=of, x=join(names, "; "),
    )  # fmt: skip


def risk_aversion(found: RiskAversion) -> Text:
    """Risk aversion from the ladder beside the table's entry, in a sentence."""
    post, following, table = (
        _three(name, values)
        for name, values in (
            ("posterior", found.posterior), ("next", found.next_study), ("table", found.table)
        )
    )  # fmt: skip
    return say(
        "Risk aversion, per share of GDP: {pm} from the ladder ({pl} to {ph}); the next study of "
        "its kind would say {nl} to {nh}; the model runs on {tm} ({tl} to {th}). Ranges are the "
        "middle four fifths.",
        pm=post[1], pl=post[0], ph=post[2], nl=following[0], nh=following[2],
        tm=table[1], tl=table[0], th=table[2],
    )  # fmt: skip


def published_figure(one: Compared) -> Figure:
    """The published number."""
    row = one.row
    level = Evidence.ASSUMED if row.level is Level.JUDGED else Evidence.PUBLISHED
    return Figure(
        f"validation.{row.key}.published", row.value, SHOWN[row.unit], level, source=row.source
    )


def ours_figures(one: Compared) -> tuple[Figure, Figure, Figure]:
    """Our 10, 50 and 90 %."""
    ours = one.ours
    values = (None, None, None) if ours is None else (ours.q10, ours.q50, ours.q90)
    low, middle, high = (
        Figure(
            f"validation.{one.row.key}.{q}", value, SHOWN[one.row.unit], Evidence.ASSUMED,
            source="ustress", reason=one.why,
        )
        for q, value in zip(("q10", "q50", "q90"), values, strict=True)
    )  # fmt: skip
    return low, middle, high


def verdict_words(one: Compared) -> str:
    """The verdict as a reader sees it; a target's never sounds like a success."""
    if one.verdict is Verdict.NOT_COMPARABLE:
        return "not comparable"
    if one.verdict is Verdict.NOT_COMPARED:
        return "not compared"
    if one.verdict is Verdict.INSIDE:
        return "inside (target)" if one.fitted else "inside"
    spread = ", within the spread of studies" if one.within_spread else ""
    return f"outside{spread}{' (target)' if one.fitted else ''}"


def _held_first(rows: Iterable[Compared]) -> list[Compared]:
    return sorted(rows, key=lambda one: one.fitted)


def _row(one: Compared, group: str) -> Row:
    row, (low, middle, high) = one.row, ours_figures(one)
    outside = one.verdict is Verdict.OUTSIDE
    return Row((
        cell(_of(row.source)), cell(_of(row.finding)), cell(row.layer), cell(_of(row.horizon)),
        cell(_of(row.unit)), cell(_of(row.base)), cell(_level(one)),
        number(published_figure(one), mark=True),
        number(middle, mark=True),
        cell(Num(low, "bare"), " to ", Num(high, "bare")),
        Cell(words(verdict_words(one)), strong=outside and not one.fitted),
    ), group)  # fmt: skip


def _of(words_: str) -> Name:
    """What the file of published numbers says of a row."""
    return Name(words_, "source")


def _level(one: Compared) -> str:
    words_of = {Level.READ: "read", Level.MEMORY: "from memory", Level.JUDGED: "a judgement"}
    return words_of[one.row.level]


def _notes() -> tuple[Text, ...]:
    return (
        words(
            "Ours spreads over parameters. Where a target stands behind risk aversion, ours was "
            "fitted without it. A row is inside if the published range touches the interval; "
            "outside but within the spread of studies means that a study could well have "
            "published it."
        ),
    )


def _count(found: Validation, id_: str, verdict: Verdict, *, fitted: bool) -> Figure:
    return _whole(id_, found.count(verdict, fitted=fitted))


def _compared(found: Validation, fitted: bool) -> Figure:
    n = sum(found.count(verdict, fitted=fitted) for verdict in (Verdict.INSIDE, Verdict.OUTSIDE))
    return _whole(f"{'targets' if fitted else 'held'}.compared", n)


def _whole(id_: str, n: int) -> Figure:
    return Figure(f"validation.{id_}", float(n), "count", Evidence.ESTIMATED, source="ustress")


def _three(name: str, values: tuple[float, float, float]) -> tuple[Num, Num, Num]:
    low, middle, high = (
        Num(Figure(f"validation.a.{name}.{q}", v, "count", Evidence.ESTIMATED, source="ustress"))
        for q, v in zip(("q10", "q50", "q90"), values, strict=True)
    )
    return low, middle, high

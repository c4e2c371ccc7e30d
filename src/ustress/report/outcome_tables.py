"""Who is hit as tables, declared once for page, Markdown and terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ustress.core.evidence import Evidence
from ustress.outcomes.budget_check import CLASSES, CheckRow
from ustress.outcomes.fed_programme import ProgrammeCheck
from ustress.outcomes.parameters import Coefficient
from ustress.outcomes.summary import Group, Row
from ustress.report import spoken
from ustress.report.figures import Figure, Name, Num, Text, say
from ustress.report.tables import Cell, Column, Table, cell, number, unit_words
from ustress.report.tables import Row as TableRow
from ustress.report.views import HitView

COLUMNS = (
    Column("Quantity"),
    Column("When"),
    Column("Unit", minor=1),
    Column("Mean", align="right"),
    Column("±", align="right", minor=4),
    Column("Median", align="right", minor=2),
    Column("5 to 95 %", align="right"),
    Column("Without", align="right", minor=5),
    Column("Coefficients", minor=3),
)
_SPREAD = ("±", "Median", "5 to 95 %")
_CLASS = {"bills": "Bills", "notes": "Notes", "bonds": "Bonds", "frn": "Floaters"}
_SUMS = {"ours": "interest_usdbn", "record": "record_usdbn", "accounts": "accounts_usdbn"}
_FINER = {"usdbn_move": "usdbn", "usdbn_whole": "usdbn", "bp": "bp_level", "usd_change": "usd"}


def group(found: Group) -> Table:
    """One group: a row a quantity; what cannot be had is named below with its reason.

    Along a single path there is a value and no spread; without any row there are no columns.
    """
    gaps = dict.fromkeys(r.reason for r in found.rows if r.reason)
    notes = tuple(
        say("— {why}; not shown: {what}.", what=Name(_named(found, reason), "series"),
            why=spoken.told(reason, f"hit.{found.key}.missing.{i}"))
        for i, reason in enumerate(gaps)
    )  # fmt: skip
    rows = [r for r in found.rows if not r.reason]
    keep = _kept(rows)
    cells = (_row(r) for r in rows)
    return Table(
        Text((Name(found.title, "title"),)),
        tuple(COLUMNS[i] if _spread(rows) else _VALUE.get(i, COLUMNS[i]) for i in keep),
        tuple(TableRow(tuple(c[i] for i in keep)) for c in cells),
        notes,
    )


_VALUE = {
    i: replace(column, head="Value") for i, column in enumerate(COLUMNS) if column.head == "Mean"
}


def _spread(rows: Sequence[Row]) -> bool:
    """Whether there is more than one path behind them."""
    return any(r.error is not None or r.quantiles for r in rows)


def _kept(rows: Sequence[Row]) -> list[int]:
    """The columns that have something in them."""
    empty = set() if _spread(rows) else set(_SPREAD)
    if not any(r.opening for r in rows):
        empty.add("Without")
    return [i for i, column in enumerate(COLUMNS) if rows and column.head not in empty]


def explained(found: Group) -> tuple[Text, ...]:
    """How the quantities of a group come about, those that share it in one sentence."""
    told: dict[tuple[str, str], dict[str, None]] = {}
    for row in found.rows:
        told.setdefault((row.how, row.source), {})[row.label] = None
    return tuple(
        say("{l}: {h}. {s}.", l=Name("; ".join(labels)), h=Name(how.rstrip(".")), s=Name(source))
        for (how, source), labels in told.items()
    )


def coefficients(found: Sequence[Coefficient]) -> tuple[Text, ...]:
    """The outcomes' coefficients, one a line: error, sample and method of what was estimated."""
    return tuple(Text((Name(_coefficient(c)),)) for c in found if c.values)


def _coefficient(c: Coefficient) -> str:
    parts = (
        f"{_listed(c.values)} {c.unit}",
        c.errors and f"standard error {_listed(c.errors)}",
        c.sample and f"sample {c.sample}",
        c.method,
        c.source,
    )
    return f"{c.what} ({c.evidence.value}): {'; '.join(p for p in parts if p)}."


def _listed(values: Sequence[float]) -> str:
    return ", ".join(f"{v:g}" for v in values)


def _named(found: Group, reason: str) -> str:
    """The quantities in one list, those of one name told together."""
    told: dict[str, dict[str, None]] = {}
    for row in found.rows:
        if row.reason == reason:
            label = row.label.removesuffix(", change").removesuffix(", added")
            name, _, kind = label.partition(", ")
            told.setdefault(name, {}).setdefault(kind, None)
    return "; ".join(_together(name, tuple(kinds)) for name, kinds in told.items())


def _together(name: str, kinds: Sequence[str]) -> str:
    if len(kinds) > 1:
        return f"{name} ({', '.join(filter(None, kinds))})"
    return ", ".join(filter(None, (name, *kinds)))


def figure(row: Row, key: str = "mean") -> Figure:
    """One number of a row as a figure: its mean, a quantile (`q5`), or the opening value."""
    value = {"mean": row.value, "opening": row.opening}.get(key, row.quantiles.get(key))
    return Figure(
        f"hit.{row.id}.{key}", value, row.unit, row.evidence, source=row.source,
        error=row.error if key == "mean" else None, reason=row.reason or "not computed",
    )  # fmt: skip


def first_row(found: HitView, group: str) -> Row | None:
    """The row of a group that most readers ask for: the first with a median, or Baa's yield."""
    rows = [r for g in found.groups if g.key == group for r in g.rows]
    told = [r for r in rows if "q50" in r.quantiles and not alone(r)]
    asked = (r for r in told if r.id.startswith(_ASKED.get(group, group)))
    return next(asked, told[0] if told else None)


_ASKED = {"corporations": "corporations.baa"}


def alone(row: Row) -> bool:
    """Whether a row of a difference tells of the first run alone."""
    return row.when.endswith(" alone")


def under(found: HitView, prefix: str) -> HitView:
    """The same outcomes under ids of their own, where two sets stand in one report."""
    groups = (
        replace(g, rows=tuple(replace(r, id=f"{prefix}.{r.id}") for r in g.rows))
        for g in found.groups
    )
    return replace(found, groups=tuple(groups))


def when(row: Row) -> Text:
    """When it is, in words with their figures."""
    return spoken.told(row.when, f"hit.{row.id}.when")


def _row(row: Row) -> tuple[Cell, ...]:
    unit = _FINER.get(row.unit, row.unit)
    error = Figure(f"hit.{row.id}.error", row.error, unit, row.evidence)
    probability = row.unit == "probability"
    return (
        cell(Name(row.label, "series")),
        Cell(when(row)),
        cell(unit_words(row.unit)),
        number(figure(row), mark=True),
        cell("") if row.error is None or probability else cell(Num(error, "plain")),
        cell(Num(figure(row, "q50"), "bare")) if row.quantiles else cell(""),
        _range(row),
        cell("") if row.opening is None else number(figure(row, "opening")),
        cell(row.link.value),
    )


def _range(row: Row) -> Cell:
    if not row.quantiles:
        return cell("")
    low, high = (Num(figure(row, q), "bare") for q in ("q5", "q95"))
    return cell(low, " to ", high)


def budget_check(rows: Sequence[CheckRow]) -> Table:
    """The debt rolled forward from past dates: what was missed, in rates and in interest."""
    columns = (
        Column("Month"),
        *(Column(_CLASS[c], "miss, bp", "right") for c in CLASSES),
        *(Column(_CLASS[c], "held, bp", "right", minor=2) for c in CLASSES),
        Column("Ours", "$bn a year", "right"),
        Column("Record", "$bn", "right"),
        Column("Miss", "%", "right"),
        Column("Of rates", "%", "right"),
        Column("Accounts", "$bn", "right", minor=1),
    )
    notes = (
        Text(("Miss in bp: our average rate less the Treasury's. Held: what the opening's "
              "rate would miss. Miss in %: our interest against the record; of rates: our rates on "
              "the stocks that came. The rest of it is what the Treasury sold instead of the "
              "opening's mix.",)),
        Text(("Record: published average rates x stocks of notes, bonds, bills and floaters. "
              "Accounts: all federal interest in the national accounts, a wider concept: savings "
              "bonds, state and local series, inflation-protected securities with their accrual, "
              "and imputed interest on the government's own pension plans; compare its growth.",)),
        *(_growth(day, of) for day, of in _by_opening(rows).items()),
    )  # fmt: skip
    caption = Text(
        ("The debt rolled forward with the yields and the borrowing that came, by opening day",)
    )
    return Table(caption, columns, tuple(_check_row(r) for r in rows), notes)


def _by_opening(rows: Sequence[CheckRow]) -> dict[date, list[CheckRow]]:
    found: dict[date, list[CheckRow]] = {}
    for row in rows:
        found.setdefault(row.opening, []).append(row)
    return found


def _growth(opening: date, rows: list[CheckRow]) -> Text:
    """By how much interest grew from the first year to the last, in each concept."""
    grown = {
        key: Figure(
            f"budget.check.{opening.year}.growth.{key}",
            getattr(rows[-1], field) - getattr(rows[0], field), "usdbn_move", Evidence.ESTIMATED,
        )
        for key, field in _SUMS.items()
    }  # fmt: skip
    return say(
        "From {first} to {last}: ours {ours}, the record {record}, the accounts {accounts}.",
        first=Name(rows[0].month[:4]), last=Name(rows[-1].month[:4]), **grown,
    )  # fmt: skip


def _check_row(r: CheckRow) -> TableRow:
    id_ = f"budget.check.{r.opening.year}.{r.year}"

    def bp(kind: str, name: str, value: float) -> Cell:
        return number(Figure(f"{id_}.{kind}.{name}", value, "bp", Evidence.ESTIMATED))

    def share(kind: str, value: float) -> Cell:
        return number(Figure(f"{id_}.{kind}", value, "pct_change", Evidence.ESTIMATED))

    def sums(*kinds: str) -> Iterator[Cell]:
        for kind in kinds:
            value = getattr(r, _SUMS[kind])
            yield number(Figure(f"{id_}.{kind}", value, "usdbn_whole", Evidence.ESTIMATED))

    return TableRow((
        Cell(spoken.told(r.month, f"{id_}.month")),
        *(bp("miss", c, r.miss_bp[c]) for c in CLASSES),
        *(bp("held", c, r.unrolled_bp[c]) for c in CLASSES),
        *sums("ours", "record"),
        share("miss_pct", r.miss_pct),
        share("rates_miss_pct", r.rates_miss_pct),
        *sums("accounts"),
    ), r.opening.isoformat())  # fmt: skip


def programme(found: ProgrammeCheck) -> Text:
    """The Fed's programme of 2020 in one sentence."""
    bought, net, published = (
        Figure(f"fed.programme.{k}", v, "usdbn_whole", e)
        for k, v, e in (
            ("bought", found.bought_usdbn, Evidence.MEASURED),
            ("net", found.net_income_usdbn, Evidence.ASSUMED),
            ("published", found.published_usdbn, Evidence.PUBLISHED),
        )
    )
    return say(
        "What the Fed bought from March 2020 on ({b} at its peak) earns {n} over ten years, after "
        "interest on reserves; published: {p} (Levin, Lu and Nelson). Known to {m}, held "
        "from then on.",
        b=bought, n=net, p=published, m=spoken.told(found.record_ends, "fed.programme.ends"),
    )  # fmt: skip

"""Results as tables, declared once for page, Markdown and terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ustress.claims.verdict import Judgement
from ustress.core.evidence import Evidence
from ustress.monitor.snapshot import Composite, Reading, Snapshot
from ustress.report import roles, spoken
from ustress.report.figures import Day, Figure, Name, Num, Text, join, say, words
from ustress.report.sparkline import sparkline
from ustress.report.tables import Cell, Column, Row, Table, cell, number, unit_words
from ustress.report.views import OpeningInput, ParameterView, SourceView
from ustress.report.wording import day_cell

# column head -> labels of changes that stand under it, first found wins
_CHANGES: dict[str, tuple[str, ...]] = {
    "Day": ("1d",),
    "Week": ("1w",),
    "Month": ("1m", "4w"),
    "Year": ("12m", "52w", "4q", "1y"),
}
_MINOR = {"Day": 1, "Week": 0, "Month": 2, "Year": 3}


def reading_figure(reading: Reading) -> Figure:
    """A reading's value as a figure."""
    return Figure(
        f"monitor.{reading.key}", reading.value, reading.unit, reading.evidence, reading.day,
        reading.known, "; ".join(reading.sources), reason=reading.reason,
    )  # fmt: skip


def change_figure(reading: Reading, label: str) -> Figure:
    """A reading's change over `1d`, `1w`, ... as a figure."""
    why = reading.reason or f"no figure to compare with {label} earlier"
    return Figure(
        f"monitor.{reading.key}.{label}", reading.changes.get(label),
        reading.change_unit or reading.unit, reading.evidence, reading.day, reading.known,
        "; ".join(reading.sources), reason=why,
    )  # fmt: skip


def percentile_figure(reading: Reading) -> Figure:
    """A reading's percentile as a figure."""
    return Figure(
        f"monitor.{reading.key}.percentile", reading.percentile, "count", Evidence.ESTIMATED,
        reading.day, reading.known, reading.percentile_window,
        reason="too few observations known for a percentile",
    )  # fmt: skip


def record_text(reading: Reading) -> Text:
    """A reading's record in words, its rank and days marked."""
    if reading.record is None:
        return Text()
    return spoken.told(
        reading.record.text, f"monitor.{reading.key}.record", (), Evidence.ESTIMATED, reading.day,
        "; ".join(reading.sources),
    )  # fmt: skip


def monitor(
    snapshot: Snapshot,
    trails: Mapping[str, Sequence[float]] | None = None,
    *,
    others: bool = False,
) -> Table:
    """Every reading by family: value, changes, percentile, day and date known.

    Where `trails` gives an indicator's past year, a line of characters shows it; `others` says
    that readings shown elsewhere are left out.
    """
    shown = [r for r in _by_family(snapshot.readings) if not _unfilled(r)]
    empty = [r for r in snapshot.readings if _unfilled(r)]
    heads = [h for h in _CHANGES if any(_label(r, h) for r in shown)]
    n = Figure("monitor.filled", float(len(shown)), "count")
    which = "The other" if others else "All"
    caption = say("{w} {n} indicators as known by the end of {d}", w=which, n=n, d=snapshot.as_of)
    lines = () if trails is None else (Column("Past year", minor=2),)
    rows = tuple(_row(r, heads, (*_line(r, trails), _of(r), _known(r))) for r in shown)
    ends = (Column("Of", align="right", minor=4), Column("Known", align="right", minor=5))
    columns = (*lines, *ends)
    notes = (*_reasons(shown), *_places(empty))
    return Table(caption, (*_monitor_columns(heads), *columns), rows, notes)


def _line(r: Reading, trails: Mapping[str, Sequence[float]] | None) -> tuple[Cell, ...]:
    """The past year as a line of characters, where trails were given."""
    return () if trails is None else (cell(sparkline(trails.get(r.key, ()))),)


def _unfilled(r: Reading) -> bool:
    """Whether nobody has brought the series of a reading that needs the reader's own."""
    return r.outside and r.value is None


def _places(readings: Sequence[Reading]) -> tuple[Text, ...]:
    """The places that only an update or the reader's own file fills, in one note."""
    if not readings:
        return ()
    names = "; ".join(dict.fromkeys(r.title for r in readings))
    return (
        say("Not embedded, filled by an update or your own file: {n}.", n=Name(names, "series")),
    )


def standing_out(snapshot: Snapshot) -> Table:
    """The unusual readings, with the record that makes them so."""
    shown = _by_family(unusual(snapshot))
    heads = [h for h in _CHANGES if h != "Day" and any(_label(r, h) for r in shown)]
    n = Figure("monitor.unusual", float(len(shown)), "count")
    caption = say("Out of the ordinary: {n}, by a record or a percentile in the outer tenth", n=n)
    rows = tuple(_row(r, heads, (_record(r), _of(r))) for r in shown)
    columns = (Column("Record"), Column("Of", align="right"))
    return Table(caption, (*_monitor_columns(heads), *columns), rows)


def _monitor_columns(heads: Sequence[str]) -> tuple[Column, ...]:
    return (
        Column("Indicator"),
        Column("Value", align="right"),
        Column("Unit"),
        *(Column(h, align="right", minor=_MINOR[h]) for h in heads),
        Column("in"),
        Column("Pctile", align="right"),
    )


def records(snapshot: Snapshot) -> Table:
    """Readings that set a record, by family."""
    found = [r for r in _by_family(snapshot.readings) if r.record and not r.stale]
    columns = (Column("Indicator"), Column("Record"))
    rows = tuple(
        Row((cell(Name(r.title, "series")), Cell(record_text(r))), roles.family(r.family))
        for r in found
        if r.record
    )
    return Table(words("Records, by the rule “the most since”"), columns, rows)


def unusual(snapshot: Snapshot, tail: float = 5.0) -> tuple[Reading, ...]:
    """Fresh readings with a record of rank ten or better, or in the outer `tail` per cent."""
    return tuple(r for r in snapshot.readings if not r.stale and _is_unusual(r, tail))


def _is_unusual(r: Reading, tail: float) -> bool:
    outer = r.percentile is not None and not tail < r.percentile < 100 - tail
    return outer or (r.record is not None and r.record.rank <= 10)


def _label(r: Reading, head: str) -> str | None:
    return next((label for label in _CHANGES[head] if label in r.changes), None)


def _by_family(readings: Sequence[Reading]) -> list[Reading]:
    order = list(dict.fromkeys(r.family for r in readings))
    return sorted(readings, key=lambda r: order.index(r.family))


def _row(r: Reading, heads: Sequence[str], more: tuple[Cell, ...]) -> Row:
    cells: tuple[Cell, ...] = (
        cell(Name(r.title, "series")),
        number(reading_figure(r), mark=r.value is not None, strong=_is_unusual(r, 5.0)),
        cell(unit_words(r.unit)),
        *(_change_cell(r, head) for head in heads),
        cell(unit_words(r.change_unit or r.unit) if r.changes else ""),
        number(percentile_figure(r)) if r.percentile is not None else cell(""),
        *more,
    )
    return Row(cells, roles.family(r.family))


def _of(r: Reading) -> Cell:
    return Cell(Text((Day(r.day, r.reason), " (old)" if r.stale else "")), faint=not r.stale)


def _known(r: Reading) -> Cell:
    by_lag = "" if r.known_exact or r.known is None else " (by lag)"
    return Cell(Text((Day(r.known, r.reason), by_lag)), faint=True)


def _record(r: Reading) -> Cell:
    return Cell(record_text(r))


def _change_cell(r: Reading, head: str) -> Cell:
    label = _label(r, head)
    if label is None:
        return cell("")
    return Cell(Text((Num(change_figure(r, label), "delta"),)))


def _reasons(readings: Sequence[Reading]) -> tuple[Text, ...]:
    """Why each missing value is missing."""
    return tuple(
        say(
            "— {t}: {r}.",
            t=Name(r.title, "series"),
            r=spoken.told(r.reason.rstrip("."), f"monitor.{r.key}.reason"),
        )
        for r in readings
        if r.reason
    )


def composite(found: Composite) -> Table:
    """The composite's parts; they add up to it exactly."""
    rows = tuple(
        Row((
            cell(Name(part.title, "series")),
            number(Figure(f"composite.{part.key}.score", part.score, "index", Evidence.ESTIMATED)),
            number(Figure(f"composite.{part.key}.weight", part.weight, "index", Evidence.ASSUMED)),
            number(Figure(f"composite.{part.key}.value", part.value, "index", Evidence.ESTIMATED)),
        ), roles.family(part.family))
        for part in found.contributions
    )  # fmt: skip
    total = Figure(
        "composite", found.value, "index", Evidence.ESTIMATED, reason=found.reason
    )  # fmt: skip
    last = Row((cell("Composite"), cell(""), cell(""), number(total, strong=True)), "Sum")
    columns = (
        Column("Indicator"), Column("Score", "0–1", "right"), Column("Weight", "", "right"),
        Column("Adds", "", "right"),
    )  # fmt: skip
    against = any(part.weight < 0 for part in found.contributions)
    note = words(
        "A negative weight: the family's scores lately moved against the others', so that its "
        "stress offsets theirs in the square; it does not mean that a bad reading of it is good."
    )
    caption = words("The composite and what adds up to it")
    return Table(caption, columns, (*rows, last), (note,) if against else ())


def cited(judgement: Judgement, claim: int, when: str) -> tuple[Figure, ...]:
    """The figures one judgement rests on, by the ids they carry everywhere."""
    return tuple(
        Figure(
            f"claims.{claim}.{when}.{i}", n.value, n.unit, n.evidence, n.day, n.known, n.source,
            reason="" if n.value is not None else str(n.note) or "not known on this date",
        )
        for i, n in enumerate(judgement.numbers)
    )  # fmt: skip


def numbers_of(judgement: Judgement, claim: int, when: str) -> Table:
    """The figures one judgement rests on."""
    columns = (
        Column("Figure"), Column("Claimed", align="right"), Column("Found", align="right"),
        Column("Of", align="right"), Column("Known", align="right"), Column("Source"),
    )  # fmt: skip
    rows = []
    for n, found in zip(judgement.numbers, cited(judgement, claim, when), strict=True):
        said = Figure(
            f"{found.id}.claimed", n.claimed, n.unit, Evidence.PUBLISHED, n.day,
            source="the claim as quoted",
        )  # fmt: skip
        rows.append(
            Row((
                Cell(spoken.told(n.label, f"{found.id}.label")),
                cell("") if n.claimed is None else number(said, bare=False),
                number(found, bare=False, mark=True),
                Cell(day_cell(n.day)),
                Cell(day_cell(n.known)),
                cell(Name(n.source, "source")),
            ))
        )  # fmt: skip
    return Table(say("As known on {d}", d=judgement.as_of), columns, tuple(rows))


def opening(inputs: Sequence[OpeningInput]) -> Table:
    """What the simulation opens with."""
    columns = (
        Column("Input"), Column("Value", align="right"), Column("Of", align="right"),
        Column("Source"),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(i.title, "series")),
            number(
                Figure(
                    f"opening.{i.key}", i.value, i.unit, i.evidence, i.day, None, i.source,
                    reason=i.note or "not known on this date",
                ),
                bare=False, mark=True,
            ),
            Cell(day_cell(i.day)),
            Cell(join((
                Text((Name(i.source, "source"),)),
                spoken.told(i.note, f"opening.{i.key}.note", source=i.source),
            ), "; ")),
        ))
        for i in inputs
    )  # fmt: skip
    return Table(words("The opening state, input by input"), columns, rows)


def come_by(p: ParameterView, *, again: bool = False) -> Text:
    """A parameter's source, and of an estimate its error, sample and method.

    `again` says that the row above has the same source.
    """
    parts = (
        words("as above") if again else Text((Name(p.source, "parameter"),)),
        say("standard error {e}", e=_own(p, p.error, ".error")) if p.error else Text(),
        say("sample {e}", e=_own(p, p.sample, ".sample")) if p.sample else Text(),
        Text((Name(p.method, "parameter"),)) if p.method else Text(),
    )
    return join(parts, "; ")


def _own(p: ParameterView, shown: str, what: str) -> Text:
    """A parameter's numbers as figures of its own."""
    source = f"parameter {p.key}: {p.source}"
    return spoken.told(shown, f"parameter.{p.key}{what}", (), p.evidence, None, source)


def parameters(found: Sequence[ParameterView]) -> Table:
    """The parameters, weakest evidence last; those of one source together, it being told once."""
    order, first = list(Evidence), dict[str, int]()
    for i, p in enumerate(found):
        first.setdefault(p.source, i)
    ranked = sorted(found, key=lambda p: (order.index(p.evidence), first[p.source]))
    told = {(q.evidence, q.source, p.key) for q, p in pairwise(ranked)}
    columns = (
        Column("Parameter"), Column("Value", align="right"), Column("Range", align="right"),
        Column("Unit"), Column("Source"),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(p.title, "parameter")),
            Cell(_own(p, p.shown, ""), p.evidence),
            Cell(_own(p, "" if p.low is None or p.high is None else f"{p.low:g} to {p.high:g}",
                      ".range")),
            cell(Name(p.unit, "parameter")),
            Cell(come_by(p, again=(p.evidence, p.source, p.key) in told)),
        ), p.evidence.value)
        for p in ranked
    )  # fmt: skip
    return Table(words("Parameters by level of evidence"), columns, rows)


def counts(found: Sequence[ParameterView | OpeningInput]) -> Mapping[Evidence, int]:
    """How many of something stand at each level of evidence."""
    return {level: sum(p.evidence is level for p in found) for level in Evidence}


def sources(found: Sequence[SourceView]) -> Table:
    """Publishers' tables with dates known and rights."""
    columns = (
        Column("Table"), Column("Series", align="right"), Column("Newest", align="right"),
        Column("Known", align="right"), Column("Rights"),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(s.title, "source"), " (old)" if s.stale else ""),
            number(Figure(f"sources.{s.publisher}.{s.title}", float(s.series), "count")),
            Cell(day_cell(s.newest)),
            Cell(Text((Day(s.known), "" if s.known_exact else " (by lag)"))),
            cell(Name(s.rights.value if not s.note else f"{s.rights.value}; {s.note}")),
        ), s.publisher)
        for s in found
    )  # fmt: skip
    note = words(
        "“By lag”: the day it became known follows from the publisher's usual delay, because the "
        "true release date is not in the figures."
    )
    return Table(words("Sources, newest figure, date known, rights"), columns, rows, (note,))

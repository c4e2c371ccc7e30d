"""Scenarios, series, words and the store in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from ustress.core.dates import show_day
from ustress.core.evidence import Evidence
from ustress.core.glossary import Term
from ustress.core.panel import SeriesInfo
from ustress.report.figures import Day, Figure, Name, Text, say, words
from ustress.report.tables import Cell, Column, Row, Table, cell, number, unit_words
from ustress.report.terminal.typeset import Fitted, Line, key

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ustress.scenario import KeyInfo


class _ScenarioLine(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def horizon_days(self) -> int: ...
    @property
    def sold(self) -> str: ...
    @property
    def policy(self) -> str: ...
    @property
    def references(self) -> tuple[str, ...]: ...
    @property
    def family(self) -> str: ...


class _Shown(Protocol):
    @property
    def line(self) -> Any: ...
    @property
    def keys(self) -> tuple[Any, ...]: ...


class _SeriesFound(Protocol):
    @property
    def as_of(self) -> date: ...
    @property
    def infos(self) -> tuple[SeriesInfo, ...]: ...
    @property
    def rows(self) -> tuple[Any, ...]: ...
    @property
    def observations(self) -> int: ...
    @property
    def vintages(self) -> bool: ...


class _StoreStatus(Protocol):
    @property
    def as_of(self) -> date: ...
    @property
    def known_until(self) -> date: ...
    @property
    def root(self) -> str: ...
    @property
    def families(self) -> tuple[Any, ...]: ...
    @property
    def quarantined(self) -> int: ...
    @property
    def bars(self) -> tuple[Any, ...]: ...


_MAY = {"none": "buy nothing", "temporary": "buy for a time", "open_ended": "buy and hold"}


def scenarios(listed: Sequence[_ScenarioLine]) -> tuple[RenderableType, ...]:
    """The built-in scenarios, a row each, by family."""
    columns = (
        Column("Scenario"), Column("Sold", "$bn of par", "right"), Column("The Fed may"),
        Column("Horizon", "days", "right", minor=1), Column("Title"),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(s.name)),
            cell(Name(s.sold)),
            cell(Name(_MAY[s.policy])),
            cell(Name(str(s.horizon_days))),
            cell(Name(s.title)),
        ), s.family)
        for s in listed
    )  # fmt: skip
    hint = "`ustress scenarios NAME` shows one in full; `ustress run NAME` simulates it."
    return (Fitted(Table(words("Scenarios"), columns, rows)), Line(hint, faint=True))


def scenario(one: _Shown) -> tuple[RenderableType, ...]:
    """One scenario in full: every key that differs from nothing happening, with its source."""
    columns = (
        Column("Key"), Column("Value", align="right"), Column("Meaning"), Column("Source", minor=1),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(k.key)),
            Cell(Text((Name(_plain_value(k.value)),)), _level(k.evidence)),
            cell(Name(f"{k.description}; {k.expected}")),
            cell(Name(k.source)),
        ))
        for k in one.keys
    )  # fmt: skip
    references = tuple(Line(r, faint=True) for r in one.line.references)
    return (
        Line(f"{one.line.title} ({one.line.name})", strong=True),
        Line(one.line.description),
        Line(""),
        Fitted(Table(Text(), columns, rows)),
        *references,
        key(),
    )


def scenario_keys(found: Sequence[KeyInfo]) -> tuple[RenderableType, ...]:
    """Every key a scenario or `--set` may give."""
    columns = (
        Column("Key"), Column("Default", align="right"), Column("Expected"),
        Column("Meaning", minor=1),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(k.key)),
            cell(Name("required" if k.required else _plain_value(k.default))),
            cell(Name(k.expected)),
            cell(Name(k.description)),
        ))
        for k in found
    )  # fmt: skip
    hint = "`--set KEY=VALUE` overrides one of them."
    return (Fitted(Table(words("Keys of a scenario"), columns, rows)), Line(hint, faint=True))


def series(found: _SeriesFound) -> tuple[RenderableType, ...]:
    """Either the catalogue's entries, or one series with its newest rows."""
    if len(found.infos) != 1 or (not found.rows and not found.observations):
        return (_catalogue(found),)
    info = found.infos[0]
    return (
        Line(f"{info.name}: {info.title}", strong=True),
        Line(f"{info.publisher}; {info.source}. Rights: {info.rights.value}. {info.note}".strip()),
        Line(
            f"{info.frequency}, {unit_words(info.unit) or info.unit}; publication lag: {info.lag}; "
            f"{found.observations:,} {'vintages' if found.vintages else 'observations'} known on "
            f"{show_day(found.as_of)}",
            faint=True,
        ),
        _observations(found, info),
    )


def _catalogue(found: _SeriesFound) -> Fitted:
    columns = (
        Column("Series"), Column("Title", minor=1), Column("Unit"), Column("Frequency", minor=2),
        Column("Publisher", minor=3), Column("Rights", minor=4),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(i.name)), cell(Name(i.title)), cell(unit_words(i.unit) or i.unit),
            cell(i.frequency), cell(Name(i.publisher)), cell(i.rights.value),
        ), i.family)
        for i in found.infos
    )  # fmt: skip
    total = Figure("catalogue.series", float(len(found.infos)), "count")
    return Fitted(Table(say("{n} series", n=total), columns, rows))


def _observations(found: _SeriesFound, info: SeriesInfo) -> Fitted:
    columns = (
        Column("Date", align="right"), Column("Value", unit_words(info.unit), "right"),
        Column("Known", align="right"), Column("By", minor=1),
        *((Column("From", minor=2), Column("Fetched", align="right", minor=3))
          if found.vintages else ()),
    )  # fmt: skip
    rows = tuple(
        Row((
            cell(Day(r.day)),
            number(Figure(f"{info.name}.{r.day}", r.value, info.unit, info.evidence), mark=True),
            cell(Day(r.known_from)),
            cell("publication" if r.known_exact else "lag"),
            *((cell(Name(_origin(r))), cell(Day(r.retrieved, "came with the pack")))
              if found.vintages else ()),
        ))
        for r in found.rows
    )  # fmt: skip
    return Fitted(Table(Text(), columns, rows))


def _origin(row: Any) -> str:
    """The source of a vintage, and the beginning of the raw answer's hash."""
    return row.source if row.raw_sha256 is None else f"{row.source} #{row.raw_sha256[:12]}"


def data_status(found: _StoreStatus) -> tuple[RenderableType, ...]:
    """Coverage, age, rights and source of every family of series."""
    columns = (
        Column("Family"), Column("Series", align="right", minor=5),
        Column("Figures", align="right", minor=7),
        Column("From", align="right", minor=6), Column("Newest", align="right"),
        Column("Known", align="right", minor=1), Column("Next due", align="right", minor=2),
        Column("Rights", minor=4), Column("Publisher", minor=3),
    )  # fmt: skip
    rows = tuple(_family_row(f) for f in found.families)
    old = Figure("store.stale", float(sum(f.stale for f in found.families)), "count")
    total = Figure("store.families", float(len(found.families)), "count")
    caption = say(
        "The store as of {d}: {n} families, {o} of them old; newest figure known {k}",
        d=found.as_of, n=total, o=old, k=found.known_until,
    )  # fmt: skip
    return (
        Fitted(Table(caption, columns, rows)),
        *_held_back(found.quarantined),
        *(_bars_line(b) for b in found.bars),
        Line(found.root, faint=True),
    )


def _held_back(count: int) -> tuple[Line, ...]:
    if not count:
        return ()
    n = Figure("store.quarantined", float(count), "count")
    return (Line(say("{n} values wait to be looked at: `ustress data verify`", n=n), strong=True),)


def _bars_line(b: Any) -> Line:
    n = Figure(f"store.bars.{b.name}", float(b.bars), "count")
    return Line(
        say("{n} intraday bars of {b}, {f} to {l}",
            n=n, b=Name(b.name), f=b.first.date(), l=b.last.date())
    )  # fmt: skip


def _family_row(f: Any) -> Row:
    counted = Figure(f"store.{f.family}.series", float(f.series), "count")
    figures = Figure(f"store.{f.family}.rows", float(f.rows), "count")
    newest = Cell(Text((Day(f.last_day), " old" if f.stale else "")), strong=f.stale)
    return Row((
        cell(Name(f.family)), number(counted), number(figures), cell(Day(f.first_day)), newest,
        cell(Day(f.last_known)), cell(Day(f.next_expected, "nothing is due on a calendar")),
        cell(f.rights.value), cell(Name(f.publisher)),
    ))  # fmt: skip


def glossary(found: Sequence[Term]) -> tuple[RenderableType, ...]:
    """Words and what they mean here; one alone with its source and neighbours."""
    if len(found) != 1:
        rows = tuple(Row((cell(Name(t.word)), cell(Name(t.meaning)))) for t in found)
        return (Fitted(Table(words("Words"), (Column("Word"), Column("Meaning")), rows)),)
    term = found[0]
    more = (("Unit", term.unit), ("Source", term.reference), ("See also", ", ".join(term.see_also)))
    return (
        Line(term.word, strong=True),
        Line(term.meaning),
        *(Line(f"{label}: {text}", faint=True) for label, text in more if text),
    )


def _level(word: str) -> Evidence | None:
    return next((e for e in Evidence if e.value == word), None)


def _plain_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:g}"
    return "—" if value is None else str(value)

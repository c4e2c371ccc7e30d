"""A replay in tables: flows with the date known, record against model, what is left by name."""

from __future__ import annotations

from datetime import date
from typing import Any

from ustress.calibrate.fast.bases import fitting_of
from ustress.core.evidence import Evidence, weakest
from ustress.report import spoken
from ustress.report.figures import Day, Figure, Name, Num, Text, join, say, words
from ustress.report.tables import Column, Row, Table, cell, unit_words
from ustress.report.wording import listed

UNKNOWN = "size unknown"


def flows(seen: Any) -> Table:
    """Every declared flow: what it is to the market, how much, and how much was known in time."""
    columns = (
        Column("Flow"),
        Column("Enters as"),
        Column("Measured", "$bn", "right"),
        Column("Known by then", "$bn", "right"),
        Column("Last known", align="right", minor=1),
        Column("Source", minor=2),
    )
    rows = tuple(_flow(one) for one in seen.flows)
    return Table(words("Flows fed in, and what stands beside them"), columns, rows)


def _flow(one: Any) -> Row:
    def of(what: str, value: float | None) -> Num:
        figure = Figure(
            f"replay.flow.{one.key}.{what}", value, "usdbn", one.evidence, reason=one.missing
        )
        return Num(figure, "bare")

    return Row((
        cell(Name(one.title, "series")),
        cell("beside, not fed in" if one.role == "context" else one.role.replace("_", " ")),
        cell(of("total", one.total_usdbn), evidence=one.evidence),
        cell(of("then", one.known_in_time_usdbn)),
        cell(Day(one.last_known, one.missing)),
        cell(Name(one.source, "source")),
    ))  # fmt: skip


def days(seen: Any) -> Table:
    """The record against the model's median and nine tenths, and what the flows alone did."""
    columns = (
        Column("Quantity"),
        Column("Day", align="right"),
        Column("Record", align="right"),
        Column("Model", "median", "right"),
        Column("Nine tenths", "of paths", "right"),
        Column("Flows did", "median", "right", minor=1),
        Column("Record", "lies"),
        Column("Basis"),
        Column("Unit", minor=2),
    )
    rows = tuple(_day(one) for one in seen.days)
    note = words(
        "The model gets the opening of the day before and the flows; yields move by chance too, "
        "hence the band. 'Flows did' is the paired difference to the same shocks without them."
    )
    whys = dict.fromkeys(f"{one.basis}: {one.basis_why}" for one in seen.days if one.basis_why)
    reasons = words(f"Basis. {'; '.join(whys)}.")
    return Table(words("Record against model"), columns, rows, (note, reasons))


def _day(one: Any) -> Row:
    where = {True: "inside", False: "outside", None: "not kept"}[one.inside]
    at = f"replay.{one.observable}.{one.day}"

    def of(what: str, value: float | None, unit: str = one.unit) -> Num:
        level = Evidence.MEASURED if what == "record" else Evidence.ASSUMED
        return Num(Figure(f"{at}.{what}", value, unit, level, reason="not on record"), "bare")

    moved = "bp" if one.unit in ("bp", "bp_level") else "pp"
    band = say("{a} to {b}", a=of("q5", one.low), b=of("q95", one.high))
    return Row(
        (
            cell(Name(one.title, "series")),
            cell(Day(one.day)),
            cell(of("record", one.record), evidence=Evidence.MEASURED),
            cell(of("model", one.model), evidence=Evidence.ASSUMED),
            cell(*band.parts),
            cell(of("flows", one.with_flows, moved)),
            cell(where, strong=where == "outside"),
            cell(one.basis),
            cell(unit_words(one.unit)),
        )
    )


def left(seen: Any, day: date | None = None) -> Table:
    """The account of the ten-year's move: sized shocks, shocks without a size, the rest.

    To every day accounted for, or to `day` alone.
    """
    columns = (
        Column("Ten-year since the opening"),
        Column("Size", "bp", "right"),
        Column("Nine tenths", "bp", "right"),
        Column("Adds up"),
        Column("From"),
    )
    rows = tuple(_left(one) for one in seen.left if day is None or one.day == day)
    return Table(
        words("What is left, by named shock"), columns, rows,
        (words("A shock has a size only from a series or a cited number. Nothing is allotted."),),
    )  # fmt: skip


def _left(one: Any) -> Row:
    at = f"replay.left.{one.name.replace(' ', '_')}.{one.day}"
    size = Num(Figure(at, one.size_bp, "bp", one.evidence or Evidence.ASSUMED), "bare")
    shown: tuple[Any, ...] = (UNKNOWN,) if one.size_bp is None else (size,)
    band: Text = words("")
    if one.low_bp is not None and one.high_bp is not None:
        ends = [
            Num(Figure(f"{at}.{q}", value, "bp", Evidence.ESTIMATED), "bare")
            for q, value in (("q5", one.low_bp), ("q95", one.high_bp))
        ]
        band = say("{a} to {b}", a=ends[0], b=ends[1])
    return Row(
        (
            cell(Name(one.name), strong=one.name == "unidentified"),
            cell(*shown, evidence=one.evidence),
            cell(*band.parts),
            cell("yes" if one.adds else "beside"),
            cell(Name(one.source, "source")),
        ),
        group=str(Day(one.day)),
    )


_WORDS = {"expected path": "came with expected rates", "unidentified": "are unidentified"}


def finding(seen: Any) -> Text:
    """The replay's finding in a sentence: record, flows and rest on the last day accounted for."""
    worst = key_day(seen)
    lines = {one.name: one for one in seen.left if one.day == worst}
    if not lines:
        return words("No record to hold the replay against")

    at = f"replay.{seen.episode}.finding"

    def of(name: str) -> Num:
        found = lines[name]
        level = found.evidence or Evidence.ASSUMED
        return Num(Figure(f"{at}.{name.replace(' ', '_')}", found.size_bp, "bp", level), "signed")

    named = [n for n, one in lines.items() if one.adds and one.size_bp is not None]
    rest = [say("{x} {w}", x=of(n), w=_WORDS.get(n, n)) for n in named if n != "measured flows"]
    return say(
        "To {d} the ten-year moved {r}: measured flows explain {f}, {u}",
        d=Day(worst), r=of("record"), f=of("measured flows"), u=listed(rest),
    )  # fmt: skip


def funding_finding(seen: Any) -> Text:
    """Where funding stood furthest from the model on a day looked at."""
    lines = [one for one in seen.days if one.unit == "bp" and one.record is not None]
    if not lines:
        return words("No record of funding to hold the replay against")
    worst = max(lines, key=lambda one: abs(one.record - one.model))

    def of(name: str, value: float, level: Evidence) -> Num:
        return Num(Figure(f"replay.funding.{name}", value, "bp", level), "signed")

    return say(
        "{t} stood at {r} on {d}; the model's median is {m}, given what was drained and sold",
        t=Name(worst.title, "series"), r=of("record", worst.record, Evidence.MEASURED),
        d=Day(worst.day), m=of("model", worst.model, Evidence.ASSUMED),
    )  # fmt: skip


def basis(seen: Any) -> Text:
    """Fitted against held-out rows, and parameters against moments, in one sentence or two."""
    rows = [one for one in seen.days if one.record is not None]
    at = f"replay.{seen.episode}.basis"

    def n(what: str, value: int) -> Figure:
        return Figure(f"{at}.{what.replace(' ', '_')}", float(value), "count", source="ustress")

    kinds = dict.fromkeys(one.basis for one in rows)
    counted = tuple(
        say("{n} {k}", n=n(kind, sum(one.basis == kind for one in rows)), k=kind) for kind in kinds
    )
    f = fitting_of(seen.episode)
    return say(
        "Of {r} rows with a record: {c}. The fast layer's {p} parameters were fitted to {m} "
        "moments, {o} of them of this episode; {b}",
        r=n("rows", len(rows)), c=join(counted, ", "), p=n("parameters", f.parameters),
        m=n("moments", f.moments), o=n("own moments", f.own),
        b=spoken.told(f.beside, f"{at}.beside"),
    )  # fmt: skip


def key_day(seen: Any) -> Any:
    """The day on which the record stood furthest from the opening."""
    moves = {one.day: abs(one.size_bp) for one in seen.left if one.name == "record"}
    return max(moves, key=lambda day: moves[day], default=None)


def evidence(seen: Any) -> Evidence:
    """The weakest level that entered."""
    return weakest([one.evidence for one in seen.flows if not one.missing])

"""Sessions and bond noise, from the reader's own figures, in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ustress.core.evidence import Evidence
from ustress.report.figures import Day, Figure, Name, Num, say
from ustress.report.tables import Cell, Column, Row, Table, cell
from ustress.report.terminal.typeset import Fitted, Line

if TYPE_CHECKING:
    from rich.console import RenderableType


def sessions(seen: Any) -> tuple[RenderableType, ...]:
    """The last day taken apart, each session's statistics, clustering, what it cannot prove."""
    head = say(
        "{n}: {d} trading days to {last}, by session",
        n=Name(seen.name), d=Num(_fig("sessions.days", float(len(seen.last)), "count"), "bare"),
        last=Day(seen.last.days[-1].astype(object)),
    )  # fmt: skip
    parts: list[RenderableType] = [Line(head, strong=True), Fitted(_table(seen), titled=False)]
    if seen.liquidity is not None:
        words = say(
            "Illiquidity beyond what volatility explains, last day: {v}",
            v=Num(_fig("sessions.liquidity", float(seen.liquidity.beyond[-1]), "ratio"), "signed"),
        )
        parts.append(Line(words))
    parts += [Line(f"No {what}: {why}.", faint=True) for what, why in seen.missing.items()]
    return (*parts, Line(seen.sentence))


def _table(seen: Any) -> Table:
    columns = (
        Column("Session"),
        Column("Last day", seen.last.unit, "right"),
        Column("Volatility", "an hour", "right"),
        Column("Variance", "share", "right"),
        Column("Impact", "per volume", "right", minor=1),
        Column("Large moves", "share", "right"),
        Column("Usual", "share", "right"),
        Column("Excess", "90 % interval", "right"),
    )
    rows = [_row(seen, i) for i in range(len(seen.statistics))]
    gap = _number(_fig("sessions.gap", float(seen.last.gap[-1]), "rate"))
    blank = [cell("") for _ in range(len(columns) - 2)]
    rows.append(Row((cell("Gap"), gap, *blank)))
    return Table(say("Sessions"), columns, tuple(rows))


def _row(seen: Any, i: int) -> Row:
    one, found = seen.statistics[i], seen.clustering
    at = f"sessions.{one.name}"
    shown = [
        _fig(f"{at}.last", float(seen.last.sessions[-1][i]), "rate"),
        _fig(f"{at}.volatility", one.volatility, "rate"),
        _fig(f"{at}.variance", one.share_of_variance, "ratio"),
        _fig(f"{at}.share", None if found is None else float(found.share[i]), "ratio"),
        _fig(f"{at}.usual", None if found is None else float(found.usual[i]), "ratio"),
    ]
    between = "—"
    if found is not None:
        low, high = float(found.low[i]), float(found.high[i])
        between = f"{float(found.excess[i]):+.2f} ({low:+.2f} to {high:+.2f})"
    impact = "—" if one.impact is None else f"{one.impact:.1e}"
    first, second, third, *rest = (_number(f) for f in shown)
    return Row((cell(one.name), first, second, third, cell(Name(impact)), *rest,
                cell(Name(between))))  # fmt: skip


def _number(figure: Figure) -> Cell:
    return cell(Num(figure, "bare"))


def noise(seen: Any) -> tuple[RenderableType, ...]:
    """The noise of a file's bonds and what it rests on."""
    words = say(
        "Noise of {n} around a smooth curve: {v}",
        n=Num(_fig("noise.used", float(seen.used), "count"), "bare"),
        v=Num(_fig("noise.bp", seen.noise_bp, "bp_level")),
    )
    rest = say(
        "{b} bonds in {f}, {o} left out as too far from the curve; Hu, Pan and Wang, estimated",
        b=Num(_fig("noise.bonds", float(seen.bonds), "count"), "bare"), f=Name(seen.file),
        o=Num(_fig("noise.outliers", float(seen.outliers), "count"), "bare"),
    )  # fmt: skip
    return Line(words, strong=True), Line(rest, faint=True)


def _fig(name: str, value: float | None, unit: str, reason: str = "") -> Figure:
    return Figure(name, value, unit, Evidence.ESTIMATED, reason=reason)

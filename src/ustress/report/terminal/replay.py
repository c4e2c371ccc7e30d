"""Replays in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ustress.report import replay_tables
from ustress.report.figures import Day, Figure, Name, Num, say, words
from ustress.report.tables import Column, Row, Table, cell
from ustress.report.terminal.typeset import Fitted, Line, key

if TYPE_CHECKING:
    from rich.console import RenderableType


def replay(seen: Any) -> tuple[RenderableType, ...]:
    """The finding, flows, days and the account of what is left."""
    run = seen.run
    paths = Num(Figure("replay.paths", float(run.n_paths), "count"), "bare")
    head = say(
        "{t}: {n} paths from the market as known on {d}",
        t=Name(seen.title), n=paths, d=Day(seen.opening.as_of),
    )  # fmt: skip
    broken = run.broken()
    return (
        Line(head, strong=True),
        Line(seen.story),
        Line(replay_tables.finding(seen), strong=True),
        *(
            (Line(replay_tables.funding_finding(seen), strong=True),)
            if any(one.role == "cash_drain" for one in seen.flows)
            else ()
        ),
        Line(replay_tables.basis(seen)),
        *((Line(f"Broken paths, left out: {broken}", faint=True),) if broken else ()),
        Fitted(replay_tables.flows(seen)),
        Fitted(replay_tables.days(seen)),
        Fitted(replay_tables.left(seen)),
        key(),
    )


def episodes(lines: Any) -> tuple[RenderableType, ...]:
    """What can be replayed, and what cannot."""
    columns = (Column("Episode"), Column("From"), Column("To"), Column("Fed bought"),
               Column("Replay"), Column("What happened"))  # fmt: skip
    rows = tuple(
        Row((
            cell(Name(one.key)), cell(Day(one.opens)), cell(Day(one.last)),
            cell("yes" if one.fed_bought else "no"),
            cell("yes" if one.replayed else "dysfunction only"), cell(Name(one.story)),
        ))
        for one in lines
    )  # fmt: skip
    return (Fitted(Table(words("Dated episodes"), columns, rows)),)

"""Past episodes replayed: what measured flows explain, and what is left unidentified."""

from __future__ import annotations

from ustress.core.evidence import Evidence
from ustress.report import replay_tables, spoken
from ustress.report.brief.document import Block, Charts, Grid, Paragraph, Section
from ustress.report.charts.replay import declare
from ustress.report.figures import Figure, Name, Text, join, say
from ustress.report.replayed import ReplayView
from ustress.report.tables import Table
from ustress.report.views import BriefContents

KEY, TITLE = "episodes", "The model in past episodes"


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    found = contents.replays
    if not found:
        why = contents.missing.get(KEY, "no episode was replayed")
        return Section(KEY, TITLE, spoken.gap(why, KEY), ())
    blocks: tuple[Block, ...] = (
        Charts(tuple(declare(one, one.fan, one.record) for one in found)),
        *(Paragraph(_told(one)) for one in found),
        *(Grid(f"episode-{one.episode}", _left(one), folded=True) for one in found),
    )
    return Section(KEY, TITLE, _lead(found), blocks)


def _left(one: ReplayView) -> Table:
    """The account to the day on which the record stood furthest from the opening."""
    return replay_tables.left(one, replay_tables.key_day(one))


def _lead(found: tuple[ReplayView, ...]) -> Text:
    paths = Figure("replay.paths", float(found[0].paths), "count", Evidence.ASSUMED)
    return say(
        "Each episode opens with the market as known on the day before and gets the sales and "
        "purchases measured since, as known on {k}; no rule sells or buys, and nothing is scaled "
        "to fit. {n} simulated paths each.",
        k=found[0].known, n=paths,
    )  # fmt: skip


def _told(one: ReplayView) -> Text:
    """How often the record lies in the band, and which shocks have a name but no size."""
    seen = [day.inside for day in one.days if day.inside is not None]
    at = f"replay.{one.episode}"
    inside = say(
        "{t}: the record lies within nine tenths of paths at {i} of {n} readings.",
        t=spoken.told(one.title, f"{at}.title"),
        i=Figure(f"{at}.inside", float(sum(seen)), "count"),
        n=Figure(f"{at}.readings", float(len(seen)), "count"),
    )  # fmt: skip
    last = replay_tables.key_day(one)
    named = () if last is None else one.unsized(last)
    if not named:
        return inside
    rest = say(
        "In what is unidentified lie shocks with a name and no size: {x}.",
        x=Name("; ".join(named), "word"),
    )
    return join((inside, rest), " ")

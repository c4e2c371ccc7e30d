"""A replay: the model's fan from the day before, and the record through it."""

from __future__ import annotations

from ustress.report import replay_tables, simulation_tables
from ustress.report.charts import fan, parts
from ustress.report.charts.base import Declared, Size, Spec
from ustress.report.figures import Day, Name, Text, say
from ustress.report.views import Fan, History
from ustress.report.wording import in_words


def declare(seen: object, view: Fan, record: History | None) -> Declared:
    """The chart of one quantity of a replay.

    Args:
        seen: the replay.
        view: the model's fan.
        record: what came, on the same days; None where it is not kept.
    """
    name = getattr(seen, "episode", "replay")
    return Declared(
        name=f"replay-{name}-{view.key}".replace(".", "-"),
        title=(replay_tables.finding if view.unit == "pct" else replay_tables.funding_finding)(
            seen
        ),
        subtitle=Text((
            Name(
                f"{view.title}, {in_words(view.unit)}: model given measured flows (median, half "
                "and nine tenths of paths), and the record as the solid line"
            ),
        )),
        foot=say(
            "Source: ustress simulation from the market as known on {d}; {s}. {b}.",
            d=Day(fan.edges(view)[0]), s=Name(record.source if record else "no record"),
            b=replay_tables.basis(seen),
        ),
        table=simulation_tables.one_fan(view, name, getattr(seen, "title", name)),
        draw=lambda size: _draw(view, record, size),
    )  # fmt: skip


def _draw(view: Fan, record: History | None, size: Size) -> Spec:
    places = 2 if view.unit == "pct" else 0
    panel = fan.Panel("", "accent", view, record, format=f".{places}f", places=places)
    drawn = fan.panel(panel, fan.domain_of([panel]), size.width, worded=True)
    return parts.fit(drawn, size)

"""The point of no return in a terminal: amount by pace, its errors and its spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ustress.core.evidence import Evidence
from ustress.report.assumptions import still
from ustress.report.figures import Figure, Name, Text, say
from ustress.report.tables import Cell, Column, Row, Table, cell, number
from ustress.report.terminal.partial import partial_opening
from ustress.report.terminal.typeset import Fitted, Line

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ustress.simulate.frontier.estimate import Spread
    from ustress.simulate.frontier.keys import KeyFrontier
    from ustress.simulate.frontier.pace import Frontier
    from ustress.simulate.frontier.tornado import Tornado

COLUMNS = (
    Column("Sold over", "days", "right"), Column("Amount", "$bn", "right"),
    Column("Error", "$bn", "right"), Column("No return", "chance", "right", minor=2),
    Column("Over parameters", "10, 50, 90 %", "right"),
    Column("Owed to", "parameters, b, paths", "right", minor=1),
    Column("Paths", align="right", minor=3),
)  # fmt: skip


def frontier(found: Frontier) -> tuple[RenderableType, ...]:
    """The frontier of amount and pace with what it was found under."""
    caption = say(
        "Point of no return of {d}: the amount at which a tenth of paths is past return, by pace",
        d=found.as_of,
    )
    table = Table(caption, COLUMNS, tuple(_row(found, i) for i in range(len(found.points))))
    return (Fitted(table), *(Line(note, faint=True) for note in _notes(found)))


def _row(found: Frontier, i: int) -> Row:
    days, point = found.paces_days[i], found.points[i]
    id_, shares = f"frontier.d{days}", point.shares
    owed = (shares.parameters, shares.threshold, shares.path_noise)
    amount = number(_amount(id_, point.value)) if point.value is not None else _reason(found, i)
    chance = Figure(
        f"{id_}.chance", point.probability, "probability", Evidence.ASSUMED,
        error=point.probability_error,
    )  # fmt: skip
    return Row((
        cell(Name(str(days))),
        amount,
        number(_amount(f"{id_}.error", point.error)),
        number(chance),
        cell(Name(spread_words(point.spread))),
        cell(Name(", ".join(f"{100 * share:.0f}" for share in owed) + " %")),
        cell(Name(f"{point.trials:,}")),
    ))  # fmt: skip


def _amount(id_: str, value: float | None) -> Figure:
    return Figure(id_, value, "usdbn_whole", Evidence.ASSUMED, reason="not reached")


def _reason(found: Frontier, i: int) -> Cell:
    return cell(Name("with none" if found.points[i].status == "already_above" else "not reached"))


def spread_words(spread: Spread) -> str:
    """10, 50 and 90 % over joint draws; 'none' where nothing need be sold, 'all' beyond all."""

    def said(value: float | None, below: float, q: float) -> str:
        return f"{value:,.0f}" if value is not None else "none" if below >= q else "all"

    values = ((spread.q10, 0.1), (spread.q50, 0.5), (spread.q90, 0.9))
    return ", ".join(said(value, spread.already_share, q) for value, q in values)


def _notes(found: Frontier) -> list[Text]:
    odd = max(point.not_monotone for point in found.points)
    many = f"the least of {len(found.policies)} policies" if len(found.policies) > 1 else "policy"
    lines = [
        f"Past return: S > b at a close up to 20 business days after the last sale, or a named "
        f"break; purchases off; {many}: {', '.join(found.policies)}",
        f"Sold by all foreign holders in proportion to what they held in {found.month}, at most "
        f"${found.most_usdbn:,.0f}bn; besides: {found.scenario}",
        f"{found.paths_used:,} simulated paths, up to {found.paths:,} different ones a pace, "
        f"{found.paths // 20:,} joint draws, seed {found.seed}",
        "'with none': a tenth is past return with nothing sold; 'not reached': not up to all held",
    ]
    if odd:
        lines.append(
            f"Up to {100 * odd:.0f} % of checked paths are past return at an amount and not at a "
            "larger one: in the last columns they count from where their search found them"
        )
    return [say("{w}", w=Name(line)) for line in lines]


def by_keys(found: KeyFrontier) -> tuple[RenderableType, ...]:
    """The frontier of two keys."""
    one, two = found.first.info, found.second.info
    columns = (
        Column(one.key, one.unit_words, "right"), Column(two.key, two.unit_words, "right"),
        Column("Error", align="right"), Column("No return", "chance", "right", minor=1),
        Column("What was found"), Column("Best policy", minor=3),
        Column("Paths", align="right", minor=2),
    )  # fmt: skip
    rows = tuple(_key_row(found, i) for i in range(len(found.points)))
    caption = say("Point of no return of {d} along two keys", d=found.as_of)
    low, high = found.second.values
    notes = (
        f"{two.key} from {low:g} to {high:g}; besides: {found.scenario}; purchases off; least of: "
        f"{', '.join(found.policies)}",
        f"{found.paths_used:,} simulated paths, seed {found.seed}; pi is least under: "
        f"{', '.join(found.best_policies)}; a key of a rung that this policy does not have moves "
        "nothing",
    )
    return (
        *partial_opening(found.provenance),
        Fitted(Table(caption, columns, rows)),
        *(Line(say("{w}", w=Name(note)), faint=True) for note in notes),
    )


def _key_row(found: KeyFrontier, i: int) -> Row:
    value, point = found.first.values[i], found.points[i]
    chance = Figure(
        f"frontier.k{i}", point.probability, "probability", Evidence.ASSUMED,
        error=point.probability_error,
    )  # fmt: skip
    return Row((
        cell(Name(f"{value:,.4g}")),
        cell(Name("—" if point.value is None else f"{point.value:,.4g}")),
        cell(Name("—" if point.error is None else f"{point.error:,.2g}")),
        number(chance),
        cell(Name(found.words(i) if point.value is None else "found")),
        cell(Name(point.policy)),
        cell(Name(f"{point.trials:,}")),
    ))  # fmt: skip


def bars(found: Tornado) -> tuple[RenderableType, ...]:
    """What halving and doubling each assumed parameter does to the frontier."""
    columns = (
        Column("Assumed parameter"), Column("At half", "$bn", "right"),
        Column("At twice", "$bn", "right"), Column("Median", align="right", minor=1),
        Column("Unit", minor=2),
    )  # fmt: skip
    moved = [bar for bar in found.bars if not still(found, bar)]
    rows = tuple(
        Row((
            cell(Name(f"{bar.meaning} ({bar.name})")),
            cell(Name(_end(bar.half_usdbn, bar.half_status))),
            cell(Name(_end(bar.double_usdbn, bar.double_status))),
            cell(Name(f"{bar.value:g}")), cell(Name(bar.unit)),
        ))
        for bar in moved
    )  # fmt: skip
    middle = _end(found.base.value, found.base.status)
    caption = say(
        "Point of no return of {d} at half and twice each assumed parameter: {m} $bn at the "
        "medians, sold over {s} business days",
        d=found.as_of, m=Name(middle), s=Name(str(found.sale_days)),
    )  # fmt: skip
    rest = ", ".join(bar.name for bar in found.bars if still(found, bar))
    notes = (
        f"Nothing to see (under 1 %): {rest or 'none'}",
        f"Assumed and not varied, since they enter no session by themselves: "
        f"{', '.join(found.not_varied) or 'none'}",
        f"All other parameters at their medians, b evenly over its range; {found.paths:,} paths "
        f"a case, {found.paths_used:,} in all, seed {found.seed}",
    )
    return (
        *partial_opening(found.provenance),
        Fitted(Table(caption, columns, rows)),
        *(Line(say("{w}", w=Name(note)), faint=True) for note in notes),
    )


def _end(value: float | None, status: str) -> str:
    if value is not None:
        return f"{value:,.0f}"
    return "none needed" if status == "already_above" else "not reached"

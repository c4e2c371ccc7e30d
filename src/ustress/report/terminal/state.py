"""The monitor and the claims in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from ustress.claims.verdict import Outcome, Verdict
from ustress.core.evidence import Evidence
from ustress.core.units import show
from ustress.monitor.alerts.rule import Alarm, State
from ustress.monitor.snapshot import Snapshot
from ustress.report import changed, tabular
from ustress.report.auction_table import auctions, auctions_ahead, without_auctions
from ustress.report.figures import Figure, Name, Text, say
from ustress.report.terminal.typeset import ACCENT, Entry, Fitted, Line, key

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ustress.monitor.difference import Moved, MovedComposite


class MarketSince(Protocol):
    """What changed between two dates, as the workflow hands it over."""

    @property
    def since(self) -> date:
        """The earlier date."""

    @property
    def as_of(self) -> date:
        """The later date."""

    @property
    def moved(self) -> tuple[Moved, ...]:
        """Every indicator on both."""

    @property
    def composite(self) -> MovedComposite:
        """The composite on both."""


class MarketAlerts(Protocol):
    """Alerts on a date, as the workflow hands them over."""

    @property
    def as_of(self) -> date:
        """The date."""

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """Every rule with what it says."""


def monitor(
    snapshot: Snapshot, trails: Mapping[str, Sequence[float]] | None = None
) -> tuple[RenderableType, ...]:
    """The state of the market: the composite, every indicator by family, the records.

    Args:
        snapshot: of the date.
        trails: by indicator, its past year in a few values, drawn as a line of characters.
    """
    found = snapshot.composite
    value = Figure("composite", found.value, "index", Evidence.ESTIMATED, reason=found.reason)
    pct = Figure(
        "composite.percentile", found.percentile, "count", Evidence.ESTIMATED,
        reason="too few earlier values",
    )  # fmt: skip
    headline = say("Composite stress {v}, percentile {p}", v=value, p=pct)
    parts = say("  = {x}", x=Name(_families(snapshot))) if found.value is not None else found.reason
    return (
        Line(headline, strong=True),
        Line(parts, faint=True),
        Fitted(tabular.monitor(without_auctions(snapshot), trails)),
        Fitted(auctions(snapshot)),
        *([Fitted(auctions_ahead(snapshot))] if snapshot.auctions_to_come else []),
        Fitted(tabular.records(snapshot)),
        key(),
    )


def _families(snapshot: Snapshot) -> str:
    parts = sorted(snapshot.composite.by_family().items(), key=lambda kv: -kv[1])
    return " + ".join(f"{family} {value:.3f}" for family, value in parts)


def since(found: MarketSince) -> tuple[RenderableType, ...]:
    """What changed between two dates: the composite by family, then every indicator."""
    return (
        Line(_composite_moved(found.composite), strong=True),
        Line(_families_moved(found.composite), faint=True),
        Fitted(changed.since(found.moved, found.since, found.as_of)),
    )


def _composite_moved(moved: MovedComposite) -> Text:
    if moved.change is None:
        return say("Composite stress: no change can be told ({r})", r=Name(moved.reason))
    ends = (moved.before, moved.after)
    a, b = (Figure("composite", v, "index", Evidence.ESTIMATED) for v in ends)
    return say("Composite stress from {a} to {b}", a=a, b=b)


def _families_moved(moved: MovedComposite) -> str:
    parts = sorted(moved.families.items(), key=lambda kv: -abs(kv[1]))
    told = "  ".join(f"{family} {show(value, 'index', signed=True)}" for family, value in parts)
    return f"  = {told}" if told else ""


def alerts(found: MarketAlerts) -> tuple[RenderableType, ...]:
    """Every rule of an alert file with what it says, the fired ones first."""
    order = list(State)
    alarms = sorted(found.alarms, key=lambda a: order.index(a.state))
    day = say("Alerts as known by the end of {d}", d=found.as_of)
    return (Line(day, strong=True), *(_alarm(a) for a in alarms))


def _alarm(a: Alarm) -> Entry:
    style = f"bold {ACCENT}" if a.state is State.FIRED else "dim"
    right = ((a.state.words.ljust(_TOLD), style),)
    return Entry(say("{n}", n=Name(a.name)), right, f"{a.rule}\n{a.because}")


_TOLD = max(len(state.words) for state in State)


def claims(
    verdicts: Sequence[Verdict], as_of: date, known_until: date
) -> tuple[RenderableType, ...]:
    """The verdicts, as known then and as known today, with the reason under each."""
    days = (f"{as_of:%-d %b %Y}", f"{known_until:%-d %b %Y}")
    head = say("Claims as known on {a} and on {b}", a=as_of, b=known_until)
    return (
        Entry(head, tuple((day.ljust(_WIDE), "bold") for day in days), ""),
        *(_entry(v) for v in verdicts),
    )


_MARKS = {
    Outcome.HOLDS: "■",
    Outcome.DOES_NOT_HOLD: "×",
    Outcome.PARTLY: "◪",
    Outcome.CANNOT_BE_CHECKED: "□",
}
_WIDE = max(len(outcome.words) for outcome in Outcome) + 2


def _entry(v: Verdict) -> Entry:
    changed = v.then.outcome is not v.today.outcome
    right = (_verdict(v.then.outcome, strong=False), _verdict(v.today.outcome, strong=changed))
    because = v.then.because
    if changed and v.today.because:
        because = f"{because}\nToday: {v.today.because}"
    return Entry(say("{n}  {t}", n=Name(f"{v.number:>2}"), t=Name(v.title)), right, because)


def _verdict(outcome: Outcome, *, strong: bool) -> tuple[str, str]:
    style = f"bold {ACCENT}" if strong else "dim" if outcome is Outcome.CANNOT_BE_CHECKED else ""
    return f"{_MARKS[outcome]} {outcome.words}".ljust(_WIDE), style

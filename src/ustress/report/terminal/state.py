"""The monitor and the claims in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ustress.claims.verdict import Outcome, Verdict
from ustress.core.evidence import Evidence
from ustress.monitor.snapshot import Snapshot
from ustress.report import tabular
from ustress.report.auction_table import auctions, without_auctions
from ustress.report.figures import Figure, Name, say
from ustress.report.terminal.typeset import ACCENT, Entry, Fitted, Line, key

if TYPE_CHECKING:
    from rich.console import RenderableType


def monitor(snapshot: Snapshot) -> tuple[RenderableType, ...]:
    """The state of the market: the composite, every indicator by family, the records."""
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
        Fitted(tabular.monitor(without_auctions(snapshot))),
        Fitted(auctions(snapshot)),
        Fitted(tabular.records(snapshot)),
        key(),
    )


def _families(snapshot: Snapshot) -> str:
    parts = sorted(snapshot.composite.by_family().items(), key=lambda kv: -kv[1])
    return " + ".join(f"{family} {value:.3f}" for family, value in parts)


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

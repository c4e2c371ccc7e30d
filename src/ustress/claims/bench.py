"""What a rule works with: the panel, the day a statement was made, and how figures are cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ustress.claims.simulated import Simulator
from ustress.claims.spoken import show_day
from ustress.claims.verdict import Number, Outcome
from ustress.core import marked
from ustress.core.evidence import weakest
from ustress.core.panel import Observation, Panel, Series
from ustress.monitor.sessions.bars import IntradayBars

DECIMALS = 9  # of computed figures: beyond them only binary fractions differ
TOLERANCE = 1e-9  # of binary fractions only: 4.5 - 4.48 is not exactly 0.02


class UnjudgeableError(Exception):
    """A statement cannot be checked: the reason, and the data it would need."""

    def __init__(
        self, reason: str, needs: tuple[str, ...], numbers: tuple[Number, ...] = ()
    ) -> None:
        super().__init__(reason)
        self.reason, self.needs, self.numbers = reason, needs, numbers


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found: its outcome, why, the figures, what is missing, what would change it."""

    outcome: Outcome
    because: str
    numbers: tuple[Number, ...] = ()
    needs: tuple[str, ...] = ()
    would_change: str = ""


@dataclass(frozen=True, slots=True)
class Aids:
    """What can be asked besides the daily record: a simulator, and the reader's intraday bars.

    `bars(name, day)` gives an instrument's bars known by the end of a day, or None.
    """

    simulator: Simulator | None = None
    bars: Callable[[str, date], IntradayBars | None] | None = None


NOTHING_ELSE = Aids()
"""The daily record alone."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The figures as known on one date, the day of the statement, and what else can be asked."""

    panel: Panel
    said_on: date
    aids: Aids = NOTHING_ELSE

    def series(self, name: str, prefer: str | None = None) -> Series:
        """The series `name`, or the reader's own series `prefer` where the store has it.

        Raises:
            UnjudgeableError: if nothing of it was known on the panel's date.
            UnknownNameError: if the catalogue has no such series.
        """
        if prefer is not None and prefer in self.panel.infos:
            own = self.panel.get(prefer)
            if own is not None:
                return own
        found = self.panel.get(name)
        if found is None:
            title = marked.name(self.panel.infos[name].title, "series")
            as_of = show_day(self.panel.as_of)
            raise UnjudgeableError(f"nothing of {title} was known on {as_of}", (name,))
        return found


def source_of(series: Series) -> str:
    """Publisher, publication and name of a series, as verdicts cite them."""
    info = series.info
    return f"{info.publisher}, {info.source}: {info.name}"


def cite(
    series: Series,
    seen: Observation,
    label: str,
    claimed: float | None = None,
    note: str = "",
) -> Number:
    """An observation as a figure of a verdict, in the series' unit."""
    lag = "" if seen.known_exact else "known-from date by the series' usual lag"
    notes = "; ".join(part for part in (note, lag) if part)
    info = series.info
    return Number(
        label, seen.value, info.unit, seen.day, seen.known, source_of(series), info.evidence,
        claimed, notes,
    )  # fmt: skip


def derived(
    label: str,
    value: float | None,
    unit: str,
    used: Iterable[tuple[Series, Observation]],
    claimed: float | None = None,
    note: str = "",
) -> Number:
    """A figure computed from observations: dated by the newest, known when the last became so."""
    pairs = tuple(used)
    sources = " and ".join(dict.fromkeys(source_of(series) for series, _ in pairs))
    return Number(
        label,
        None if value is None else round(value, DECIMALS),
        unit,
        max(seen.day for _, seen in pairs),
        max(seen.known for _, seen in pairs),
        sources,
        weakest(series.info.evidence for series, _ in pairs),
        claimed,
        note,
    )


def near(a: float, b: float, within: float) -> bool:
    """Whether `a` and `b` differ by `within` at most, forgiving binary fractions."""
    return abs(a - b) <= within + TOLERANCE

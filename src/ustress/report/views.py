"""What a report is made of: small frozen views that a workflow fills and `report` only reads.

Arrays are one-dimensional and aligned; days are `datetime64[D]`; units are keys of
`ustress.core.units`. An empty tuple or None means "not there", and `BriefContents.missing` then
says why, so that the brief can show the gap instead of hiding it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ustress.claims.verdict import Verdict
from ustress.core.evidence import Evidence, Rights
from ustress.monitor.snapshot import Snapshot
from ustress.outcomes.summary import Group
from ustress.report.by_pace import AmountMark, PaceView
from ustress.report.imposed import Imposed as Imposed
from ustress.report.imposed import PlanView as PlanView

if TYPE_CHECKING:
    from ustress.calibrate.validation import Validation
    from ustress.monitor.difference import Moved, MovedComposite
    from ustress.report.replayed import ReplayView

Days = NDArray[np.datetime64]
Values = NDArray[np.float64]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Event:
    """A dated happening drawn as a thin vertical with one or two words."""

    day: date
    word: str


@dataclass(frozen=True, slots=True)
class History:
    """A measured series as known on the as-of date, for charts."""

    key: str
    title: str
    unit: str
    days: Days
    values: Values
    source: str
    known: date | None = None
    evidence: Evidence = Evidence.MEASURED

    def last_years(self, years: float) -> History:
        """Its newest part."""
        keep = self.days >= self.days[-1] - np.timedelta64(round(365.25 * years), "D")
        return replace(self, days=self.days[keep], values=self.values[keep])

    def on(self, day: date) -> float | None:
        """The observation of exactly that day, or None."""
        hit = np.flatnonzero(self.days == np.datetime64(day, "D"))
        return float(self.values[hit[0]]) if hit.size else None

    def dates(self) -> list[date]:
        """The days as dates."""
        found: list[date] = self.days.astype("datetime64[D]").tolist()
        return found


@dataclass(frozen=True, slots=True)
class CurveOn:
    """The par curve of one day: maturities in years, yields in per cent."""

    day: date
    years: tuple[float, ...]
    yields_pct: tuple[float, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class AuctionLine:
    """A tenor's newest auction against its own past ones (`past` oldest first, the newest out)."""

    tenor: str
    day: date
    bid_to_cover: float
    past: tuple[float, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantiles of one quantity over paths, by business day; index 0 is the opening.

    `bands` maps each of `LEVELS` to an array (days,); `samples` is (n, days), a few paths chosen
    by the seed alone. A fan of a difference is the difference path by path, so its bands are
    those of the paired difference.
    """

    key: str
    title: str
    unit: str
    days: Days
    bands: Mapping[float, Values]
    samples: Values
    evidence: Evidence = Evidence.ASSUMED

    @property
    def median(self) -> Values:
        """The median path."""
        return self.bands[0.5]


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with its Monte Carlo error, both in [0, 1], and what it is of, in words."""

    key: str
    words: str
    value: float | None
    error: float | None
    evidence: Evidence = Evidence.ASSUMED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """One scenario's run. `chances` by key, among them `purchases` (the Fed buys) if computed.

    `ended_early` counts paths by the name of the break they ended in; they have no part in the
    fans. `bounds` is where a median at the end would lie if they all lay to one side of it, by
    quantity; `plan` is what the scenario imposes, None where its file is not here.
    """

    key: str
    title: str
    summary: str
    fans: Mapping[str, Fan]
    chances: Mapping[str, Chance]
    paths: int
    ended_early: Mapping[str, int] = field(default_factory=dict)
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    plan: PlanView | None = None

    @property
    def broken(self) -> int:
        """How many paths ended in a named break."""
        return sum(self.ended_early.values())


@dataclass(frozen=True, slots=True)
class Comparison:
    """First minus second, path by path, on the same shocks; `broken` of `paths` broke in either."""

    first: str
    second: str
    fans: Mapping[str, Fan]
    note: str = ""
    paths: int = 0
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Crossing:
    """The amount at which the chance, averaged over parameters, reaches `level` ($bn).

    `error_usdbn` is its Monte Carlo error, where it was computed. `low_usdbn` and `high_usdbn` are
    10 and 90 % quantiles of the amount over joint draws of the parameters. None where the level is
    not reached inside the grid; `never_share` is the share of draws that never reach it.
    """

    level: float
    low_usdbn: float | None
    amount_usdbn: float | None
    high_usdbn: float | None
    never_share: float | None = None
    error_usdbn: float | None = None


@dataclass(frozen=True, slots=True)
class BreakpointView:
    """Chance of purchases within `within_days` against the amount sold over `sale_days`.

    `chance` and `error` average over parameters; `low`, `middle`, `high` are the 10, 50 and 90 %
    quantiles of the chance over parameter draws at each amount (empty where not computed).
    `no_return` is another curve with its own rule: the chance, purchases off, of dysfunction above
    the threshold or of a named break soon after the last sale.
    """

    amounts_usdbn: Values
    chance: Values
    error: Values
    sale_days: int
    within_days: int
    low: Values | None = None
    middle: Values | None = None
    high: Values | None = None
    crossings: tuple[Crossing, ...] = ()
    marks: tuple[AmountMark, ...] = ()
    rule: str = ""
    hangs_on: tuple[tuple[str, float], ...] = ()
    no_return: Values | None = None
    no_return_error: Values | None = None
    no_return_rule: str = ""
    evidence: Evidence = Evidence.ASSUMED
    by_pace: PaceView | None = None


@dataclass(frozen=True, slots=True)
class HitView:
    """Outcomes by group of a run, or of one less another on the same shocks.

    `paths` entered; `simulated` were run, the others broke on the way.
    """

    title: str
    scenario: str
    against: str | None
    as_of: date
    paths: int
    groups: tuple[Group, ...]
    simulated: int = 0


@dataclass(frozen=True, slots=True)
class YearPath:
    """A quantity by fiscal year in one scenario: median and 5 to 95 % range."""

    scenario: str
    years: tuple[int, ...]
    median: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class OutcomesView:
    """Who is hit: the mortgage rate by scenario, extra federal interest by fiscal year ($bn)."""

    mortgage: Mapping[str, Fan] = field(default_factory=dict)
    interest_usdbn: tuple[YearPath, ...] = ()
    interest_against: str = ""
    notes: tuple[str, ...] = ()
    evidence: Evidence = Evidence.ASSUMED


@dataclass(frozen=True, slots=True)
class OpeningInput:
    """One figure the simulation opens with, and where it comes from."""

    key: str
    title: str
    value: float | None
    unit: str
    day: date | None
    source: str
    evidence: Evidence
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParameterView:
    """One parameter of the model or of the outcomes: range, source and level of evidence.

    `shown` has several numbers for a vector, a dash where the figures decide. `error`, `sample`
    and `method` tell how an estimate came about; they are empty for what was not estimated.
    """

    key: str
    title: str
    shown: str
    unit: str
    low: float | None
    high: float | None
    source: str
    evidence: Evidence
    error: str = ""
    sample: str = ""
    method: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One publisher's table: what came from it, how new it is, when it became known, its rights."""

    publisher: str
    title: str
    series: int
    newest: date | None
    known: date | None
    known_exact: bool
    rights: Rights
    stale: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermView:
    """A word and what it means here."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Before:
    """The other date of a brief that compares two: what was known and simulated then.

    `moved` and `composite` are the changes from `day` to the brief's own date, each as known then.
    """

    day: date
    snapshot: Snapshot
    moved: tuple[Moved, ...]
    composite: MovedComposite
    scenarios: tuple[ScenarioView, ...] = ()
    breakpoint: BreakpointView | None = None
    opening: tuple[OpeningInput, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BriefContents:
    """Everything the brief shows, as known on `as_of`.

    `histories` is keyed by role; the charts read `ust.10y`, `holdings.china`, `holdings.japan`,
    `funding.sofr_iorb`, `funding.p99_iorb`, `composite`. `thresholds` is the range of the Fed's
    uncertain threshold b on the dysfunction index. `chosen` tells that the reader named the
    scenarios; `before` is the other date where two are compared; `purchases` is with purchases
    less without; `hit` and `purchases_hit` are the outcomes by group of the scenarios set against
    each other, and of purchases. `missing` maps a part's name to the reason it is absent;
    `fragile` names what the answers hang on; `limits` adds to the standing list of what the brief
    cannot say; `made` is provenance (label, value).
    """

    as_of: date
    snapshot: Snapshot
    today: date | None = None
    earlier: Snapshot | None = None
    histories: Mapping[str, History] = field(default_factory=dict)
    curves: tuple[CurveOn, ...] = ()
    auctions: tuple[AuctionLine, ...] = ()
    events: tuple[Event, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    scenarios: tuple[ScenarioView, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    chosen: bool = False
    before: Before | None = None
    purchases: Comparison | None = None
    thresholds: tuple[float, float] | None = None
    breakpoint: BreakpointView | None = None
    hit: HitView | None = None
    purchases_hit: HitView | None = None
    outcomes: OutcomesView | None = None
    opening: tuple[OpeningInput, ...] = ()
    parameters: tuple[ParameterView, ...] = ()
    sources: tuple[SourceView, ...] = ()
    glossary: tuple[TermView, ...] = ()
    validation: Validation | None = None
    replays: tuple[ReplayView, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    fragile: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    made: tuple[tuple[str, str], ...] = ()

    def scenario(self, key: str) -> ScenarioView | None:
        """The scenario `key`, or None."""
        return next((s for s in self.scenarios if s.key == key), None)

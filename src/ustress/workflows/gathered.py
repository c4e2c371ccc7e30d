"""Everything a brief shows, gathered once; what was simulated is kept for the next brief."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from ustress.core.beside import Errand, beside
from ustress.core.dates import add_business_days
from ustress.core.errors import UstressError
from ustress.core.progress import Progress, silent
from ustress.workflows.kept import BRIEFS, key_of, recall, remember
from ustress.workflows.story import Simulated, Told

if TYPE_CHECKING:
    from ustress.calibrate.validation import Validation
    from ustress.core.panel import Panel
    from ustress.data.store import Store
    from ustress.monitor.snapshot import Snapshot
    from ustress.report.replayed import ReplayView
    from ustress.report.views import Before, BriefContents
    from ustress.simulate.saved import SavedRun
    from ustress.workflows.claims import JudgedClaims
    from ustress.workflows.shelf import Shelf

SIMULATED = ("scenarios", "comparisons", "breakpoint", "mortgage", "interest", "opening",
             "purchases")  # fmt: skip
EPISODES = ("march-2020", "april-2025")
"""Replayed in every brief that simulates."""


@dataclass(frozen=True, slots=True)
class Tale:
    """What simulations gave for a brief: `now` on its date, `then` on the other one if asked for.

    None: the date has no opening state. `missing` parts are named with their reasons.
    """

    now: Simulated | None = None
    then: Simulated | None = None
    missing: dict[str, str] = field(default_factory=dict)
    missing_then: dict[str, str] = field(default_factory=dict)


def gather(
    day: date,
    told: Told | None = None,
    progress: Progress = silent,
    *,
    given: bool = True,
    against: date | None = None,
    saved: tuple[SavedRun, ...] = (),
    meanwhile: Callable[[], None] | None = None,
) -> BriefContents:
    """Everything the brief of a day shows; a part that cannot be had says why in `missing`.

    What was simulated for the same question, figures and state of the program is read from the
    user's cache directory; a shelf of saved runs is then not read at all. Otherwise `meanwhile` is
    called before the work starts: there is time to get something ready beside it.
    """
    from ustress.core import glossary
    from ustress.data.store import Store
    from ustress.report.views import BriefContents, TermView
    from ustress.workflows import histories
    from ustress.workflows.counts import kept_counts
    from ustress.workflows.shelf import Shelf

    told, store = told or Told(), Store()
    numbers = tuple(_numbers(run) for run in saved)
    key = key_of(day, against, given, _asked(told), numbers)
    known = recall(BRIEFS, key, Tale)
    if known is None and meanwhile is not None:
        meanwhile()
    counts = kept_counts(told.paths, told.seed, numbers)
    shelf = Shelf(told.paths, told.seed, progress, saved, counts)
    vouched = beside(lambda: _vouched(progress))
    judged = Errand(lambda: _judged(day, told, shelf, numbers, progress))
    panel, snapshot, earlier = _read(store, day, progress)
    tale = known or _tale(
        snapshot, panel, told, shelf, progress, given=given, against=against, ready=judged.start
    )
    if known is None:
        remember(BRIEFS, key, tale)
    missing = dict(tale.missing)
    return BriefContents(
        as_of=day,
        snapshot=snapshot,
        today=judged.answer().known_until,
        earlier=earlier,
        events=histories.events(day),
        verdicts=judged.answer().verdicts,
        sources=histories.sources(store.status(day), panel.infos.values()),
        glossary=tuple(TermView(t.word, t.meaning) for t in glossary.terms()),
        before=None if against is None else _before(against, snapshot, tale),
        missing=missing,
        **_record(panel),
        **(_simulated(tale.now, vouched(), missing) if tale.now else {}),
    )


def _read(store: Store, day: date, progress: Progress) -> tuple[Panel, Snapshot, Snapshot]:
    """What was known on the day, the market then, and five business days before."""
    from ustress.monitor import build

    progress("read figures", 0, 2)
    panel = store.panel(day)
    snapshot = build(panel)
    progress("read figures", 1, 2)
    earlier = build(store.panel(add_business_days(day, -5)))
    progress("read figures", 2, 2)
    return panel, snapshot, earlier


def _judged(
    day: date, told: Told, shelf: Shelf, runs: tuple[object, ...], progress: Progress
) -> JudgedClaims:
    """The built-in claims; what had to be counted for them is kept."""
    from ustress.workflows.claims import judge_claims
    from ustress.workflows.counts import keep_counts

    counted = set(shelf.counts)
    progress("judge claims", 0, 1)
    judged = judge_claims(None, day, simulator=shelf)
    progress("judge claims", 1, 1)
    if shelf.counts.keys() != counted:
        keep_counts(shelf.counts, told.paths, told.seed, runs)
    return judged


def _record(panel: Panel) -> dict[str, Any]:
    """The parts that show the record up to the day."""
    from ustress.workflows import histories

    return {
        "histories": histories.histories(panel),
        "curves": histories.curves(panel),
        "auctions": histories.auctions(panel),
    }


def _simulated(now: Simulated, vouched: Vouched, missing: dict[str, str]) -> dict[str, Any]:
    """The parts that show what was simulated, with what vouches for the model."""
    missing.update(vouched.missing)
    return {**now.parts(), "validation": vouched.validation, "replays": vouched.replays}


def _asked(told: Told) -> tuple[object, ...]:
    """What is told, with all that the scenarios named say; the usual ones belong to the program."""
    from ustress.scenario import load_scenario

    said = []
    for name in told.scenarios:
        try:
            said.append(repr(load_scenario(name)))
        except UstressError:  # a saved run of a scenario whose file is not here
            said.append(name)
    return (tuple(said), told.paths, told.seed, repr(told.breakpoint))


def _numbers(run: SavedRun) -> tuple[object, ...]:
    return (run.scenario, run.horizon_days, run.sha256, run.provenance)


def _tale(
    snapshot: Snapshot,
    panel: Panel,
    told: Told,
    shelf: Shelf,
    progress: Progress,
    *,
    given: bool,
    against: date | None,
    ready: Callable[[], object],
) -> Tale:
    """What the simulation says; on a date without an opening state the brief does without."""
    from ustress.workflows.market import market
    from ustress.workflows.opening import open_from
    from ustress.workflows.story import tell, tell_before

    missing, missing_then = dict[str, str](), dict[str, str]()
    now: Simulated | None = None
    then: Simulated | None = None
    try:
        opening = open_from(snapshot, given=given)
    except UstressError as gap:
        missing.update(dict.fromkeys(SIMULATED, str(gap)))
    else:
        now = tell(opening, panel, told, shelf, progress, missing, ready)
    if against is not None:
        try:
            opening = open_from(market(against), given=True)
        except UstressError as gap:
            missing_then.update(dict.fromkeys(("scenarios", "breakpoint"), str(gap)))
        else:
            then = tell_before(opening, told, shelf, progress, missing_then)
    return Tale(now, then, missing, missing_then)


def _before(day: date, later: Snapshot, tale: Tale) -> Before:
    """The other date as it was known then, with its own simulation where it has an opening."""
    from ustress.monitor import composite_difference, snapshot_difference
    from ustress.report.views import Before
    from ustress.workflows.market import market

    snapshot, then = market(day), tale.then or Simulated()
    return Before(
        day,
        snapshot,
        snapshot_difference(snapshot, later),
        composite_difference(snapshot, later),
        scenarios=then.scenarios,
        breakpoint=then.breakpoint,
        opening=then.opening,
        missing=tale.missing_then,
    )


@dataclass(frozen=True, slots=True)
class Vouched:
    """What vouches for the model, the same for every date; what fails is in `missing`."""

    validation: Validation | None
    replays: tuple[ReplayView, ...]
    missing: dict[str, str]


def _vouched(progress: Progress) -> Vouched:
    """Published numbers against the model's, and episodes replayed with what is known today."""
    from ustress.workflows.replay import view
    from ustress.workflows.validate import validate

    missing: dict[str, str] = {}
    validation: Validation | None = None
    try:
        validation = validate(progress)
    except UstressError as gap:
        missing["validation"] = str(gap)
    found = []
    for i, episode in enumerate(EPISODES):
        progress("replay episodes", i, len(EPISODES))
        try:
            found.append(view(episode))
        except UstressError as gap:
            missing["episodes"] = str(gap)
    progress("replay episodes", len(EPISODES), len(EPISODES))
    return Vouched(validation, tuple(found), missing)

"""What a verb shows, as a picture in a file: SVG or PNG by the file's ending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.core.errors import BadInputError, CannotError
from ustress.core.files import check_writable, write_atomically

if TYPE_CHECKING:
    from ustress.calibrate.validation import Validation
    from ustress.monitor.snapshot import Snapshot
    from ustress.report.charts.base import Absent, Declared
    from ustress.report.views import BriefContents
    from ustress.simulate.breakpoint import Breakpoint
    from ustress.simulate.difference import Difference
    from ustress.simulate.ensemble import Ensemble
    from ustress.workflows.claims import JudgedClaims
    from ustress.workflows.who_is_hit import WhoIsHit

ENDINGS = (".svg", ".png")
MAIN = (
    "curve.10y", "curve.2s10s", "curve.own_term_premium.10y", "curve.10y.realised_vol",
    "holdings.china", "auction.10y.bid_to_cover", "funding.sofr_iorb", "fed.reserves",
    "dealers.coupons", "dealers.use", "fx.dollar",
)  # fmt: skip
YEARS = 2.0
RUN = ("ust.10y", "dysfunction", "fed.bought")
DIFFERENCE = ("ust.10y", "dysfunction")


def check(file: Path) -> None:
    """Refuse what cannot be drawn to, before the work starts.

    Raises:
        BadInputError: if the ending is neither .svg nor .png.
        CannotError: if the file cannot be written.
    """
    if file.suffix not in ENDINGS:
        raise BadInputError(f"--plot {file}: expected a name ending in {' or '.join(ENDINGS)}")
    check_writable(file)


def write(charts: Sequence[Declared | Absent], file: Path, columns: int = 1) -> Path:
    """Draw the charts that can be drawn into one picture.

    Raises:
        CannotError: if none can be drawn, saying why, or the file cannot be written.
    """
    from ustress.report.charts.base import Declared
    from ustress.report.charts.picture import as_png, as_svg

    drawable = [c for c in charts if isinstance(c, Declared)]
    if not drawable:
        why = "; ".join(f"{c.title}: {c.reason}" for c in charts if not isinstance(c, Declared))
        raise CannotError(f"--plot {file}: nothing to draw ({why or 'no chart'})")
    make = as_png if file.suffix == ".png" else as_svg
    write_atomically(file, make(drawable, columns))
    return file


def of_monitor(snapshot: Snapshot) -> tuple[Declared | Absent, ...]:
    """The composite's parts, and the main indicators' last two years."""
    from ustress.core.errors import UstressError
    from ustress.data.store import Store
    from ustress.monitor.build import history
    from ustress.report.charts import composite
    from ustress.report.charts.one_history import declare_history
    from ustress.report.views import History

    panel = Store().panel(snapshot.as_of)
    have = {r.key: r for r in snapshot.readings if r.value is not None}
    charts: list[Declared | Absent] = [composite.declare(_only(snapshot))]
    for key in (k for k in MAIN if k in have):
        r = have[key]
        try:
            past = history(panel, key)
        except UstressError:
            continue
        found = History(
            key, r.title, r.unit, past.dates, past.values, _publishers(panel, r.sources)
        )
        record = r.record.text if r.record and r.record.rank == 1 else ""
        recent = found.last_years(YEARS)
        if len(recent.days) > 1:
            charts.append(declare_history(recent, snapshot.as_of, record=record))
    return tuple(charts)


def of_series(name: str, as_of: str | date | None = None) -> tuple[Declared | Absent, ...]:
    """A series as known on a date, with its extremes and dated happenings.

    Raises:
        UnknownNameError: if the catalogue has no such series.
        CannotError: if fewer than two observations were known.
    """
    from ustress.core.errors import UnknownNameError
    from ustress.data.store import Store
    from ustress.report.charts.one_history import declare_history
    from ustress.report.views import History
    from ustress.workflows.common import resolve_day
    from ustress.workflows.histories import events

    store, day = Store(), resolve_day(as_of)
    if name not in store.infos:
        raise UnknownNameError("series", name, tuple(store.infos))
    found = store.panel(day, (name,)).get(name)
    if found is None or len(found) < 2:
        raise CannotError(f"--plot: fewer than two observations of {name} were known on {day}")
    info = found.info
    past = History(name, info.title, info.unit, found.dates, found.values, info.publisher)
    return (declare_history(past, day, events(day)),)


def of_claims(judged: JudgedClaims) -> tuple[Declared | Absent, ...]:
    """All verdicts at a glance."""
    from ustress.report.charts.verdicts import declare_verdicts

    return (declare_verdicts(judged.verdicts, judged.as_of, judged.known_until),)


def of_run(run: Ensemble) -> tuple[Declared | Absent, ...]:
    """Fans of the ten-year, dysfunction and what the Fed has bought."""
    from ustress.report.charts.single import declare_fan
    from ustress.workflows.views import fan

    return tuple(
        declare_fan(fan(run, name), run.scenario, run.title + _marked(run), run.n_paths)
        for name in RUN
        if name in run.observables
    )


def _marked(run: Ensemble) -> str:
    """What a picture's title says of a partial opening; nothing of a full one."""
    return " (partial opening)" if run.provenance.partial else ""


def of_difference(difference: Difference) -> tuple[Declared | Absent, ...]:
    """Fans of the paired difference."""
    from ustress.report.charts.single import declare_fan
    from ustress.workflows.views import difference_fan

    first = difference.first
    title = f"{first.title} less {difference.second.title}{_marked(first)}"
    paths = int(difference.ok.sum())
    return tuple(
        declare_fan(difference_fan(difference, name), first.scenario, title, paths, change=True)
        for name in DIFFERENCE
    )


def of_breakpoint(found: Breakpoint) -> tuple[Declared | Absent, ...]:
    """The point of no return against amount (and pace, where it was asked for)."""
    from ustress.monitor.snapshot import Composite, Snapshot
    from ustress.report.charts import breaking_point, frontier
    from ustress.report.charts.opened import marked
    from ustress.workflows.market import market
    from ustress.workflows.opening import open_from
    from ustress.workflows.views import breakpoint_view

    opening = open_from(market(found.as_of), given=True, partial=bool(found.provenance.partial))
    empty = Snapshot(found.as_of, found.as_of, (), Composite(None, None, (), ""))
    contents = _only(empty, breakpoint=breakpoint_view(found, opening))
    one = breaking_point.declare(contents)
    both = (one,) if found.frontier is None else (frontier.declare(contents), one)
    return marked(both, found.provenance.partial)


def of_outcomes(hit: WhoIsHit) -> tuple[Declared | Absent, ...]:
    """A chart for each group of those who are hit."""
    from ustress.report.charts.hit import charts

    return charts(hit)


def of_validation(found: Validation) -> tuple[Declared | Absent, ...]:
    """The published numbers against the model's."""
    from ustress.report.charts.validation import declare_validation

    return (declare_validation(found),)


def _only(snapshot: Snapshot, **parts: Any) -> BriefContents:
    from ustress.report.views import BriefContents

    return BriefContents(as_of=snapshot.as_of, snapshot=snapshot, **parts)


def _publishers(panel: Any, sources: Sequence[str]) -> str:
    names = (panel.infos[s].publisher for s in sources if s in panel.infos)
    return "; ".join(dict.fromkeys(names))

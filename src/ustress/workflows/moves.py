"""One series' newest move over any window: its size, how unusual it is, and its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ustress.core.errors import CannotError, MissingSeriesError, UnknownNameError
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.core.panel import Dates, SeriesInfo


@dataclass(frozen=True, slots=True)
class Move:
    """The newest change of a series over a window, in `unit`.

    `deviations` is the change over the root mean square of such changes in the five years before
    (None with too few of them); `percentile` its rank among all changes known; `record` the rule
    'largest since' in words.
    """

    as_of: date
    info: SeriesInfo
    window: str
    start: date
    end: date
    first: float
    last: float
    change: float
    unit: str
    deviations: float | None
    percentile: float
    record: str
    windows: int


def _breaks(name: str) -> Dates | None:
    """Days on which the series changed its method, as the monitor declares them."""
    from ustress.monitor.registry import INDICATORS

    own = (i.breaks for i in INDICATORS if i.sources == (name,) and i.breaks is not None)
    return next(own, None)


def move(name: str, window: str, as_of: str | date | None = None) -> Move:
    """The newest move of `name` over `window` (5d, 3w, 2m, friday) as known on a date.

    Raises:
        UnknownNameError: if the catalogue has no such series.
        BadInputError: if the date or the window is wrong.
        CannotError: if fewer than two such windows are known.
    """
    from ustress.core.units import unit
    from ustress.data.store import Store
    from ustress.monitor import moves
    from ustress.monitor.percentile import percentile_of_last
    from ustress.monitor.records import change_over, record_among

    store, day = Store(), resolve_day(as_of)
    if name not in store.infos:
        raise UnknownNameError("series", name, tuple(store.infos))
    series = store.panel(day, (name,))[name]
    info = series.info
    lag = moves.window(window, info.frequency)
    scale = 100.0 if info.unit == "pct" else 1.0
    changes = change_over(series, lag=lag, scale=scale, breaks=_breaks(name))
    try:
        record = record_among(changes, lag)
    except MissingSeriesError as gap:
        raise CannotError(f"{name} over {lag.span}: {gap}") from None
    start, end = changes.bases[-1], changes.dates[-1]
    at = {d: float(v) for d, v in zip(series.dates.tolist(), series.values, strict=True)}
    return Move(
        day, info, lag.span, start.item(), end.item(), at[start.item()], at[end.item()],
        float(changes.values[-1]), unit(info.unit).change, moves.in_deviations(changes),
        percentile_of_last(changes.values) or 0.0, record.text, len(changes),
    )  # fmt: skip

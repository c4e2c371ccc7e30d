"""Series as known on a date, one row an observation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ustress.core.dates import parse_day
from ustress.core.errors import BadInputError, UnknownNameError
from ustress.workflows.common import resolve_day
from ustress.workflows.export.citing import source
from ustress.workflows.rights import OPTION, check_may_leave, kept_back

if TYPE_CHECKING:
    from ustress.core.panel import Series, SeriesInfo
    from ustress.report.sheets import Export


def of_series(
    names: Iterable[str],
    as_of: str | date | None = None,
    since: str | date | None = None,
    *,
    include_licensed: bool = False,
) -> Export:
    """Series as known on a date, one row an observation: series, day, value, unit, known from.

    Args:
        names: of series, or prefixes such as `tic.`; a prefix takes every series under it.
        as_of: the date; None is today.
        since: leave out observations before this day.
        include_licensed: whether licensed and own values may leave too.

    Raises:
        UnknownNameError: if a name is neither.
        BadInputError: if a date is wrong, or values may not leave.
    """
    import polars as pl

    from ustress.data.store import Store
    from ustress.report.sheets import Export, Sheet

    store, day = Store(), resolve_day(as_of)
    first = None if since is None else _since(since, day)
    infos = _wanted(store.infos, names, include_licensed=include_licensed)
    panel = store.panel(day, tuple(i.name for i in infos))
    found = [s.between(first) for i in infos if (s := panel.get(i.name)) is not None]
    frame = pl.concat([_observations(s) for s in found]) if found else _observations(None)
    title = f"Series as known on {day}: {', '.join(i.name for i in infos[:6])}"
    more = f" and {len(infos) - 6} more" if len(infos) > 6 else ""
    units = {"value": "in the column unit", "known_from": "first day on which it was known"}
    return Export(
        title + more, day, (Sheet("data", frame, units),), tuple(source(i, panel) for i in infos)
    )


def _since(since: str | date, day: date) -> date:
    first = since if isinstance(since, date) else parse_day(since, "--since")
    if first > day:
        raise BadInputError(f"--since {first} is after {day}; expected an earlier date")
    return first


def _wanted(
    known: Mapping[str, SeriesInfo], names: Iterable[str], *, include_licensed: bool
) -> tuple[SeriesInfo, ...]:
    """The series named. Under a prefix those that may not leave are left out; by name refused."""
    found: dict[str, SeriesInfo] = {}
    for name in names:
        if name in known:
            check_may_leave((known[name],), include_licensed=include_licensed)
            found[name] = known[name]
            continue
        under = {n: i for n, i in known.items() if n.startswith(f"{name.rstrip('.')}.")}
        if not under:
            raise UnknownNameError("series", name, tuple(known))
        found |= {n: i for n, i in under.items() if include_licensed or not kept_back(i)}
    if not found:
        raise BadInputError(f"no series to export; expected names, or {OPTION} for licensed ones")
    return tuple(found.values())


def _observations(series: Series | None) -> Any:
    import polars as pl

    schema = {"series": pl.String, "day": pl.Date, "value": pl.Float64, "unit": pl.String,
              "known_from": pl.Date, "known_exact": pl.Boolean}  # fmt: skip
    if series is None:
        return pl.DataFrame(schema=schema)
    size = len(series)
    return pl.DataFrame(
        {
            "series": [series.info.name] * size,
            "day": series.dates,
            "value": series.values,
            "unit": [series.info.unit] * size,
            "known_from": series.known,
            "known_exact": series.known_exact,
        },
        schema=schema,
    )

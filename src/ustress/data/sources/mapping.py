"""Records to rows: which column is which series, in our units, with the day it became known."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ustress.core.dates import add_business_days
from ustress.core.panel import SeriesInfo
from ustress.data.lags import lag, month_end, month_start
from ustress.data.rows import Row
from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.readers import Record, Records
from ustress.data.sources.spec import MISSING, Labels, Source, Target

CENT = 11
_PLAIN = Target("")


@dataclass(frozen=True, slots=True)
class Mapped:
    """The rows of an answer; `unmapped` are labels nobody claims, with how often they came."""

    rows: tuple[Row, ...]
    unmapped: tuple[str, ...] = ()


def map_records(
    records: Records,
    source: Source,
    infos: Mapping[str, SeriesInfo],
    *,
    each: str = "",
    mark: str = "",
    retrieved: date,
) -> Mapped:
    """Rows for the store, `source` set to `mark`; a cell that is no number becomes NaN.

    Raises:
        SourceFault: CHANGED_FORM, if an expected column is missing; UNREADABLE, if a day is no
            date.
    """
    check_columns(records, source)
    label = source.each.get(each, _PLAIN)
    unmapped: Counter[str] = Counter()
    values: list[tuple[str, date, float, date | None]] = []
    for record in records.rows:
        if not _wanted(record, source.where):
            continue
        found = _label(record, source.labels, label)
        if isinstance(found, str):
            unmapped[found] += 1
        else:
            values += _values(record, source, found)
    values = [value for value in values if _kept(value[1], source, retrieved)]
    if source.combine == "sum":
        values = list(_summed(values))
    rows = (_row(*value, infos, mark, retrieved) for value in values)
    return Mapped(tuple(rows), tuple(f"{word} ({n})" for word, n in sorted(unmapped.items())))


def check_columns(records: Records, source: Source) -> None:
    """Nothing, if every expected column is there.

    Raises:
        SourceFault: CHANGED_FORM, naming the columns that are missing and those that are new.
    """
    if not records.columns and not records.rows:
        return  # an empty list of records has no columns to compare
    missing = missing_columns(records, source)
    if missing:
        known = expected_columns(source)
        new = [name for name in records.columns if name not in known][:8]
        said = f"; instead there is {', '.join(new)}" if new else ""
        raise SourceFault(SourceStatus.CHANGED_FORM, f"no {', '.join(missing)}{said}"[:400])


def expected_columns(source: Source) -> tuple[str, ...]:
    """Every column the source's description names."""
    named = [source.day, *source.where, *(source.labels.columns if source.labels else ())]
    if source.known:
        named.append(source.known)
    return tuple(dict.fromkeys([*named, *source.series]))


def missing_columns(records: Records, source: Source) -> list[str]:
    """The expected columns that are not there, later ones only once they must be."""
    lacking = [name for name in expected_columns(source) if name not in records.columns]
    if not lacking or source.day in lacking:
        return lacking
    newest = max((_day(r[source.day], source) for r in records.rows), default=None)
    return [
        name
        for name in lacking
        if name not in source.begins or (newest is not None and newest >= source.begins[name])
    ]


def _wanted(record: Record, where: Mapping[str, tuple[str, ...]]) -> bool:
    return all(record.get(column, "") in words for column, words in where.items())


def _kept(day: date, source: Source, retrieved: date) -> bool:
    if source.older_than_days and (retrieved - day).days <= source.older_than_days:
        return False
    return not source.business_days or add_business_days(day, 0) == day


def _label(record: Record, labels: Labels | None, given: Target) -> Target | str:
    """The label of a record, or the words for which there is none."""
    if labels is None:
        return given
    words = " | ".join(record.get(column, "") for column in labels.columns)
    return labels.words.get(words, words)


def _values(
    record: Record, source: Source, label: Target
) -> Iterator[tuple[str, date, float, date | None]]:
    if record.get(source.day, "").lower() in MISSING:
        return
    day = _day(record[source.day], source)
    known = _known(record, source)
    for column, target in source.series.items():
        cell = record.get(column, "")
        if cell.lower() in MISSING:
            continue
        scale = target.scale * label.scale
        name = target.series.replace("{x}", label.series)
        yield name, day, _scaled(number(cell), scale), known


def number(cell: str) -> float:
    """A number as printed (thousands commas, a percent sign, brackets for minus), NaN if none."""
    text = cell.replace(",", "").replace("$", "").rstrip("%").strip()
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    words = {"yes": 1.0, "no": 0.0}
    if text.lower() in words:
        return words[text.lower()]
    try:
        return float(text)
    except ValueError:
        return math.nan


def _scaled(value: float, scale: float) -> float:
    # What a conversion adds beyond the cent is noise, and noise would look like a revision.
    return value if scale == 1.0 else round(value * scale, CENT)


def _day(cell: str, source: Source) -> date:
    try:
        day = datetime.strptime(cell, source.day_form).date()
    except ValueError:
        try:  # stamps such as 2025-04-11T00:00:00.000 where a plain date was due
            day = date.fromisoformat(cell[:10])
        except ValueError:
            raise SourceFault(
                SourceStatus.UNREADABLE, f"{source.day} '{cell[:40]}' is no date"
            ) from None
    return _moved(day, source.day_at)


def _moved(day: date, place: str) -> date:
    if place == "month_end":
        return month_end(day)
    if place == "quarter_end":
        return month_end(month_start(day, (3 - day.month % 3) % 3))
    return day


def _known(record: Record, source: Source) -> date | None:
    cell = record.get(source.known, "") if source.known else ""
    try:
        return date.fromisoformat(cell[:10]) if cell else None
    except ValueError:
        raise SourceFault(
            SourceStatus.UNREADABLE, f"{source.known} '{cell[:40]}' is no date"
        ) from None


def _summed(
    values: Iterable[tuple[str, date, float, date | None]],
) -> Iterator[tuple[str, date, float, date | None]]:
    total: dict[tuple[str, date], float] = {}
    known: dict[tuple[str, date], date | None] = {}
    for name, day, value, since in values:
        key = (name, day)
        total[key] = total.get(key, 0.0) + value
        known[key] = max(filter(None, (known.get(key), since)), default=None)
    for (name, day), value in total.items():
        yield name, day, round(value, CENT), known[name, day]


def _row(
    name: str,
    day: date,
    value: float,
    known: date | None,
    infos: Mapping[str, SeriesInfo],
    mark: str,
    retrieved: date,
) -> Row:
    if known is not None:
        return Row(name, day, value, max(known, day), True, mark, retrieved)
    rule = lag(infos[name].lag)
    # Seen before the rule expects it: it was public by then, so the day of seeing bounds it. A day
    # still to come makes a row known before its day, which the intake holds back.
    return Row(name, day, value, min(rule.rule(day), retrieved), rule.exact, mark, retrieved)

"""What a source is, read from TOML: where to ask, how to read, which column is which series."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ustress.data.http import Manners

MISSING = ("", ".", "*", "-", "na", "n/a", "n.a.", "nan", "nd", "nc", "null", "none")


@dataclass(frozen=True, slots=True)
class KeySpec:
    """A publisher's key of the reader's own: its name in the configuration and on the wire."""

    name: str
    environment: tuple[str, ...]
    parameter: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, at which address, and how we behave there."""

    name: str
    base: str
    manners: Manners
    key: KeySpec | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A series (or a pattern with `{x}` for the record's label) and the factor to its unit."""

    series: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Labels:
    """Which records belong to which series: the words in `columns`, joined, to a label."""

    columns: tuple[str, ...]
    words: Mapping[str, Target]


@dataclass(frozen=True, slots=True)
class Paging:
    """How long answers are cut: `step` counts pages or offsets from `first`."""

    parameter: str
    size: int
    size_parameter: str = ""
    step: str = "page"
    first: int = 1


@dataclass(frozen=True, slots=True)
class Source:
    """One dataset of a publisher.

    `window` cuts the past into requests: `once` (the whole in one), `year` (one a year),
    `since` (from the newest figure held, `overlap_days` back); `month` asks month by month, `week`
    Wednesday by Wednesday. `begins` gives columns that came
    later than the rest the day from which they must be there. `known` names a column with the day
    a value became public; without it the series' lag rule says. `combine` is `sum` where several
    records make one figure; `business_days` leaves out weekends and holidays on which a figure is
    only carried on; `older_than_days` leaves the newest to another source.
    """

    id: str
    title: str
    publisher: Publisher
    path: str
    reader: str
    day: str
    series: Mapping[str, Target]
    query: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    each: Mapping[str, Target] = field(default_factory=dict)
    labels: Labels | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    begins: Mapping[str, date] = field(default_factory=dict)
    window: str = "once"
    start: date = date(1990, 1, 1)
    overlap_days: int = 30
    date_form: str = "%Y-%m-%d"
    day_form: str = "%Y-%m-%d"
    day_at: str = ""
    known: str = ""
    combine: str = ""
    business_days: bool = False
    older_than_days: int = 0
    paging: Paging | None = None
    unverified: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Every series this source can give, in order."""
        return tuple(dict.fromkeys(self._names()))

    def _names(self) -> Iterable[str]:
        labels = [*self.each.values(), *(self.labels.words.values() if self.labels else ())]
        for target in self.series.values():
            if "{x}" not in target.series:
                yield target.series
            for label in labels:
                yield target.series.replace("{x}", label.series)


def publisher_of(block: Mapping[str, Any]) -> Publisher:
    """The publisher of a file: its `[publisher]` table.

    Raises:
        KeyError: if a field is missing.
        TypeError: if one is unknown or badly typed.
        ValueError: if the address is not https.
    """
    if not block["base"].startswith("https://"):
        raise ValueError("the base address must begin with https://")
    key = block.get("key")
    return Publisher(
        name=block["name"],
        base=block["base"].rstrip("/"),
        manners=Manners(**block.get("manners", {})),
        key=KeySpec(key["name"], tuple(key["environment"]), key["parameter"]) if key else None,
    )


def source_of(block: Mapping[str, Any], publisher: Publisher, words: Mapping[str, Any]) -> Source:
    """One `[[source]]` of a file; `words` are the labels that several sources of it share.

    Raises:
        KeyError: if a field is missing.
        TypeError: if one is unknown or badly typed.
        ValueError: if a word is not one of those allowed.
    """
    fields = dict(block)
    _one_of(fields, "window", ("once", "year", "month", "week", "since"))
    _one_of(fields, "combine", ("", "sum"))
    _one_of(fields, "day_at", ("", "month_end", "quarter_end"))
    labels = fields.pop("labels", None)
    paging = fields.pop("paging", None)
    return Source(
        publisher=publisher,
        series=_targets(fields.pop("series")),
        each=_targets(fields.pop("each", {})),
        labels=_labels(labels, words) if labels else None,
        where={column: tuple(words) for column, words in fields.pop("where", {}).items()},
        paging=Paging(**paging) if paging else None,
        unverified=tuple(fields.pop("unverified", ())),
        **fields,
    )


def _labels(block: Mapping[str, Any], shared: Mapping[str, Any]) -> Labels:
    said = block["words"]
    known = shared[said] if isinstance(said, str) else said
    return Labels(tuple(block["columns"]), _targets(known))


def _one_of(fields: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> None:
    if fields.get(name, allowed[0]) not in allowed:
        raise ValueError(
            f"{name} = {fields[name]!r}; expected {' or '.join(filter(None, allowed))}"
        )


def _targets(block: Mapping[str, Any] | list[str]) -> dict[str, Target]:
    if isinstance(block, list):  # words that are their own labels
        return {word: Target(word) for word in block}
    return {
        column: Target(word) if isinstance(word, str) else Target(word["name"], word["scale"])
        for column, word in block.items()
    }

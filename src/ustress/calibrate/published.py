"""The published numbers as data: one frozen row each, checked when read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from typing import Any

from ustress.core.errors import BadInputError


class Role(Enum):
    """What a published number is to the model."""

    TARGET = "target"
    HELD_AGAINST = "held_against"
    NOT_COMPARABLE = "not_comparable"


class Level(Enum):
    """Whether the number was read in the source, is remembered, or is the model's own demand."""

    READ = "read"
    MEMORY = "memory"
    JUDGED = "judged"


KINDS = ("supply", "sale", "first_passage", "fast", "auction")
PROFILES = ("mix", "point")
LAYERS = ("slow", "fast", "slow and fast", "none")


@dataclass(frozen=True, slots=True)
class Measure:
    """What of the model answers a row.

    `kind`: `supply` is the slow layer's response to lasting or decaying supply, `sale` the
    response at the end of a sale of `over_days` business days, dislocation included,
    `first_passage` the law behind the Fed's threshold, `fast` the datum `target` of the fast
    layer's re-estimation, answered by the stored joint draws, `auction` the concession at which
    dealers take their share of the record's first auctions. `profile`: `mix`, the sellers'
    maturities, or `point`, all at `tau`. The amount is $bn at the 2025 size, or per cent of GDP.
    """

    kind: str
    tau: float
    profile: str = "mix"
    half_life_years: float | None = None
    over_days: int = 0
    amount_usdbn: float = 100.0
    amount_pct_gdp: float | None = None
    target: str = ""


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One published number: `value` in `unit`, with the source's own range where it gives one.

    `layer`, `horizon`, `unit` and `base` say what is measured; `fits` what was fitted to a
    target; `why` why a row is not comparable.
    """

    key: str
    source: str
    finding: str
    layer: str
    horizon: str
    unit: str
    base: str
    value: float
    level: Level
    role: Role
    low: float | None = None
    high: float | None = None
    fits: str = ""
    why: str = ""
    note: str = ""
    measure: Measure | None = None

    @property
    def comparable(self) -> bool:
        """Whether the model has an answer to hold against it."""
        return self.role is not Role.NOT_COMPARABLE

    @property
    def range(self) -> tuple[float, float]:
        """The source's range; the value twice where it gives none."""
        return (self.value if self.low is None else self.low,
                self.value if self.high is None else self.high)  # fmt: skip


@lru_cache(maxsize=1)
def load_published() -> tuple[PublishedRow, ...]:
    """The package's own rows, in the order of the file.

    Raises:
        BadInputError: naming file and row, if an entry is incomplete or inconsistent.
    """
    text = files("ustress.calibrate").joinpath("published.toml").read_text(encoding="utf-8")
    return parse_published(text, "published.toml")


def parse_published(text: str, where: str) -> tuple[PublishedRow, ...]:
    """The rows of one file's text.

    Raises:
        BadInputError: naming `where` and the row, if an entry is wrong.
    """
    try:
        raw = tomllib.loads(text).get("row", [])
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{where} is not valid TOML: {error}") from None
    rows = tuple(_row(body, f"{where}: row {body.get('key', i)}") for i, body in enumerate(raw))
    keys = [row.key for row in rows]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise BadInputError(f"{where} has rows of the same key: {', '.join(twice)}")
    return rows


def _row(body: dict[str, Any], where: str) -> PublishedRow:
    _known(body, PublishedRow, {"low", "high", "fits", "why", "note", "measure"}, where)
    measure = body.get("measure")
    if measure is not None:
        _known(measure, Measure, {f.name for f in fields(Measure)} - {"kind", "tau"}, where)
    row = PublishedRow(**{
        **body,
        "role": _member(Role, body["role"], where),
        "level": _member(Level, body["level"], where),
        "measure": None if measure is None else Measure(**measure),
    })  # fmt: skip
    _check(row, where)
    return row


def _known(body: dict[str, Any], kind: type, optional: set[str], where: str) -> None:
    names = {f.name for f in fields(kind)}
    if wrong := sorted((set(body) - names) | (names - optional - set(body))):
        raise BadInputError(f"{where} has missing or unknown keys: {', '.join(wrong)}")


def _member(kind: type[Enum], word: str, where: str) -> Any:
    try:
        return kind(word)
    except ValueError:
        words = ", ".join(str(member.value) for member in kind)
        raise BadInputError(f"{where} has '{word}'; expected one of {words}") from None


def _check(row: PublishedRow, where: str) -> None:
    low, high = row.range
    if not low <= row.value <= high:
        raise BadInputError(f"{where} has its value outside low and high")
    if row.layer not in LAYERS:
        raise BadInputError(f"{where} has layer '{row.layer}'; expected {', '.join(LAYERS)}")
    if row.comparable != (row.measure is not None) or row.comparable == bool(row.why):
        raise BadInputError(f"{where} needs a measure if comparable, and a reason if not")
    if (row.role is Role.TARGET) != bool(row.fits):
        raise BadInputError(f"{where}: a target says what it fits, and only a target does")
    if row.role is Role.TARGET and row.level is Level.MEMORY:
        raise BadInputError(f"{where} is from memory; such numbers are shown, never fitted")
    if row.measure is not None:
        _check_measure(row.measure, where)


def _check_measure(measure: Measure, where: str) -> None:
    if measure.kind not in KINDS or measure.profile not in PROFILES:
        raise BadInputError(f"{where} has an unknown kind or profile of measure")
    if (measure.kind == "sale") != (measure.over_days > 0):
        raise BadInputError(f"{where}: over_days belongs to a sale, above zero")
    if (measure.kind == "fast") != bool(measure.target):
        raise BadInputError(f"{where}: target names the datum of a fast measure")

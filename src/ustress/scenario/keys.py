"""How a scenario's key is declared: description, unit and range in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field
from pydantic_core import PydanticUndefined

_UNIT_WORDS = {
    "usdbn": "$bn of par on the date",
    "usdbn_per_day": "$bn of par a business day",
    "days": "business days",
    "day": "business day after the opening",
    "bp": "basis points",
    "pct": "per cent",
    "share": "a share between 0 and 1",
    "ratio": "a multiple",
    "years": "years",
    "index": "points of the dysfunction index",
    "words": "text",
    "on_off": "true or false",
}


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """One key of a scenario file: what it means, its unit, range and default.

    `default` is None where the key must be given; `choices` is empty for numbers.
    """

    key: str
    description: str
    unit: str
    low: float | None
    high: float | None
    default: Any
    required: bool
    choices: tuple[str, ...] = ()

    @property
    def unit_words(self) -> str:
        """The unit in words."""
        return _UNIT_WORDS[self.unit]

    @property
    def expected(self) -> str:
        """What a value must be, as a phrase for error messages and tables."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        if self.unit == "on_off":
            return "true or false"
        if self.unit == "words":
            return "text"
        kind = "a whole number" if self.unit in ("days", "day") else "a number"
        return f"{kind} from {self.low:g} to {self.high:g} ({self.unit_words})"


def number(description: str, unit: str, low: float, high: float, default: Any = ...) -> Any:
    """A numeric key with its unit and closed range; required where no default is given."""
    return Field(
        default,
        ge=low,
        le=high,
        allow_inf_nan=False,
        description=description,
        json_schema_extra={"unit": unit, "low": low, "high": high},
    )


def whole(description: str, unit: str, low: int, high: int, default: Any = ...) -> Any:
    """A whole-number key with its unit and closed range."""
    return Field(
        default,
        ge=low,
        le=high,
        description=description,
        json_schema_extra={"unit": unit, "low": low, "high": high},
    )


def words(description: str, default: Any = ...) -> Any:
    """A text key."""
    extra = {"unit": "words"}
    if default is ...:
        return Field(min_length=1, description=description, json_schema_extra=dict(extra))
    return Field(default, description=description, json_schema_extra=dict(extra))


def on_off(description: str) -> Any:
    """A key that is true unless set to false."""
    return Field(default=True, description=description, json_schema_extra={"unit": "on_off"})


def describe(key: str, field: Any) -> KeyInfo:
    """The key's table entry, read from its declaration (a pydantic field)."""
    from typing import Literal, get_args, get_origin

    extra = field.json_schema_extra or {}
    choices = get_args(field.annotation) if get_origin(field.annotation) is Literal else ()
    default = None if field.default is PydanticUndefined else field.default
    return KeyInfo(
        key, field.description or "", extra.get("unit", "words"), extra.get("low"),
        extra.get("high"), default, field.is_required(), tuple(choices),
    )  # fmt: skip

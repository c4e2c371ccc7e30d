"""What every rule shares: its declared keys, the check against the catalogue, its words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ustress.claims.bench import Bench, Finding
from ustress.claims.spoken import count, show
from ustress.core.errors import BadInputError, UnknownNameError
from ustress.core.panel import Series, SeriesInfo
from ustress.core.units import unit, unit_keys

# A claim's own figures, carried so that its rows can be identified: never a record to judge by.
CLAIMED_FIGURES = "quoted.tic."
# Units a claim may use beside those of the series themselves.
PER_CENT_OF_LEVEL = "pct_of_level"


def _series_name(name: str) -> str:
    if name.startswith(CLAIMED_FIGURES):
        raise ValueError(
            f"'{name}' holds figures quoted by the claim itself; name the publisher's series"
        )
    return name


def _unit_key(key: str) -> str:
    if key != PER_CENT_OF_LEVEL and key not in unit_keys():
        raise ValueError(str(UnknownNameError("unit", key, (*unit_keys(), PER_CENT_OF_LEVEL))))
    return key


Value = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Positive = Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0)]
Tolerance = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0)]
Count = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Years = Annotated[int, Field(strict=True, ge=1, le=100)]
Text = Annotated[str, Field(strict=True, min_length=1)]
Day = Annotated[date, Field(strict=True)]
Name = Annotated[str, Field(strict=True, min_length=1), AfterValidator(_series_name)]
UnitKey = Annotated[str, Field(strict=True), AfterValidator(_unit_key)]
Direction = Literal["up", "down"]
Extreme = Literal["highest", "lowest"]


class Rule(BaseModel):
    """One statement in the declared form of its kind; a kind adds keys and its judgement.

    `label` names the part in the verdict. `counts = false` shows a part beside the others
    without letting it decide.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: ClassVar[str]

    label: Text
    counts: bool = True

    def series_named(self) -> tuple[str, ...]:
        """Every series of the catalogue the rule reads."""
        return ()

    def check(self, infos: Mapping[str, SeriesInfo]) -> None:
        """Refuse series the catalogue does not have and units that do not fit them.

        Raises:
            BadInputError: naming the series or the unit, and what was expected.
        """
        for name in self.series_named():
            if name not in infos:
                raise UnknownNameError("series", name, tuple(infos))
            self.check_unit(infos[name])

    def check_unit(self, info: SeriesInfo) -> None:
        """Refuse a unit that does not fit a series; kinds with units say which fit."""

    def words(self) -> str:
        """The rule as a reader sees it: window, series, threshold, ties."""
        raise NotImplementedError

    def judge(self, bench: Bench) -> Finding:
        """What the figures known on the bench say of the statement.

        Raises:
            UnjudgeableError: if figures it needs are not known.
        """
        raise NotImplementedError


# How many of the series' units one claimed unit is: a spread of 70 bp is 0.70 %.
_LEVEL_FACTOR = {("bp_level", "pct"): 0.01, ("bp", "pct"): 0.01, ("pct", "bp_level"): 100.0}


def level_factor(claimed_unit: str, info: SeriesInfo) -> float:
    """The factor that turns a level claimed in `claimed_unit` into the series' unit.

    Raises:
        BadInputError: if the units do not fit.
    """
    if claimed_unit == info.unit:
        return 1.0
    if (claimed_unit, info.unit) in _LEVEL_FACTOR:
        return _LEVEL_FACTOR[claimed_unit, info.unit]
    raise BadInputError(f"unit '{claimed_unit}' does not fit {info.name}, which is in {info.unit}")


def change_units(info: SeriesInfo) -> tuple[str, ...]:
    """The units in which a change of a series can be claimed."""
    own = (info.unit, unit(info.unit).change)
    rates = ("bp", "pp") if info.unit in ("pct", "share_pct") else ()
    plain = () if info.unit in ("pct", "share_pct") else own
    return tuple(dict.fromkeys((*rates, *plain, PER_CENT_OF_LEVEL)))


def change_in(claimed_unit: str, start: float, end: float) -> float | None:
    """The change from `start` to `end` in a claimed unit: bp, per cent of the level, or as is.

    None for a per cent of a level of zero.
    """
    if claimed_unit == PER_CENT_OF_LEVEL:
        return 100.0 * (end - start) / abs(start) if start else None
    return 100.0 * (end - start) if claimed_unit == "bp" else end - start


def show_change(value: float | None, claimed_unit: str) -> str:
    """A change as a reader sees it, with its sign and unit."""
    if claimed_unit == PER_CENT_OF_LEVEL:
        return f"{show(value, 'pct_change')} of its level"
    return show(value, claimed_unit, signed=True)


def years_words(years: int) -> str:
    """`year`, or `20 years`: what follows "the last"."""
    return "year" if years == 1 else f"{count(years)} years"


def show_level(series: Series, value: float) -> str:
    """A level as a reader sees it, in the series' unit."""
    return show(value, series.info.unit)

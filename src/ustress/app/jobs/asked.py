"""What can be asked of a simulation: bounded in size here, whatever the request says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ustress.app.wording import A_DAY, NAME, SETTING
from ustress.workflows.replay import REPLAYED

MOST_PATHS = 20_000
MOST_DAYS = 504
MOST_CELLS = 5_040_000
"""Paths times business days: about half a gigabyte of simulated closes."""
MOST_AMOUNTS = 24

ScenarioName = Annotated[
    str, Field(pattern=NAME, description="name of a built-in scenario; /scenarios lists them")
]
Override = Annotated[str, Field(min_length=3, max_length=120, pattern=SETTING)]
Overrides = Annotated[
    list[Override],
    Field(
        max_length=64,
        description="keys replaced, each KEY=VALUE in the key's unit and range; /keys lists them",
        examples=[["policy.belief_share=0.5"]],
    ),
]
Assumptions = Annotated[
    list[Override],
    Field(
        max_length=64,
        description="assumptions of the outcomes replaced, each KEY=VALUE in the assumption's unit",
        examples=[["budget.deficit=7"]],
    ),
]


class Asked(BaseModel):
    """A question that takes a while to answer."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, json_schema_extra=lambda schema, of: of.add_example(schema)
    )
    kind: ClassVar[str]
    example: ClassVar[dict[str, Any]] = {}

    @classmethod
    def add_example(cls, schema: dict[str, Any]) -> None:
        """A question that can be asked as it stands, for the interface's description."""
        schema["examples"] = [cls.example]

    def key(self, generation: str, recipe: str) -> str:
        """The same for the same question on the same figures by the same program."""
        said = json.dumps([self.kind, self.model_dump(mode="json"), generation, recipe])
        return hashlib.sha256(said.encode()).hexdigest()[:32]


class _Simulated(Asked):
    paths: int = Field(2000, ge=100, le=MOST_PATHS, description="simulated paths")
    seed: int = Field(
        7, ge=0, le=2**31 - 1, description="of the shocks: the same seed, the same shocks"
    )


class _OnDay(_Simulated):
    as_of: date | None = Field(
        None,
        description="known by the end of this date in New York; today if absent",
        examples=[A_DAY],
    )


class _WithHorizon(_OnDay):
    horizon: int = Field(252, ge=1, le=MOST_DAYS, description="business days simulated")

    @model_validator(mode="after")
    def _of_bounded_size(self) -> Any:
        if self.paths * self.horizon > MOST_CELLS:
            raise ValueError(f"paths times horizon is above {MOST_CELLS:,}; ask for fewer")
        return self


class RunAsked(_WithHorizon):
    """One scenario."""

    kind: ClassVar[str] = "run"
    example = {"scenario": "tactical-qe", "as_of": A_DAY, "overrides": ["policy.belief_share=0.5"]}
    scenario: ScenarioName
    overrides: Overrides = []
    every_day: bool = Field(
        False, description="quantiles of every business day, as a saved run's export has them"
    )


class CompareAsked(_WithHorizon):
    """First minus second on the same shocks; `overrides` go to both, the others to one."""

    kind: ClassVar[str] = "compare"
    example = {"first": "tactical-qe", "second": "no-intervention", "as_of": A_DAY}
    first: ScenarioName
    second: ScenarioName
    overrides: Overrides = []
    first_overrides: Overrides = []
    second_overrides: Overrides = []


class BreakpointAsked(_OnDay):
    """How much selling until the Fed buys."""

    kind: ClassVar[str] = "breakpoint"
    example = {"as_of": A_DAY, "business_days": 20, "within": 60}
    business_days: int = Field(
        20, ge=1, le=250, description="business days over which the amount is sold"
    )
    within: int = Field(
        60, ge=1, le=250, description="business days within which purchases by the Fed count"
    )
    amounts: list[Annotated[float, Field(ge=0, le=20_000)]] | None = Field(
        None,
        min_length=2,
        max_length=MOST_AMOUNTS,
        description="par sold in all, $bn, each 0 to 20,000; a grid is built in",
    )

    @field_validator("amounts")
    @classmethod
    def _rising(cls, given: Iterable[float] | None) -> list[float] | None:
        return None if given is None else sorted(set(given))


class CurveAsked(BreakpointAsked):
    """The same without the frontier of amount and pace, which takes longer."""

    kind: ClassVar[str] = "curve"


class ClaimsAsked(_OnDay):
    """The built-in claims, statements about the mechanism simulated; without a date as then."""

    kind: ClassVar[str] = "claims"
    example = {"as_of": A_DAY}


class HitAsked(_WithHorizon):
    """What a scenario does to those who pay, against another on the same shocks or none.

    `overrides` go to both scenarios, `assume` to what follows from their yields.
    """

    kind: ClassVar[str] = "hit"
    example = {"scenario": "prolonged-disruption", "against": "baseline", "as_of": A_DAY}
    scenario: ScenarioName = "prolonged-disruption"
    against: ScenarioName | None = Field(
        "baseline", description="the scenario whose paths are taken off; null for none"
    )
    overrides: Overrides = []
    assume: Assumptions = []


class ReplayAsked(_Simulated):
    """An episode's measured flows into the market of the day before; the day is the episode's."""

    kind: ClassVar[str] = "replay"
    example = {"episode": "march-2020"}
    episode: str = Field(
        description="an episode with measured flows", json_schema_extra={"enum": list(REPLAYED)}
    )

    @field_validator("episode")
    @classmethod
    def _replayed(cls, given: str) -> str:
        if given not in REPLAYED:
            raise ValueError(f"expected {', '.join(REPLAYED[:-1])} or {REPLAYED[-1]}")
        return given


class ValidationAsked(Asked):
    """The published numbers against the model's; it hangs on no date and no seed."""

    kind: ClassVar[str] = "validation"


KINDS: dict[str, type[Asked]] = {
    one.kind: one
    for one in (
        RunAsked, CompareAsked, BreakpointAsked, CurveAsked, HitAsked, ClaimsAsked, ReplayAsked,
        ValidationAsked,
    )
}  # fmt: skip
"""By the word jobs carry."""

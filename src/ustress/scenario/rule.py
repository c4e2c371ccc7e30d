"""The Fed's declared policy: a ladder of rungs, each off unless something triggers it.

The keys `policy.kind`, `policy.pace_usdbn_per_day` and so on are the outright purchases; each
other rung has a table of its own. A rung is decided on by any of three triggers: a multiple of the
path's uncertain threshold b, a level of the dysfunction index, a day; zero leaves that one out.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ustress.scenario.keys import number, whole, words

LAST_DAY = 1260


class Part(BaseModel):
    """A table of a scenario: frozen, no unknown keys, no conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Rung(Part):
    """When a rung begins and ends, and what its start does to belief."""

    trigger_ratio: float = number(
        "decided when S exceeds this multiple of b; 0: not so", "ratio", 0, 20, 0.0
    )
    trigger_dysfunction: float = number(
        "decided when S exceeds this; 0: not so", "index", 0, 1, 0.0
    )
    announce_day: int = whole("decided on this business day; 0: not so", "day", 0, LAST_DAY, 0)
    decision_lag_days: int = whole("from decision to start", "days", 0, 60, 1)
    exit_dysfunction: float = number("ends below this index", "index", 0, 1, 0.05)
    minimum_days: int = whole("lasts at least this long", "days", 1, LAST_DAY, 5)
    belief_share: float = number(
        "share of the doubt in a backstop that its start removes", "share", 0, 1, 0.0
    )

    @property
    def on(self) -> bool:
        """Whether anything can trigger it."""
        return bool(self.trigger_ratio or self.trigger_dysfunction or self.announce_day)


class Repo(Rung):
    """A standing repo facility: cash against Treasuries at a rate."""

    facility_cap_bp: float = number("its rate above interest on reserves", "bp", -50, 100, 10.0)
    spread_cut_share: float = number(
        "of the dealers' spread that it takes away", "share", 0, 1, 0.0
    )


class Relief(Rung):
    """Treasuries and reserves leave the leverage ratio."""

    capacity_rise_pct: float = number(
        "of dealers' balance sheets while in force", "pct", 0, 200, 0.0
    )


class Buying(Rung):
    """A rung that buys Treasuries."""

    pace_usdbn_per_day: float = number("purchases while they run", "usdbn_per_day", 0, 200, 0.0)
    announced_usdbn: float = number("stock the announcement names", "usdbn", 0, 10000, 0.0)
    max_usdbn: float = number("most it ever buys", "usdbn", 0, 10000, 0.0)


class Buybacks(Buying):
    """Buybacks by the Treasury, paid by bills: duration and balance sheet, no reserves."""

    x_ratio: float = number(
        "duration withdrawn per par, against the Fed's outright purchases", "ratio", 0, 3, 1.0
    )


class Hedged(Buying):
    """Purchases against futures: balance sheet and reserves, no duration; unwound afterwards."""

    half_life_years: float = number("half-life of the unwinding", "years", 0.01, 30, 0.25)


class OpenEnded(Buying):
    """Open-ended purchases, held: the step after outright purchases that did not suffice."""


class PolicyRule(Part):
    """The Fed's declared policy: what it does, rung by rung, as functioning breaks."""

    uses: str = words("a built-in policy, or a TOML file, that these keys are laid over", "")
    kind: Literal["none", "temporary", "open_ended"] = Field(
        description="none: outright purchases are off; temporary: bought and run off again; "
        "open_ended: bought and held",
        json_schema_extra={"unit": "words"},
    )
    trigger_ratio: float = number(
        "outright purchases when S exceeds this multiple of b", "ratio", 0.1, 20, 1.0
    )
    pace_usdbn_per_day: float = number("purchases while they run", "usdbn_per_day", 0, 200, 40.0)
    announced_usdbn: float = number("stock the announcement names", "usdbn", 0, 10000, 300.0)
    max_usdbn: float = number("most it ever buys", "usdbn", 0, 10000, 300.0)
    exit_dysfunction: float = number("purchases end below this index", "index", 0, 1, 0.05)
    minimum_days: int = whole("purchases last at least this long", "days", 1, LAST_DAY, 5)
    half_life_years: float = number("half-life of the run-off, if temporary", "years", 0.1, 30, 1.0)
    belief_share: float = number("credence given to the rest announced", "share", 0, 1, 0.75)
    decision_lag_days: int = whole("from decision to first purchase", "days", 0, 60, 1)
    mbs_ratio: float = number("mortgage bonds bought per dollar of Treasuries", "ratio", 0, 3, 0.0)
    prior_belief_share: float = number(
        "credence in a backstop before anything is said", "share", 0, 1, 0.0
    )
    moral_hazard_pct: float = number(
        "rise of the basis trade's leverage under a backstop believed for certain; nobody has "
        "calibrated it",
        "pct",
        0,
        200,
        0.0,
    )
    talk: Rung = Field(default_factory=Rung)
    repo: Repo = Field(default_factory=Repo)
    relief: Relief = Field(default_factory=Relief)
    buybacks: Buybacks = Field(default_factory=Buybacks)
    hedged: Hedged = Field(default_factory=Hedged)
    open_ended: OpenEnded = Field(default_factory=OpenEnded)

    @property
    def buys_outright(self) -> bool:
        """Whether any rung takes duration onto the Fed's balance sheet."""
        return self.kind != "none" or self.open_ended.on

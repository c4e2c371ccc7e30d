"""What a scenario is: imposed sales, shocks, the Fed's declared policy, actors switched on or off.

Everything is frozen; extra keys are forbidden; units stand in the keys' names. Dollars are par
and of the opening date; business day 1 is the first after the opening.
"""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, Field

from ustress.core.evidence import Evidence
from ustress.scenario.keys import number, on_off, whole, words
from ustress.scenario.rule import LAST_DAY as LAST_DAY
from ustress.scenario.rule import Part as _Part
from ustress.scenario.rule import PolicyRule

FOREIGN = ("china", "japan", "other_official", "foreign_private")
SELLERS = (*FOREIGN, "mutual_funds", "banks", "households")


class Spell(_Part):
    """A happening that begins on a business day and is spread evenly over some."""

    business_days: int = whole("how many business days it is spread over", "days", 1, LAST_DAY, 20)
    start_day: int = whole("first business day of it", "day", 1, LAST_DAY, 1)


class Sale(Spell):
    """What one seller sells: par, evenly over business days, and how much of it lasts."""

    amount_usdbn: float = number(
        "par sold in all; negative when bought", "usdbn", -5000, 10000, 0.0
    )
    amount_share_of_holding: float = number(
        "share of the seller's holding on the date that is sold, instead of an amount",
        "share", 0, 1, 0.0,
    )  # fmt: skip
    lasting_share: float = number(
        "share the market takes to be gone for good: it moves the slow layer", "share", 0, 1, 1.0
    )
    maturity: Literal["all", "2y", "3y", "5y", "7y", "10y", "20y", "30y"] = Field(
        default="all",
        description="the one maturity sector it is sold in; all: evenly over the curve",
        json_schema_extra={"unit": "words"},
    )


def _no_sale() -> Sale:
    return Sale(amount_usdbn=0.0)


class Sales(_Part):
    """Imposed sales by seller."""

    china: Sale = Field(default_factory=_no_sale)
    japan: Sale = Field(default_factory=_no_sale)
    other_official: Sale = Field(default_factory=_no_sale)
    foreign_private: Sale = Field(default_factory=_no_sale)
    mutual_funds: Sale = Field(default_factory=_no_sale)
    banks: Sale = Field(default_factory=_no_sale)
    households: Sale = Field(default_factory=_no_sale)

    def items(self) -> tuple[tuple[str, Sale], ...]:
        """Seller and sale, in the order of `SELLERS`."""
        return tuple((name, getattr(self, name)) for name in SELLERS)


class Basis(Spell):
    """Leveraged funds leaving the cash-futures trade: par onto dealers, no ten-year equivalents."""

    unwind_usdbn: float = number("par of the trade unwound in all", "usdbn", 0, 2000, 0.0)


class Tariff(Spell):
    """Tariffs, and what foreign officials do about them; the state fades when the spell ends."""

    intensity: float = number("rise of the tariff state in all, 1 at most", "share", 0, 1, 0.0)
    retaliation_share: float = number(
        "share of its holding China sells in 21 business days at full state and no own cost; "
        "other officials a fraction of it",
        "share", 0, 1, 0.03,
    )  # fmt: skip
    pause_day: int = whole(
        "business day on which they are suspended; 0: never", "day", 0, LAST_DAY, 0
    )
    pause_share: float = number(
        "share of what had risen by then that is suspended", "share", 0, 1, 1.0
    )


class Yen(Spell):
    """Pressure on Japan: a weaker yen to be defended, and higher yields at home."""

    weakening_pct: float = number("weakening of the yen in all", "pct", 0, 50, 0.0)
    defend_share: float = number("share of it that is defended", "share", 0, 1, 0.5)
    jgb_rise_bp: float = number(
        "rise of Japanese yields in all: hedged carry falls by it", "bp", -200, 400, 0.0
    )


class Herding(Spell):
    """Pressure on foreign private holders to leave the dollar; it fades."""

    pressure: float = number(
        "share of the market's capacity, as holders see it, that is lost in all", "share", 0, 1, 0.0
    )


class Auctions(Spell):
    """Auctions that go badly or grow, on the Treasury's own calendar, while the spell lasts."""

    indirect_absent_share: float = number("share of indirect bids absent", "share", 0, 1, 0.0)
    size_increase_pct: float = number("sizes above what was expected", "pct", -50, 200, 0.0)


class TrustShock(Spell):
    """A political shock to trust."""

    loss_share: float = number("trust lost in all, of all there is", "share", 0, 1, 0.0)


class SwapShock(Spell):
    """Deleveraging of swap-spread positions: Treasuries cheapen against swaps."""

    wedge_bp: float = number("wedge on the ten-year in all", "bp", -100, 200, 0.0)


class HavenShock(Spell):
    """Risk-off demand for Treasuries before anybody has to sell them."""

    rise_bp: float = number("rise of the convenience yield in all", "bp", -100, 100, 0.0)


class VolatilityShock(Spell):
    """A jump of rate uncertainty."""

    rise_pct: float = number("rise of daily volatility in all", "pct", -80, 300, 0.0)


class DoubtShock(Spell):
    """Doubt in the backstop."""

    loss_rate: float = number(
        "belief falls by the factor e to the minus this, in all", "ratio", 0, 10, 0.0
    )


class Shock(_Part):
    """Shocks imposed from outside, each with its own days."""

    trust: TrustShock = Field(default_factory=TrustShock)
    swap_spread: SwapShock = Field(default_factory=SwapShock)
    haven: HavenShock = Field(default_factory=HavenShock)
    volatility: VolatilityShock = Field(default_factory=VolatilityShock)
    doubt: DoubtShock = Field(default_factory=DoubtShock)


class Funding(Spell):
    """Pressure on bank reserves."""

    cash_drain_usdbn: float = number(
        "two-day drain of reserves (settlements, tax dates) while it lasts", "usdbn", 0, 1500, 0.0
    )
    reserves_change_usdbn: float = number(
        "lasting change of reserves, spread over the days", "usdbn", -3000, 3000, 0.0
    )


class Actors(_Part):
    """Actors that can be taken out, to see what each of them does."""

    slow_capital: bool = on_off("slow-moving capital absorbs what was sold")
    price_elastic: bool = on_off("price-elastic real money buys when yields overshoot")
    dealers: bool = on_off("dealers' balance sheets limit intermediation")
    basis_funds: bool = on_off("leveraged cash-futures funds may be forced to sell")
    repo: bool = on_off("funding markets react")
    convenience: bool = on_off("convenience yield reacts to trust and risk-off demand")
    fed: bool = on_off("the Federal Reserve follows its declared policy")
    foreign_officials: bool = on_off("China and other officials may retaliate against tariffs")
    japan: bool = on_off("Japan defends the yen and follows hedged carry")
    foreign_private: bool = on_off("foreign private holders may run")
    mutual_funds: bool = on_off("mutual funds' outflows follow returns and volatility")
    banks: bool = on_off("banks buy with reserves and sell when funding is dear")
    auctions: bool = on_off("the Treasury's auctions may go badly")
    local: bool = on_off("flows in one maturity sector move that sector more")


class Expected(_Part):
    """A sign the scenario must show on common shocks, beyond its Monte Carlo error: a test."""

    observable: str = words("name of an observable")
    sign: Literal["+", "-"]
    against: str = words("the scenario it is compared with")
    day: int = whole("at the close of this business day", "day", 1, LAST_DAY)
    why: str = words("the reason, in one sentence")


class SizeEvidence(_Part):
    """Where a size comes from."""

    level: Literal["measured", "estimated", "published", "assumed"]
    source: str = words("where it comes from, and how it was scaled")

    @property
    def evidence(self) -> Evidence:
        """The level as the project's type."""
        return Evidence(self.level)


class Scenario(_Part):
    """A scenario: data, dated and referenced, laid over a baseline without any of it."""

    title: str = words("title shown to readers")
    description: str = words("what happens, in a few sentences")
    references: tuple[str, ...] = Field(
        default=(), strict=False, description="what it is modelled on"
    )
    horizon_days: int = whole("how long it is simulated unless told otherwise", "days", 1, LAST_DAY)
    sale: Sales = Field(default_factory=Sales)
    basis: Basis = Field(default_factory=Basis)
    tariff: Tariff = Field(default_factory=Tariff)
    yen: Yen = Field(default_factory=Yen)
    herding: Herding = Field(default_factory=Herding)
    auctions: Auctions = Field(default_factory=Auctions)
    shock: Shock = Field(default_factory=Shock)
    funding: Funding = Field(default_factory=Funding)
    policy: PolicyRule
    actors: Actors = Field(default_factory=Actors)
    parameters: dict[str, float] = Field(
        default_factory=dict,
        description="parameters of the model fixed on every path, by name",
    )
    expected: tuple[Expected, ...] = Field(default=(), strict=False)
    evidence: dict[str, SizeEvidence] = Field(default_factory=dict)
    name: str = Field(default="", description="set from the file's name")
    lineage: tuple[str, ...] = Field(default=(), strict=False, description="what it extends")
    overrides: tuple[str, ...] = Field(default=(), strict=False)

    @cached_property
    def fingerprint(self) -> str:
        """Hash of everything that changes a simulated number (not of titles and sources)."""
        return self._hash(EFFECTIVE)

    @cached_property
    def imposed_fingerprint(self) -> str:
        """The same without the Fed's policy: scenarios that share it differ by the policy alone."""
        return self._hash(tuple(k for k in EFFECTIVE if k != "policy"))

    def _hash(self, tables: tuple[str, ...]) -> str:
        parts = {k: getattr(self, k).model_dump() for k in tables}
        parts["parameters"] = self.parameters
        text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def total_sale_usdbn(self) -> float:
        """All imposed sales together, $bn of par."""
        return sum(sale.amount_usdbn for _, sale in self.sale.items())

    @property
    def sold_words(self) -> str:
        """All imposed sales in words; shares of holdings have no amount before a date is known."""
        shares = {
            name: 100 * sale.amount_share_of_holding
            for name, sale in self.sale.items()
            if sale.amount_share_of_holding
        }
        total = self.total_sale_usdbn
        amount = [f"{total:,.0f}"] if total or not shares else []
        if len(shares) == 1:
            amount += [f"{share:.0f} % of {name}'s" for name, share in shares.items()]
        elif shares:
            amount += [f"{min(shares.values()):.0f} to {max(shares.values()):.0f} % of holdings"]
        return ", ".join(amount)

    def evidence_for(self, key: str) -> SizeEvidence:
        """Where the size behind `key` comes from; an override or a default is an assumption."""
        if any(item.split("=", 1)[0].strip() == key for item in self.overrides):
            return SizeEvidence(level="assumed", source="set by the reader for this run")
        given = self.evidence.get(key)
        return given or SizeEvidence(level="assumed", source="not sourced in the scenario's file")

    def settings(self) -> dict[str, Any]:
        """Every key that changes a simulated number, with its value, by dotted name."""
        keys = {f"{part}.{k}": v for part in EFFECTIVE for k, v in _leaves(getattr(self, part))}
        return {**keys, **{f"parameters.{k}": v for k, v in self.parameters.items()}}


EFFECTIVE = (
    "sale", "basis", "tariff", "yen", "herding", "auctions", "shock", "funding", "policy", "actors",
)  # fmt: skip
"""The tables of a scenario that change simulated numbers; `parameters` besides."""


def _leaves(part: BaseModel) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, BaseModel):
            found += [(f"{name}.{k}", v) for k, v in _leaves(value)]
        else:
            found.append((name, value))
    return found

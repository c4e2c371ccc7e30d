"""The opening: from the monitor's snapshot and the parameters to everything a session needs."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError
from ustress.core.evidence import Evidence
from ustress.curves.zero import ZeroCurve, zero_curve
from ustress.model import types
from ustress.model.draws import Dated
from ustress.model.habitat.invert import invert_state
from ustress.model.sectors import Sellers
from ustress.model.sizes import scale_to_2025
from ustress.monitor.snapshot import AuctionToCome, Reading, Snapshot
from ustress.scenario.schema import Scenario
from ustress.simulate.auctions import DatedAuction, dated
from ustress.simulate.held import HOLDINGS_PER_GDP, Held, holdings
from ustress.simulate.readings import TENORS, Input, take
from ustress.simulate.slow import equilibrium

Floats = NDArray[np.float64]

FITTED_YEARS = (0.25, 2.0, 10.0)
"""Maturities at which the slow state fits the zero curve exactly: the front end, the expected
path, the maturity everything else is measured in."""
USE_APRIL_2025 = 0.951
"""Dealers' use on 2 April 2025, the newest known on 11 April 2025 (New York Fed, weekly; 325.1 of
341.7 $bn): where the parameter u0 stands."""
LARGEST_USE_SCALE = 1.4
FACILITY_BEGINS = date(2021, 7, 29)
NO_FACILITY_BP = 1e4


@dataclass(frozen=True, eq=False)
class Opening:
    """Everything a simulation opens with.

    Attributes:
        as_of: the date whose knowledge counts.
        known_until: newest known-from date the snapshot saw.
        inputs: every figure with unit, day, source and evidence, the derived ones after the
            measured ones.
        market: the model's opening state.
        dated: what of the parameters depends on the date.
        holdings_usdbn: the most each seller can sell, as known on the date.
        offsets_bp: by tenor, the zero yield the three states leave unexplained. The engine moves
            the curve from where it is, so these stay as they are and the opening curve is exact.
        auctions: the Treasury's coupon auctions to come, by business day.
    """

    as_of: date
    known_until: date
    inputs: tuple[Input, ...]
    market: types.Opening
    dated: Dated
    holdings_usdbn: dict[str, float]
    offsets_bp: dict[str, float]
    auctions: tuple[DatedAuction, ...] = ()

    @property
    def partial(self) -> tuple[str, ...]:
        """What stands in for readings that do not exist on the date; empty for a full state."""
        return tuple(f"{one.name}: {one.title}" for one in self.inputs if one.stand_in)

    @property
    def foreign_usdbn(self) -> float:
        """What all foreign holders together can sell."""
        return self.held.foreign_usdbn

    def __getitem__(self, name: str) -> Input:
        """The input `name`.

        Raises:
            BadInputError: if there is none.
        """
        for one in self.inputs:
            if one.name == name:
                return one
        raise BadInputError(f"no opening input '{name}'")

    @property
    def fingerprint(self) -> str:
        """Hash of all inputs' values and of the auctions to come."""
        values = [(i.name, repr(i.value)) for i in self.inputs]
        auctions = [(a.number, a.tenor, repr(a.par_usdbn), repr(a.cover)) for a in self.auctions]
        text = json.dumps([self.as_of.isoformat(), values, auctions])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def held(self) -> Held:
        """What each seller can sell at most."""
        return Held(self.as_of, self["holdings.total"].day, self.holdings_usdbn)

    def check(self, scenario: Scenario) -> None:
        """Refuse a scenario in which somebody sells more than is held.

        Raises:
            BadInputError: naming seller, amount, holding and month.
        """
        self.held.check_scenario(scenario)


def open_state(
    snapshot: Snapshot,
    calendar: tuple[AuctionToCome, ...] | None = None,
    stand_ins: tuple[Reading, ...] = (),
) -> Opening:
    """The opening state of the snapshot's date.

    Args:
        snapshot: the monitor's readings.
        calendar: the auctions of the year ahead; None takes the snapshot's five weeks.
        stand_ins: readings that take the place of those of the same key that cannot be used;
            with any of them in use the state is partial.

    Raises:
        CannotError: naming every reading that is missing or too old.
    """
    measured = take(snapshot, stand_ins)
    value = {one.name: one.value for one in measured}
    curve = _curve(value)
    q = _slow_state(curve)
    gdp = value["macro.gdp"]
    date_parts = Dated(_use_scale(value["dealers.use"]), gdp, _facility_cap(snapshot.as_of))
    held = holdings(measured, snapshot.as_of).usdbn
    to_come = snapshot.auctions_to_come if calendar is None else calendar
    auctions = _auctions(snapshot, to_come, value)
    cover, dealers = _record(auctions)
    market = types.Opening(
        yields_pct=np.array([value[f"curve.{years:g}y"] for years in types.TENORS_YEARS]),
        bill_pct=value["curve.3m"],
        q=q - equilibrium().steady_state(),
        sigma_bp=value["curve.10y.realised_vol"],
        reserves_usdbn=value["fed.reserves"],
        gdp_usdbn=gdp,
        sofr_iorb_bp=value["funding.sofr_iorb"],
        holdings=Sellers(**held),
        auction_cover=cover,
        auction_dealer_share=dealers,
    )
    use = next(one.evidence for one in measured if one.name == "dealers.use")
    inputs = (*measured, *_derived(snapshot.as_of, market, date_parts, use))
    return Opening(
        snapshot.as_of,
        snapshot.known_until,
        inputs,
        market,
        date_parts,
        held,
        _offsets(curve, q),
        auctions,
    )


def _curve(value: dict[str, float]) -> ZeroCurve:
    return zero_curve(list(TENORS.values()), [value[f"curve.{name}"] for name in TENORS])


def _slow_state(curve: ZeroCurve) -> Floats:
    """The q = (r, m, b) whose model curve equals the zero curve at `FITTED_YEARS`."""
    return invert_state(equilibrium(), FITTED_YEARS, curve.yields_cc(FITTED_YEARS) / 100.0)


def _offsets(curve: ZeroCurve, q: Floats) -> dict[str, float]:
    years = list(TENORS.values())
    gap = 100.0 * curve.yields_cc(years) - 1e4 * equilibrium().yields(q, years)
    return {name: float(bp) for name, bp in zip(TENORS, gap, strict=True)}


def _use_scale(use: float) -> float:
    """Dealers' use against April 2025; net short positions count as empty balance sheets."""
    return float(np.clip(use / USE_APRIL_2025, 0.0, LARGEST_USE_SCALE))


def _facility_cap(as_of: date) -> float | None:
    return None if as_of >= FACILITY_BEGINS else NO_FACILITY_BP


def _auctions(
    snapshot: Snapshot, to_come: tuple[AuctionToCome, ...], value: dict[str, float]
) -> tuple[DatedAuction, ...]:
    readings = {one.key: one for one in snapshot.readings}
    yields = {tenor: value[f"curve.{tenor}"] for tenor in TENORS}
    return dated(snapshot.as_of, to_come, readings, yields)


def _record(auctions: tuple[DatedAuction, ...]) -> tuple[float, float]:
    """Cover and dealers' share as recorded, weighted with the sizes to come; 0 without any."""
    size = sum(a.par_usdbn for a in auctions)
    if not size:
        return 0.0, 0.0
    cover = sum(a.par_usdbn * a.cover for a in auctions) / size
    return cover, sum(a.par_usdbn * (1.0 - a.direct - a.indirect) for a in auctions) / size


def _derived(as_of: date, market: types.Opening, dated: Dated, use: Evidence) -> tuple[Input, ...]:
    """The inputs computed from others; `use` is the evidence of dealers' use."""
    estimated, assumed = Evidence.ESTIMATED, Evidence.ASSUMED
    q = 100.0 * np.asarray(market.q)

    def one(name: str, title: str, value: float, unit: str, level: Evidence, how: str) -> Input:
        return Input(name, title, float(value), unit, as_of, "derived", level, how)

    slow = "slow state, fitted to the zero curve at 3 months, 2 and 10 years"
    return (
        one("slow.r", "Short rate less its mean", q[0], "pp", estimated, slow),
        one("slow.m", "Target of the short rate less its mean", q[1], "pp", estimated, slow),
        one("slow.b", "Demand factor", q[2] / 100.0, "sd", estimated, slow),
        one("dealers.u0_scale", "Dealers' use against April 2025", dated.u0_scale, "ratio",
            assumed if use is assumed else estimated, "multiplies u0 of every path"),
        one("size.scale", "Size of a flow against the economy of 2025",
            float(scale_to_2025(dated.gdp_usdbn)), "ratio", estimated, "30.5tn over GDP"),
        one("funding.reserves_gdp", "Reserves over output",
            100.0 * market.reserves_usdbn / market.gdp_usdbn, "share_pct", estimated,
            "distance from scarcity in funding"),
        *(
            one(f"holdings.{name}", f"Treasuries of {name.replace('_', ' ')}",
                getattr(market.holdings, name), "usdbn_whole", assumed,
                f"{share:g} of GDP; the most they can sell")
            for name, share in HOLDINGS_PER_GDP.items()
        ),
    )  # fmt: skip

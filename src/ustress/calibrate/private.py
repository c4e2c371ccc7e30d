"""Which maturities private arbitrageurs must hold: the debt less the Fed and foreign officials.

Notes and bonds by month of maturity come from the auction record scaled to the class totals of
the monthly statement, or, where an update brought the Treasury's and the Fed's lists, from those,
security by security; bills, inflation-protected securities (TIPS) and floaters enter by class.
The embedded record splits neither the Fed's nor foreign officials' holdings by maturity, so
both splits are assumed and said. Level of evidence: estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate import securities
from ustress.core.errors import CannotError
from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.curves.bonds import CONVENTION, FlowRisk, flow_risk, par_bond_duration
from ustress.curves.zero import ZeroCurve, zero_curve
from ustress.model.habitat.profile import Profile
from ustress.outcomes.debt_profile import TENORS_YEARS, DebtProfile, debt_profile

Floats = NDArray[np.float64]

HALF_YEARS = 60
BILL_YEARS, TIPS_YEARS, FRN_DURATION = 0.35, 7.0, 0.02
"""Assumed: average life of bills and TIPS, and the duration of a floater that resets weekly."""
OFFICIAL_UP_TO = 10.0
"""Assumed: foreign officials hold notes and bonds with at most so many years to run."""
BUCKETS = ((0.0, 1.0), (1.0, 3.0), (3.0, 5.0), (5.0, 7.0), (7.0, 10.0), (10.0, 20.0), (20.0, 30.0))
_SOMA = {"bills": ("bills",), "coupons": ("notes_bonds",), "frn": ("frn",),
         "tips": ("tips", "tips_compensation")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holding:
    """One line: what of a class or a span of maturities is outstanding, and who holds it, $bn par.

    `private` is the rest, with its DV01 ($mn per bp) and ten-year equivalents ($bn).
    """

    name: str
    outstanding_usdbn: float
    fed_usdbn: float
    official_usdbn: float
    private: FlowRisk


@dataclass(frozen=True, eq=False)
class PrivateHoldings:
    """What private holders are left with on a date.

    Attributes:
        as_of: the date whose knowledge counts.
        days: the day of each source's newest figure: debt, SOMA, officials.
        lines: notes and bonds by span of remaining life, then bills, TIPS, floaters.
        total: all lines.
        coupons_usdbn: (HALF_YEARS,), private notes and bonds by half-years to run.
        cash_flow_usdbn: (HALF_YEARS,), present value of private holders' payments by half-year.
        convention: of DV01 and ten-year equivalents.
        assumptions: what was not in the record, with its figures.
        evidence: estimated.
    """

    as_of: date
    days: dict[str, date]
    lines: tuple[Holding, ...]
    total: Holding
    coupons_usdbn: Floats
    cash_flow_usdbn: Floats
    assumptions: tuple[str, ...]
    convention: str = CONVENTION
    evidence: Evidence = Evidence.ESTIMATED

    @property
    def profile(self) -> Profile:
        """Shares of present value by maturity of zero-coupon payments, for the slow layer."""
        return Profile(half_years(), self.cash_flow_usdbn / self.cash_flow_usdbn.sum())


def half_years() -> Floats:
    """Maturities .5 to 30 years."""
    return np.arange(1, HALF_YEARS + 1) / 2.0


def private_holdings(panel: Panel) -> PrivateHoldings:
    """Debt held by the public less the Fed's and foreign officials' part, as known on the date.

    Raises:
        MissingSeriesError: if a needed series has no observation known on the date.
        CannotError: on early dates, where the auction record covers too little, or if the parts
            exceed the debt.
    """
    debt = debt_profile(panel)
    curve = zero_curve(TENORS_YEARS, debt.opening_pct)
    listed = securities.by_half_year(panel, securities.DEBT)
    rebuilt = _by_half_year(debt)
    coupons = rebuilt if listed is None else securities.scaled(listed, float(rebuilt.sum()))
    fed, fed_day = _fed(panel)
    official, official_day = _official(panel)
    own = securities.by_half_year(panel, securities.SOMA)
    held = {
        "fed": _spread(fed["coupons"], coupons, np.inf)
        if own is None
        else securities.scaled(own, fed["coupons"]),
        "official": _spread(official["coupons"], coupons, OFFICIAL_UP_TO),
    }
    private = coupons - held["fed"] - held["official"]
    _check(private, debt, fed, official)
    duration = par_bond_duration(curve.par(half_years()), half_years())
    lines = [_span(lo, hi, coupons, held, private, duration) for lo, hi in BUCKETS]
    lines += [_class(name, debt, fed, official, curve) for name in ("bills", "tips", "frn")]
    days = {"debt": debt.debt_day, "soma": fed_day, "officials": official_day}
    flows = _cash_flow(private, curve, {line.name: line.private.par_usdbn for line in lines[-3:]})
    return PrivateHoldings(
        panel.as_of, days, tuple(lines), _sum(lines), private, flows,
        (*_about_debt(debt, listed), *_assumptions(fed, official, own)),
    )  # fmt: skip


def _about_debt(debt: DebtProfile, listed: Floats | None) -> tuple[str, ...]:
    if listed is None:
        return debt.assumptions
    return (
        "Notes and bonds by remaining life are the Treasury's own list, security by security, "
        "each year's sum split evenly over its halves.",
    )


def _by_half_year(debt: DebtProfile) -> Floats:
    """Notes and bonds (HALF_YEARS,), by half-years to run, rounded up; the last takes the rest."""
    out = np.zeros(HALF_YEARS)
    for ladder in debt.ladders.values():
        slot = np.clip(np.arange(ladder.par_usdbn.size) // 6, 0, HALF_YEARS - 1)
        np.add.at(out, slot, ladder.par_usdbn)
    return out


def _fed(panel: Panel) -> tuple[dict[str, float], date]:
    names = sorted({name for parts in _SOMA.values() for name in parts})
    panel.preload(f"soma.{name}" for name in names)
    newest = {name: panel[f"soma.{name}"].at(-1) for name in names}
    sums = {kind: sum(newest[name].value for name in parts) for kind, parts in _SOMA.items()}
    return sums, newest["notes_bonds"].day


def _official(panel: Panel) -> tuple[dict[str, float], date]:
    bills = panel["tic.holdings.official_bills"].at(-1)
    bonds = panel["tic.holdings.official_bonds"].at(-1)
    return {"bills": bills.value, "coupons": bonds.value, "tips": 0.0, "frn": 0.0}, bonds.day


def _spread(amount: float, outstanding: Floats, up_to: float) -> Floats:
    """`amount` in proportion to what is outstanding up to a remaining life."""
    base = np.where(half_years() <= up_to, outstanding, 0.0)
    return np.asarray(amount * base / base.sum())


def _check(
    private: Floats, debt: DebtProfile, fed: dict[str, float], official: dict[str, float]
) -> None:
    rest = {k: debt.totals_usdbn[k] - fed[k] - official[k] for k in ("bills", "tips", "frn")}
    if private.min() < 0 or min(rest.values()) < 0:
        raise CannotError(
            f"what the Fed and foreign officials hold exceeds the debt on {debt.as_of}; "
            "expected figures of about the same date"
        )


def _span(
    lo: float, hi: float, coupons: Floats, held: dict[str, Floats], private: Floats,
    duration: Floats,
) -> Holding:  # fmt: skip
    inside = (half_years() > lo) & (half_years() <= hi)
    risk = flow_risk(private[inside], duration[inside])
    return Holding(
        f"notes and bonds, {lo:g} to {hi:g} years", float(coupons[inside].sum()),
        float(held["fed"][inside].sum()), float(held["official"][inside].sum()),
        FlowRisk(*(np.asarray(x.sum()) for x in risk)),
    )  # fmt: skip


def _class(
    name: str, debt: DebtProfile, fed: dict[str, float], official: dict[str, float],
    curve: ZeroCurve,
) -> Holding:  # fmt: skip
    par = debt.totals_usdbn[name]
    lives = {"bills": BILL_YEARS, "frn": FRN_DURATION}
    years = lives.get(name) or float(par_bond_duration(curve.par(TIPS_YEARS), TIPS_YEARS))
    risk = flow_risk(par - fed[name] - official[name], years)
    return Holding(name, par, fed[name], official[name], risk)


def _sum(lines: list[Holding]) -> Holding:
    risk = FlowRisk(*(np.asarray(sum(x)) for x in zip(*(h.private for h in lines), strict=True)))
    return Holding(
        "all marketable", sum(h.outstanding_usdbn for h in lines), sum(h.fed_usdbn for h in lines),
        sum(h.official_usdbn for h in lines), risk,
    )  # fmt: skip


def _cash_flow(private: Floats, curve: ZeroCurve, classes: dict[str, Floats]) -> Floats:
    """Present value by half-year of coupons and principal of bonds at par, and of the classes."""
    tau = half_years()
    coupon = curve.par(tau) / 200.0
    paid = np.cumsum((private * coupon)[::-1])[::-1]
    flows = np.asarray(curve.discount(tau) * (private + paid))
    flows[0] += float(classes["bills"]) + float(classes["frn"])
    flows[round(2 * TIPS_YEARS) - 1] += float(classes["tips"])
    return flows


def _assumptions(
    fed: dict[str, float], official: dict[str, float], own: Floats | None
) -> tuple[str, ...]:
    spread = (
        "spread over all remaining lives in proportion to what is outstanding"
        if own is None
        else "those of the New York Fed's own list, security by security"
    )
    return (
        f"The Fed's {fed['coupons']:,.0f} $bn of notes and bonds are {spread}.",
        f"Foreign officials' {official['coupons']:,.0f} $bn (market value, by custody) are taken "
        f"to be notes and bonds with at most {OFFICIAL_UP_TO:g} years to run, in proportion to "
        "what is outstanding; none are TIPS or floaters.",
        f"Bills have {BILL_YEARS:g} years to run and TIPS {TIPS_YEARS:g} on average; a floater has "
        f"a duration of {FRN_DURATION:g} years.",
    )

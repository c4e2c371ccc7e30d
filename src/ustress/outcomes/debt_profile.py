"""The federal government's marketable debt by month of maturity, rebuilt from its auctions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import CannotError
from ustress.core.panel import Panel
from ustress.outcomes.debt_lists import fit, listed
from ustress.outcomes.debt_record import (
    COUPON_TENORS,
    MONTHS,
    RECORD_BEGINS,
    Ladder,
    Sold,
    auctions,
    ladder_of,
    outstanding,
)
from ustress.outcomes.parameters import federal, tables

Floats = NDArray[np.float64]

BILL_TENORS = ("1m", "3m", "6m", "1y")
TENORS_YEARS = (1 / 12, 0.25, 0.5, 1.0, *(float(t) for t in COUPON_TENORS))
NOTES_UP_TO = 10  # years at issue; longer securities are bonds
CLASSES = ("bills", "notes", "bonds", "tips", "frn")
# No 30-year bond was sold between August 2001 and February 2006, so none matures in between.
_NO_BONDS = (np.datetime64("2031-03", "M"), np.datetime64("2036-02", "M"))
_OLD_BONDS_END = np.datetime64("2038-03", "M")


@dataclass(frozen=True)
class DebtProfile:
    """Marketable debt held by the public as known on a date, and how it has been financed.

    `month` is the as-of date's month: month 0 of every path. `debt_day` is the month-end of the
    class totals, which stand for the debt on the as-of date. `ladders` holds notes and bonds;
    `totals_usdbn` and `rates_pct` all of `CLASSES`. `opening_pct` are the par yields of the day at
    `TENORS_YEARS`, and `frn_margin_pct` what floaters pay over the three-month bill.
    `issuance_shares` are the last twelve months' auctions by tenor of `COUPON_TENORS`.
    `net_borrowing_pct_gdp` is the trailing mean of the parameter file. `assumptions` says, with
    its figures, what was not in the record.
    """

    as_of: date
    debt_day: date
    month: np.datetime64
    ladders: dict[str, Ladder]
    totals_usdbn: dict[str, float]
    rates_pct: dict[str, float]
    opening_pct: Floats
    frn_margin_pct: float
    issuance_shares: Floats
    net_borrowing_pct_gdp: float
    gdp_usdbn: float
    assumptions: tuple[str, ...]

    @property
    def total_usdbn(self) -> float:
        """All classes together, $bn."""
        return sum(self.totals_usdbn.values())


def debt_profile(panel: Panel) -> DebtProfile:
    """The profile as known on the panel's date.

    Where the Treasury's list of single securities is known, years and coupons are its own (see
    `debt_lists`). Else every auction stands for its size until its maturity. A new issue matures
    its tenor after the month of its sale, at the highest eighth of a per cent not above its high
    yield (one eighth at least); a reopened 10-, 20- or 30-year takes both from the issue it adds
    to. What the class totals hold beyond the auctions is what the Federal Reserve took in exchange
    at the same auctions, which is spread in proportion, and issues from before the record begins.
    Class coupons match the published average rates.

    Raises:
        MissingSeriesError: if a needed series has no observation known on the date.
        CannotError: on early dates, when less than 65 % of the notes were sold within the record.
    """
    _preload(panel)
    notes_series = panel["debt.public.notes"]
    debt_day = notes_series.at(-1).day
    month = np.datetime64(panel.as_of, "M")
    sold = auctions(panel, debt_day)
    alive = sold.among(outstanding(sold, debt_day))
    totals = {name: _latest(panel, f"debt.public.{name}", debt_day) for name in CLASSES}
    rates = {name: _latest(panel, f"debt.rate.{name}", debt_day) for name in CLASSES}
    covered = bool(month >= RECORD_BEGINS + 12 * NOTES_UP_TO)
    notes, said_notes = _notes(alive, month, totals["notes"], rates["notes"], covered)
    bonds, said_bonds = _bonds(alive, month, totals["bonds"], rates["bonds"], covered)
    ladders, said = _listed(panel, {"notes": notes, "bonds": bonds}, rates)
    gdp = panel["macro.gdp"].at(-1).value
    return DebtProfile(
        as_of=panel.as_of,
        debt_day=debt_day,
        month=month,
        ladders=ladders,
        totals_usdbn=totals,
        rates_pct=rates,
        opening_pct=_curve(panel),
        frn_margin_pct=rates["frn"] - _latest(panel, "ust.par.3m", debt_day),
        issuance_shares=_shares(sold, debt_day),
        net_borrowing_pct_gdp=_net_borrowing(panel, debt_day, gdp),
        gdp_usdbn=gdp,
        assumptions=said or (said_notes, said_bonds),
    )


def _listed(
    panel: Panel, ladders: dict[str, Ladder], rates: dict[str, float]
) -> tuple[dict[str, Ladder], tuple[str, ...]]:
    """The ladders moved to the list of single securities, and a sentence; as they are without."""
    found = listed(panel)
    if found is None:
        return ladders, ()
    fitted = fit(ladders, found)
    moved = {n: _to_average(ladder, rates[n]) for n, ladder in fitted.items()}
    shifts = " and ".join(f"{100 * shift:+.1f}" for _, shift in moved.values())
    return {n: ladder for n, (ladder, _) in moved.items()}, (
        "Notes and bonds by year of maturity and their coupons are from the Treasury's list of "
        "single securities; months within a year and the two classes follow the auction record, "
        f"and coupons moved by {shifts} bp to match the published average rates.",
    )


def _preload(panel: Panel) -> None:
    names = [f"debt.public.{c}" for c in (*CLASSES, "marketable")]
    names += [f"debt.rate.{c}" for c in CLASSES] + ["macro.gdp"]
    fields = ("size", "high_yield", "reopening")
    names += _par_names()
    names += [f"auction.{t}y.{f}" for t in COUPON_TENORS for f in fields]
    panel.preload(names)


def _par_names() -> list[str]:
    return [f"ust.par.{t}" for t in (*BILL_TENORS, *(f"{t}y" for t in COUPON_TENORS))]


def _curve(panel: Panel) -> Floats:
    """Par yields, per cent, at `TENORS_YEARS`, of the newest day that has them all."""
    series = [panel[name] for name in _par_names()]
    newest = min(one.at(-1).day for one in series)
    seen = [one.on_or_before(newest) for one in series]
    return np.array([np.nan if one is None else one.value for one in seen])


def _latest(panel: Panel, name: str, day: date) -> float:
    """The newest value up to `day`, and zero for a class that did not exist yet."""
    series = panel.get(name)
    found = None if series is None else series.on_or_before(day)
    return 0.0 if found is None else found.value


def _notes(
    sold: Sold, month: np.datetime64, total: float, rate: float, covered: bool
) -> tuple[Ladder, str]:
    """Notes by maturity and a sentence; `covered`: the record reaches back ten years."""
    known = ladder_of(sold, month, sold.tenor <= NOTES_UP_TO)
    auctioned = float(known.par_usdbn.sum())
    rest = total - auctioned
    if not 0.0 <= rest <= 0.35 * total:
        raise CannotError(
            f"the auctions known in {month} account for {auctioned:,.0f} of {total:,.0f} $bn of "
            "notes; a profile needs between 65 % and 100 % of them"
        )
    said = f"Notes: {auctioned:,.0f} of {total:,.0f} $bn are in the auction record; the other "
    if covered:
        scaled = Ladder(known.par_usdbn * total / auctioned, known.coupon_pct)
        ladder, shift = _to_average(scaled, rate)
        return ladder, (
            f"{said}{rest:,.0f} are spread in proportion, and every coupon moved by "
            f"{100 * shift:+.1f} bp to match the published average rate."
        )
    old = _spread(rest, month, ((month, RECORD_BEGINS + 12 * NOTES_UP_TO),))
    ladder, coupon = _join(known, old, rate)
    return ladder, (
        f"{said}{rest:,.0f} are spread evenly until the last older note matures in March 2018, "
        f"with the coupon of {coupon:.2f} % that matches the published average rate."
    )


def _bonds(
    sold: Sold, month: np.datetime64, total: float, rate: float, covered: bool
) -> tuple[Ladder, str]:
    """Bonds by maturity and a sentence.

    Where notes show that the Federal Reserve added to auctions (`covered`), two unknowns, what it
    added and what is left from before 2008, follow from the total and the average rate once the
    older coupon is given; before, all that is missing is older.
    """
    known = ladder_of(sold, month, sold.tenor > NOTES_UP_TO)
    auctioned = float(known.par_usdbn.sum())
    rest = max(total - auctioned, 0.0)
    older = rest
    if covered:
        gap = federal("old_coupon") - known.average_pct
        older = min(max(total * (rate - known.average_pct) / gap, 0.0), rest) if gap > 0 else 0.0
    scaled = Ladder(known.par_usdbn * (total - older) / auctioned, known.coupon_pct)
    said = f"Bonds: {auctioned:,.0f} of {total:,.0f} $bn are in the auction record; "
    if older < 0.001 * total:
        scaled, shift = _to_average(scaled, rate)
        return scaled, f"{said}the rest in proportion, coupons moved by {100 * shift:+.1f} bp."
    spans = ((month, _NO_BONDS[0]), (_NO_BONDS[1], _OLD_BONDS_END))
    ladder, coupon = _join(scaled, _spread(older, month, spans), rate)
    return ladder, (
        f"{said}{rest - older:,.0f} are added to them in proportion; {older:,.0f} from before "
        "2008 are spread evenly until 2038 (none between March 2031 and January 2036), with a "
        f"coupon of {coupon:.2f} %; together they match the published average rate."
    )


def _spread(
    amount: float, month: np.datetime64, spans: tuple[tuple[np.datetime64, np.datetime64], ...]
) -> Floats:
    """`amount` in equal monthly parts over the half-open spans that lie after `month`."""
    k = month + np.arange(MONTHS)
    inside = np.zeros(MONTHS, np.bool_)
    for first, end in spans:
        inside |= (k >= first) & (k < end)
    if not inside.any():
        raise CannotError(f"no month after {month} is left in which older issues could mature")
    return np.asarray(amount * inside / inside.sum())


def _to_average(ladder: Ladder, rate: float) -> tuple[Ladder, float]:
    shift = rate - ladder.average_pct
    return Ladder(ladder.par_usdbn, ladder.coupon_pct + shift), shift


def _join(known: Ladder, old: Floats, rate: float) -> tuple[Ladder, float]:
    """Known and older issues together, with the older coupon that gives the average `rate`."""
    par = known.par_usdbn + old
    interest = known.par_usdbn * known.coupon_pct
    coupon = float((par.sum() * rate - interest.sum()) / old.sum())
    return Ladder(par, (interest + old * coupon) / np.where(par > 0.0, par, 1.0)), coupon


def _shares(sold: Sold, last: date) -> Floats:
    recent = sold.day > np.datetime64(last, "D") - np.timedelta64(365, "D")
    sums = [sold.size_usdbn[recent & (sold.tenor == t)].sum() for t in COUPON_TENORS]
    return np.asarray(sums / np.sum(sums))


def _net_borrowing(panel: Panel, last: date, gdp_usdbn: float) -> float:
    """Mean yearly growth of marketable debt over the trailing window, per cent of today's GDP."""
    months = int(tables()["federal"]["deficit"]["months"])
    marketable = panel["debt.public.marketable"].between(None, last)
    if len(marketable) <= months:
        raise CannotError(f"net borrowing needs {months + 1} months of debt totals")
    grown = marketable.at(-1).value - marketable.at(-1 - months).value
    return 100.0 * grown * 12.0 / months / gdp_usdbn

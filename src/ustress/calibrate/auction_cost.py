"""What auctions cost in the model: the concession at which dealers take their usual share.

    cost = h (multiple) lam g X/Q  x  (dealers' award)  x  (duration)        bp of the size

The first factor is the model's own concession by $bn (`model.auctions`), in yield; times duration
it is a fall in price, paid on the whole size because every bidder pays the stop-out. Sizes, shares
and yields are those of the record's first auctions; volatility is the record's own median up to
then. No bid is a surprise here, so that in the simulator this concession is in the price.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.after_sale import sellers_parameters
from ustress.calibrate.fast.experiments import OPERATION_DAY
from ustress.core.panel import Panel, Series
from ustress.model import auctions, dealers
from ustress.model.actors import Auctioned
from ustress.model.parameters import load_parameters
from ustress.model.quiet import NO_PURCHASES, quiet_inputs
from ustress.model.sizes import TEN_YEAR_DURATION_YEARS, scale_to_2025
from ustress.model.types import IMPOSED_ONLY, TENORS_YEARS, Given, Parameters
from ustress.monitor import history
from ustress.simulate.auctions import par_duration_years

Floats = NDArray[np.float64]

NOTES = ("2y", "5y", "10y")
"""The notes that Lou, Yan and Zhang (2013) study."""
LAST = date(2008, 12, 31)
"""End of their sample; the auctions of the embedded record begin in April 2008."""


@dataclass(frozen=True, eq=False)
class AuctionsHeld:
    """Auctions held, (auctions,) each, and the market they met.

    par_usdbn in dollars of the date; dealer_share of the award; x_per_par: duration over 8.5;
    h: the wedge's profile at the tenor; sigma_bp: the ten-year's daily volatility; use: of
    dealers' balance sheets, against April 2025.
    """

    par_usdbn: Floats
    dealer_share: Floats
    x_per_par: Floats
    h: Floats
    size_scale: float
    sigma_bp: float
    use: float


def auctions_held(panel: Panel, last: date = LAST) -> AuctionsHeld:
    """The notes' auctions up to `last`, with the ten-year's median volatility up to then.

    Dealers' use was not published by maturity then: assumed low, as for the purchases of 2009.

    Raises:
        MissingSeriesError: if the panel lacks a series.
    """
    profile = np.asarray(load_parameters()["h"].value)
    rows = [
        (size, _on(panel, f"auction.{tenor}.dealer_share", day) / 100.0,
         par_duration_years(_on(panel, f"auction.{tenor}.high_yield", day), float(tenor[:-1])),
         profile[TENORS_YEARS.index(float(tenor[:-1]))])
        for tenor in NOTES
        for day, size in _upto(panel[f"auction.{tenor}.size"], last)
    ]  # fmt: skip
    par, share, duration, h = np.array(rows).T
    track = history(panel, "curve.10y.realised_vol")
    gdp = panel["macro.gdp"].on_or_before(last)
    return AuctionsHeld(
        par, share, duration / TEN_YEAR_DURATION_YEARS, h,
        float(scale_to_2025(panel["macro.gdp"].at(0).value if gdp is None else gdp.value)),
        float(np.median(track.values[track.dates <= np.datetime64(last, "D")])),
        OPERATION_DAY.use,
    )  # fmt: skip


def cost_bp(held: AuctionsHeld, draws: int) -> Floats:
    """Cost of the auctions held in bp of their size, averaged by size: (draws,)."""
    p = sellers_parameters(draws)._replace(size_scale=np.float64(held.size_scale))
    return cost_with(held, p)


def cost_with(held: AuctionsHeld, p: Parameters) -> Floats:
    """The same with the parameters `p`, whose u0 stands for April 2025."""
    ratio = held.sigma_bp / 5.0
    cap = dealers.capacity(ratio**p.nu, 1.0, p.u0 * held.use, p)
    use = dealers.use(np.float64(0.0), cap, p)
    lam_g = p.lam0_bp_per_100bn / 100.0 * ratio**p.eta * use.g
    sold = Auctioned(
        par_usdbn=held.par_usdbn[:, None], x_per_par=held.x_per_par[:, None], h=held.h[:, None],
        indirect=1.0 - held.dealer_share[:, None],
    )  # fmt: skip
    quiet = quiet_inputs()._replace(auction=sold)
    given = Given(None, None, quiet, NO_PURCHASES, IMPOSED_ONLY, p)  # type: ignore[arg-type]
    book = auctions.book(given, lam_g, use.z, np.float64(0.0))
    concession = np.asarray(book.kappa_bp_per_usdbn * book.dealers, np.float64)
    duration = TEN_YEAR_DURATION_YEARS * held.x_per_par[:, None]
    weight = held.par_usdbn[:, None] / held.par_usdbn.sum()
    return np.asarray((weight * duration * concession).sum(axis=0))


def _upto(series: Series, last: date) -> list[tuple[date, float]]:
    days = [d.item() for d in series.dates]
    return [(d, float(v)) for d, v in zip(days, series.values, strict=True) if d <= last]


def _on(panel: Panel, name: str, day: date) -> float:
    found = panel[name].on_or_before(day)
    return float("nan") if found is None or found.day != day else found.value

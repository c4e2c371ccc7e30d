"""Second moments of yields: levels, changes by horizon, slopes, correlations; with their errors.

All moments are of weekly zero-coupon yields, continuously compounded, in per cent. Variances enter
as logarithms, so that the short and the long end count alike. Levels and slopes are measured
about their sample mean, changes about zero. Errors come from a moving-block bootstrap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, CannotError
from ustress.core.panel import Panel
from ustress.curves.zero import zero_curve

Floats = NDArray[np.float64]

MATURITIES = (0.25, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0)
TENORS = {"3m": 0.25, "6m": 0.5, "1y": 1.0, "2y": 2.0, "3y": 3.0, "5y": 5.0, "7y": 7.0, "10y": 10.0}
HORIZONS_WEEKS = (1, 4, 13, 52)
SLOPES = ((10.0, 0.25), (10.0, 2.0), (2.0, 0.25))
SLOPE_CHANGES = ((10.0, 0.25), (10.0, 2.0))
SLOPE_CHANGE_WEEKS = 52
CORRELATED = (0.25, 2.0, 5.0)
CORRELATION_WEEKS = (4, 52)
WEEKS_A_YEAR = 52.1775
BLOCK_WEEKS = 156
LEAST_WEEKS = 3 * BLOCK_WEEKS


class Moment(NamedTuple):
    """One moment: `kind` level, change, slope, slope_change or correlation."""

    kind: str
    tau: float
    other: float = 0.0
    weeks: int = 0

    @property
    def name(self) -> str:
        """A readable name."""
        over = f" over {self.weeks} weeks" if self.weeks else ""
        return {
            "level": f"log variance of y({self.tau:g})",
            "change": f"log variance of the change of y({self.tau:g}){over}",
            "slope": f"log variance of y({self.tau:g}) - y({self.other:g})",
            "slope_change": f"log variance of the change of y({self.tau:g}) - y({self.other:g})"
            f"{over}",
            "correlation": f"correlation of changes of y({self.tau:g}) and y({self.other:g}){over}",
        }[self.kind]


MOMENTS: tuple[Moment, ...] = (
    *(Moment("level", t) for t in MATURITIES),
    *(Moment("change", t, weeks=h) for h in HORIZONS_WEEKS for t in MATURITIES),
    *(Moment("slope", *pair) for pair in SLOPES),
    *(Moment("slope_change", *pair, SLOPE_CHANGE_WEEKS) for pair in SLOPE_CHANGES),
    *(Moment("correlation", t, 10.0, h) for h in CORRELATION_WEEKS for t in CORRELATED),
)
"""The 46 moments the slow layer is fitted to."""


@dataclass(frozen=True, eq=False)
class Measured:
    """Moments of a sample.

    Attributes:
        value: (moments,), in the order of `MOMENTS`.
        covariance: (moments, moments), from the bootstrap.
        weeks: length of the sample.
        first, last: its days, ISO; empty for a simulated sample.
    """

    value: Floats
    covariance: Floats
    weeks: int
    first: str = ""
    last: str = ""

    @property
    def error(self) -> Floats:
        """Standard errors (moments,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    @property
    def correlation(self) -> Floats:
        """Correlation of the moments' errors (moments, moments)."""
        return np.asarray(self.covariance / np.outer(self.error, self.error))


def weekly_zero_yields(panel: Panel) -> tuple[NDArray[np.datetime64], Floats]:
    """Wednesdays and zero yields (weeks, maturities), per cent, at `MATURITIES`.

    A Wednesday without a full curve takes the newest one of the five days before.

    Raises:
        CannotError: if there are fewer weeks than the bootstrap needs.
    """
    panel.preload(f"ust.par.{name}" for name in TENORS)
    series = [panel[f"ust.par.{name}"] for name in TENORS]
    days = series[0].dates
    for one in series[1:]:
        days = days[np.isin(days, one.dates)]
    par = np.stack([s.values[np.searchsorted(s.dates, days)] for s in series], axis=1)
    wednesdays = np.arange(days[0] + 7, days[-1] + 1)
    wednesdays = wednesdays[(wednesdays.astype(np.int64) + 4) % 7 == 3]
    at = np.searchsorted(days, wednesdays, side="right") - 1
    fresh = (wednesdays - days[at]).astype(np.int64) <= 5
    at = at[fresh]
    if at.size < LEAST_WEEKS:
        raise CannotError(f"moments need {LEAST_WEEKS} weeks of full curves; {at.size} are known")
    tenors = list(TENORS.values())
    zeros = [zero_curve(tenors, par[i]).yields_cc(np.array(MATURITIES)) for i in at]
    return wednesdays[fresh], np.stack(zeros)


def measure(
    yields_pct: Floats, resamples: int = 600, seed: int = 3, days: tuple[str, str] = ("", "")
) -> Measured:
    """The moments of weekly yields (weeks, maturities) with their bootstrap covariance.

    Blocks of three years are drawn with replacement and laid end to end, as many as the sample
    has; changes inside a block keep their dates, so none is taken across a seam.

    Raises:
        BadInputError: for a wrong shape, a gap or too short a sample.
    """
    weeks = yields_pct.shape[0]
    if yields_pct.shape != (weeks, len(MATURITIES)) or not np.all(np.isfinite(yields_pct)):
        raise BadInputError(f"yields have shape {yields_pct.shape}; expected finite (weeks, 7)")
    if weeks < LEAST_WEEKS:
        raise BadInputError(f"{weeks} weeks; expected at least {LEAST_WEEKS}")
    parts = contributions(yields_pct)
    whole = _from_means(np.nanmean(parts, axis=0)[None])[0]
    drawn = _from_means(_resampled(parts, resamples, seed))
    return Measured(whole, np.cov(drawn, rowvar=False), weeks, *days)


def contributions(yields_pct: Floats) -> Floats:
    """(weeks, columns): what each week adds to the sums behind the moments, NaN where nothing.

    Columns by moment: level and slope (x, x^2), changes (dx^2), correlations (dx^2, dy^2, dx dy).
    """
    columns = [column for moment in MOMENTS for column in _columns(moment, yields_pct)]
    return np.stack(columns, axis=1)


def _columns(moment: Moment, y: Floats) -> list[Floats]:
    x = y[:, MATURITIES.index(moment.tau)]
    if moment.kind == "correlation":
        dx = _change(x, moment.weeks)
        dz = _change(y[:, MATURITIES.index(moment.other)], moment.weeks)
        return [dx * dx, dz * dz, dx * dz]
    if moment.kind.startswith("slope"):
        x = x - y[:, MATURITIES.index(moment.other)]
    if moment.weeks:
        return [_change(x, moment.weeks) ** 2]
    return [x, x * x]


def _change(x: Floats, weeks: int) -> Floats:
    out = np.full_like(x, np.nan)
    out[weeks:] = x[weeks:] - x[:-weeks]
    return out


def _from_means(means: Floats) -> Floats:
    """Moments (samples, moments) from the means (samples, columns) of `contributions`."""
    out, at = [], 0
    for moment in MOMENTS:
        if moment.kind == "correlation":
            xx, zz, xz = means[:, at : at + 3].T
            out.append(xz / np.sqrt(xx * zz))
            at += 3
        elif moment.weeks:
            out.append(np.log(means[:, at]))
            at += 1
        else:
            out.append(np.log(means[:, at + 1] - means[:, at] ** 2))
            at += 2
    return np.stack(out, axis=1)


def _resampled(parts: Floats, resamples: int, seed: int) -> Floats:
    """Means (resamples, columns) over blocks drawn with replacement."""
    weeks = parts.shape[0]
    there = np.isfinite(parts)
    sums = _running(np.where(there, parts, 0.0))
    counts = _running(there.astype(np.float64))
    blocks = -(-weeks // BLOCK_WEEKS)
    rng = np.random.default_rng(seed)
    start = rng.integers(0, weeks - BLOCK_WEEKS + 1, size=(resamples, blocks))
    total = (sums[start + BLOCK_WEEKS] - sums[start]).sum(axis=1)
    return np.asarray(total / (counts[start + BLOCK_WEEKS] - counts[start]).sum(axis=1))


def _running(x: Floats) -> Floats:
    return np.concatenate([np.zeros((1, x.shape[1])), np.cumsum(x, axis=0)])

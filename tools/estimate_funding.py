"""Estimate SOFR less the rate on reserves from reserves over GDP: floor, slope, kink, drain kink.

    python tools/estimate_funding.py [--as-of 2026-02-27] [--draws 999] [--seed 1]

    y_t = level_g + slope (kink - x_t)+ + e_t        bp;  x = 100 reserves / GDP

y is SOFR less IORB and, before 29 July 2021, SOFR less the top of the target range; each stretch g
between two changes of the rate's distance from the top has its own level, so the distances are
estimated and not assumed. Their days are the Board's decisions (from memory). The floor is the
level since 29 July 2021. Nonlinear least squares, profiled over the kink; errors from a bootstrap
of blocks of 63 business days in a row. Left out: the last two and first two business days of a
month, the 15th and 16th (coupons settle), 14 to 18 of the tax months, 16 to 20 September 2019 and
28 February to 30 April 2020.

The drain kink is the number at which the equation, fed the drain of September 2019 as the episode
declares it, gives the record of 17 September. One event, one number: it has no error.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from ustress.calibrate.episodes import load_episode, measure
from ustress.core.panel import Panel
from ustress.data.store import Store
from ustress.model.parameters import load_parameters
from ustress.model.repo import uncapped_bp

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]

FIRST = np.datetime64("2018-04-03")
IORB_BEGINS = np.datetime64("2021-07-29")
DISTANCES = {
    "2018-04-03": 0, "2018-06-14": 5, "2018-12-20": 10, "2019-05-02": 15, "2019-09-19": 20,
    "2020-01-30": 15, "2021-06-17": 10,
}  # fmt: skip
"""Rate on reserves below the top of the range from this day, bp (Board's decisions, from memory);
only the days enter the estimate."""
KINKS = np.arange(7.0, 16.0001, 0.05)
BLOCK_DAYS = 63
TAX_MONTHS = (1, 3, 4, 6, 9, 12)
EVENTS = (("2019-09-16", "2019-09-20"), ("2020-02-28", "2020-04-30"))
SPIKE = date(2019, 9, 17)


class Fit(NamedTuple):
    """Levels by stretch (bp), slope (bp a point), kink (per cent), residuals' deviation (bp)."""

    levels: Floats
    slope: float
    kink: float
    sd: float


@dataclass(frozen=True, eq=False)
class Sample:
    """Business days kept: y in bp, x in per cent, the stretch each day belongs to."""

    days: Days
    y: Floats
    x: Floats
    stretch: NDArray[np.int64]

    def only(self, keep: NDArray[np.bool_]) -> Sample:
        _, again = np.unique(self.stretch[keep], return_inverse=True)
        return Sample(self.days[keep], self.y[keep], self.x[keep], again)


def sample(panel: Panel) -> Sample:
    """The days that enter, each with reserves of the newest Wednesday and GDP known by then."""
    sofr = panel["funding.sofr"]
    days = sofr.dates[sofr.dates >= FIRST]
    top = np.where(
        days < IORB_BEGINS, on(panel, "funding.target.upper", days),
        on(panel, "funding.iorb", days),
    )  # fmt: skip
    y = 100.0 * (sofr.values[sofr.dates >= FIRST] - top)
    x = 100.0 * on(panel, "fed.reserves", days) / on(panel, "macro.gdp", days, known=True)
    starts = np.array([*DISTANCES, str(IORB_BEGINS)], dtype="datetime64[D]")
    stretch = np.searchsorted(starts, days, side="right") - 1
    whole = Sample(days, y, x, stretch)
    return whole.only(~left_out(days) & np.isfinite(y) & np.isfinite(x))


def on(panel: Panel, name: str, days: Days, *, known: bool = False) -> Floats:
    """Newest value dated, or known, by each day; NaN before the first."""
    series = panel[name]
    at = np.searchsorted(series.known if known else series.dates, days, side="right") - 1
    return np.where(at >= 0, series.values[np.maximum(at, 0)], np.nan)


def left_out(days: Days) -> NDArray[np.bool_]:
    """Ends of months, settlement and tax days, the two events."""
    month = days.astype("datetime64[M]")
    in_month = (days - month.astype("datetime64[D]")).astype(int) + 1
    number = month.astype(int) % 12 + 1
    taxed = np.isin(number, TAX_MONTHS) & (in_month >= 14) & (in_month <= 18)
    out = taxed | (in_month == 15) | (in_month == 16)
    for i in np.flatnonzero(month[1:] != month[:-1]):
        out[max(i - 1, 0) : i + 3] = True
    for first, last in EVENTS:
        out |= (days >= np.datetime64(first)) & (days <= np.datetime64(last))
    return np.asarray(out, bool)


def fit(s: Sample, weight: Floats | None = None) -> Fit:
    """Least squares at every kink of the grid, levels taken out as means; the best of them."""
    w = np.ones(s.y.size) if weight is None else weight
    groups = np.eye(s.stretch.max() + 1)[s.stretch] * w[:, None]
    size = np.maximum(groups.sum(axis=0), 1e-12)
    hinge = np.maximum(KINKS - s.x[:, None], 0.0)
    y_mean, h_mean = groups.T @ s.y / size, groups.T @ hinge / size[:, None]
    y, h = s.y - y_mean[s.stretch], hinge - h_mean[s.stretch]
    moved = np.maximum((w[:, None] * h * h).sum(axis=0), 1e-12)
    slope = (w * y) @ h / moved
    left = w @ (y * y) - slope * slope * moved
    best = int(np.argmin(left))
    levels = y_mean - slope[best] * h_mean[:, best]
    return Fit(levels, float(slope[best]), float(KINKS[best]), float((left[best] / w.sum()) ** 0.5))


def specifications(s: Sample) -> dict[str, Fit]:
    """The six ways tried of treating the years before the rate on reserves was IORB."""
    distance = np.array([*DISTANCES.values(), 0.0])
    known = replace(s, y=s.y + distance[s.stretch], stretch=np.zeros_like(s.stretch))
    period = (s.days >= IORB_BEGINS).astype(np.int64)
    return {
        "chosen: a level for each stretch": fit(s),
        "since 29 July 2021 alone": fit(s.only(period == 1)),
        "against the top, a level for each period": fit(replace(s, stretch=period)),
        "published distances, one level": fit(known),
        "published distances, a level for each period": fit(replace(known, stretch=period)),
        "published distances, before 29 July 2021 alone": fit(known.only(period == 0)),
    }


def bootstrap(s: Sample, draws: int, seed: int) -> Floats:
    """(draws, 3): floor, slope and kink of samples made of blocks of days in a row."""
    rng, n = np.random.default_rng(seed), s.y.size
    found = np.empty((draws, 3))
    for d in range(draws):
        starts = rng.integers(0, n, -(-n // BLOCK_DAYS))
        rows = (starts[:, None] + np.arange(BLOCK_DAYS)).ravel()[:n] % n
        one = fit(s, np.bincount(rows, minlength=n).astype(float))
        found[d] = one.levels[-1], one.slope, one.kink
    return found


def drain_kink(panel: Panel, floor: float, slope: float, kink: float) -> tuple[float, float]:
    """The drain kink that gives 17 September 2019, and the record it gives, bp."""
    september = measure(load_episode("september-2019"), panel)
    opens, days = september.episode.opens, september.days()
    i = days.index(SPIKE)
    drained = np.array(list(september.by_day("cash_drain").values()))[: i + 1]
    lent = np.array(list(september.by_day("reserves").values()))[: i + 1]
    then = np.array([opens], "datetime64[D]")
    gdp = float(on(panel, "macro.gdp", then, known=True)[0])
    reserves = float(on(panel, "fed.reserves", then)[0])
    record = 100.0 * (panel_value(panel, "funding.sofr", SPIKE) - top(panel, SPIKE))
    opened = 100.0 * (panel_value(panel, "funding.sofr", opens) - top(panel, opens))
    p = load_parameters()
    fixed = {n: p.value(f"repo_{n}") for n in ("dealer", "drain_bp", "drain_width_pct")}

    def said(drain_kink_pct: float, after: float, drain: float) -> float:
        given = SimpleNamespace(
            repo_floor_bp=floor, repo_slope_bp=slope, repo_kink_pct=kink,
            repo_drain_kink_pct=drain_kink_pct, **{f"repo_{n}": v for n, v in fixed.items()},
        )  # fmt: skip
        return float(uncapped_bp(after, drain, gdp, 0.0, given))  # type: ignore[arg-type]

    def miss(drain_kink_pct: float) -> float:
        after = reserves + lent.sum() - drained.sum()
        left = p.value("repo_noise_persistence") ** (i + 1) * (
            opened - said(drain_kink_pct, reserves, 0.0)
        )
        return said(drain_kink_pct, after, drained[-2:].sum()) + left - record

    return float(brentq(miss, 3.0, 100.0 * reserves / gdp)), record


def panel_value(panel: Panel, name: str, day: date) -> float:
    return float(on(panel, name, np.array([day], "datetime64[D]"))[0])


def top(panel: Panel, day: date) -> float:
    return panel_value(panel, "funding.target.upper", day)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--as-of", default="2026-02-27")
    parser.add_argument("--draws", type=int, default=999)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    panel = Store().panel(date.fromisoformat(given.as_of))
    whole = sample(panel)
    found, drawn = fit(whole), bootstrap(whole, given.draws, given.seed)
    print(f"{whole.y.size} days, {whole.days[0]} to {whole.days[-1]}; residual {found.sd:.2f} bp")
    for name, value, column in zip(
        ("repo_floor_bp", "repo_slope_bp", "repo_kink_pct"),
        (found.levels[-1], found.slope, found.kink), drawn.T, strict=True,
    ):  # fmt: skip
        low, high = np.quantile(column, [0.1, 0.9])
        print(f"{name} {value:.2f}, error {column.std(ddof=1):.2f}, {low:.2f} to {high:.2f}")
    for name, one in specifications(whole).items():
        print(f"{name}: kink {one.kink:.2f}, slope {one.slope:.2f}, residual {one.sd:.2f} bp")
    before = fit(whole.only(whole.days < IORB_BEGINS))
    print(f"before 29 July 2021, a level for each stretch: slope {before.slope:.2f}, no kink")
    for (day, published), level in zip(DISTANCES.items(), found.levels[:-1], strict=True):
        print(f"from {day}: {found.levels[-1] - level:.1f} below the top (published {published})")
    kink, record = drain_kink(panel, found.levels[-1], found.slope, found.kink)
    print(f"repo_drain_kink_pct {kink:.3f}: {record:.0f} bp on {SPIKE}, one event, no error")


if __name__ == "__main__":
    main()

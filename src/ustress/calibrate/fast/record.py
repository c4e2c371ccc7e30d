"""What the record gives the re-estimation: the episodes' numbers by day and the quiet years."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.episodes import EpisodeFigures, load_episode, measure
from ustress.calibrate.fast.bases import QUIET_YEARS
from ustress.core.panel import Panel
from ustress.model.sizes import scale_to_2025
from ustress.model.types import TENORS_YEARS
from ustress.monitor import history
from ustress.monitor.track import Track
from ustress.simulate.opening import USE_APRIL_2025
from ustress.simulate.slow import slow_layer

Floats = NDArray[np.float64]

NORMAL_SPREAD_BP = 7.0
HALF_LIFE_YEARS = 7.0


@dataclass(frozen=True, eq=False)
class Setting:
    """A market to start from: size, dealers' use against April 2025, volatility, funding."""

    size_scale: float
    use: float
    sigma_bp: float
    reserves_usdbn: float
    gdp_usdbn: float
    sofr_iorb_bp: float


@dataclass(frozen=True, eq=False)
class FastRecord:
    """Everything the likelihood reads; dollars of the date, par, by business day.

    `late_usdbn` and `early_usdbn`: sales of March 2020 if none or all of what has no day came
    early. `ten_year_pct`: by the model's days, day 0 the opening. `quiet_use`, `quiet_sigma_bp`:
    medians by quiet year; `quiet_spread_bp`: GCF less tri-party above normal, NaN where unknown,
    with `spread_error_bp` the standard deviation of a year's months about it.
    """

    march: Setting
    late_usdbn: Floats
    early_usdbn: Floats
    bought_usdbn: Floats
    ten_year_pct: Floats
    spread_march_bp: float
    spread_march_log_error: float
    days_13_18_23_31: tuple[int, int, int, int]
    september: Setting
    drain_usdbn: Floats
    reserves_change_usdbn: Floats
    april: Setting
    april_sold_usdbn: Floats
    quiet_years: tuple[int, ...]
    quiet_use: Floats
    quiet_sigma_bp: Floats
    quiet_spread_bp: Floats
    spread_error_bp: float
    lasting_5y_bp: float

    @property
    def fingerprint(self) -> str:
        """Hash of every number."""
        parts = [repr(getattr(self, f.name)) for f in fields(self) if f.name not in _SETTINGS]
        parts += [repr(sorted(vars(getattr(self, name)).items())) for name in _SETTINGS]
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


_SETTINGS = ("march", "september", "april")


def fast_record(panel: Panel) -> FastRecord:
    """The record as the panel has it.

    Raises:
        CannotError: if a figure the estimation needs is not known on the panel's date.
    """
    march = load_episode("march-2020")
    late, early = (measure(march, panel, share) for share in (0.0, 1.0))
    september = measure(load_episode("september-2019"), panel)
    april = measure(load_episode("april-2025"), panel)
    days = late.days()
    ten = [late.record_on("ust.10y", day) for day in (march.opens, *days)]
    spread = np.array([late.record_on("gcf_triparty", date(2020, 3, d)) for d in (16, 17, 18)])
    spread = spread - NORMAL_SPREAD_BP
    quiet = _quiet(panel)
    return FastRecord(
        march=_setting(panel, march.opens),
        late_usdbn=_array(late, "sale"),
        early_usdbn=_array(early, "sale"),
        bought_usdbn=_array(late, "fed_purchase"),
        ten_year_pct=np.array(ten),
        spread_march_bp=float(spread.mean()),
        spread_march_log_error=float(np.log(spread).std(ddof=1)),
        days_13_18_23_31=_positions(days),
        september=_setting(panel, september.episode.opens),
        drain_usdbn=_two_days(_array(september, "cash_drain")),
        reserves_change_usdbn=_array(september, "reserves") - _array(september, "cash_drain"),
        april=_setting(panel, april.episode.opens),
        april_sold_usdbn=_array(april, "sale"),
        **quiet,
        lasting_5y_bp=float(
            slow_layer(HALF_LIFE_YEARS).lasting_bp_per_100bn[TENORS_YEARS.index(5.0)]
        ),
    )


def _array(figures: EpisodeFigures, role: str) -> Floats:
    return np.array(list(figures.by_day(role).values()))


def _two_days(drain: Floats) -> Floats:
    """The drain of a day and the one before, which is what funding feels."""
    return np.asarray(drain + np.concatenate([[0.0], drain[:-1]]))


def _positions(days: tuple[date, ...]) -> tuple[int, int, int, int]:
    a, b, c, d = (days.index(date(2020, 3, n)) for n in (13, 18, 23, 31))
    return a, b, c, d


def _setting(panel: Panel, day: date) -> Setting:
    """The market at the close of a day, with figures of that day whenever published."""
    gdp = _last(panel, "macro.gdp", day)
    top = "funding.iorb" if day >= date(2021, 7, 29) else "funding.target.upper"
    gap = 100.0 * (_last(panel, "funding.sofr", day) - _last(panel, top, day))
    return Setting(
        size_scale=float(scale_to_2025(gdp)),
        use=_on(history(panel, "dealers.use"), day) / USE_APRIL_2025,
        sigma_bp=_on(history(panel, "curve.10y.realised_vol"), day),
        reserves_usdbn=_last(panel, "fed.reserves", day),
        gdp_usdbn=gdp,
        sofr_iorb_bp=gap,
    )


def _last(panel: Panel, name: str, day: date) -> float:
    found = panel[name].on_or_before(day)
    return panel[name].at(0).value if found is None else found.value


def _on(track: Track, day: date) -> float:
    i = int(np.searchsorted(track.dates, np.datetime64(day, "D"), side="right")) - 1
    return float(track.values[max(i, 0)])


def _quiet(panel: Panel) -> dict[str, Any]:
    use = history(panel, "dealers.use")
    sigma = history(panel, "curve.10y.realised_vol")
    spread = history(panel, "funding.gcf_triparty")
    wanted = [(_of_year(one, year)) for year in QUIET_YEARS for one in (use, sigma, spread)]
    use_, sigma_, spread_ = (wanted[i::3] for i in range(3))
    months = [_monthly(spread, year) for year in QUIET_YEARS]
    inside = np.concatenate([m - m.mean() for m in months if m.size > 1])
    return {
        "quiet_years": QUIET_YEARS,
        "quiet_use": np.clip(np.array([np.median(one) for one in use_]) / USE_APRIL_2025, 0, None),
        "quiet_sigma_bp": np.array([np.median(one) for one in sigma_]),
        "quiet_spread_bp": np.array(
            [np.median(one) - NORMAL_SPREAD_BP if one.size else np.nan for one in spread_]
        ),
        "spread_error_bp": float(inside.std(ddof=1)),
    }


def _of_year(track: Track, year: int) -> Floats:
    years = track.dates.astype("datetime64[Y]").astype(int) + 1970
    return np.asarray(track.values[years == year], np.float64)


def _monthly(track: Track, year: int) -> Floats:
    month = track.dates.astype("datetime64[M]").astype(int)
    inside = month // 12 + 1970 == year
    return np.array([np.median(track.values[month == m]) for m in np.unique(month[inside])])

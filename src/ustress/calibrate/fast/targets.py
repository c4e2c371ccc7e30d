"""What the fast layer is fitted to and held against: each datum with its error and its basis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.fast.bases import BASES
from ustress.calibrate.fast.experiments import (
    FIVE_YEAR,
    LATER_DAYS,
    MONTH_DAYS,
    OPERATION_DAY,
    OPERATION_USDBN,
    QUIET_REPEATS,
    SALE_USDBN,
    Path,
    Shorts,
)
from ustress.calibrate.fast.record import FastRecord
from ustress.model.parameters import load_parameters

Floats = NDArray[np.float64]

LOG, LEVEL, ONE_SIDED = "log", "level", "one-sided"
STUDY, EPISODE, MEASURED = "study", "episode", "measured"
FLOOR_BP = 0.05
"""Smallest answer whose logarithm is taken: a miss beyond it is as bad as it gets."""


@dataclass(frozen=True, slots=True)
class Target:
    """One datum: `value` in `unit` with error `s`, and the model's answers (particles,).

    `form`: log (log y = log f + e), level (y = f + e) or one-sided (nothing to pay from `value`
    on). `group`: what else spreads it: studies and episodes each have a tau, what is measured in
    the model's own terms has none.
    """

    key: str
    title: str
    unit: str
    value: float
    s: float
    form: str
    group: str
    source: str
    answer: Floats

    @property
    def basis(self) -> str:
        """Whether it was fitted here, elsewhere or not at all (`bases`)."""
        return BASES[self.key]


def targets(short: Shorts, theta: dict[str, Floats], record: FastRecord) -> tuple[Target, ...]:
    """Every datum but the quiet years and the threshold, which are counted apart."""
    return (
        *_march(short, record), *_literature(short, theta, record), *_spreads(theta, record),
        *_not_read(short, record),
    )  # fmt: skip


def _march(short: Shorts, record: FastRecord) -> tuple[Target, ...]:
    a, b, c, d = record.days_13_18_23_31
    D, alone, y = short.march.D_bp, short.march_without.D_bp, 100.0 * record.ten_year_pct
    sigma = record.march.sigma_bp
    source = "US Treasury par yields; error: the ten-year's own volatility on 9 March over the days"

    def rise(key: str, title: str, days: int, value: float, answer: Floats) -> Target:
        s = sigma * np.sqrt(days) / value
        return Target(key, title, "bp", value, s, LOG, EPISODE, source, answer)

    return (
        rise("march-13", "ten-year, 9 to 13 March 2020", a + 1, y[a + 1] - y[0], D[a]),
        rise("march-18", "ten-year, 9 to 18 March 2020", b + 1, y[b + 1] - y[0], D[b]),
        rise("march-23", "fall, 18 to 23 March 2020", c - b, y[b + 1] - y[c + 1], D[b] - D[c]),
        Target("march-31", "ten-year, 23 to 31 March 2020", "bp", y[d + 1] - y[c + 1],
               sigma * np.sqrt(d - c), LEVEL, MEASURED, source, D[d] - D[c]),
        Target("march-alone", "without purchases, wedge of the 23rd over the 18th's", "ratio", 1.0,
               0.2, ONE_SIDED, MEASURED, "model document, section 5: must not heal itself",
               alone[c] / np.maximum(alone[b], FLOOR_BP)),
        Target("march-spread", "dealers' spread, 16 to 18 March 2020", "bp",
               record.spread_march_bp, record.spread_march_log_error, LOG, EPISODE,
               "GCF less tri-party less 7, New York Fed and OFR; error: of the three days",
               short.march.Lam_bp[b - 2 : b + 1].mean(axis=0)),
    )  # fmt: skip


def _literature(short: Shorts, theta: dict[str, Floats], record: FastRecord) -> tuple[Target, ...]:
    h = load_parameters()["h"].value
    five = h[FIVE_YEAR] if isinstance(h, tuple) else h
    D, L = short.ladder.D_bp, record.lasting_5y_bp * SALE_USDBN / 100.0
    at_first, later = (five * D[i] + L for i in (MONTH_DAYS - 1, MONTH_DAYS + LATER_DAYS - 1))
    source = "Beltran and others 2012; error: half the source's own range"
    seven = len(h) if isinstance(h, tuple) else 1
    # What a purchase in one of seven sectors does to it beyond the common part (model, section 2).
    x = load_parameters().value("x_per_par_sellers") * OPERATION_PAR_2025
    local = theta["lam_l_bp_per_100bn"] / 100.0 * x * (1.0 - 1.0 / seven)
    return (
        Target("beltran-short", "five-year, end of a month's $100bn", "bp", 18.5,
               float(np.log(22.0 / 15.0) / 2.0), LOG, STUDY, source, at_first),
        Target("beltran-ratio", "the same, at first over later", "ratio", 2.5,
               float(np.log(60.0 / 40.0) / 2.0), LOG, STUDY, source,
               at_first / np.maximum(later, FLOOR_BP)),
        Target("damico-flow", "sector bought, on an operation day", "bp", 3.5, 0.0, LOG, STUDY,
               "D'Amico and King 2012; no error was reachable",
               short.operation.D_bp[0] + local),
    )  # fmt: skip


TOP_THRESHOLD = 0.25
THRESHOLDS = np.linspace(0.10, TOP_THRESHOLD, 31)
"""The bracket of the Fed's threshold, on a grid: uniform before the data."""
OPERATION_PAR_2025 = OPERATION_USDBN * OPERATION_DAY.size_scale
"""Par of an operation of the first programme at 2025 size, $bn."""


def _spreads(theta: dict[str, Floats], record: FastRecord) -> tuple[Target, ...]:
    """Dealers' spread of each quiet year against the model's at the year's use and volatility."""
    found = []
    for year, use, sigma, y in zip(
        record.quiet_years,
        record.quiet_use,
        record.quiet_sigma_bp,
        record.quiet_spread_bp,
        strict=True,
    ):
        if np.isfinite(y):
            found.append(
                Target(f"spread-{year}", f"dealers' spread, median of {year}", "bp", float(y),
                       2.0 * record.spread_error_bp, LEVEL, MEASURED,
                       "GCF less tri-party less 7; error: twice the months' about their year, as "
                       "the normal level itself moves", spread_at_rest(theta, use, sigma))
            )  # fmt: skip
    return tuple(found)


def spread_at_rest(theta: dict[str, Floats], use: float, sigma_bp: float) -> Floats:
    """Lam = phi z^2 with nothing held, bp, at dealers' use against April 2025 and volatility."""
    w = load_parameters().value("w")
    u = theta["u0"] * use * (sigma_bp / 5.0) ** theta["nu"]
    z = np.logaddexp(0.0, (u - theta["ubar"]) / w)
    z = z / np.logaddexp(0.0, (1.0 - theta["ubar"]) / w)
    return np.asarray(theta["phi_bp"] * z * z)


def _not_read(short: Shorts, record: FastRecord) -> tuple[Target, ...]:
    c = record.days_13_18_23_31[2]
    ratio = 141.0 / 100.0
    return (
        Target("april-2025", "ten-year, 4 to 11 April 2025, official flows alone", "bp", 47.0, 0.0,
               LOG, EPISODE, "US Treasury par yields and TIC", short.april.D_bp[4]),
        Target("kansas-city", "ten-year, end of a month's $141bn", "bp", 57.0, 0.0, LOG, STUDY,
               "Kansas City Fed 2025: 25 to 101",
               short.ladder.D_bp[MONTH_DAYS - 1] * ratio),
        Target("sofr-2019", "SOFR less top of the range, 17 September 2019", "bp", 300.0, 0.0, LOG,
               EPISODE, "New York Fed", short.september.sofr_iorb_bp[1]),
        Target("alone-23", "ten-year, 9 to 23 March 2020, without purchases", "bp", float("nan"),
               0.0, LOG, EPISODE, "no record can be had", short.march_without.D_bp[c]),
        Target("alone-dysfunction", "dysfunction, 23 March 2020, without purchases", "index",
               TOP_THRESHOLD, 0.0, ONE_SIDED, MEASURED, "model document, section 5: must not heal "
               "itself; the top of the Fed's bracket", short.march_without.S[c]),
    )  # fmt: skip


SHARPNESS = 0.004
"""Width of the logistic step by which a crossing is counted, of the index."""


class Occasion(NamedTuple):
    """What was or was not bought once: log chances (thresholds, particles) at each threshold."""

    key: str
    log_chance: Floats


def occasions(short: Shorts, quiet: Path, record: FastRecord) -> tuple[Occasion, ...]:
    """What was bought and what was not.

    Nothing in every quiet year (the mean of its repeats), around 17 September 2019 and in April
    2025 on official flows; by 18 March 2020, purchases left out, something.
    """
    b = record.days_13_18_23_31[1]
    calm = quiet.S.max(axis=0).reshape(-1, QUIET_REPEATS, quiet.S.shape[-1])
    years = [
        Occasion(f"quiet-{year}", np.log(np.maximum(_below(S).mean(axis=1), 1e-12)))
        for year, S in zip(record.quiet_years, calm, strict=True)
    ]
    reached = short.march_without.S[: b + 1].max(axis=0)
    return (
        *years,
        Occasion("september-2019", np.log(_below(short.september.S[:3].max(axis=0)[None])[:, 0])),
        Occasion("april-2025", np.log(_below(short.april.S.max(axis=0)[None])[:, 0])),
        Occasion("march-2020", np.log(np.maximum(1.0 - _below(reached[None])[:, 0], 1e-12))),
    )


def _below(S: Floats) -> Floats:
    """(thresholds, repeats, particles): chance that S (repeats, particles) stayed below, smooth."""
    gap = (S[None] - THRESHOLDS[:, None, None]) / SHARPNESS
    return np.asarray(1.0 / (1.0 + np.exp(np.clip(gap, -40.0, 26.0))))

"""The dysfunction index measured: what the record allows of S on a date, with bounds for the rest.

S needs depth (g), the dealers' spread (Lam), the wedge (D) and funding (r). Of these the record
has the spread (GCF less tri-party above its normal 7 bp) and funding (SOFR less IORB). Depth is
estimated from dealers' positions against their five-year maximum and realised volatility, by the
model's own equations at the middle of its parameters. The wedge needs swap spreads of the reader's
own: it is how far the ten-year's spread lies below its median of the quarter before. Without them
it bounds S from above by its whole weight, and so does whatever else is missing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ustress.core.dates import add_business_days
from ustress.core.errors import BadInputError, CannotError, MissingSeriesError
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.core.panel import Panel
    from ustress.monitor.track import Track

NORMAL_SPREAD_BP = 7.0
"""GCF less tri-party in calm (model document, section 2)."""
READ = (
    "dealers.use", "curve.10y.realised_vol", "funding.gcf_triparty", "funding.sofr_iorb",
)  # fmt: skip
SWAP_SPREAD = "swap_spread.10y"
QUARTER_DAYS = 63
"""Business days whose median counts as the swap spread's normal level."""
OLDEST_DAYS = {"dealers.use": 28}
OLDEST_OTHERS = 5


@dataclass(frozen=True, slots=True)
class MeasuredDysfunction:
    """S of a day as far as it can be had: between `low` (what is missing is nought) and `high`.

    `parts` are the contributions known; `missing` maps the others to the reason. `low` is None
    where nothing of it is known.
    """

    day: date
    low: float | None
    high: float | None
    parts: Mapping[str, float]
    missing: Mapping[str, str]


def measured_dysfunction(day: str | date) -> MeasuredDysfunction:
    """S of a business day, from figures of that day known two weeks later.

    Raises:
        BadInputError: if the day is no date or lies before the figures begin.
    """
    from ustress.data.store import Store
    from ustress.model.dysfunction import WEIGHTS, dysfunction_parts
    from ustress.monitor import history

    chosen = resolve_day(day)
    if chosen.weekday() > 4:
        raise BadInputError(f"{chosen} is no business day; expected one")
    panel = Store().panel(add_business_days(chosen, 10))  # dealers' positions take a week
    value: dict[str, float] = {}
    missing: dict[str, str] = {}
    D = _wedge_bp(panel, chosen)
    if D is None:
        missing["wedge"] = "needs prices of single bonds or swap spreads"
    for key in READ:
        try:
            value[key] = _on(history(panel, key), chosen, OLDEST_DAYS.get(key, OLDEST_OTHERS))
        except CannotError as gap:
            missing[key] = str(gap)
    g = _depth(value)
    spread = value.get("funding.gcf_triparty")
    funding = value.get("funding.sofr_iorb")
    all_parts = dysfunction_parts(
        1.0 if g is None else g,
        0.0 if spread is None else spread - NORMAL_SPREAD_BP,
        0.0 if D is None else D,
        0.0 if funding is None else funding,
    )
    there = {"depth": g is not None, "spread": spread is not None, "wedge": D is not None,
             "funding": funding is not None}  # fmt: skip
    parts = {
        name: float(part)
        for (name, known), part in zip(there.items(), all_parts, strict=True)
        if known
    }
    open_ = sum(w for (_, known), w in zip(there.items(), WEIGHTS, strict=True) if not known)
    low = math.fsum(parts.values()) if parts else None
    return MeasuredDysfunction(chosen, low, None if low is None else low + open_, parts, missing)


def _wedge_bp(panel: Panel, day: date) -> float | None:
    """Swap less Treasury at ten years below its median of the quarter before, bp, or None."""
    import numpy as np

    series = panel.get(SWAP_SPREAD)
    at = None if series is None else series.index_on_or_before(day)
    if series is None or at is None or at < QUARTER_DAYS:
        return None
    if np.datetime64(day, "D") - series.dates[at] > np.timedelta64(OLDEST_OTHERS, "D"):
        return None
    before = series.values[at - QUARTER_DAYS : at]
    return float(np.median(before) - series.values[at])


def _on(track: Track, day: date, oldest_days: int) -> float:
    """The value of the day, or of the newest one before it that is not too old."""
    import numpy as np

    at = int(np.searchsorted(track.dates, np.datetime64(day, "D"), side="right")) - 1
    if at < 0:
        raise MissingSeriesError(f"{track.used[0]} begins on {track.dates[0]}")
    if np.datetime64(day, "D") - track.dates[at] > np.timedelta64(oldest_days, "D"):
        raise MissingSeriesError(f"the newest figure by {day} is of {track.dates[at]}")
    return float(track.values[at])


def _depth(value: Mapping[str, float]) -> float | None:
    """The factor g = 1 + c z^2 from dealers' use and volatility, at the parameters' medians."""
    if "dealers.use" not in value or "curve.10y.realised_vol" not in value:
        return None
    from ustress.model.parameters import load_parameters
    from ustress.simulate.opening import LARGEST_USE_SCALE, USE_APRIL_2025

    table = load_parameters()
    u0, nu, ubar, w, c = (table.value(name) for name in ("u0", "nu", "ubar", "w", "c"))
    scale = min(max(value["dealers.use"] / USE_APRIL_2025, 0.0), LARGEST_USE_SCALE)
    u = u0 * scale * (max(value["curve.10y.realised_vol"], 1e-6) / 5.0) ** nu
    z = _softplus((u - ubar) / w) / _softplus((1.0 - ubar) / w)
    return 1.0 + c * z * z


def _softplus(x: float) -> float:
    return x + math.log1p(math.exp(-x)) if x > 0 else math.log1p(math.exp(x))

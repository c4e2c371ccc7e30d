"""What a reader's own figures say within the day and bond by bond: sessions, liquidity, noise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.core.errors import BadInputError, CannotError, MissingSeriesError
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.curves.noise import Noise
    from ustress.data.store import Store
    from ustress.monitor.liquidity import Liquidity
    from ustress.monitor.sessions.bars import IntradayBars
    from ustress.monitor.sessions.clustering import Clustering
    from ustress.monitor.sessions.decompose import Decomposition, SessionStatistics

JUDGED_DAYS = 30
SEED = 7


class Bars:
    """The reader's intraday bars, as known by the end of a day in New York."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, name: str, day: date) -> IntradayBars | None:
        """The bars of `name` that had ended with `day`, or None where the store holds none."""
        from ustress.data.bars import bars
        from ustress.monitor.sessions.bars import IntradayBars
        from ustress.monitor.sessions.hours import place

        try:
            held = bars(self._store, name, None, day + timedelta(days=1))
        except MissingSeriesError:
            return None
        found = IntradayBars.of(held, held.unit)
        return found.until(place(found.start)[0], day)


@dataclass(frozen=True, slots=True)
class SessionsSeen:
    """An instrument's days taken apart by session, and what may be said of them.

    `clustering` and `liquidity` are None where the bars do not allow them; `missing` says why.
    """

    name: str
    as_of: date
    judged_from: date
    last: Decomposition
    statistics: tuple[SessionStatistics, ...]
    clustering: Clustering | None
    liquidity: Liquidity | None
    missing: dict[str, str]
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form."""
        last = self.last
        changes = zip(self.statistics, last.sessions[-1], strict=True)
        return {
            "name": self.name, "as_of": self.as_of, "unit": last.unit, "days": len(last),
            "sessions": list(self.statistics),
            "last_day": {
                "day": last.days[-1].astype(object), "change": float(last.total[-1]),
                "gap": float(last.gap[-1]),
                **{each.name: float(change) for each, change in changes},
            },
            "clustering": _clustering_form(self.clustering, self.judged_from),
            "liquidity_beyond_volatility": _liquidity_form(self.liquidity),
            "missing": self.missing,
            "cannot_prove": self.sentence,
        }  # fmt: skip


def _clustering_form(found: Clustering | None, judged_from: date) -> dict[str, Any] | None:
    if found is None:
        return None
    rows = zip(found.sessions, found.share, found.usual, found.excess, found.low, found.high,
               strict=True)  # fmt: skip
    names = ("session", "share", "usual", "excess", "low", "high")
    return {
        "judged_from": judged_from, "level": found.level, "days": found.days,
        "reference_days": found.reference_days, "large_moves": found.large,
        "sessions": [
            {n: v if n == "session" else float(v) for n, v in zip(names, row, strict=True)}
            for row in rows
        ],
        "clusters": list(found.clusters),
    }  # fmt: skip


def _liquidity_form(found: Liquidity | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"day": found.days[-1].astype(object), "log_points": float(found.beyond[-1])}


def sessions(
    name: str, as_of: str | date | None = None, judged_from: str | date | None = None
) -> SessionsSeen:
    """Sessions, clustering and liquidity of an instrument from the reader's own bars.

    Args:
        name: as imported with `ustress data import FILE --map MAP`.
        as_of: a day or its text; None is today.
        judged_from: first day judged for clustering; None is `JUDGED_DAYS` trading days back.

    Raises:
        BadInputError: if a date is wrong.
        CannotError: if the store holds no bars of the name by that day, or of one day alone.
    """
    import numpy as np

    from ustress.data.store import Store
    from ustress.monitor import liquidity
    from ustress.monitor.sessions.clustering import CANNOT_PROVE, clustering
    from ustress.monitor.sessions.decompose import decompose, statistics

    day = resolve_day(as_of)
    found = Bars(Store()).of(name, day)
    if found is None or not len(found):
        raise CannotError(
            f"the store holds no bars of {name} by {day}; `ustress data import FILE --map MAP` "
            "brings them (docs/importing.md)"
        )
    apart = decompose(found)
    first = _judged_from(judged_from, apart)
    missing: dict[str, str] = {}
    clusters = _try(
        lambda: clustering(found, first, np.random.default_rng(SEED)), "clustering", missing
    )
    beyond = _try(lambda: liquidity.from_bars(found), "liquidity", missing)
    return SessionsSeen(
        name, day, first, apart, statistics(apart), clusters, beyond, missing, CANNOT_PROVE
    )


def _judged_from(given: str | date | None, apart: Decomposition) -> date:
    if given is not None:
        return resolve_day(given)
    first: date = apart.days[-min(JUDGED_DAYS, len(apart))].astype(object)
    return first


def _try(job: Any, name: str, missing: dict[str, str]) -> Any:
    try:
        return job()
    except MissingSeriesError as gap:
        missing[name] = str(gap)
        return None


@dataclass(frozen=True, slots=True)
class NoiseSeen:
    """The noise of the bonds in a reader's file (Hu, Pan and Wang 2013), with what it rests on."""

    file: str
    noise_bp: float
    bonds: int
    used: int
    outliers: int

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form."""
        return {
            "file": self.file, "noise_bp": self.noise_bp, "bonds": self.bonds, "used": self.used,
            "outliers": self.outliers, "evidence": "estimated",
            "reference": "Hu, Pan and Wang (2013), Journal of Finance 68",
        }  # fmt: skip


def bond_noise(file: str | Path) -> NoiseSeen:
    """The noise in one day's bond prices from a CSV file: coupon_pct, years, price.

    `price` is per 100 with accrued interest; `years` runs from settlement to maturity.

    Raises:
        BadInputError: if the file cannot be read, lacks a column or holds a value that is none.
        CannotError: with too few bonds of one to ten years.
    """
    import numpy as np
    import polars as pl

    from ustress.curves.noise import noise

    path = Path(file)
    columns = ("coupon_pct", "years", "price")
    try:
        table = pl.read_csv(path, comment_prefix="#")
    except (OSError, pl.exceptions.PolarsError) as error:
        absent = isinstance(error, FileNotFoundError)
        why = "there is no such file" if absent else "it is no CSV table"
        raise BadInputError(f"cannot read {path}: {why}") from None
    if gone := [name for name in columns if name not in table.columns]:
        raise BadInputError(
            f"{path}: column {', '.join(gone)} is missing; expected {', '.join(columns)}"
        )
    try:
        given = [table[name].cast(pl.Float64).to_numpy() for name in columns]
    except pl.exceptions.PolarsError:
        raise BadInputError(f"{path}: a value is not a number; expected numbers only") from None
    found: Noise = noise(*given)
    used, out = int(np.sum(found.used)), int(np.sum(found.outlier))
    return NoiseSeen(str(path), found.noise_bp, table.height, used, out)

"""Which rows of a batch a person should look at before they count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from ustress.core.panel import SeriesInfo
from ustress.data.history import FIRST_DAY, LAST_DAY, History
from ustress.data.plausible import bounds, jumps
from ustress.data.quarantine import Held, identity
from ustress.data.rows import COLUMNS, Row

if TYPE_CHECKING:
    import polars as pl

    from ustress.data.store import Store


def doubtful(
    store: Store, rows: pl.DataFrame, infos: Mapping[str, SeriesInfo], let_in: frozenset[str]
) -> tuple[pl.DataFrame, list[Held]]:
    """The sound rows, without doubles, and the cases that stay out.

    Args:
        store: the past that jumps are measured against.
        rows: the batch, of known series.
        infos: what the series are.
        let_in: ids of values a reader has looked at and released.
    """
    import polars as pl

    single = rows.unique(
        subset=["series", "day", "known_from", "value"], keep="first", maintain_order=True
    )
    reasons = single.with_columns(_plain_reasons(infos, single)).with_row_index("at")
    jumped = _jumps(store, reasons, infos)
    if jumped:
        found = pl.DataFrame(
            {"at": list(jumped), "jumped": list(jumped.values())},
            schema={"at": reasons.schema["at"], "jumped": pl.String},
        )
        reasons = reasons.join(found, on="at", how="left", maintain_order="left").with_columns(
            pl.coalesce("reason", "jumped").alias("reason")
        )
    cases = [
        Held(identity(row[0], row[1], row[2]), Row(*row[: len(COLUMNS)]), row[-1])
        for row in reasons.filter(pl.col("reason").is_not_null()).select(*COLUMNS, "reason").rows()
    ]
    out = [case for case in cases if case.id not in let_in]
    accepted = [identity_at for identity_at in (c.id for c in cases) if identity_at in let_in]
    clear = reasons.filter(pl.col("reason").is_null())
    if accepted:
        from ustress.data.rows import frame

        again = frame([c.row for c in cases if c.id in let_in])
        clear = pl.concat([clear.select(COLUMNS), again])
    return clear.select(COLUMNS), out


def _plain_reasons(infos: Mapping[str, SeriesInfo], rows: pl.DataFrame) -> pl.Expr:
    """Reasons that need no past: no number, out of bounds, impossible dates, given twice."""
    import polars as pl

    names = rows["series"].unique().to_list()
    limits = {name: bounds(infos[name]) for name in names}
    low = pl.col("series").replace_strict({n: b.low for n, b in limits.items()})
    high = pl.col("series").replace_strict({n: b.high for n, b in limits.items()})
    allowed = pl.col("series").replace_strict(
        {n: f"{b.low:,.10g} to {b.high:,.10g} {infos[n].unit}" for n, b in limits.items()}
    )
    value = pl.col("value")
    several = pl.struct("series", "day", "known_from").is_duplicated()
    return (
        pl.when(value.is_null() | ~value.is_finite())
        .then(pl.lit("no number"))
        .when(~pl.col("day").is_between(FIRST_DAY, LAST_DAY))
        .then(pl.lit(f"dated outside {FIRST_DAY.year} to {LAST_DAY.year}"))
        .when(pl.col("known_from") > LAST_DAY)
        .then(pl.lit(f"known after {LAST_DAY.year}"))
        .when(pl.col("known_from") < pl.col("day"))
        .then(pl.format("known on {}, before its day", "known_from"))
        .when(several)
        .then(pl.lit("given more than once with different values"))
        .when((value < low) | (value > high))
        .then(pl.format("outside {}", allowed))
        .otherwise(pl.lit(None, dtype=pl.String))
        .alias("reason")
    )


def _jumps(store: Store, rows: pl.DataFrame, infos: Mapping[str, SeriesInfo]) -> dict[int, str]:
    """The position of each row that stands too far from the value before it, with the words."""
    import polars as pl

    sound = rows.filter(pl.col("reason").is_null()).sort("series", "day", "known_from")
    names = sound["series"].unique().sort().to_list()
    past = store.histories_known(names)
    found: dict[int, str] = {}
    for (name,), part in sound.group_by("series", maintain_order=True):
        info = infos[str(name)]
        found |= _jumps_of(info, past[str(name)], part)
    return found


def _jumps_of(info: SeriesInfo, past: History, rows: pl.DataFrame) -> dict[int, str]:
    winners = past.as_of(LAST_DAY)
    at = rows["at"].to_numpy()
    days = np.concatenate([winners.days, rows["day"].to_physical().to_numpy()])
    values = np.concatenate([winners.values, rows["value"].to_numpy()])
    new = np.arange(days.size) >= winners.days.size
    order = np.argsort(days, kind="stable")
    values, new, source = values[order], new[order], order - winners.days.size
    return {
        int(at[source[i]]): _words(float(values[i]), values, i, largest, info)
        for i, largest in jumps(values, new, bounds(info)).items()
    }


def _words(value: float, values: np.ndarray, i: int, largest: float, info: SeriesInfo) -> str:
    return (
        f"{value:g} follows {float(values[i - 1]):g}; the largest change before was {largest:g}"
        f" ({info.unit}), and more than {bounds(info).jump:g} times that is looked at first"
    )

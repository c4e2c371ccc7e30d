"""Single values quoted for dated events: facts of the press, each with the owner's series name."""

from __future__ import annotations

import polars as pl

# S&P Dow Jones Indices, Freddie Mac, ICE BofA, CME; each known on its own day.
PRESS = (
    ("quoted.market.spx", "2025-04-04", 5074.08),
    ("quoted.market.spx", "2025-04-11", 5363.36),
    ("quoted.mortgage.30y", "2025-04-03", 6.64),
    ("quoted.mortgage.30y", "2025-04-10", 6.62),
    ("quoted.mortgage.30y", "2025-04-17", 6.83),
    ("quoted.credit.ig_spread", "2025-04-02", 0.96),
    ("quoted.credit.ig_spread", "2025-04-09", 1.21),
    ("quoted.market.gold_future", "2025-04-04", 3035.4),
    ("quoted.market.gold_future", "2025-04-11", 3244.6),
)
COMMENTARY_DAY = "2025-04-11"
# China and Japan, $bn. The commentary's December 2023 row is left out: it belongs elsewhere.
COMMENTARY = (
    ("2025-01-31", 760.8, 1079.3),
    ("2024-12-31", 759.0, 1059.8),
    ("2024-11-30", 768.6, 1087.1),
    ("2024-10-31", 760.1, 1101.6),
)


def quoted() -> pl.DataFrame:
    """Columns series, day, value, source, known_from: the days on which they were printed."""
    rows = [(name, when, value, "press", when) for name, when, value in PRESS]
    for when, china, japan in COMMENTARY:
        for name, value in (("quoted.tic.china", china), ("quoted.tic.japan", japan)):
            rows.append((name, when, value, "commentary of 11 April 2025", COMMENTARY_DAY))
    columns = ["series", "day", "value", "source", "known_from"]
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(
        pl.col("day", "known_from").str.to_date("%Y-%m-%d")
    )

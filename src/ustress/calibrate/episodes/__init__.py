"""Dated episodes as data: what was sold, bought and drained by business day, and the record.

    from ustress.calibrate.episodes import load_episode, measure
    figures = measure(load_episode("march-2020"), panel)
    figures.total("fed_purchases"), figures.record("ust.10y")

Declared in TOML, one file per episode; measured over a panel that the caller brings. Nothing is
scaled to make a sum fit, and what has no measured amount is named without one.
"""

from ustress.calibrate.episodes.declared import (
    ROLES,
    SELLERS,
    Episode,
    Flow,
    Record,
    Unmeasured,
    episode_names,
    load_episode,
    load_episodes,
    parse_episode,
)
from ustress.calibrate.episodes.measured import (
    DayFlow,
    EpisodeFigures,
    MeasuredFlow,
    RecordDay,
    measure,
)

__all__ = [
    "ROLES",
    "SELLERS",
    "DayFlow",
    "Episode",
    "EpisodeFigures",
    "Flow",
    "MeasuredFlow",
    "Record",
    "RecordDay",
    "Unmeasured",
    "episode_names",
    "load_episode",
    "load_episodes",
    "measure",
    "parse_episode",
]

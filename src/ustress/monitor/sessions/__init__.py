"""Moves by trading session from a reader's intraday bars: exact sums, volatility, clustering."""

from ustress.monitor.sessions.bars import IntradayBars
from ustress.monitor.sessions.clustering import CANNOT_PROVE, Clustering, clustering
from ustress.monitor.sessions.decompose import (
    Decomposition,
    SessionStatistics,
    decompose,
    statistics,
)
from ustress.monitor.sessions.hours import SESSIONS, Session, place

__all__ = [
    "CANNOT_PROVE",
    "SESSIONS",
    "Clustering",
    "Decomposition",
    "IntradayBars",
    "Session",
    "SessionStatistics",
    "clustering",
    "decompose",
    "place",
    "statistics",
]

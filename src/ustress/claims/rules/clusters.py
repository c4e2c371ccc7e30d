"""Clustering by trading session, from the reader's own intraday bars."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from ustress.claims.bench import Bench, Finding, UnjudgeableError
from ustress.claims.rules.base import Day, Rule, Text
from ustress.claims.spoken import chance, count, quoted, show
from ustress.claims.verdict import Number, Outcome
from ustress.core.errors import MissingSeriesError
from ustress.core.evidence import Evidence
from ustress.monitor.sessions.clustering import CANNOT_PROVE, Clustering, clustering

_SEED = 7


class Clusters(Rule):
    """Large moves cluster in a session: more than there usually are, beyond the bootstrap's error.

    `bars` names the instrument as the reader imported it; `from_day` is the first trading day
    judged, earlier ones are the reference.
    """

    kind: ClassVar[str] = "clusters"
    bars: Text
    session: Literal["Asia", "London", "New York"]
    from_day: Day

    def words(self) -> str:
        """What counts as clustering."""
        return (
            f"the share of large moves of {self.bars} (beyond the 95th percentile of their period) "
            f"that fell into {self.session} hours from {self.from_day} on exceeds the share before "
            "it, the 90 % interval of a block bootstrap over days lying above nought"
        )

    def judge(self, bench: Bench) -> Finding:
        """The excess with its interval, and what it cannot prove.

        Raises:
            UnjudgeableError: without bars of that time, or with too few.
        """
        need = (
            f"Treasury prices or yields within the day, imported as bars named {quoted(self.bars)}"
        )
        bars = bench.aids.bars(self.bars, bench.panel.as_of) if bench.aids.bars else None
        if bars is None:
            raise UnjudgeableError(
                "the record has one figure a day, none by trading session", (need,)
            )
        try:
            found = clustering(bars, self.from_day, np.random.default_rng(_SEED))
        except MissingSeriesError as gap:
            raise UnjudgeableError(str(gap), (need,)) from None
        return self._finding(found, bench)

    def _finding(self, found: Clustering, bench: Bench) -> Finding:
        at = found.sessions.index(self.session)
        excess, low, high = (float(a[at]) for a in (found.excess, found.low, found.high))
        held = low > 0
        number = Number(
            f"excess share of large moves in {self.session}", 100 * excess, "pp", bench.said_on,
            bench.said_on, f"own bars: {self.bars}", Evidence.ESTIMATED, None,
            f"{chance(0.9)} interval {points(low)} to {points(high)}; "
            f"{count(found.large)} large moves",
        )  # fmt: skip
        because = (
            f"{chance(float(found.share[at]))} of large moves fell into {self.session} hours, "
            f"{chance(float(found.usual[at]))} before; excess {points(excess)} "
            f"({points(low)} to {points(high)}). {CANNOT_PROVE.rstrip('.')}"
        )
        outcome = Outcome.HOLDS if held else Outcome.DOES_NOT_HOLD
        side = "at or below" if held else "above"
        return Finding(outcome, because, (number,), (), f"an interval that lies {side} nought")


def points(share: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    return show(100.0 * share, "pp", signed=True)

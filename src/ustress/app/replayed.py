"""The charts of a replay: the model's fan from the day before, and the record through it."""

from __future__ import annotations

from dataclasses import replace

from ustress.app.charts import kind
from ustress.app.jobs.asked import ReplayAsked
from ustress.app.pages.address import Address
from ustress.app.pages.asking import NOT_YET, asked, found
from ustress.app.state import Served
from ustress.core.errors import CannotError, UnknownNameError
from ustress.report.charts.base import Absent, Declared
from ustress.report.charts.replay import declare
from ustress.report.replayed import ReplayShown


class ReplayAddress(Address):
    """An episode replayed; without a name none is."""

    replay: str | None = None
    paths: int = 2000
    seed: int = 7

    def question(self) -> ReplayAsked | None:
        """The replay asked for, if one is."""
        if self.replay is None:
            return None
        return asked(ReplayAsked, episode=self.replay, paths=self.paths, seed=self.seed)

    def seen(self, held: Served) -> ReplayShown | None:
        """The replay, if it has been simulated."""
        question = self.question()
        return None if question is None else found(held, question, ReplayShown)


class RecordAddress(ReplayAddress):
    """One observable of a replay."""

    name: str = "ust.10y"


@kind("replay", RecordAddress)
def against_record(held: Served, address: RecordAddress) -> Declared | Absent:
    """One observable of a replay against its record."""
    seen = address.seen(held)
    if seen is None:
        raise CannotError(NOT_YET)
    pairs = {pair.fan.key: pair for pair in seen.against}
    if address.name not in pairs:
        raise UnknownNameError("observable", address.name, tuple(pairs))
    pair = pairs[address.name]
    return replace(declare(seen, pair.fan, pair.record), full=len(pairs) == 1)

"""Claims judged from the record, as known on a date and as known today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.claims.verdict import Verdict
from ustress.core.progress import Progress, silent
from ustress.workflows.common import resolve_day
from ustress.workflows.sessions import Bars

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ustress.claims.simulated import Counted, Simulator
    from ustress.model.types import Parameters
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.opening import Opening


@dataclass(frozen=True, slots=True)
class JudgedClaims:
    """Verdicts with the two dates they were judged on."""

    as_of: date
    known_until: date
    verdicts: tuple[Verdict, ...]

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form."""
        from ustress.claims import to_json

        return to_json(self.verdicts, self.as_of, self.known_until)


def judge_claims(
    file: Path | None = None,
    as_of: str | date | None = None,
    paths: int = 2000,
    seed: int = 7,
    progress: Progress = silent,
    *,
    simulate: bool = True,
    simulator: Simulator | None = None,
) -> JudgedClaims:
    """Judge a file of claims (None: the built-in file of April 2025).

    Args:
        file: a TOML file of claims.
        as_of: the date whose knowledge counts as 'then'; None is the day the claims were made.
        paths: simulated paths a scenario, for statements about the mechanism.
        seed: of the shocks.
        progress: told as scenarios are simulated.
        simulate: False leaves statements about the mechanism unchecked.
        simulator: who simulates, where runs are at hand already; None simulates afresh.

    Raises:
        BadInputError: if the file or the date is wrong; the sentence names the place.
    """
    from ustress.claims import judge, load_claims
    from ustress.claims.bench import Aids
    from ustress.data.store import Store
    from ustress.workflows.counts import keep_counts, kept_counts

    claims = load_claims(file)
    day = max(c.said_on for c in claims) if as_of is None else resolve_day(as_of)
    store = Store()
    known_until = store.known_until()
    # A reader's claims may name a reader's scenario files, which change: nothing is kept of them.
    keep = file is None and simulator is None and simulate
    counts = kept_counts(paths, seed) if keep else {}
    runs = Runs(paths, seed, progress, counts)
    aids = Aids((simulator or runs) if simulate else None, Bars(store).of)
    verdicts = judge(claims, store.panel(day), store.panel(known_until), aids)
    if keep and runs.counts.keys() != counts.keys():
        keep_counts(runs.counts, paths, seed)
    return JudgedClaims(day, known_until, verdicts)


class Runs:
    """Simulates what claims ask for, each scenario once, from the opening of the claim's day.

    `counts` were counted before, by question.
    """

    def __init__(
        self,
        paths: int = 2000,
        seed: int = 7,
        progress: Progress = silent,
        counts: Mapping[str, Counted | None] | None = None,
    ) -> None:
        self._paths, self._seed, self._progress = paths, seed, progress
        self._openings: dict[date, Opening] = {}
        self._done: dict[tuple[Any, ...], Ensemble] = {}
        self.counts: dict[str, Counted | None] = dict(counts or {})
        self._drawn: dict[tuple[date, int], Parameters] = {}

    def run(
        self, day: date, scenario: str, overrides: tuple[str, ...], horizon_days: int
    ) -> Ensemble:
        """The scenario's paths, from memory where it was run before.

        Raises:
            BadInputError: if there is no such scenario or key.
            CannotError: if the day has no complete opening state.
        """
        from ustress.simulate.run import simulate

        asked = (day, scenario, overrides, horizon_days)
        if asked not in self._done:
            opening = self._opened(day)
            self._done[asked] = simulate(
                opening, scenario, self._paths, self._seed, horizon_days, overrides, self._progress
            )
        return self._done[asked]

    def parameters(self, day: date, paths: int) -> Parameters:
        """The joint draws of the first `paths` paths."""
        from ustress.scenario import load_scenario
        from ustress.simulate.run import parameters

        if (day, paths) not in self._drawn:
            given = parameters(self._opened(day), load_scenario("baseline"))
            self._drawn[day, paths] = given(0, paths)
        return self._drawn[day, paths]

    def counted(self, asked: str, count: Callable[[], Counted | None]) -> Counted | None:
        """What `count` gives, counted once for a question."""
        if asked not in self.counts:
            self.counts[asked] = count()
        return self.counts[asked]

    def _opened(self, day: date) -> Opening:
        from ustress.workflows.market import market
        from ustress.workflows.opening import open_from

        if day not in self._openings:
            self._openings[day] = open_from(market(day), given=False)
        return self._openings[day]


def new_claims(file: Path) -> Path:
    """Write a commented file of claims to start from, whole or not at all.

    Raises:
        BadInputError: if there is something of that name already; it is left alone.
        CannotError: if the disk refuses.
    """
    from ustress.claims.template import template
    from ustress.core.files import write_new

    write_new(file, template())
    return file

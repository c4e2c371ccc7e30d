"""Statements about what would happen: counted over simulated paths, never read off the record."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from ustress.claims.bench import Bench, Finding, UnjudgeableError
from ustress.claims.rules.base import Count, Rule, Text
from ustress.claims.simulated import Counted, Simulator, check_event
from ustress.claims.simulated import count as count_paths
from ustress.claims.spoken import chance, count, parameter, quoted, show
from ustress.claims.verdict import Number, Outcome
from ustress.core.errors import CannotError, UstressError
from ustress.core.evidence import Evidence

Share = Annotated[float, Field(strict=True, allow_inf_nan=False, gt=0, le=1)]


def _event(text: str) -> str:
    try:
        check_event(text)
    except UstressError as error:
        raise ValueError(str(error)) from None
    return text


EventText = Annotated[str, Field(strict=True, min_length=1), AfterValidator(_event)]


class Mechanism(Rule):
    """A statement about what would happen: a scenario, events and a horizon, simulated.

    All `events` must happen on one path. With `against` they speak of the paired difference to
    another scenario on the same shocks (with `against_overrides`, else the same overrides), but
    events of the Fed's days are those of the first. `given` restricts the paths. `holds_from` and
    `partly_from` are chances, chosen before one looks; a share within two Monte Carlo errors of
    either is partly.
    """

    kind: ClassVar[str] = "mechanism"
    scenario: Text
    outcome: Text
    events: Annotated[tuple[EventText, ...], Field(min_length=1)]
    horizon_days: Count
    against: Text | None = None
    given: tuple[EventText, ...] = ()
    overrides: tuple[Text, ...] = ()
    against_overrides: tuple[Text, ...] | None = None
    holds_from: Share = 0.5
    partly_from: Share = 0.25

    def words(self) -> str:
        """Scenario, outcome, horizon, thresholds."""
        versus = f" less '{self.against}'" if self.against else ""
        if self.against and self.against_overrides:
            versus += f" with {', '.join(self.against_overrides)}"
        versus += " on the same shocks" if self.against else ""
        given = f", on paths with {' and '.join(self.given)}" if self.given else ""
        changed = f" with {', '.join(self.overrides)}" if self.overrides else ""
        return (
            f"{self.outcome}: share of simulated paths of '{self.scenario}'{changed}{versus} over "
            f"{self.horizon_days} business days with {' and '.join(self.events)}{given}; holds "
            f"from {self.holds_from:.0%}, partly from {self.partly_from:.0%} (assumed), either by "
            "more than two Monte Carlo errors"
        )

    def judge(self, bench: Bench) -> Finding:
        """The share of paths against the thresholds, with its errors.

        Raises:
            UnjudgeableError: if nothing simulates here or there is no opening state.
        """
        simulator = bench.aids.simulator
        if simulator is None:
            raise UnjudgeableError(
                "a statement about the mechanism: only a simulation can judge it, and none was run",
                (f"simulation of '{self.scenario}', {count(self.horizon_days)} business days",),
            )
        day = bench.said_on
        found = simulator.counted(self._asked(day), lambda: self._counted(simulator, day))
        if found is None:
            given = " and ".join(self.given)
            raise UnjudgeableError(f"no simulated path has {given}", (given,))
        return self._finding(found, bench)

    def _asked(self, day: date) -> str:
        """Everything that the count hangs on, besides who simulates."""
        return repr((
            day.isoformat(), self.scenario, self.overrides, self.against, self.against_overrides,
            self.horizon_days, self.events, self.given,
        ))  # fmt: skip

    def _counted(self, simulator: Simulator, day: date) -> Counted | None:
        from ustress.simulate.cut import first_paths

        asked = [(self.scenario, self.overrides)]
        if self.against:
            other = self.against_overrides
            asked += [(self.against, self.overrides if other is None else other)]
        try:
            runs = [simulator.run(day, name, keys, self.horizon_days) for name, keys in asked]
        except CannotError as gap:
            raise UnjudgeableError(str(gap), ("a complete opening state of that day",)) from None
        first, *rest = (first_paths(one, min(r.n_paths for r in runs)) for one in runs)
        drawn = simulator.parameters(day, first.n_paths)
        return count_paths(drawn, first, rest[0] if rest else None, self.events, self.given)

    def _finding(self, found: Counted, bench: Bench) -> Finding:
        reach = 2.0 * found.error
        outcome = Outcome.PARTLY
        if found.share - reach >= self.holds_from:
            outcome = Outcome.HOLDS
        elif found.share + reach < self.partly_from:
            outcome = Outcome.DOES_NOT_HOLD
        spread = (
            f"; {chance(found.low)} to {chance(found.high)} between the outer thirds of "
            f"{_meaning(found.hangs_on)}"
            if found.hangs_on
            else ""
        )
        because = (
            f"{quoted(self.outcome)}: {chance(found.share, found.error)} of {count(found.paths)} "
            f"simulated paths{spread}"
        )
        number = Number(
            self.outcome, found.share, "probability", bench.said_on, bench.said_on,
            f"simulated: {self.scenario}{' less ' + self.against if self.against else ''}",
            Evidence.ASSUMED, None,
            f"Monte Carlo error {show(found.error, 'rate')}; {count(found.left_out)} paths have no "
            f"say{spread}",
        )  # fmt: skip
        needed = self.holds_from if outcome is not Outcome.HOLDS else self.partly_from
        side = "from" if outcome is not Outcome.HOLDS else "below"
        change = f"a simulated chance {side} {chance(needed)}"
        return Finding(outcome, because, (number,), (), change)


def _meaning(name: str) -> str:
    """What a parameter is, in the words of its file, with its name."""
    from ustress.simulate.hangs_on import meaning

    return parameter(meaning(name))

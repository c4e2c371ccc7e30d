"""A run that is counted, not kept: the interface of an `Ensemble` with a stated error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError, CannotError, UnknownNameError
from ustress.core.status import PathStatus
from ustress.simulate import events as about
from ustress.simulate.ensemble import DEFAULT_QUANTILES, Array32, Ensemble
from ustress.simulate.hitting import Hitting
from ustress.simulate.probability import Estimate, Probability
from ustress.simulate.single import KEPT, OnePath, Peak
from ustress.simulate.stream.bins import WIDTH, quantile
from ustress.simulate.stream.tally import DATED, STATUSES, Tally

if TYPE_CHECKING:
    from ustress.simulate.difference import Difference
    from ustress.simulate.table import Table

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sketch(Ensemble):
    """An ensemble of any number of paths in a fixed amount of memory.

    Means, variances, statuses, dated events and the events declared beforehand are exact.
    Quantiles come from histograms; `quantile_error` says how far off each can be. The paths
    themselves are not held: `path(number)` computes one again.

    Attributes:
        tally: what was counted.
        again: computes a path by its number; None for a run read from disk.
    """

    tally: Tally = field(repr=False, kw_only=True)
    again: Callable[[int], OnePath] | None = field(default=None, repr=False, kw_only=True)

    @property
    def n_paths(self) -> int:
        """How many paths were simulated."""
        return self.tally.paths

    @property
    def status(self) -> dict[PathStatus, int]:
        """How many paths ended in each status; only those that occurred."""
        return {s: int(n) for s, n in zip(STATUSES, self.tally.status, strict=True) if n}

    @property
    def events(self) -> tuple[str, ...]:
        """The declared events."""
        return tuple(event.text for event in self.tally.events)

    def paths(self, name: str) -> Array32:
        """Refused: a sketch holds no paths.

        Raises:
            CannotError: always, saying what to do.
        """
        self._row(name)
        raise CannotError(
            f"a run of {self.n_paths:,} paths is a sketch and holds none of them; "
            "ask for .path(number), .sample or .worst, or run fewer paths"
        )

    def unbroken(self, name: str) -> Array32:
        """Refused, as `paths`.

        Raises:
            CannotError: always, saying what to do.
        """
        return self.paths(name)

    def sample(self, name: str, n: int) -> Array32:
        """(n, days + 1): the first unbroken paths, at most those the sketch keeps."""
        kept: Array32 = self.tally.samples[self._row(name)][:n]
        return kept

    def quantile(
        self, name: str, q: float | Sequence[float], day: int | None = None
    ) -> NDArray[np.float64]:
        """Quantile(s) over unbroken paths, off by at most `quantile_error`; as in `Ensemble`."""
        return self._quantiles(name, q, day)[0]

    def quantile_error(
        self, name: str, q: float | Sequence[float], day: int | None = None
    ) -> NDArray[np.float64]:
        """How far off `quantile` can be: half the bin it falls in."""
        return self._quantiles(name, q, day)[1]

    def _quantiles(
        self, name: str, q: float | Sequence[float], day: int | None
    ) -> tuple[Floats, Floats]:
        wanted = np.asarray(q, np.float64)
        if not np.all((wanted >= 0.0) & (wanted <= 1.0)):
            raise BadInputError(f"quantile {q} is outside 0 to 1")
        i, tally = self._row(name), self.tally
        self._some_unbroken()
        days = range(self.horizon_days + 1) if day is None else (self._day(day),)
        pairs = [
            quantile(tally.counts[i, d], tally.bins[i], float(tally.low[i, d]),
                     float(tally.high[i, d]), wanted.ravel())
            for d in days
        ]  # fmt: skip
        shape = wanted.shape if day is not None else (*wanted.shape, len(pairs))
        found, error = (np.stack(part, axis=-1).reshape(shape) for part in zip(*pairs, strict=True))
        return found, error

    def mean(self, name: str, day: int | None = None) -> Estimate:
        """Exact mean over unbroken paths with its standard error; as in `Ensemble`."""
        i, n = self._row(name), self.tally.unbroken
        self._some_unbroken()
        first, second = (self.tally.sums + self.tally.carry)[:, i]
        spread = np.maximum(second - first * first / n, 0.0) / max(n - 1, 1)
        value = self.tally.bins[i].centre + first / n
        error = np.sqrt(spread / n)
        if day is None:
            return Estimate(value, error)
        at = self._day(day)
        return Estimate(np.asarray(value[at]), np.asarray(error[at]))

    def probability(self, event: str) -> Probability:
        """The chance of a dated or a declared event, exact; as in `Ensemble`.

        Raises:
            BadInputError: also if the event is about an observable and was not declared.
        """
        one = about.parse(event)
        found = self._hitting(one)
        if one.dated:
            last = int(min(one.value, self.horizon_days))
            return replace(found.by(max(last, 0)), event=event)
        last = one.day if one.when else self.horizon_days
        if not 1 <= last <= self.horizon_days:
            raise BadInputError(
                f"'{event}': day {last} is outside the run; expected 1 to {self.horizon_days}"
            )
        return replace(found.by(last), event=event)

    def hitting(self, event: str) -> Hitting:
        """When a dated or a declared event first happens; as in `Ensemble`."""
        return self._hitting(about.parse(event))

    def _hitting(self, event: about.Event) -> Hitting:
        broken = self.n_paths - self.tally.unbroken
        if event.dated:
            counts = self.tally.dated[DATED.index(about.DATED[event.name])]
            return Hitting(event.text, counts, self.n_paths, 0, self.days)
        for counts, held in zip(self.tally.declared, self.tally.events, strict=True):
            if _answers(held, event):
                last = event.day if event.when == "by" else self.horizon_days
                asked = np.where(np.arange(counts.size) <= last, counts, 0)
                return Hitting(event.text, asked, self.tally.unbroken, broken, self.days)
        raise BadInputError(
            f"'{event.text}' was not declared, and a run of {self.n_paths:,} paths keeps only "
            f"declared events ({', '.join(self.events) or 'none'}); "
            f"run again with --event '{event.text}' (events=[...] in Python)"
        )

    def path(self, number: int) -> OnePath:
        """The path `number`, computed again from seed and number.

        Raises:
            BadInputError: if there is no such path.
            CannotError: if the run was read from disk.
        """
        self._number(number)
        if self.again is None:
            raise CannotError(
                "a saved sketch does not hold what it opened with; "
                "ustress.simulate.recompute makes a path from opening, scenario, seed and number"
            )
        return self.again(number)

    def worst(self, n: int = 10, by: str = "ust.10y") -> tuple[Peak, ...]:
        """The `n` paths highest by an observable, at most 100; as in `Ensemble`."""
        if not 1 <= n <= KEPT:
            raise BadInputError(f"worst {n}: a sketch keeps the highest {KEPT}; expected 1 to that")
        return self.tally.highest[self._row(by)].best(n).rows()

    def table(
        self,
        names: Iterable[str] | None = None,
        days: Iterable[int] | None = None,
        quantiles: Sequence[float] = DEFAULT_QUANTILES,
    ) -> Table:
        """As in `Ensemble`, with `sketch_error`: the most by which a row's quantiles are off."""
        import polars as pl

        from ustress.simulate.table import Table

        frame = super().table(names, days, quantiles).frame
        errors = [
            float(self.quantile_error(name, tuple(quantiles), day).max())
            for name, day in zip(frame["observable"], frame["day"], strict=True)
        ]
        return Table(frame.with_columns(pl.Series("sketch_error", errors, pl.Float64)))

    def summary(self) -> dict[str, Any]:
        """As in `Ensemble`, and that it is a sketch: its form, error and declared events."""
        return {
            **super().summary(),
            "sketch": {
                "form": "histograms, linear near the opening value and logarithmic far from it",
                "relative_error": WIDTH / 2,
                "events": list(self.events),
            },
        }

    def __sub__(self, other: Ensemble) -> Difference:
        raise CannotError(
            "a sketch holds no paths to pair; compare runs that keep them (fewer paths)"
        )

    def _row(self, name: str) -> int:
        if name not in self.tally.names:
            raise UnknownNameError("observable", name, self.tally.names)
        return self.tally.names.index(name)

    def _some_unbroken(self) -> None:
        if not self.tally.unbroken:
            raise CannotError(f"every path of {self.scenario} broke: {self.broken()}")


def no_paths() -> dict[str, Any]:
    """What an `Ensemble` holds by path, empty."""
    none = np.empty(0, np.int32)
    names = ("status_codes", "first_crossing_day", "decision_day", "break_day")
    return {"observables": {}, **dict.fromkeys(names, none)}


def _answers(held: about.Event, asked: about.Event) -> bool:
    """Whether the first days of `held` contain the answer to `asked`."""
    same = (held.name, held.op, held.value) == (asked.name, asked.op, asked.value)
    if not same or "at" in (held.when, asked.when):
        return same and (held.when, held.day) == (asked.when, asked.day)
    return held.when == "" or (asked.when == "by" and asked.day <= held.day)

"""What a claim about the mechanism is judged by: simulated paths, counted.

A claims file names a scenario, events and a horizon; whoever judges brings a `Simulator` opened on
the day the claim was made. On two scenarios events speak of the paired difference, first less
second, path by path on common shocks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ustress.model.types import Parameters
    from ustress.outcomes.relief import Relief
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.events import Event

Flags = NDArray[np.bool_]


class Simulator(Protocol):
    """Runs scenarios from the opening state of a day, the same shocks for all of them."""

    def run(
        self, day: date, scenario: str, overrides: tuple[str, ...], horizon_days: int
    ) -> Ensemble:
        """The scenario's paths from the opening of `day`.

        Raises:
            BadInputError: if there is no such scenario or key.
            CannotError: if there is no opening state to simulate from.
        """

    def parameters(self, day: date, paths: int) -> Parameters:
        """The joint draws that the first `paths` paths from `day` live with."""

    def counted(self, asked: str, count: Callable[[], Counted | None]) -> Counted | None:
        """What `count` gives, or gave before for the same question; a caller tells them apart."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The share of paths on which all events happened.

    `error` is one Monte Carlo standard error (Wilson); `low` and `high` the share among the third
    of paths with the smallest and the largest value of the parameter named `hangs_on`, in rising
    order of the share: what is owed to not knowing parameters. `left_out` paths ended in a named
    break and have no say, or did not meet the condition.
    """

    share: float
    error: float
    paths: int
    left_out: int
    low: float
    high: float
    hangs_on: str


def count(
    drawn: Parameters,
    first: Ensemble,
    second: Ensemble | None,
    events: tuple[str, ...],
    given: tuple[str, ...] = (),
) -> Counted | None:
    """The share of paths with all `events` among those with all of `given`; None without any.

    Raises:
        BadInputError: if an event cannot be read or its day lies outside the run.
        UnknownNameError: if it names no observable.
    """
    from ustress.simulate.probability import wilson_error

    said = first.ok & (second.ok if second is not None else True)
    said = said & _decided((*events, *given), first)
    for event in given:
        said &= _happened(event, first, second)
    if not said.any():
        return None
    found = np.ones(first.n_paths, dtype=bool)
    for event in events:
        found &= _happened(event, first, second)
    n, share = int(said.sum()), float(found[said].mean())
    name, low, high = _over_parameters(drawn, found, said)
    return Counted(
        share, float(wilson_error(share, n)), n, first.n_paths - n, low, high, name
    )  # fmt: skip


RELIEF = {"equity.rallies": "rallied", "equity.falls_back": "fell_back"}
"""Events of the first run that are told by the outcomes: a relief rally, and the fall after it."""


def check_event(text: str) -> None:
    """Refuse a text that is no event.

    Raises:
        BadInputError: if it cannot be read.
        UnknownNameError: if it names nothing simulated.
    """
    from ustress.simulate.events import parse

    if text not in RELIEF:
        parse(text)


def _decided(texts: tuple[str, ...], first: Ensemble) -> Flags:
    """Paths on which the run is long enough to tell whether relief events happened."""
    asked = RELIEF.keys() & set(texts)
    if not asked:
        return np.ones(first.n_paths, dtype=bool)
    found = _relief(first)
    return found.judged_after if "equity.falls_back" in asked else found.judged


def _relief(run: Ensemble) -> Relief:
    from ustress.outcomes.assumptions import Assumptions
    from ustress.outcomes.relief import relief

    given = Assumptions()
    price = np.exp(run.paths("equity.change").astype(np.float64) / 100.0)
    bought = run.paths("fed.bought") > 0.0
    days = (int(given.rally_days), int(given.correction_days))
    return relief(price, bought, given.rally_pct, *days)


def _happened(text: str, first: Ensemble, second: Ensemble | None) -> Flags:
    from ustress.simulate import events

    if text in RELIEF:
        return np.asarray(getattr(_relief(first), RELIEF[text]))
    event = events.parse(text)
    dated = {name: getattr(first, name) for name in events.DATED.values()}
    return events.happened(event, _seen(event, first, second), dated)


def _seen(
    event: Event, first: Ensemble, second: Ensemble | None
) -> Mapping[str, NDArray[np.float32]]:
    """What the event is about; days of dated events are those of the first run."""
    if event.dated:
        return {}
    values = first.paths(event.name)
    return {event.name: values if second is None else values - second.paths(event.name)}


def _over_parameters(drawn: Parameters, found: Flags, said: Flags) -> tuple[str, float, float]:
    """The parameter the event hangs on most, and the share in its outer thirds, rising."""
    from ustress.simulate.hangs_on import hangs_on

    named = hangs_on(found.astype(np.float64), drawn, most=1)
    if not named:
        return "", float("nan"), float("nan")
    name = named[0][0]
    values = np.asarray(getattr(drawn, name), np.float64)
    values = values if values.ndim == 1 else values[:, -1]
    cut = np.quantile(values[said], [1 / 3, 2 / 3])
    ends = (found[said & (values <= cut[0])].mean(), found[said & (values >= cut[1])].mean())
    return name, float(min(ends)), float(max(ends))

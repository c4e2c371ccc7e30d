"""Questions to a run beyond the usual ones: gradients, single paths, and their JSON forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent

if TYPE_CHECKING:
    from ustress.simulate.ensemble import Ensemble
    from ustress.simulate.gradient import Gradient
    from ustress.simulate.single import OnePath

_FORM = re.compile(r"(?P<name>[a-z][a-z0-9_.]*)@(?P<day>\d+)")


def gradient(
    scenario: str | Path,
    outcome: str,
    as_of: str | date | None = None,
    paths: int = 1000,
    seed: int = 7,
    overrides: Iterable[str] = (),
    parameters: Iterable[str] | None = None,
    progress: Progress = silent,
) -> Gradient:
    """The derivative of a mean in every parameter, on the shocks of a run.

    Args:
        scenario: a built-in name or a TOML file.
        outcome: observable and business day, as `ust.10y@60`.
        as_of: a day or its text; None is today.
        paths: how many, 2 to 1000.
        seed: of the shocks.
        overrides: keys replaced, as `key=value`.
        parameters: names; None takes all.
        progress: told as parameters are done.

    Raises:
        BadInputError: if something in what was given is wrong.
        CannotError: if the opening state is incomplete or every path breaks.
    """
    name, day = parse_outcome(outcome)
    from ustress.scenario import apply_overrides, load_scenario
    from ustress.workflows.opening import open_on

    given = apply_overrides(load_scenario(scenario), overrides)
    opening = open_on(as_of)

    from ustress.simulate import gradient as slopes
    from ustress.simulate.run import task_of

    _, task = task_of(opening, given, seed, day)
    return slopes.gradient(task, name, min(paths, slopes.MOST_PATHS), parameters, progress)


def path(
    scenario: str | Path,
    number: int,
    as_of: str | date | None = None,
    seed: int = 7,
    horizon: int | None = 252,
    overrides: Iterable[str] = (),
) -> OnePath:
    """One path of the run of the same arguments, computed again: equal to the last bit.

    Raises:
        BadInputError: if something in what was given is wrong.
        CannotError: if the opening state is incomplete.
    """
    from ustress.workflows.opening import open_on

    opening = open_on(as_of)

    from ustress.simulate.run import recompute

    return recompute(opening, scenario, seed, number, horizon, overrides)


def parse_outcome(text: str) -> tuple[str, int]:
    """Observable and day of `ust.10y@60`.

    Raises:
        BadInputError: if the text has another form.
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise BadInputError(f"'{text}' is no outcome; expected a form such as ust.10y@60")
    return found["name"], int(found["day"])


def worst_form(run: Ensemble, n: int, by: str) -> dict[str, Any]:
    """The `n` worst paths in plain values."""
    rows = [{**one._asdict(), "status": one.status.name.lower()} for one in run.worst(n, by)]
    return {"worst": rows, "worst_by": by}


def gradient_form(found: Gradient) -> dict[str, Any]:
    """A gradient in plain values."""
    return asdict(found)

"""Runs, comparisons and the breaking point from the opening state of a date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent

if TYPE_CHECKING:
    from ustress.simulate.breakpoint import Breakpoint
    from ustress.simulate.frontier.keys import KeyFrontier
    from ustress.simulate.frontier.tornado import Tornado
    from ustress.workflows.result import Run, RunDifference


def run(
    scenario: str | Path,
    as_of: str | date | None = None,
    paths: int = 2000,
    seed: int = 7,
    horizon: int | None = 252,
    overrides: Iterable[str] = (),
    out: str | Path | None = None,
    progress: Progress = silent,
    workers: int = 2,
    events: Iterable[str] = (),
    *,
    partial: bool = False,
) -> Run:
    """Simulate a scenario from the opening state of `as_of`.

    Args:
        scenario: a built-in name or a TOML file.
        as_of: a day or its text; None is today.
        paths: how many; each lives with one joint draw of the parameters.
        seed: same seed, same shocks, whatever the scenario.
        horizon: business days; None takes the scenario's own.
        overrides: keys replaced, as `key=value`.
        out: a folder to save the run in. A run of more than 20,000 paths keeps what is finished
            there, and goes on from it when the same command is given again.
        progress: told as blocks of paths are done.
        workers: blocks of paths computed at the same time; the result does not depend on it.
        events: events about observables that a run of more than 20,000 paths counts exactly,
            besides the standard ones; a smaller one answers any event anyway.
        partial: before the first complete opening state, open with stand-ins marked assumed.

    Raises:
        BadInputError: if scenario, key, date or a number is wrong.
        CannotError: if the opening state is incomplete or the folder cannot be written.
    """
    from ustress.scenario import apply_overrides, load_scenario
    from ustress.workflows.opening import open_on

    given = apply_overrides(load_scenario(scenario), overrides)
    folder = _checked_folder(out)
    opening = open_on(as_of, partial=partial)
    opening.check(given)

    from ustress.simulate.run import simulate
    from ustress.workflows.result import CHANCES, as_run

    asked = (*CHANCES, *events)
    result = as_run(
        simulate(opening, given, paths, seed, horizon, (), progress, workers, asked, folder)
    )
    if folder is not None:
        result.save(folder)
    return result


def compare(
    first: str | Path,
    second: str | Path,
    as_of: str | date | None = None,
    paths: int = 2000,
    seed: int = 7,
    horizon: int | None = 252,
    overrides: Iterable[str] = (),
    progress: Progress = silent,
    *,
    partial: bool = False,
) -> RunDifference:
    """First minus second on the same shocks; each a scenario, a file or a saved run's folder.

    `partial` as in `run`.

    Raises:
        BadInputError: if the two are one, do not share date, seed, paths and horizon, or as in
            `run`.
        CannotError: as in `run`.
    """
    settings = tuple(overrides)
    if str(first) == str(second):
        raise BadInputError(
            f"{first} less itself is nought everywhere; expected two different scenarios or runs"
        )
    for name in (first, second):  # both are looked at before either is simulated
        _check_name(name, settings)
    one, two = (
        saved(name)
        or run(name, as_of, paths, seed, horizon, settings, progress=progress, partial=partial)
        for name in (first, second)
    )
    return one - two


def breaking_point(
    as_of: str | date | None = None,
    paths: int = 2000,
    seed: int = 7,
    sale_days: int = 20,
    within_days: int = 60,
    amounts: str | Iterable[float] | None = None,
    progress: Progress = silent,
    paces: str | Iterable[int] | None = None,
    scenario: str | Path | None = None,
    policy: str | None = None,
    workers: int = 2,
    *,
    partial: bool = False,
) -> Breakpoint:
    """The point of no return: amount against pace, and both chances by amount at one pace.

    Args:
        as_of: a day or its text; None is today.
        paths: per amount, the same shocks and parameter draws for every amount; at each pace of
            the frontier as many of them as its error asks for.
        seed: of the shocks.
        sale_days: business days over which the amount is sold.
        within_days: business days within which purchases count.
        amounts: $bn of par, numbers or comma-separated text; None takes a built-in grid.
        progress: told as amounts are done.
        paces: business days over which amounts are sold, numbers or comma-separated text; None
            takes 1, 5, 20, 60, 120 and 250.
        scenario: what else happens on the frontier; None is nothing.
        policy: only this policy without purchases; None takes the best of all declared ones.
        workers: blocks of paths computed at the same time.
        partial: before the first complete opening state, open with stand-ins marked assumed.

    Raises:
        BadInputError: if an amount is no positive number or exceeds foreign holdings, a pace is
            out of range, or the date has no opening state.
        CannotError: if today's opening state is incomplete.
    """
    from ustress.scenario import load_scenario
    from ustress.workflows.opening import open_on

    wanted, days = _amounts(amounts), _paces(paces)
    beside = None if scenario is None else load_scenario(scenario)
    opening = open_on(as_of, partial=partial)

    from ustress.simulate.breakpoint import chance_of_intervention
    from ustress.simulate.frontier.pace import asked, frontier

    asked(opening, days, beside, policy, paths)  # refused before the first curve is simulated
    found = chance_of_intervention(opening, wanted, sale_days, within_days, paths, seed, progress)
    along = frontier(opening, days, beside, policy, paths, seed, workers, progress)
    return found.along(along)


def breaking_keys(
    first: str,
    second: str,
    as_of: str | date | None = None,
    paths: int = 2000,
    seed: int = 7,
    scenario: str | Path | None = None,
    policy: str | None = None,
    workers: int = 2,
    progress: Progress = silent,
    *,
    partial: bool = False,
) -> KeyFrontier:
    """The point of no return along `second`, for some values of `first`: any two numeric keys.

    Args:
        first: `KEY`, `KEY=low:high` or `KEY=a,b,c`.
        second: `KEY` or `KEY=low:high`.
        as_of: a day or its text; None is today.
        paths: the most at any value of the first key.
        seed: of the shocks.
        scenario: what the keys are laid over; None is nothing.
        policy: only this policy without purchases; None takes the best of all declared ones.
        workers: blocks of paths computed at the same time.
        progress: told after each value.
        partial: before the first complete opening state, open with stand-ins marked assumed.

    Raises:
        UnknownNameError, BadInputError: if a key, a value, the scenario or the policy is wrong.
        CannotError: if today's opening state is incomplete.
    """
    from ustress.scenario import load_scenario
    from ustress.workflows.opening import open_on

    beside = None if scenario is None else load_scenario(scenario)
    opening = open_on(as_of, partial=partial)

    from ustress.simulate.frontier.keys import key_frontier

    return key_frontier(opening, first, second, beside, policy, paths, seed, workers, progress)


def assumptions_tornado(
    as_of: str | date | None = None,
    sale_days: int = 20,
    paths: int = 500,
    seed: int = 7,
    workers: int = 2,
    progress: Progress = silent,
    *,
    partial: bool = False,
) -> Tornado:
    """What halving and doubling each assumed parameter does to the point of no return.

    Args:
        as_of: a day or its text; None is today.
        sale_days: business days over which the amount is sold.
        paths: of each case.
        seed: of the shocks.
        workers: blocks of paths computed at the same time.
        progress: told after each parameter.
        partial: before the first complete opening state, open with stand-ins marked assumed.

    Raises:
        BadInputError: if the date has no opening state.
        CannotError: if today's opening state is incomplete.
    """
    from ustress.workflows.opening import open_on

    opening = open_on(as_of, partial=partial)

    from ustress.simulate.frontier.tornado import tornado

    return tornado(opening, sale_days, paths, seed, workers, progress)


def _paces(given: str | Iterable[int] | None) -> tuple[int, ...]:
    if given is None:
        from ustress.simulate.frontier.pace import PACES_DAYS

        return PACES_DAYS
    parts = given.split(",") if isinstance(given, str) else [str(a) for a in given]
    try:
        return tuple(int(part) for part in parts)
    except ValueError:
        raise BadInputError(
            f"--paces: '{','.join(parts)}' is no list of whole numbers; "
            "expected business days from 1 to 250, as in 1,20,250"
        ) from None


def _amounts(given: str | Iterable[float] | None) -> tuple[float, ...]:
    if given is None:
        from ustress.simulate.breakpoint import GRID_USDBN

        return GRID_USDBN
    parts = given.split(",") if isinstance(given, str) else [str(a) for a in given]
    return tuple(sorted({_amount(part.strip()) for part in parts}))


def _amount(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0.0 <= value < float("inf"):
        raise BadInputError(f"--amounts: '{text}' is not an amount; expected $bn from 0 up")
    return value


def _check_name(name: str | Path, overrides: tuple[str, ...]) -> None:
    from ustress.scenario import apply_overrides, load_scenario

    if not Path(name).is_dir():
        apply_overrides(load_scenario(name), overrides)


def saved(name: str | Path) -> Run | None:
    """The run saved in the folder `name`, or None where it is no folder."""
    from ustress.simulate.ensemble import Ensemble
    from ustress.workflows.result import as_run

    return as_run(Ensemble.load(name)) if Path(name).is_dir() else None


def _checked_folder(out: str | Path | None) -> Path | None:
    if out is None:
        return None

    from ustress.core.files import check_writable
    from ustress.simulate.saved import check_target

    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise BadInputError(f"--out {folder} is a file; expected a folder")
    check_writable(folder / "run.json")
    check_target(folder)
    return folder

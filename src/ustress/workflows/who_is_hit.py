"""Who is hit: every outcome over a run, the difference of two, or a reader's own path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.core.errors import BadInputError
from ustress.core.progress import Progress, silent

if TYPE_CHECKING:
    from ustress.core.panel import Panel
    from ustress.outcomes.course import Course
    from ustress.outcomes.parameters import Coefficient
    from ustress.outcomes.summary import Group
    from ustress.simulate.ensemble import Ensemble

MORTGAGE_SERIES = ("mortgage.30y", "quoted.mortgage.30y")
OLDEST_SURVEY_DAYS = 14


@dataclass(frozen=True)
class WhoIsHit:
    """The outcomes of `title`, from the opening on `as_of`.

    `against` names the second run of a difference; `paths` counts those that entered. `groups`
    are in the order in which they are shown, each with rows (mean, error, quantiles, evidence,
    source) and lines along time. `notes` says what was filled in on a reader's own path;
    `left_out` counts the paths that broke off, in a difference in one run or the other.
    """

    title: str
    scenario: str
    against: str | None
    as_of: date
    paths: int
    single: bool
    assumed: tuple[str, ...]
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()
    left_out: int = 0

    def group(self, key: str) -> Group:
        """The group `key`.

        Raises:
            UnknownNameError: if there is no such group.
        """
        from ustress.core.errors import UnknownNameError

        found = {g.key: g for g in self.groups}
        if key not in found:
            raise UnknownNameError("group", key, tuple(found))
        return found[key]

    def coefficients(self) -> tuple[Coefficient, ...]:
        """What the outcomes rest on, with errors, samples and methods."""
        from ustress.outcomes.parameters import described

        return described()

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form."""
        return {
            "title": self.title,
            "scenario": self.scenario,
            "against": self.against,
            "as_of": self.as_of,
            "paths": self.paths,
            "left_out": self.left_out,
            "assumed": self.assumed,
            "notes": self.notes,
            "groups": [
                {
                    "key": g.key,
                    "title": g.title,
                    "rows": list(g.rows),
                    "lines": [line.to_plain() for line in g.lines],
                    "assumptions": g.assumptions,
                    "cannot_say": g.cannot_say,
                }
                for g in self.groups
            ],
        }


def who_is_hit(
    run: Ensemble,
    against: Ensemble | None = None,
    assume: Iterable[str] = (),
    progress: Progress = silent,
    groups: tuple[str, ...] = (),
) -> WhoIsHit:
    """Every outcome of a run, or of a run less another on common shocks.

    Args:
        run: an ensemble with its paths.
        against: another with the same opening and shocks; paired path by path.
        assume: assumptions replaced, as `key=value` (`ustress.outcomes.assumptions.KEYS`).
        progress: told as groups are done.
        groups: only these; none named is all.

    Raises:
        BadInputError: if the two do not share opening and shocks, or an assumption does not fit.
        CannotError: if no path ran to its end.
    """
    from ustress.outcomes.course import of_run

    for one in (run, against):
        if one is not None:
            check_held(one.n_paths)
    if against is not None:
        from ustress.simulate.difference import subtract

        subtract(run, against)  # refuses two that do not belong together
    first = of_run(run, against)
    second = None if against is None else of_run(against, run)
    return _told(first, second, run.as_of, tuple(assume), progress, groups)


def outcomes(
    first: str | Path,
    against: str | Path | None = None,
    as_of: str | date | None = None,
    paths: int = 2000,
    seed: int = 7,
    horizon: int | None = 252,
    overrides: Iterable[str] = (),
    assume: Iterable[str] = (),
    progress: Progress = silent,
) -> WhoIsHit:
    """Who is hit by a scenario, a saved run, or a reader's path (a file ending in .csv).

    Args:
        first: a scenario's name or file, a saved run's folder, or a path's file.
        against: another scenario or saved run, whose paths are taken off.
        as_of: opening day; of a reader's path, the day whose figures stand behind it.
        paths: how many are simulated; with `seed`, `horizon` and `overrides` as in `run`.
        seed: of the shocks.
        horizon: business days.
        overrides: keys replaced in both scenarios, as `key=value`.
        assume: as in `who_is_hit`.
        progress: told as blocks of paths and groups are done.

    Raises:
        BadInputError: if something typed or a file is wrong.
        CannotError: as in `run` and `who_is_hit`.
    """
    from ustress.outcomes.assumptions import assume as checked
    from ustress.workflows.simulation import compare, run, saved

    given, keys = tuple(assume), tuple(overrides)
    checked(given)  # looked at before anything is simulated
    if str(first).lower().endswith(".csv"):
        if against is not None:
            raise BadInputError(f"{first} is a single path; expected no second argument")
        return of_path(first, as_of, given, progress)
    check_held(paths)
    if against is None:
        one = saved(first) or run(first, as_of, paths, seed, horizon, keys, progress=progress)
        return who_is_hit(one, None, given, progress)
    pair = compare(first, against, as_of, paths, seed, horizon, keys, progress=progress)
    return who_is_hit(pair.first, pair.second, given, progress)


def check_held(paths: int) -> None:
    """Refuse more paths than a run holds: outcomes are counted path by path."""
    from ustress.simulate.run import KEPT_PATHS

    if paths > KEPT_PATHS:
        raise BadInputError(
            f"outcomes are counted path by path, and a run of {paths:,} paths holds none of them; "
            f"expected at most {KEPT_PATHS:,}"
        )


def of_path(
    file: str | Path,
    as_of: str | date | None = None,
    assume: Iterable[str] = (),
    progress: Progress = silent,
) -> WhoIsHit:
    """Every outcome along a reader's own path.

    Args:
        file: CSV with a column `date` and columns named as observables (`ust.10y`, `credit.ig`).
        as_of: the day whose figures stand behind the path (debt, holdings); default its first.
        assume: as in `who_is_hit`.
        progress: told as groups are done.

    Raises:
        BadInputError: if the file cannot be read as such a path.
    """
    from ustress.workflows.common import resolve_day
    from ustress.workflows.own_path import read_path

    course = read_path(Path(file))
    opening = course.days[0].item()
    day = opening if as_of is None else resolve_day(as_of)
    if abs((day - opening).days) > 31:
        raise BadInputError(
            f"--as-of {day}: the path begins on {opening}; expected a day within a month of it"
        )
    return _told(course, None, day, tuple(assume), progress)


def _told(
    course: Course,
    against: Course | None,
    day: date,
    assumed: tuple[str, ...],
    progress: Progress,
    only: tuple[str, ...] = (),
) -> WhoIsHit:
    from ustress.data.store import Store
    from ustress.outcomes.assumptions import assume
    from ustress.outcomes.groups import GROUPS, Setting, group

    given = assume(assumed)
    panel = Store().panel(day)
    setting = Setting(panel, given, opening_mortgage_pct(panel))
    groups = []
    keys = tuple(key for key in GROUPS if not only or key in only)
    for i, key in enumerate(keys):
        progress("who is hit", i, len(keys))
        groups.append(group(key, setting, course, against))
    progress("who is hit", len(keys), len(keys))
    title = course.title if against is None else f"{course.title} less {against.title}"
    return WhoIsHit(
        title, course.name, None if against is None else against.name, day,
        int(course.kept.size), course.single, assumed, tuple(groups),
        (course.note,) if course.note else (), course.total - int(course.kept.size),
    )  # fmt: skip


def opening_mortgage_pct(panel: Panel) -> float | None:
    """The newest survey rate of the last two weeks: the reader's, else one quoted in the press."""
    for name in MORTGAGE_SERIES:
        series = panel.get(name) if name in panel.infos else None
        newest = None if series is None else series.at(-1)
        if newest is not None and (panel.as_of - newest.day).days <= OLDEST_SURVEY_DAYS:
            return newest.value
    return None

"""The brief of a date: everything gathered once, composed by the report, written atomically."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.core.dates import parse_day
from ustress.core.errors import BadInputError
from ustress.core.files import check_writable, write_atomically
from ustress.core.progress import Progress, silent
from ustress.workflows.common import resolve_day
from ustress.workflows.story import Told

if TYPE_CHECKING:
    from ustress.report.charts.easel import Easel
    from ustress.report.views import BriefContents
    from ustress.simulate.saved import SavedRun

FORMATS = (".html", ".md", ".pdf")


@dataclass(frozen=True, slots=True)
class WrittenBrief:
    """Where the brief went, its summary of at most ten lines, and all its numbers by id."""

    path: Path | None
    summary: tuple[str, ...]
    numbers: Mapping[str, Any]


def write_brief(
    as_of: str | date | None = None,
    out: str | Path | None = None,
    paths: int = 2000,
    seed: int = 7,
    progress: Progress = silent,
    *,
    numbers_only: bool = False,
    against: str | date | None = None,
    scenarios: tuple[str, ...] = (),
    runs: str | Path | None = None,
) -> WrittenBrief:
    """Write the brief of `as_of` as HTML, Markdown or PDF.

    Args:
        as_of: a day or its text; None is today, or the day of the saved runs.
        out: file ending in .html, .md or .pdf; None is `brief-DATE.html` in the working directory.
        paths: simulated paths per scenario.
        seed: of the shocks, the same for every scenario.
        progress: told as parts are done.
        numbers_only: write no file unless `out` is given; the numbers come back.
        against: an earlier date to compare with, each as known then.
        scenarios: names or TOML files told instead of the usual four; two are set against each
            other.
        runs: a folder of saved runs, which then are what is told; their paths and seed count. What
            `ustress breakpoint --json` printed is read from `breakpoint.json` in it.

    Raises:
        BadInputError: if a date, a scenario, a saved run or the file's ending is wrong.
        CannotError: if the file cannot be written or no PDF be set; found before the work starts.
    """
    from ustress.report import brief
    from ustress.report.charts.easel import Easel
    from ustress.workflows.gathered import gather

    saved = _saved(runs)
    told = _told(saved, tuple(scenarios), paths, seed)
    day = _day(as_of, saved)
    if runs is not None:
        from ustress.workflows.pace_views import read_saved

        told = replace(told, breakpoint=read_saved(Path(runs), day))
    other = _other(against, day)
    path = None if numbers_only and out is None else _target(out, day)
    given = as_of is not None or bool(saved)
    with Easel() as easel:
        drawn = path is not None and path.suffix != ".md"
        contents = gather(
            day, told, progress, given=given, against=other, saved=saved,
            meanwhile=easel.start if drawn else None,
        )  # fmt: skip
        if path is not None:
            progress("write the brief", 0, 1)
            write_atomically(path, _form(path, contents, easel))
            progress("write the brief", 1, 1)
    lines = brief.summary(contents)
    said = (f"{path}", *lines) if path is not None else lines
    return WrittenBrief(path, said, brief.numbers(contents))


def _form(path: Path, contents: BriefContents, easel: Easel) -> str | bytes:
    """The brief in the form that the file's ending asks for."""
    from ustress.report import brief

    if path.suffix == ".md":
        return brief.to_markdown(contents)
    return (brief.to_pdf if path.suffix == ".pdf" else brief.render)(contents, easel)


def _saved(runs: str | Path | None) -> tuple[SavedRun, ...]:
    if runs is None:
        return ()
    from ustress.workflows.shelf import saved_runs

    return saved_runs(Path(runs))


def _told(saved: tuple[SavedRun, ...], scenarios: tuple[str, ...], paths: int, seed: int) -> Told:
    """What is told; every name is looked at before anything is simulated."""
    if saved:
        names = tuple(run.scenario for run in saved)
        lost = [name for name in scenarios if name not in names]
        if lost:
            raise BadInputError(
                f"--scenarios {lost[0]}: no saved run of it; expected one of {', '.join(names)}"
            )
        first = saved[0]
        return Told(scenarios or _in_order(names), first.n_paths, first.seed)
    from ustress.scenario import load_scenario

    for name in scenarios:
        load_scenario(name)
    if len(set(scenarios)) != len(scenarios):
        raise BadInputError("--scenarios: the same one twice; expected different ones")
    return Told(scenarios, paths, seed)


def _in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    """Saved runs in the order in which every brief tells them; none named if it is just those."""
    from ustress.workflows.story import CORE

    if set(names) == set(CORE):
        return ()
    return (*(n for n in CORE if n in names), *(n for n in names if n not in CORE))


def _day(as_of: str | date | None, saved: tuple[SavedRun, ...]) -> date:
    if not saved:
        return resolve_day(as_of)
    day = saved[0].as_of if as_of is None else resolve_day(as_of)
    if day != saved[0].as_of:
        raise BadInputError(
            f"--as-of {day}: the saved runs start on {saved[0].as_of}; expected that date"
        )
    return day


def _other(against: str | date | None, day: date) -> date | None:
    if against is None:
        return None
    other = against if isinstance(against, date) else parse_day(against, "--against")
    if other >= day:
        raise BadInputError(f"--against {other} is not before {day}; expected an earlier date")
    return other


def _target(out: str | Path | None, day: date) -> Path:
    path = Path(f"brief-{day}.html") if out is None else Path(out)
    if path.suffix not in FORMATS:
        raise BadInputError(
            f"-o {path}: a brief is written as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}; "
            "expected such an ending"
        )
    if path.suffix == ".pdf":
        from ustress.report.brief import check_pdf

        check_pdf()
    check_writable(path)
    return path

"""The brief of a date: everything gathered once, composed by the report, written atomically."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.core.dates import add_business_days
from ustress.core.errors import BadInputError, UstressError
from ustress.core.files import check_writable, write_atomically
from ustress.core.progress import Progress, silent
from ustress.workflows.common import resolve_day

if TYPE_CHECKING:
    from ustress.calibrate.validation import Validation
    from ustress.report.views import BriefContents
    from ustress.workflows.story import Story

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
) -> WrittenBrief:
    """Write the brief of `as_of` as HTML, Markdown or PDF.

    Args:
        as_of: a day or its text; None is today.
        out: file ending in .html, .md or .pdf; None is `brief-DATE.html` in the working directory.
        paths: simulated paths per scenario.
        seed: of the shocks, the same for every scenario.
        progress: told as parts are done.
        numbers_only: write no file unless `out` is given; the numbers come back.

    Raises:
        BadInputError: if the date or the file's ending is wrong.
        CannotError: if the file cannot be written or no PDF be set; found before the work starts.
    """
    from ustress.report import brief

    day = resolve_day(as_of)
    path = None if numbers_only and out is None else _target(out, day)
    contents = gather(day, paths, seed, progress, given=as_of is not None)
    if path is not None:
        progress("write the brief", 0, 1)
        forms: dict[str, Callable[[BriefContents], str | bytes]] = {
            ".html": brief.render, ".md": brief.to_markdown, ".pdf": brief.to_pdf,
        }  # fmt: skip
        write_atomically(path, forms[path.suffix](contents))
        progress("write the brief", 1, 1)
    lines = brief.summary(contents)
    said = (f"{path}", *lines) if path is not None else lines
    return WrittenBrief(path, said, brief.numbers(contents))


def gather(
    day: date, paths: int = 2000, seed: int = 7, progress: Progress = silent, *, given: bool = True
) -> BriefContents:
    """Everything the brief of a day shows; a part that cannot be had says why in `missing`."""
    from ustress.core import glossary
    from ustress.data.store import Store
    from ustress.monitor import build
    from ustress.report.views import BriefContents, TermView
    from ustress.workflows import histories
    from ustress.workflows.claims import judge_claims

    steps = iter(range(1, 4))
    store = Store()
    progress("read figures", 0, 3)
    panel = store.panel(day)
    snapshot = build(panel)
    progress("read figures", next(steps), 3)
    earlier = build(store.panel(add_business_days(day, -5)))
    progress("read figures", next(steps), 3)
    judged = judge_claims(None, day)
    progress("read figures", next(steps), 3)
    missing: dict[str, str] = {}
    story = _story(snapshot, panel, paths, seed, progress, missing, given=given)
    parts: dict[str, Any] = {} if story is None else story.parts
    validation = None if story is None else _validation(progress, missing)
    return BriefContents(
        as_of=day,
        snapshot=snapshot,
        today=judged.known_until,
        earlier=earlier,
        histories=histories.histories(panel),
        curves=histories.curves(panel),
        auctions=histories.auctions(panel),
        events=histories.events(day),
        verdicts=judged.verdicts,
        sources=histories.sources(store.status(day)),
        glossary=tuple(TermView(t.word, t.meaning) for t in glossary.terms()),
        validation=validation,
        missing=missing,
        **parts,
    )


def _story(
    snapshot: Any,
    panel: Any,
    paths: int,
    seed: int,
    progress: Progress,
    missing: dict[str, str],
    *,
    given: bool,
) -> Story | None:
    """What the simulation says; on a date without an opening state the brief does without."""
    from ustress.workflows.opening import open_from
    from ustress.workflows.story import tell

    try:
        opening = open_from(snapshot, given=given)
    except UstressError as gap:
        for part in ("scenarios", "comparisons", "breakpoint", "mortgage", "interest", "opening"):
            missing[part] = str(gap)
        return None
    return tell(opening, panel, paths, seed, progress, missing)


def _validation(progress: Progress, missing: dict[str, str]) -> Validation | None:
    """The published numbers against the model's; the same for every date."""
    from ustress.workflows.validate import validate

    try:
        return validate(progress)
    except UstressError as gap:
        missing["validation"] = str(gap)
        return None


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

"""The option that draws what a verb shows, declared once for every verb that has it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ustress.cli.output import note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ustress.report.charts.base import Absent, Declared

Plot = Annotated[
    Path | None,
    typer.Option("--plot", metavar="FILE", help="Draw it too: file.svg or file.png."),
]


def check_plot(file: Path | None) -> None:
    """Refuse an ending nothing is drawn in, before the work starts."""
    if file is not None:
        from ustress.workflows.pictures import check

        check(file)


def draw(charts: Sequence[Declared | Absent], file: Path, columns: int = 1) -> None:
    """Write the picture and say where."""
    from ustress.workflows.pictures import write

    note(f"drawn in {write(charts, file, columns)}")

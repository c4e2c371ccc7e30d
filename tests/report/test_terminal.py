"""Terminal tables: they fit 80 and 120 columns, keep their figures and need no colour."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from report.sample import AS_OF, snapshot, verdicts
from ustress.core.evidence import Evidence, Rights
from ustress.core.glossary import terms
from ustress.core.panel import SeriesInfo
from ustress.report import terminal


def printed(parts: Iterable[Any], width: int) -> str:
    out = StringIO()
    console = Console(file=out, width=width, highlight=False)
    for part in parts:
        console.print(part)
    return out.getvalue()


@dataclass(frozen=True)
class Found:
    as_of: date
    infos: tuple[SeriesInfo, ...]
    rows: tuple[Any, ...] = ()
    observations: int = 0
    vintages: bool = False


@dataclass(frozen=True)
class Listed:
    name: str = "tactical-qe"
    title: str = "Tactical purchases"
    description: str = "Foreign holders sell while part of the cash-futures trade is unwound. " * 2
    horizon_days: int = 252
    total_sale_usdbn: float = 425.0
    sold: str = "425"
    policy: str = "temporary"
    references: tuple[str, ...] = ()
    family: str = "With and without purchases"


INFO = SeriesInfo(
    "ust.par.10y", "Treasury par yield, 10 years", "ust.par", "pct", "daily", "US Treasury",
    "Daily par yields", Rights.GOVERNMENT, "same_day", 5, Evidence.MEASURED,
)  # fmt: skip


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(
    "parts",
    [
        terminal.monitor(snapshot()),
        terminal.claims(verdicts(), AS_OF, date(2026, 8, 21)),
        terminal.scenarios((Listed(),)),
        terminal.series(Found(AS_OF, (INFO, INFO))),
        terminal.glossary(terms()[:3]),
        terminal.glossary(terms()[:1]),
    ],
    ids=["monitor", "claims", "scenarios", "series", "words", "word"],
)
def test_lines_fit_and_have_no_colour_without_a_terminal(parts: Any, width: int) -> None:
    text = printed(parts, width)
    assert text.strip()
    assert max(len(line) for line in text.splitlines()) <= width
    assert "\x1b[" not in text


def test_values_are_never_cut_in_a_narrow_terminal() -> None:
    text = printed(terminal.monitor(snapshot()), 80)
    for kept in ("4.480 ●", "760.8 ●", "—", "0.650", "+47"):
        assert kept in text


def test_minor_columns_go_first() -> None:
    wide, narrow = (printed(terminal.monitor(snapshot()), width) for width in (160, 80))
    assert "Known" in wide
    assert "Known" not in narrow
    assert "Value" in narrow


def test_rich_is_not_imported_before_something_is_printed() -> None:
    heavy = "any(m.split('.')[0] in {'rich', 'altair', 'jax', 'polars'} for m in sys.modules)"
    code = f"import sys, ustress.report.terminal; sys.exit({heavy})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

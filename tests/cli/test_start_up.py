"""Starting is cheap because nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

LISTED = "import sys; {}; print(' '.join(m.partition('.')[0] for m in sys.modules))"


def _imported(statement: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LISTED.format(statement)], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import ustress", {"numpy", "typer", "polars", "jax", "rich", "duckdb"}),
        (
            "from ustress.cli.main import run; run(['--help'])",
            {"numpy", "polars", "jax", "rich", "duckdb", "scipy", "pydantic", "altair"},
        ),
        (
            "from ustress.workflows.market import market; market('2025-04-11')",
            {"jax", "scipy", "statsmodels", "altair", "polars", "pandas", "pydantic"},
        ),
    ],
)
def test_what_is_not_imported(statement: str, absent: set[str]) -> None:
    """Property: the import graph at run time, not a clock."""
    assert not absent & _imported(statement)


def test_verbs_in_help_are_the_verbs_that_work() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ustress", "--help"], capture_output=True, text=True, check=True
    )
    listed = done.stdout.split("Commands:")[1].split("Exit")[0]
    verbs = {line.split()[0] for line in listed.splitlines() if line.strip()}
    assert verbs == {
        "monitor", "claims", "run", "compare", "breakpoint", "validate", "brief", "scenarios",
        "series", "explain", "data", "outcomes", "export", "serve", "replay",
    }  # fmt: skip

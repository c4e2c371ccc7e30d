"""The layout shows the architecture: sizes of files, and nobody imports the package root."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
ALL_PYTHON = [
    p for d in ("src", "tests", "tools", "benchmarks") for p in sorted((ROOT / d).rglob("*.py"))
]
LONGEST_FILE, LONGEST_FUNCTION = 400, 60


@pytest.mark.parametrize("path", ALL_PYTHON, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


def test_functions_are_small() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_nothing_inside_imports_the_package_root() -> None:
    """The root is the public face; inside it would make a circle."""
    bad = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.ImportFrom) and node.module == "ustress")
        or (isinstance(node, ast.Import) and any(a.name == "ustress" for a in node.names))
    ]
    assert bad == []


def test_constraints_are_hashed_and_name_no_address() -> None:
    for name in ("run", "check"):
        text = (ROOT / "constraints" / f"{name}.txt").read_text()
        assert "://" not in text
        pins = re.findall(r"^\S+==", text, flags=re.MULTILINE)
        assert len(pins) <= text.count("--hash=sha256:")


def test_tracked_text_names_no_machine_path() -> None:
    """The project speaks of itself alone."""
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    hidden = re.compile(r"/(?:work|root|home)/[a-z]")
    bad = [
        name
        for name in tracked
        if Path(name).suffix in {".py", ".md", ".toml", ".txt", ".ipynb", ".sh", ".html", ".css"}
        and name != "tests/test_layout.py"
        and (ROOT / name).is_file()
        and hidden.search((ROOT / name).read_text())
    ]
    assert bad == []

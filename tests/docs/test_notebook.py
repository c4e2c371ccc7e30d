"""The notebook runs from top to bottom, and is checked in without outputs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
@pytest.mark.filterwarnings("ignore")  # the kernel's own start-up, not ours
def test_notebook_executes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(
        notebook, timeout=240, resources={"metadata": {"path": os.fspath(path.parent)}}
    ).execute()
    said = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    assert not [o for o in said if o["output_type"] == "error"]
    kinds = {key for o in said for key in o.get("data", {})}
    assert any("vegalite" in kind or kind == "image/svg+xml" for kind in kinds)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebook_is_checked_in_without_outputs(path: Path) -> None:
    cells = json.loads(path.read_text())["cells"]
    assert cells
    assert all(not cell.get("outputs") for cell in cells)

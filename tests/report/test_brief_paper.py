"""The brief on paper: pages, numbers, fonts; and what is said where no PDF can be set."""

from __future__ import annotations

import builtins
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from report.sample import contents
from ustress.core.errors import CannotError
from ustress.report import brief
from ustress.report.brief.compose import compose
from ustress.report.brief.page import to_html


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("weasyprint")
    file = tmp_path_factory.mktemp("pdf") / "brief.pdf"
    file.write_bytes(brief.to_pdf(contents()))
    return file


def _told(tool: str, *arguments: str) -> str:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    return subprocess.run([tool, *arguments], capture_output=True, check=True, text=True).stdout


def test_pages_are_numbered_and_dated(sheet: Path) -> None:
    text = _told("pdftotext", "-layout", str(sheet), "-")
    pages = text.split("\f")[:-1]
    assert len(pages) >= 3
    for i, page in enumerate(pages, 1):
        assert f"page {i} of {len(pages)}" in page
        assert "as known on 11 April 2025" in page


def test_every_section_is_printed(sheet: Path) -> None:
    text = _told("pdftotext", "-layout", str(sheet), "-")
    for section in compose(contents()).sections:
        assert section.title in text
    assert "4.480 %" in text


def test_every_font_is_embedded(sheet: Path) -> None:
    rows = _told("pdffonts", str(sheet)).splitlines()[2:]
    assert rows
    assert all(re.search(r"\byes (yes|no) +(yes|no) +\d+ +\d+$", row) for row in rows)


def test_paper_draws_each_chart_once_and_folds_nothing() -> None:
    page = to_html(compose(contents()), paper=True)
    assert "<details" not in page
    assert page.count("<svg") == page.count("data-chart")


def test_without_weasyprint_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def refuse(error: Exception) -> Any:
        def load(name: str, *args: Any, **kwargs: Any) -> Any:
            if name.split(".")[0] == "weasyprint":
                raise error
            return real(name, *args, **kwargs)

        return load

    for error, needed in ((ImportError(), "ustress[pdf]"), (OSError("no pango"), "libpango")):
        monkeypatch.setattr(builtins, "__import__", refuse(error))
        with pytest.raises(CannotError, match=re.escape(needed)) as told:
            brief.check_pdf()
        assert told.value.exit_code == 1

"""Property tests: new examples at a desk, the same ones wherever the automation runs them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, one for a whole session: Playwright allows no second in a process."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield running
        running.close()


TOGETHER = ("app", "calibrate", "model", "simulate", "workflows/test_brief.py", "report/test_brief")
"""Tests that share what is costly to begin with (a compiled program, a brief, a server): of each of
these one worker has all, and the others fill up."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    root = Path(__file__).parent
    for item in items:
        place = item.path.relative_to(root).as_posix()
        for group in TOGETHER:
            if place.startswith(group):
                item.add_marker(pytest.mark.xdist_group(group))


settings.register_profile("automation", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("automation")

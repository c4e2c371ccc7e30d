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


LONGEST = (
    "app/test_pages_browser.py", "docs/test_json_forms.py", "docs/test_readme.py",
    "workflows/test_brief.py", "docs/test_notebook.py", "simulate/test_gradient.py",
    "simulate/test_engine.py", "calibrate/test_fast.py", "monitor/test_battery.py",
)  # fmt: skip
"""Files that take long begin first: one worker has a file whole, with its costly beginning."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    root, order = Path(__file__).parent, {name: i for i, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.relative_to(root).as_posix(), len(order)))


settings.register_profile("automation", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("automation")

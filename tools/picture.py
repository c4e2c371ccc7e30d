"""Takes the pictures of the README and the documentation from a written brief.

Usage: python -m tools.picture out/brief-2025-04-11.html docs/pictures
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# name of the picture -> width, height, theme
VIEWS = {"": (1200, 1130, "light"), "-dark": (1200, 1130, "dark"), "-phone": (390, 1400, "light")}
SECTIONS = ("simulation", "breakpoint", "purchases")


def main(brief: Path, folder: Path) -> None:
    """Write one picture a view, and one a section on a wide screen."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for suffix, (width, height, theme) in VIEWS.items():
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if theme == "dark" else "light",
            )
            page.goto(brief.resolve().as_uri())
            page.screenshot(path=folder / f"{brief.stem}{suffix}.png")
            if not suffix:
                _sections(page, folder, brief.stem)
        browser.close()


def _sections(page: Page, folder: Path, stem: str) -> None:
    for name in SECTIONS:
        part = page.locator(f"section#{name} figure").first
        part.scroll_into_view_if_needed()
        part.screenshot(path=folder / f"{stem}-{name}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

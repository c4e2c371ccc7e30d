"""Takes the pictures of the documentation from a running application.

Usage: python -m tools.application_pictures http://127.0.0.1:8642 docs/pictures

It asks for the simulations it needs and waits for them; colours are reduced so that files stay
small.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Route, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DAY = "as_of=2025-04-11"
COLOURS = 256
LONG_MS = 300_000
READY = """async () => {
  const inside = (f) => f.checkVisibility() && f.getBoundingClientRect().top < innerHeight;
  for (const figure of [...document.querySelectorAll("[data-chart]")].filter(inside))
    while (!figure.dataset.state) await new Promise((done) => setTimeout(done, 50));
}"""


def _running(page: Page) -> None:
    page.wait_for_selector("progress[value]:not([value='0'])")


def _failed(page: Page) -> None:
    page.wait_for_selector("[data-ask][data-state=failed]")


def _too_long(route: Route) -> None:
    """As the server tells of a job that takes too long; the real one is cancelled."""
    page = route.request.frame.page
    page.request.post(f"{route.request.url.removesuffix('/events')}/cancel")
    sentence = "it took longer than 600 seconds and was ended; ask for fewer paths or days"
    said = {"state": "failed", "message": sentence, "total": 1, "done": 0, "label": ""}
    route.fulfill(content_type="text/event-stream", body=f"data: {json.dumps(said)}\n\n")


def _until_done(page: Page) -> None:
    page.wait_for_selector("main:not(:has([data-ask]))")


@dataclass(frozen=True, slots=True)
class View:
    """One picture: its address, size, theme and what must be there first."""

    name: str
    to: str
    width: int = 1360
    height: int = 1000
    dark: bool = False
    ready: Callable[[Page], None] = _until_done


VIEWS = (
    View("now", f"/?{DAY}"),
    View("claims", f"/claims?{DAY}"),
    View("what-if", f"/what-if?scenario=tactical-qe&vs=no-intervention&{DAY}", dark=True),
    View("breaking-point", f"/breaking-point?{DAY}&amount=200", height=1500),
    View("who-is-hit", f"/who-is-hit?{DAY}", height=1200),
    View("episodes", "/episodes?replay=march-2020#replay", height=1200),
    View("data", "/data?as_of=2025-04-11", dark=True),
    View("phone", "/history/curve.10y?as_of=2025-04-11", 360, 800, dark=True),
    View("phone-who-is-hit", f"/who-is-hit?{DAY}", 360, 1100),
    View("stale", "/"),
    View("failed", f"/who-is-hit?{DAY}&paths=5000&seed=1", height=420, ready=_failed),
    View("running", f"/breaking-point?{DAY}&paths=5000&seed=1", height=420, ready=_running),
    View("refused", "/what-if?scenario=baseline&as_of=2026-08-01", height=420),
)


def main(address: str, folder: Path) -> None:
    """Write one picture a view."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for view in VIEWS:
            _take(browser, address, view, folder)
        browser.close()


def _take(browser: Browser, address: str, view: View, folder: Path) -> None:
    page = browser.new_page(
        viewport={"width": view.width, "height": view.height},
        color_scheme="dark" if view.dark else "light",
    )
    page.set_default_timeout(LONG_MS)
    if view.ready is _failed:
        page.route("**/api/v1/jobs/*/events", _too_long)
    page.goto(address + view.to)
    view.ready(page)
    page.evaluate(READY)
    with Image.open(io.BytesIO(page.screenshot())) as taken:
        few = taken.convert("RGB").quantize(
            COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
    few.save(folder / f"app-{view.name}.png", optimize=True)
    page.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))

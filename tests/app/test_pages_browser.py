"""Every page in Chromium: charts draw under the policy, rules of accessibility hold, paths work."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser
DAY = "as_of=2025-04-11"
SMALL = f"{DAY}&paths=200"
PAGES = {
    "now": (f"/?{DAY}&show=unusual", 6),
    "history": (f"/history/curve.10y?{DAY}&years=2", 1),
    "claims": (f"/claims?{DAY}", 0),
    "what-if": (f"/what-if?scenario=baseline&horizon=20&{SMALL}", 6),
    "breaking-point": (f"/breaking-point?{SMALL}&amount=400", 6),
    "who-is-hit": (f"/who-is-hit?{SMALL}", 1),
    "episodes": (f"/episodes?{SMALL}&replay=march-2020", 2),
    "data": ("/data", 0),
    "series": (f"/series/ust.par.10y?{DAY}", 0),
    "failed": ("/?as_of=yesterday", 0),
}
_DRAW = """async () => {
  const shown = [...document.querySelectorAll("[data-chart]")].filter((f) => f.checkVisibility());
  for (const figure of shown) {
    figure.scrollIntoView();
    while (!figure.dataset.state) await new Promise((done) => setTimeout(done, 50));
  }
  return shown.map((figure) => figure.dataset.state);
}"""
_RULES: dict[str, dict[str, Any]] = {
    "light": {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}},  # all else is the same
}
_LEAN = """() => {
  for (const part of document.querySelectorAll(".drawing > *, details:not([open]) > :not(summary)"))
    part.remove();
  const seen = new Map();
  for (const row of document.querySelectorAll("tbody tr, option, li, .claim")) {
    const parts = [row, ...row.querySelectorAll("*")].map((n) => n.tagName + n.className);
    const look = [...new Set(parts.sort())].join();
    seen.set(look, (seen.get(look) ?? 0) + 1);
    if (seen.get(look) > 2) row.remove();
  }
}"""
"""What the rules skip (drawings, which are pictures with a label, and what is folded) and rows of
tags and classes that two others have already: their words alone differ."""
LONG_MS = 120_000
Opened = Callable[..., tuple[Any, list[str]]]


@pytest.fixture(scope="module")
def reader(browser: Any) -> Iterator[Any]:
    """One tab for all tests: a new one costs more than most pages."""
    page = browser.new_page()
    page.set_default_timeout(LONG_MS)
    yield page
    page.context.close()


@pytest.fixture
def opened(reader: Any, server: str) -> Iterator[Opened]:
    said: list[str] = []

    def hear(message: Any) -> None:
        if message.type == "error":
            said.append(message.text)

    def broken(error: Any) -> None:
        said.append(str(error))

    def open_(to: str, width: int = 1280, scheme: str = "light") -> tuple[Any, list[str]]:
        reader.set_viewport_size({"width": width, "height": 900})
        reader.emulate_media(color_scheme=scheme)
        reader.goto(server + to)
        return reader, said

    reader.on("console", hear)
    reader.on("pageerror", broken)
    yield open_
    reader.remove_listener("console", hear)
    reader.remove_listener("pageerror", broken)


def _drawn(page: Any, least: int) -> None:
    """Every chart shown is drawn, and there are at least so many."""
    states = page.evaluate(_DRAW)
    assert len(states) >= least
    assert set(states) <= {"drawn"}


@pytest.mark.parametrize("name", PAGES)
def test_page_draws_and_is_accessible_in_both_themes(opened: Opened, name: str) -> None:
    """Property: no policy error, nothing wider than a phone, no broken rule of axe-core."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    to, charts = PAGES[name]
    page, said = opened(to, 360)
    assert page.locator("[data-ask]").count() == 0
    _drawn(page, charts)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate(_LEAN)
    axe = Axe()
    for scheme, rules in _RULES.items():
        page.emulate_media(color_scheme=scheme)
        found = axe.run(page, options={**rules, "resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
    expected = ["422"] if name == "failed" else []
    assert [text for text in said if not any(code in text for code in expected)] == []


@pytest.mark.parametrize(
    ("name", "head"), [("who-is-hit", "5 to 95 %"), ("breaking-point", "No return")]
)
def test_a_phone_shows_the_numbers_of_a_table(opened: Opened, name: str, head: str) -> None:
    """Property: the column's right edge is on the screen without scrolling."""
    page, _ = opened(PAGES[name][0].removesuffix("&amount=400"), 360)
    box = page.locator(f"main > .scroll th:has-text('{head}'), .outcomes th:has-text('{head}')")
    at = box.first.bounding_box()
    assert at["x"] + at["width"] <= 360


def test_a_point_of_the_frontier_opens_its_paths(opened: Opened) -> None:
    """Property: the click's address, loaded again, shows the same; every chart is exported."""
    page, said = opened(f"/breaking-point?{SMALL}")
    _drawn(page, 2)
    page.locator("#chart-frontier .mark-symbol path").nth(1).click()
    page.wait_for_selector("#paths .charts")
    assert "amount=120&over=20" in page.url
    assert "$120bn are sold over 20 business days" in page.inner_text("#paths h2")
    assert page.inner_text("#paths h2") in page.request.get(page.url).text()
    page.keyboard.press("Tab")
    page.click("a:has(data[value='400.0'])")
    page.wait_for_selector("#paths h2:has-text('$400bn')")
    links = page.eval_on_selector_all(
        "#paths .exports a", "all => all.slice(0, 3).map(a => a.href)"
    )
    types = [page.request.get(link).headers["content-type"] for link in links]
    assert types == ["image/svg+xml", "image/png", "text/csv; charset=utf-8"]
    assert said == []


def test_a_claim_opens_its_chart(opened: Opened) -> None:
    page, said = opened(f"/claims?{DAY}#claim-5")
    page.click("#claim-5 summary")
    _drawn(page, 1)
    assert page.is_visible("#claim-5 blockquote")
    assert said == []


def test_run_compare_and_reload(opened: Opened) -> None:
    """Property: a run's address shows the same again, and the next one can be held against it."""
    page, said = opened(f"/what-if?scenario=baseline&horizon=20&{SMALL}")
    chances = page.inner_text(".chances")
    page.click("summary:has-text('Move its keys')")
    page.fill('[name="k.sale.foreign_private.amount_usdbn"]', "300")
    _simulated(page, "button.main")
    assert "set=sale.foreign_private.amount_usdbn%3D300" in page.url
    assert page.inner_text(".chances") != chances
    _simulated(page, "[data-last]:not([hidden])")
    assert "vs=baseline" in page.url
    assert "on the same shocks" in page.inner_text("[data-known] h2")
    compared = page.inner_text("[data-known] tbody >> nth=0")
    _drawn(page, 6)
    assert re.search(r"[+−]\d.* to [+−]", page.inner_text(".finding >> nth=0"))
    assert re.search(r"simulation, \d+ paths", page.inner_text(".chart .foot >> nth=0"))
    page.reload()
    assert page.inner_text("[data-known] tbody >> nth=0") == compared
    assert said == []


def _simulated(page: Any, button: str) -> None:
    """Press a button and wait for the page to come back with its result, said and focused."""
    page.focus(button)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-ask]")
    with page.expect_event("load"):  # without looking at every frame meanwhile
        pass
    page.wait_for_selector("[data-known]")
    assert page.evaluate("document.activeElement.matches('[data-result]')")
    page.wait_for_selector("[data-live]:has-text('is done')", state="attached")


def test_a_run_can_be_cancelled_and_a_failed_one_says_why(opened: Opened) -> None:
    page, _ = opened(f"/what-if?scenario=baseline&{DAY}&paths=20000&horizon=20&seed=91")
    page.wait_for_selector("[data-live]:has-text('Simulating Baseline')", state="attached")
    page.focus("[data-cancel]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-ask][data-state=cancelled]")
    assert page.evaluate("document.activeElement.matches('[data-again]')")
    page.route("**/api/v1/jobs/*/events", _broken_off)
    page, _ = opened(f"/what-if?scenario=baseline&{DAY}&paths=20000&horizon=20&seed=92")
    page.wait_for_selector("[data-ask][data-state=failed]")
    assert page.inner_text("[data-outcome] p") == "The disk is full"
    page.unroute("**/api/v1/jobs/*/events")


def _broken_off(route: Any) -> None:
    """As the server tells of a job that fails in the middle; the real one is cancelled."""
    page, place = route.request.frame.page, route.request.url.removesuffix("/events")
    page.request.post(f"{place}/cancel")
    said = {"state": "failed", "message": "the disk is full", "total": 1, "done": 0, "label": ""}
    route.fulfill(content_type="text/event-stream", body=f"data: {json.dumps(said)}\n\n")


def test_tables_sort_and_filter_by_keyboard(opened: Opened) -> None:
    page, more = opened(f"/?{DAY}")
    page.click("button.sort:has-text('Pctile')")
    assert page.get_attribute("#monitor th[aria-sort]", "aria-sort") == "descending"
    page.fill("[data-filter]", "japan")
    assert page.is_hidden("text=Treasury par yield, 10-year")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert more == []


def test_dark_repaints_drawings_and_the_switch_holds(opened: Opened) -> None:
    page, _ = opened(f"/history/curve.10y?{DAY}&years=1", scheme="dark")
    _drawn(page, 1)
    ink = "getComputedStyle(document.querySelector('.drawing svg text')).fill"
    dark = page.evaluate(ink)
    page.click("[data-theme-switch]")
    assert page.evaluate(ink) != dark
    page.reload()
    assert page.get_attribute("html", "data-theme") == "light"
    page.evaluate("localStorage.clear()")

"""Every page in Chromium: charts draw under the policy, rules of accessibility hold, paths work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

pytestmark = pytest.mark.browser
DAY = "as_of=2025-04-11"
SMALL = f"{DAY}&paths=200"
PAGES = {
    "now": (f"/?{DAY}", 6),
    "history": (f"/history/curve.10y?{DAY}&years=2", 1),
    "what-if": (f"/what-if?scenario=baseline&horizon=20&{SMALL}", 6),
    "episodes": (f"/episodes?{DAY}", 1),
    "data": ("/data", 0),
    "series": (f"/series/ust.par.10y?{DAY}", 0),
    "failed": ("/?as_of=yesterday", 0),
}
_SHOW = "() => document.querySelector('[data-chart]:not([data-state])')?.scrollIntoView()"
_STATES = "() => [...document.querySelectorAll('[data-chart]')].filter(f => f.checkVisibility()).map(f => f.dataset.state || '')"  # noqa: E501
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]}
LONG_MS = 120_000
Opened = Callable[..., tuple[Any, list[str]]]


@pytest.fixture
def opened(browser: Any, server: str) -> Iterator[Opened]:
    pages = []

    def open_(to: str, width: int = 1280, scheme: str = "light") -> tuple[Any, list[str]]:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.set_default_timeout(LONG_MS)
        pages.append(page)
        said: list[str] = []
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(server + to)
        return page, said

    yield open_
    for page in pages:
        page.close()


def _drawn(page: Any, least: int) -> list[str]:
    """The states of all charts shown, once there are `least` and every one has one."""
    from playwright.sync_api import Error

    states: list[str] = []
    for _ in range(900):
        with suppress(Error):  # the page is on its way to its result
            states = page.evaluate(_STATES)
            if len(states) >= least and all(states):
                return states
            page.evaluate(_SHOW)
        page.wait_for_timeout(100)
    raise AssertionError(f"not drawn: {states}")


@pytest.mark.parametrize("name", PAGES)
def test_page_draws_and_is_accessible_in_both_themes(opened: Opened, name: str) -> None:
    """Property: no policy error, nothing wider than a phone, no broken rule of axe-core."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    to, charts = PAGES[name]
    page, said = opened(to, 360)
    page.wait_for_selector("[data-ask]", state="detached")
    assert set(_drawn(page, charts)) <= {"drawn"}
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    axe = Axe()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = axe.run(page, options=_RULES)
        assert found.violations_count == 0, found.generate_report()
    expected = ["422"] if name == "failed" else []
    assert [text for text in said if not any(code in text for code in expected)] == []


def test_run_compare_and_reload(opened: Opened) -> None:
    """Property: a run's address shows the same again, and the next one can be held against it."""
    page, said = opened(f"/what-if?scenario=baseline&horizon=21&{SMALL}")
    page.wait_for_selector("[data-known]")
    chance = page.inner_text(".chances")
    page.reload()
    assert page.inner_text(".chances") == chance
    page.click("summary:has-text('Move its keys')")
    page.fill('[name="k.sale.foreign_private.amount_usdbn"]', "300")
    page.click("button.main")
    page.wait_for_selector("[data-known]")
    assert "set=sale.foreign_private.amount_usdbn%3D300" in page.url
    page.click("[data-last]:not([hidden])")
    page.wait_for_selector("text=on the same shocks")
    assert "vs=baseline" in page.url
    assert set(_drawn(page, 6)) == {"drawn"}
    assert said == []


def test_a_run_can_be_cancelled_and_a_failed_one_says_why(opened: Opened) -> None:
    page, _ = opened(f"/what-if?scenario=baseline&{DAY}&paths=20000&horizon=252&seed=91")
    page.click("[data-cancel]")
    page.wait_for_selector("[data-ask][data-state=cancelled]")
    assert page.is_visible("[data-again]")
    page, _ = opened("/what-if?scenario=baseline&as_of=2026-08-01&paths=200&horizon=20")
    page.wait_for_selector("[data-ask][data-state=failed]")
    assert "no complete opening state" in page.inner_text("[data-outcome]")


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

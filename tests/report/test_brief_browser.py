"""The brief in Chromium: nothing overflows, everything shows, nothing is fetched."""

from __future__ import annotations

from typing import Any

import pytest

from report.sample import contents
from ustress.report import brief

pytestmark = pytest.mark.browser
_SHOWN = """() => [...document.querySelectorAll('[data-chart]')].map(f => {
  const shown = [...f.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width > 0);
  const box = f.getBoundingClientRect();
  return {id: f.id, drawings: shown.length, width: box.width, height: box.height,
          right: Math.max(...shown.map(s => s.getBoundingClientRect().right))};
})"""
_SMALL = """() => Math.min(...[...document.querySelectorAll('[data-chart] svg text')]
  .filter(t => t.getBoundingClientRect().width > 0)
  .map(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("brief") / "brief.html"
    file.write_text(brief.render(contents()), "utf-8")
    return file.as_uri()


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_and_shows_every_chart_once(
    browser: Any, address: str, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.evaluate(_SHOWN)
    assert len(shown) >= 13
    for figure in shown:
        assert figure["drawings"] == 1, figure
        assert figure["width"] > 100, figure
        assert figure["height"] > 100, figure
        assert figure["right"] <= width, figure
    assert page.evaluate(_SMALL) >= 10.4
    assert said == []
    assert asked == [address]
    page.close()


def test_dark_repaints_page_and_drawings(browser: Any, address: str) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(address)
        colours.append(
            page.evaluate(
                "() => [getComputedStyle(document.body).backgroundColor,"
                "getComputedStyle(document.querySelector('#chart-ten-year svg text')).fill]"
            )
        )
        page.close()
    assert colours[0][0] != colours[1][0]
    assert colours[0][1] != colours[1][1]

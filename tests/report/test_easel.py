"""The second drawer: what it draws is what the page would have drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
import vl_convert

from report.sample import contents
from ustress.core.cache import ENVIRONMENT
from ustress.report.charts import catalogue
from ustress.report.charts.base import NARROW, Declared, svg
from ustress.report.charts.easel import FEW, Easel


def charts() -> list[Declared]:
    made = (declare(contents()) for declare in catalogue.DECLARE.values())
    return [one for one in made if isinstance(one, Declared)][: FEW + 1]


def test_the_second_drawer_draws_what_the_page_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Second route: drawn here without a store, and found there without drawing."""
    here = [svg(chart, NARROW) for chart in charts()]
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path))
    with Easel() as easel:
        easel.ahead((chart, NARROW) for chart in charts())
        assert easel.finished(within_seconds=60.0)

    def never(_: object) -> str:
        raise AssertionError("drawn once more")

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", never)
    assert [svg(chart, NARROW) for chart in charts()] == here


def test_few_charts_start_nothing() -> None:
    with Easel() as easel:
        easel.ahead((chart, NARROW) for chart in charts()[:FEW])
        assert easel.finished(within_seconds=0.0)


def test_a_drawer_left_waiting_ends_with_the_block() -> None:
    with Easel() as easel:
        easel.start()
    assert easel.finished(within_seconds=0.0)

"""The brief from the real figures, through the command line, on several dates."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from ustress.cli.main import run
from ustress.model.parameters import load_parameters
from ustress.outcomes.parameters import described
from ustress.workflows.brief import write_brief
from ustress.workflows.views import parameter_views

SMALL = ["--paths", "200"]


Numbers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Numbers]]:
    """One brief a date, text and numbers: April 2025 as a page, a calm day as Markdown."""
    found = {}
    for day, ending in (("2025-04-11", "html"), ("2021-06-30", "md")):
        path = tmp_path_factory.mktemp("brief") / f"brief.{ending}"
        said = StringIO()
        with redirect_stdout(said):
            words = ["brief", "--as-of", day, "-o", str(path), "--json", *SMALL]
            assert run(["-q", *words]) == 0
        found[day] = (path.read_text(), json.loads(said.getvalue())["numbers"])
    return found


def test_a_second_brief_simulates_nothing_and_is_the_same(
    april: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Second route: from what the first one kept on disk, the same bytes."""

    def simulated(*_: Any, **__: Any) -> None:
        raise AssertionError("a second brief simulates")

    monkeypatch.setattr("ustress.workflows.gathered._tale", simulated)
    monkeypatch.setattr("ustress.simulate.run.simulate", simulated)
    write_brief("2025-04-11", tmp_path / "again.html", paths=200)
    assert (tmp_path / "again.html").read_text() == april


@pytest.fixture(scope="module")
def april(briefs: dict[str, tuple[str, Numbers]]) -> str:
    return briefs["2025-04-11"][0]


def test_every_chart_is_a_marked_figure(april: str) -> None:
    charts = re.findall(r'<figure id="chart-([a-z-]+)"[^>]* data-chart', april)
    assert len(charts) >= 6
    assert len(set(charts)) == len(charts)


def test_it_needs_no_network(april: str) -> None:
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', april)
    assert "<script" not in april
    assert "@import" not in april
    assert set(re.findall(r"https?://[^\"'\s<)]+", april)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
        "https://vega.github.io/schema/vega-lite/v6.json",
    }


def test_the_record_of_the_day_is_in_it(april: str) -> None:
    """Published figures: Treasury, 11 April 2025: 4.48 %, 47 bp above 4 April."""
    text = re.sub(r"<[^>]+>", "", april)
    assert "4.480" in text
    assert "+47" in text
    assert "16 Nov 2001" in text
    assert "760.8" in text


def test_every_section_answers(april: str) -> None:
    for section in ("happening", "claims", "simulation", "breakpoint", "hit", "limits",
                    "parameters", "sources", "glossary"):  # fmt: skip
        assert f'id="{section}"' in april


def test_another_date_gives_another_brief(briefs: dict[str, tuple[str, Numbers]]) -> None:
    """Against toys: the numbers follow the figures known on the date."""
    april, calm = (briefs[day][1] for day in ("2025-04-11", "2021-06-30"))
    # Parameters, amounts tried and days ahead are the same on both dates; figures are not.
    shared = [
        k
        for k in april.keys() & calm.keys()
        if k.startswith(("monitor.", "composite", "run.")) and april[k]["unit"] != "count"
    ]
    assert len(shared) > 200
    moved = [key for key in shared if april[key]["value"] != calm[key]["value"]]
    assert len(moved) > 0.8 * len(shared)
    even = "breakpoint.cross50.q50"
    assert april[even]["value"] < calm[even]["value"]  # dealers were nearly full in April 2025


def test_a_date_without_an_opening_state_still_gets_its_record(tmp_path: Path) -> None:
    """In 2016 nothing can be simulated; the brief says so and shows the rest."""
    path = tmp_path / "early.html"
    assert run(["-q", "brief", "--as-of", "2016-11-14", "-o", str(path), *SMALL]) == 0
    text = re.sub(r"<[^>]+>", " ", path.read_text())
    assert "no complete opening state" in text
    assert "2.23" in text  # ten-year, 14 November 2016 (Treasury)


def test_markdown_has_the_same_findings(briefs: dict[str, tuple[str, Numbers]]) -> None:
    """Published (US Treasury, par yields): 1.45 % on 30 June 2021."""
    text = briefs["2021-06-30"][0].replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith("# ")
    assert "1.450 %" in text
    assert "| " in text


def test_every_parameter_file_stands_in_the_table() -> None:
    """Property: as many rows as the model and the outcomes have parameters, each with a source."""
    found = parameter_views()
    assert len(found) == len(list(load_parameters())) + len(described())
    assert len({p.key for p in found}) == len(found)
    assert all(p.source and p.title for p in found)
    assert next(p for p in found if p.key == "outcomes.mortgage").shown == "0.7467, 0.0223, 0.0889"

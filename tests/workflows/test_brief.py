"""The brief from the real figures, through the command line, on several dates."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

import ustress
from report.reading import read
from ustress.claims import load_claims
from ustress.claims.judging import _rule_words
from ustress.cli.main import run
from ustress.data.store import Store
from ustress.model.parameters import load_parameters
from ustress.outcomes.parameters import described
from ustress.workflows.brief import write_brief
from ustress.workflows.views import parameter_views

SMALL = ["--paths", "200"]


DAY, CALM = "2025-04-11", "2021-06-30"
Numbers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Numbers]:
    """One brief for all tests: April 2025 against a calm day, its page and its numbers."""
    path, said = tmp_path_factory.mktemp("brief") / "brief.html", StringIO()
    with redirect_stdout(said):
        words = ["brief", "--as-of", DAY, "--against", CALM, "-o", str(path), "--json", *SMALL]
        assert run(["-q", *words]) == 0
    return path.read_text(), json.loads(said.getvalue())["numbers"]


@pytest.fixture(scope="module")
def april(written: tuple[str, Numbers]) -> str:
    return written[0]


@pytest.fixture
def nothing_simulated(april: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on a simulation is an error."""

    def simulated(*_: Any, **__: Any) -> None:
        raise AssertionError("a second brief simulates")

    monkeypatch.setattr("ustress.workflows.gathered._tale", simulated)
    monkeypatch.setattr("ustress.simulate.run.simulate", simulated)


@pytest.mark.usefixtures("nothing_simulated")
def test_a_second_brief_simulates_nothing_and_is_the_same(april: str, tmp_path: Path) -> None:
    """Second route: from what the first one kept on disk, the same bytes."""
    write_brief(DAY, tmp_path / "again.html", paths=200, against=CALM)
    assert (tmp_path / "again.html").read_text() == april


def test_every_chart_is_a_marked_figure(april: str) -> None:
    charts = re.findall(r'<figure id="chart-([a-z-]+)"[^>]* data-chart', april)
    assert len(charts) >= 6
    assert len(set(charts)) == len(charts)


def test_every_visible_digit_stands_in_a_mark(april: str) -> None:
    """On real contents: figures, times and names of the closed list; nothing else has a digit."""
    assert read(april).bare == []


def test_one_id_is_one_number(april: str) -> None:
    """On real contents: wherever an id appears it shows the same value."""
    assert {k: v for k, v in read(april).figures.items() if len(v) > 1} == {}


def _flat(text: str) -> str:
    return " ".join(re.sub(r"[\\\"']", " ", text).split()).casefold()


def test_names_with_digits_stand_in_a_file(april: str) -> None:
    """A name is printed as it stands in a catalogue or a file: no sentence computed here is one.

    Tenors (`10-year`) are put before titles by the program; a name may join several.
    """
    root = Path(ustress.__file__).parent
    files = (*root.rglob("*.toml"), *root.rglob("*.py"))
    corpus = _flat(" ".join(file.read_text("utf-8") for file in files))
    infos = Store().panel(date.fromisoformat(DAY)).infos.values()
    printed = {_flat(t) for i in infos for t in (i.title, i.name, i.publisher, i.source)}
    rules = {_rule_words(claim) for claim in load_claims()}
    corpus = " ".join((corpus, *printed))

    def stands(kind: str, name: str) -> bool:
        flat = _flat(name)
        if kind in ("head", "made") or flat in corpus or name in rules:
            return True
        rest = re.sub(r"\b\d+-(year|month)\b|\b\d+ years?, added|s&p 500 ", "", flat)
        pieces = re.split(r"; |: | and |, | \(beside", rest)
        return all(piece in corpus or not re.search(r"\d", piece) for piece in pieces)

    assert {(k, name) for k, name in read(april).names if not stands(k, name)} == set()


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
    text = re.sub(r"<[^>]+>", "", april).replace("\N{NO-BREAK SPACE}", " ")
    assert "4.480" in text
    assert "+47" in text
    assert "16 Nov 2001" in text
    assert "760.8" in text


def test_every_section_answers(april: str) -> None:
    for section in ("happening", "claims", "simulation", "breakpoint", "hit", "limits",
                    "parameters", "sources", "glossary"):  # fmt: skip
        assert f'id="{section}"' in april


def test_every_number_has_its_provenance(written: tuple[str, Numbers]) -> None:
    """Property: source and day on each; a value or a reason, never both, never neither."""
    for id_, one in written[1].items():
        assert one["source"], id_
        assert one["day"], id_
        assert (one["value"] is None) == bool(one["reason"]), id_


def test_another_date_gives_another_brief(written: tuple[str, Numbers]) -> None:
    """Against toys: the numbers follow the figures known on the date."""
    found = written[1]
    pairs = [
        (value["value"], found[key.removeprefix("against.")]["value"])
        for key, value in found.items()
        if key.startswith("against.") and key.removeprefix("against.") in found
    ]
    assert len(pairs) > 25
    assert sum(then != now for then, now in pairs) > 0.8 * len(pairs)
    since = [k for k in found if k.startswith("since.") and found[k]["value"]]
    assert len(since) > 100
    even = "breakpoint.cross50.amount"  # dealers were nearly full in April 2025
    assert found[even]["value"] < found[f"against.{even}"]["value"]


def test_a_date_without_an_opening_state_still_gets_its_record(tmp_path: Path) -> None:
    """In 2016 nothing can be simulated; the brief says so and shows the rest."""
    path = tmp_path / "early.html"
    assert run(["-q", "brief", "--as-of", "2016-11-14", "-o", str(path), *SMALL]) == 0
    text = re.sub(r"<[^>]+>", " ", path.read_text())
    assert "no complete opening state" in text
    assert "2.23" in text  # ten-year, 14 November 2016 (Treasury)


@pytest.mark.usefixtures("nothing_simulated")
def test_markdown_has_the_same_findings(tmp_path: Path) -> None:
    """Published (US Treasury, par yields): 4.48 % on 11 April 2025."""
    write_brief(DAY, tmp_path / "b.md", paths=200, against=CALM)
    text = (tmp_path / "b.md").read_text().replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith("# ")
    assert "4.480 %" in text
    assert "| " in text


def test_every_parameter_file_stands_in_the_table() -> None:
    """Property: as many rows as the model and the outcomes have parameters, each with a source."""
    found = parameter_views()
    assert len(found) == len(list(load_parameters())) + len(described())
    assert len({p.key for p in found}) == len(found)
    assert all(p.source and p.title for p in found)
    mortgage = next(p for p in found if p.key == "outcomes.mortgage")
    assert mortgage.shown == "0.7467, 0.0223, 0.0889"
    assert mortgage.error == "0.0379, 0.0317, 0.0294"
    assert (mortgage.sample, mortgage.method) == ("2000-01-07 to 2025-04-24", "Newey-West, 8 lags")

"""Saved runs in a brief: cut to a shorter horizon, and refused where they do not belong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ustress.core.errors import BadInputError
from ustress.core.status import PathStatus
from ustress.simulate.cut import first_paths
from ustress.simulate.ensemble import Ensemble
from ustress.simulate.provenance import Provenance
from ustress.workflows.brief import write_brief
from ustress.workflows.opening import open_on
from ustress.workflows.pace_views import from_saved
from ustress.workflows.shelf import Shelf, saved_runs, shorten
from ustress.workflows.simulation import run

DAY = "2025-04-11"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("runs")
    for name in ("no-intervention", "tactical-qe"):
        run(name, DAY, paths=100, horizon=20, out=place / name)
    return place


def test_a_cut_run_is_the_run_that_ends_there(folder: Path) -> None:
    """Second route: the first ten days of twenty against ten days simulated, on more paths."""
    cut = shorten(Ensemble.load(folder / "no-intervention"), 10)
    alone = first_paths(run("no-intervention", DAY, paths=150, horizon=10), 100)
    assert alone.n_paths == cut.n_paths == 100
    assert cut.horizon_days == alone.horizon_days == 10
    for name in alone.observables:
        np.testing.assert_allclose(cut.paths(name), alone.paths(name), rtol=1e-4, atol=1e-3)
    np.testing.assert_array_equal(cut.status_codes, alone.status_codes)
    np.testing.assert_array_equal(cut.first_crossing_day, alone.first_crossing_day)
    assert set(cut.status) <= set(PathStatus)


def test_a_shelf_simulates_nothing_that_is_saved(folder: Path) -> None:
    told: list[str] = []
    shelf = Shelf(100, 7, lambda label, done, total: told.append(label), saved_runs(folder))
    shelf.opened(open_on(DAY))
    found = shelf.run(date(2025, 4, 11), "tactical-qe", (), 20)
    assert found.scenario == "tactical-qe"
    assert not told


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ("opening_hash", "from other figures than are known now for 2025-04-11"),
        ("parameters_hash", "with other parameters"),
        ("code_hash", "by another state of the program"),
    ],
)
def test_what_another_state_made_is_refused(folder: Path, moved: str, words: str) -> None:
    """Runs and a point of no return alike: figures, parameters and program must be those of now."""
    run, *_ = saved_runs(folder)
    opening = open_on(DAY)
    Shelf(100, 7, saved=(run,)).opened(opening)
    made = Provenance.from_plain({**run.provenance.to_plain(), moved: "0"})
    with pytest.raises(BadInputError, match=f"saved run of no-intervention was made {words}"):
        Shelf(100, 7, saved=(replace(run, provenance=made),)).opened(opening)
    with pytest.raises(BadInputError, match=f"breakpoint.json was made {words}"):
        from_saved({"provenance": made.to_plain(), "seed": 7}, opening)


def test_runs_that_do_not_belong_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no saved run in it"):
        saved_runs(tmp_path)
    with pytest.raises(BadInputError, match="expected that date"):
        write_brief("2025-04-10", tmp_path / "b.html", runs=folder)
    with pytest.raises(BadInputError, match="no saved run of it"):
        write_brief(None, tmp_path / "b.html", runs=folder, scenarios=("baseline",))
    with pytest.raises(BadInputError, match="is not before"):
        write_brief(DAY, tmp_path / "b.html", against=DAY)
    with pytest.raises(BadInputError, match="unknown scenario"):
        write_brief(DAY, tmp_path / "b.html", scenarios=("nothing-such",))
    assert not (tmp_path / "b.html").exists()

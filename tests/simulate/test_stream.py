"""Runs beyond memory: what is counted equals what is held, whatever the split or the kills."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ustress.core.errors import BadInputError, CannotError
from ustress.simulate import Ensemble, Opening, recompute, run, simulate
from ustress.simulate.names import OBSERVABLES
from ustress.simulate.stream import fold as stream_fold
from ustress.simulate.stream import parts
from ustress.simulate.stream.bins import WIDTH, bins_for, quantile
from ustress.simulate.stream.sketch import Sketch

EVENTS = ("ust.10y>4.7", "ust.10y>4.6 at 20", "dislocation>20 by 10", "fed.buys")
PATHS = 2000


def sketched(
    monkeypatch: pytest.MonkeyPatch, april: Opening, workers: int = 2, folder: Path | None = None
) -> Sketch:
    """The run of the fixture `tactical`, counted."""
    monkeypatch.setattr(run, "KEPT_PATHS", 10)
    found = simulate(
        april, "tactical-qe", PATHS, seed=11, horizon_days=60, workers=workers, events=EVENTS,
        part_folder=folder,
    )  # fmt: skip
    assert isinstance(found, Sketch)
    return found


@pytest.fixture
def sketch(monkeypatch: pytest.MonkeyPatch, april: Opening) -> Sketch:
    return sketched(monkeypatch, april)


def test_a_sketch_answers_as_the_paths_do(sketch: Sketch, tactical: Ensemble) -> None:
    """Second route: means, errors, statuses and declared events exact, quantiles within theirs."""
    assert sketch.n_paths == tactical.n_paths
    assert sketch.status == tactical.status
    for name in OBSERVABLES:
        exact, found = tactical.mean(name), sketch.mean(name)
        assert found.value == pytest.approx(exact.value, rel=1e-9, abs=1e-9), name
        assert found.error == pytest.approx(exact.error, rel=1e-6, abs=1e-6), name
        q = (0.0, 0.05, 0.5, 0.777, 0.95, 1.0)
        gap = np.abs(sketch.quantile(name, q) - tactical.quantile(name, q))
        stated = sketch.quantile_error(name, q)
        assert np.all(gap <= stated * 1.001 + 2e-6 * np.abs(tactical.quantile(name, q))), name
    asked = (*EVENTS, "ust.10y>4.7 by 5", "fed.buys<=20", "fed.crosses<=3", "fed.decides")
    for event in asked:
        assert sketch.probability(event) == tactical.probability(event), event
        assert np.array_equal(sketch.hitting(event).counts, tactical.hitting(event).counts)
    assert sketch.worst(5, "dysfunction") == tactical.worst(5, "dysfunction")
    assert np.array_equal(sketch.sample("ust.10y", 3), tactical.sample("ust.10y", 3))
    row = sketch.table(["ust.10y"], [20]).frame
    assert 0 < row["sketch_error"][0] < 0.01


def test_the_stated_error_is_half_a_per_cent_of_the_move() -> None:
    """Analytic: a bin far from the centre is WIDTH of its distance wide, near it WIDTH of scale."""
    bins = bins_for("bp", 0.0)
    values = np.array([100.0, -100.0, 0.0], np.float32)
    below, above = bins.edges(
        bins.place(values).astype(np.int64), np.full(3, -1e9), np.full(3, 1e9)
    )
    assert np.all((below <= values) & (values <= above))
    assert (above - below) / np.hypot(values, 1.0) == pytest.approx(WIDTH, rel=0.02)
    counts = np.bincount(bins.place(np.full(10, 7.0, np.float32)), minlength=2121).astype(np.int32)
    found, error = quantile(counts, bins, 7.0, 7.0, np.array([0.1, 0.9]))
    assert found == pytest.approx(7.0)
    assert error == pytest.approx(0.0)


def test_what_a_sketch_does_not_hold_is_refused(sketch: Sketch, tactical: Ensemble) -> None:
    with pytest.raises(BadInputError, match=r"not declared.*run again with --event 'ust\.10y>9'"):
        sketch.probability("ust.10y>9")
    with pytest.raises(CannotError, match="holds none of them"):
        sketch.paths("ust.10y")
    with pytest.raises(CannotError, match="compare runs that keep them"):
        _ = sketch - tactical
    with pytest.raises(BadInputError, match="expected 0 to 1999"):
        sketch.path(2000)
    with pytest.raises(BadInputError, match="keeps the highest 100"):
        sketch.worst(101)


def test_a_path_is_computed_again_to_the_last_bit(
    sketch: Sketch, tactical: Ensemble, april: Opening
) -> None:
    """Property: from seed and number alone."""
    held = tactical.path(1234)
    again = recompute(april, "tactical-qe", 11, 1234, 60)
    for one in (again, sketch.path(1234)):
        for name in OBSERVABLES:
            assert one.observables[name].tobytes() == held.observables[name].tobytes(), name
        assert (one.status, one.decision_day) == (held.status, held.decision_day)


def test_killed_and_begun_again_gives_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch, april: Opening, sketch: Sketch, tmp_path: Path
) -> None:
    """Property: any number of workers, with and without a kill after the first part."""
    whole = sketch.save(tmp_path / "whole")
    monkeypatch.setattr(stream_fold, "PART_BLOCKS", 1)
    folder, write = tmp_path / "killed", parts.write_part

    def killed(*given: Any) -> None:
        write(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(stream_fold, "write_part", killed)
    with pytest.raises(KeyboardInterrupt):
        sketched(monkeypatch, april, 1, folder)
    assert [p.name for p in folder.iterdir()] == ["part.npz"]
    monkeypatch.setattr(stream_fold, "write_part", write)
    with pytest.raises(BadInputError, match=r"another run \(it differs in seed"):
        simulate(april, "tactical-qe", PATHS, seed=12, horizon_days=60, part_folder=folder)
    sketched(monkeypatch, april, 3, folder).save(folder)
    for name in ("run.json", "sketch.npz"):
        assert (folder / name).read_bytes() == (whole / name).read_bytes(), name
    assert not (folder / "part.npz").exists()
    back = Ensemble.load(folder)
    assert back.summary() == sketch.summary()
    assert np.array_equal(back.quantile("ust.10y", 0.9), sketch.quantile("ust.10y", 0.9))
    with pytest.raises(CannotError, match=r"recompute makes a path"):
        back.path(3)

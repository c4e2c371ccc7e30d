"""Questions to an ensemble, its algebra, and its way to disk and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ustress.core.errors import BadInputError, CannotError, UnknownNameError, UstressError
from ustress.core.status import PathStatus
from ustress.core.units import unit
from ustress.model.types import status_code
from ustress.simulate import Ensemble, Opening, simulate
from ustress.simulate.names import OBSERVABLES
from ustress.simulate.probability import probability, wilson_error


def broken_copy(run: Ensemble, count: int) -> Ensemble:
    """The run with its first `count` paths marked as broken and their numbers made absurd."""
    codes = np.full(run.n_paths, status_code(PathStatus.OK), np.int32)
    codes[:count] = status_code(PathStatus.SPIRAL)
    absurd = {k: v.copy() for k, v in run.observables.items()}
    absurd["ust.10y"][:count] = np.nan
    return replace(run, status_codes=codes, observables=absurd)


def test_quantiles_and_means_are_those_of_numpy(calm: Ensemble) -> None:
    """Second route."""
    values = calm.paths("ust.10y")[calm.ok]
    assert calm.quantile("ust.10y", 0.9, 20) == pytest.approx(np.quantile(values[:, 20], 0.9), 1e-5)
    assert calm.quantile("ust.10y", [0.1, 0.9]).shape == (2, 61)
    middle = calm.mean("ust.10y", 20)
    assert middle.value == pytest.approx(values[:, 20].mean(dtype=float))
    assert middle.error == pytest.approx(
        values[:, 20].std(dtype=float) / np.sqrt(len(values)), 1e-2
    )


def test_broken_paths_are_counted_and_never_averaged_in(calm: Ensemble) -> None:
    run = broken_copy(calm, 500)
    assert run.status == {PathStatus.OK: 1500, PathStatus.SPIRAL: 500}
    assert np.isfinite(run.quantile("ust.10y", 0.5)).all()
    assert np.isfinite(run.mean("ust.10y").value).all()
    above = run.probability("ust.10y>0")
    assert (above.value, above.paths, above.left_out) == (1.0, 1500, 500)
    assert run.probability("fed.crosses").paths == 2000
    assert run.sample("ust.10y", 3) == pytest.approx(calm.paths("ust.10y")[500:503])
    assert "500 x spiral" in run.broken()


def test_nothing_in_a_run_can_be_changed(calm: Ensemble) -> None:
    with pytest.raises(ValueError, match="read-only"):
        calm.paths("ust.10y")[0, 0] = 1.0


def test_a_run_of_broken_paths_alone_says_so(calm: Ensemble) -> None:
    with pytest.raises(CannotError, match="broke: 2000 x spiral"):
        broken_copy(calm, 2000).mean("ust.10y")


def test_events_are_what_they_say(tactical: Ensemble) -> None:
    """Second route: each form by hand."""
    ten = tactical.paths("ust.10y")[tactical.ok]
    for text, by_hand in (
        ("ust.10y>4.7", (ten[:, 1:] > 4.7).any(axis=1)),
        ("ust.10y > 4.7 by 5", (ten[:, 1:6] > 4.7).any(axis=1)),
        ("ust.10y>=4.7 at 5", ten[:, 5] >= 4.7),
        ("ust.10y<4.2", (ten[:, 1:] < 4.2).any(axis=1)),
    ):
        assert tactical.probability(text).value == by_hand.mean(), text
    bought = tactical.paths("fed.bought")
    assert tactical.probability("fed.buys").value == (bought[:, -1] > 0).mean()
    assert tactical.probability("fed.buys<=10").value == (bought[:, 10] > 0).mean()
    first = tactical.first_purchase_day
    assert np.all(bought[first > 0, first[first > 0] - 1] == 0)
    decided = tactical.decision_day
    assert np.all(first[decided > 0] >= np.minimum(decided[decided > 0], 60))
    assert tactical.probability("fed.crosses").value == tactical.probability("fed.decides").value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not an event"),
        ("__import__('os')", "is not an event"),
        ("ust.10y>", "is not an event"),
        ("ust.10y", "compares with nothing"),
        ("ust.11y>5", "unknown event or observable 'ust.11y'"),
        ("fed.buys>60", "takes a last day only"),
        ("fed.buys<=60 by 3", "takes a last day only"),
        ("ust.10y>5 by 61", "outside the run; expected 1 to 60"),
        ("ust.10y>5 at 0", "outside the run"),
    ],
)
def test_what_is_no_event_is_refused(text: str, words: str, calm: Ensemble) -> None:
    with pytest.raises(UstressError) as caught:
        calm.probability(text)
    assert words in str(caught.value)
    assert caught.value.exit_code == 2


def test_the_probabilitys_error_is_the_samplings() -> None:
    """Second route: the spread of many shares; and it never vanishes."""
    rng = np.random.default_rng(4)
    for p, n in ((0.1, 400), (0.5, 1000), (0.9, 400)):
        shares = rng.binomial(n, p, 4000) / n
        assert float(wilson_error(p, n)) == pytest.approx(shares.std(), rel=0.05)
    assert probability(np.zeros(100, bool)).error > 0
    assert np.isnan(probability(np.zeros(0, bool)).value)


def test_tables_carry_units_and_dates(tactical: Ensemble) -> None:
    table = tactical.table(["ust.10y", "fed.purchases"], [0, 60], [0.1, 0.9])
    assert table.frame.shape == (4, 8)
    assert table.frame["unit"].to_list() == ["pct", "pct", "usdbn_whole", "usdbn_whole"]
    assert table.to_arrow().num_rows == len(table.to_pandas()) == 4
    assert table.frame["q10"][1] == pytest.approx(float(tactical.quantile("ust.10y", 0.1, 60)))
    assert all(unit(o.unit) for o in OBSERVABLES.values())


def test_unknown_names_and_days_are_refused(calm: Ensemble) -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean ust\.10y"):
        calm.mean("ust.10")
    with pytest.raises(BadInputError, match="expected 0 to 60"):
        calm.mean("ust.10y", 61)
    with pytest.raises(BadInputError, match="outside 0 to 1"):
        calm.quantile("ust.10y", 1.5)


def test_a_difference_is_taken_path_by_path(tactical: Ensemble, untouched: Ensemble) -> None:
    """Property: common shocks make its error smaller than that of two separate runs."""
    gap = tactical - untouched
    both = tactical.ok & untouched.ok
    by_hand = (tactical.paths("ust.10y") - untouched.paths("ust.10y"))[both, 40]
    found = gap.mean("ust.10y", 40)
    assert float(found.value) == pytest.approx(float(by_hand.mean(dtype=float)), abs=1e-6)
    apart = np.hypot(tactical.mean("ust.10y", 40).error, untouched.mean("ust.10y", 40).error)
    assert found.error < 0.5 * apart
    assert gap.left_out == int((~both).sum())
    zero = tactical - tactical
    assert np.all(zero.paths("dysfunction") == 0)
    back = untouched - tactical
    assert back.mean("ust.10y", 40).value == pytest.approx(-found.value)
    assert gap.quantile("ust.10y", [0.1, 0.5]).shape == (2, 61)
    bought = gap.probability("fed.buys")
    assert bought.value == pytest.approx(tactical.probability("fed.buys").value)
    assert gap.table(["ust.10y"], [40]).frame["mean"][0] == pytest.approx(float(found.value))


def test_runs_that_do_not_share_shocks_cannot_be_subtracted(
    april: Opening, march: Opening, calm: Ensemble
) -> None:
    for other, word in (
        (simulate(april, "baseline", 2000, seed=12, horizon_days=60), "seed"),
        (simulate(april, "baseline", 100, seed=11, horizon_days=60), "n_paths"),
        (simulate(march, "baseline", 2000, seed=11, horizon_days=60), "as_of"),
        (replace(calm, provenance=replace(calm.provenance, parameters_hash="0")), "parameters"),
    ):
        with pytest.raises(BadInputError, match=word):
            _ = calm - other


def test_a_saved_run_comes_back_to_the_last_bit(tactical: Ensemble, tmp_path: Path) -> None:
    folder = tactical.save(tmp_path / "runs" / "one")
    back = Ensemble.load(folder)
    assert back.provenance == tactical.provenance
    for name in tactical.observables:
        assert back.paths(name).tobytes() == tactical.paths(name).tobytes()
    assert np.array_equal(back.days, tactical.days)
    assert np.array_equal(back.status_codes, tactical.status_codes)
    assert back.summary() == tactical.summary()
    assert np.all((back - tactical).paths("ust.10y") == 0)
    assert sorted(p.name for p in folder.parent.iterdir()) == ["one"]


def test_what_is_written_knows_no_clock(april: Opening, tmp_path: Path) -> None:
    """Property: the same run twice gives the same bytes on disk."""
    texts = []
    for name in ("a", "b"):
        run = simulate(april, "baseline", 50, seed=2, horizon_days=60)
        texts.append([p.read_bytes() for p in sorted(run.save(tmp_path / name).iterdir())])
    assert texts[0] == texts[1]
    about = json.loads((tmp_path / "a" / "run.json").read_text())
    assert about["provenance"]["seed"] == 2
    assert len(about["provenance"]["scenario_hash"]) == 16


def test_only_runs_are_replaced_and_only_whole_ones_read(calm: Ensemble, tmp_path: Path) -> None:
    folder = calm.save(tmp_path / "run")
    calm.save(folder)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(BadInputError, match="holds other files"):
        calm.save(folder)
    with pytest.raises(BadInputError, match="is a file"):
        calm.save(folder / "notes.txt")
    numbers = folder / "paths.npz"
    numbers.write_bytes(numbers.read_bytes()[:-1])
    with pytest.raises(BadInputError, match="is damaged"):
        Ensemble.load(folder)
    (folder / "run.json").write_text("{")
    with pytest.raises(BadInputError, match="cannot be read"):
        Ensemble.load(folder)
    with pytest.raises(BadInputError, match="holds no saved run"):
        Ensemble.load(tmp_path / "none")

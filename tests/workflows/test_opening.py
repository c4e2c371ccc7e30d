"""Which days can be simulated, and what moves the answers between two of them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from ustress.core.errors import BadInputError
from ustress.core.evidence import Evidence
from ustress.core.jsonform import dumps
from ustress.data.store import Store
from ustress.simulate.explain import explain_difference
from ustress.workflows.opening import complete_days, held_on, open_on, partial_begins
from ustress.workflows.pictures import of_run
from ustress.workflows.simulation import breaking_point, run, saved


def test_the_days_that_can_be_simulated() -> None:
    """From SOFR's first publication to the last whole curve of the embedded figures."""
    assert complete_days() == (date(2018, 4, 4), date(2026, 2, 27))


def test_two_dates_differ_in_named_inputs_and_in_the_answer() -> None:
    """Against toys: April 2025 (dealers full, volatile) against a calm day with room."""
    april, calm = open_on("2025-04-11"), open_on("2021-06-30")
    moved = {one.name: one for one in explain_difference(calm, april)}
    for name in ("dealers.use", "curve.10y", "curve.10y.realised_vol", "fed.reserves"):
        assert name in moved
        assert moved[name].first != moved[name].second
    assert moved["dealers.use"].change > 0
    chances = [
        breaking_point(day, paths=400, amounts=[0, 200], paces=[20], policy="none").intervention
        for day in ("2021-06-30", "2025-04-11")
    ]
    gap = chances[1].chance[1] - chances[0].chance[1]
    assert gap > 3 * float((chances[0].error[1] ** 2 + chances[1].error[1] ** 2) ** 0.5)


FUNDS = "funding.sofr_iorb: federal funds rate less the top of the target range"
DEALERS = "dealers.use: dealers' net coupon position over its largest in less than a year"


def test_a_partial_opening_is_the_figures_themselves_and_marked() -> None:
    """Second route: the stand-ins against the series, taken from the store by hand."""
    day = partial_begins()
    assert day == date(2013, 5, 2)
    opened = open_on(day, partial=True)
    assert opened.partial == (FUNDS, DEALERS)
    panel = Store().panel(day)
    positions = panel["dealers.net.coupons"].values
    assert positions.size == 4
    assert opened["dealers.use"].value == positions[-1] / np.max(positions)
    effr, upper = panel["funding.effr"].at(-1), panel["funding.target.upper"]
    top = upper.values[upper.dates == np.datetime64(effr.day)][0]
    assert opened["funding.sofr_iorb"].value == pytest.approx(100.0 * (effr.value - top), abs=1e-6)
    for name in ("dealers.use", "funding.sofr_iorb", "dealers.u0_scale"):
        assert opened[name].evidence is Evidence.ASSUMED
    assert opened["curve.10y"].evidence is Evidence.MEASURED


def test_only_what_does_not_exist_is_replaced() -> None:
    """A year of positions gives dealers' use itself; a complete date is the same either way."""
    assert open_on("2016-06-24", partial=True).partial == (FUNDS,)
    whole, same = open_on("2018-04-04"), open_on("2018-04-04", partial=True)
    assert same.partial == ()
    assert same.inputs == whole.inputs


def test_dates_outside_say_what_is_missing_and_where_partial_openings_begin() -> None:
    eve = partial_begins() - timedelta(days=1)
    with pytest.raises(BadInputError, match=r"from 2013-05-02 with --partial.*3 weeks, 4 are"):
        open_on(eve, partial=True)
    with pytest.raises(BadInputError, match=r"--partial also open from 2013-05-02.*funding\.sofr"):
        open_on("2018-04-03")
    for day, partial in ((eve, False), ("2026-06-01", True)):
        with pytest.raises(BadInputError) as refused:
            open_on(day, partial=partial)
        assert "--partial" not in str(refused.value)


def test_a_partial_run_says_so_wherever_it_is_kept(tmp_path: Path) -> None:
    """Terminal, JSON and disk name the stand-ins; a run saved before they existed still loads."""
    from ustress.report.terminal.partial import partial_opening

    made = run("baseline", "2016-06-24", 10, horizon=5, partial=True, out=tmp_path / "run")
    assert json.loads(dumps(made.to_json()))["provenance"]["partial"] == [FUNDS]
    again = saved(tmp_path / "run")
    assert again is not None
    assert again.provenance == made.provenance
    (line,) = partial_opening(again.provenance)
    assert line.text == f"partial opening: {FUNDS} (stand-ins, assumed)"
    assert "(partial opening)" in str(of_run(again))
    path = tmp_path / "run" / "run.json"
    about = json.loads(path.read_text("utf-8"))
    del about["provenance"]["partial"]
    path.write_text(json.dumps(about), "utf-8")
    old = saved(tmp_path / "run")
    assert old is not None
    assert asdict(old.provenance) == {**asdict(made.provenance), "partial": ()}
    assert partial_opening(old.provenance) == ()


@pytest.mark.parametrize("day", ["2026-08-01", "2026-03-05", "2017-06-30", "1995-01-02"])
def test_what_could_be_sold_is_refused_on_the_same_days_with_the_same_words(day: str) -> None:
    """Second route: from the readings alone, and from the whole opening state."""
    with pytest.raises(BadInputError) as whole:
        open_on(day)
    with pytest.raises(BadInputError) as alone:
        held_on(day)
    assert str(alone.value) == str(whole.value)


def test_what_could_be_sold_is_the_openings() -> None:
    """Second route: from the readings alone, and from the whole opening state."""
    assert held_on("2025-04-11") == open_on("2025-04-11").held

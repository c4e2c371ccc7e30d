"""Replays: nothing allotted, nothing scaled, nothing known later than its date."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import numpy as np
import pytest

from ustress.calibrate.episodes import load_episode, measure
from ustress.calibrate.fast.bases import FITTED, HELD_OUT, SET
from ustress.calibrate.replay.feed import fed
from ustress.calibrate.replay.left import UNIDENTIFIED, Left, left_over
from ustress.calibrate.replay.result import Replayed
from ustress.core.evidence import Evidence
from ustress.data.store import Store
from ustress.report import replay_tables
from ustress.scenario.load import apply_overrides, load_scenario
from ustress.simulate.schedule import Schedule, schedule
from ustress.workflows.replay import REPLAYED, episodes, replay, replay_form

DAY = date(2025, 4, 11)


@pytest.fixture(scope="module")
def april() -> Replayed:
    return replay("april-2025", paths=200)


@pytest.fixture(scope="module")
def march() -> Replayed:
    return replay("march-2020", paths=300)


def test_the_account_adds_up_and_the_rest_has_a_name() -> None:
    """Analytic: 47 on record, 6 of expected path, 1 of flows: 40 are unidentified."""
    path = Left("expected path", DAY, 6.0, None, None, Evidence.ESTIMATED, "s")
    beside = Left("term premium", DAY, 43.0, None, None, Evidence.ESTIMATED, "s", adds=False)
    unsized = Left("swap-spread positions", DAY, None, None, None, None, "why", adds=False)
    lines = left_over(DAY, 47.0, (1.0, 0.5, 2.0), (path, beside), (unsized,))
    assert [one.name for one in lines] == [
        "record", "measured flows", "expected path", "term premium", "swap-spread positions",
        UNIDENTIFIED,
    ]  # fmt: skip
    rest = lines[-1]
    assert (rest.size_bp, rest.low_bp, rest.high_bp) == (40.0, 39.0, 40.5)
    added = sum(one.size_bp for one in lines if one.adds and one.size_bp is not None)
    assert added == lines[0].size_bp


@pytest.mark.parametrize("name", REPLAYED)
def test_what_is_fed_in_is_what_was_measured(name: str) -> None:
    """Property: par and equivalents by day are the episode's own sums, to rounding; no policy."""
    store = Store()
    figures = measure(load_episode(name), store.panel(store.known_until()))
    n = len(figures.days())
    quiet = apply_overrides(load_scenario("baseline"), ["policy.kind=none"])
    base: Schedule = schedule(quiet, n)
    made = fed(base, figures, 0.56, 0.69)
    sold = np.array(list(figures.by_day("sale").values()))
    bought = np.array(list(figures.by_day("fed_purchase").values()))
    drain = np.array(list(figures.by_day("cash_drain").values()))
    added = np.array(list(figures.by_day("reserves").values()))
    inputs = made.inputs
    assert np.asarray(inputs.sale_par_usdbn).sum(axis=1) == pytest.approx(sold - bought)
    assert np.asarray(inputs.reserves_change_usdbn).sum() == pytest.approx(
        bought.sum() + added.sum() - drain.sum()
    )
    x = 0.56 * np.asarray(inputs.sale_x_usdbn).sum(axis=1)
    given = np.array(list(figures.equivalents_by_day("sale", 0.56).values()))
    taken = np.array(list(figures.equivalents_by_day("fed_purchase", 0.69).values()))
    assert x == pytest.approx(given - taken)
    quietly = fed(base, figures, 0.56, 0.69, purchases=False, flows=False)
    assert not np.asarray(quietly.inputs.sale_par_usdbn).any()


def test_april_2025_on_official_flows_explains_little(april: Replayed) -> None:
    """Published (US Treasury, par yields: +47 bp from 4 to 11 April); the model document, 5."""
    lines = {one.name: one for one in april.left if one.day == DAY}
    assert lines["record"].size_bp == pytest.approx(47.0)
    flows = lines["measured flows"].size_bp
    assert flows is not None
    assert abs(flows) < 8.0
    assert lines["swap-spread positions"].size_bp is None
    rest = lines[UNIDENTIFIED].size_bp
    assert rest is not None
    assert rest > 25.0


def test_every_account_adds_up(april: Replayed, march: Replayed) -> None:
    """Property: on every day the lines that add up make the record."""
    for seen in (april, march):
        for _, lines in groupby(seen.left, key=lambda one: one.day):
            told = list(lines)
            added = sum(one.size_bp for one in told if one.adds and one.size_bp is not None)
            assert added == pytest.approx(told[0].size_bp, abs=1e-9)
            assert told[-1].name == UNIDENTIFIED


def test_march_2020_rises_with_its_flows_and_does_not_mend_itself(march: Replayed) -> None:
    """Property: with purchases the wedge of the 23rd lies below the 18th's; without it does not."""
    days = {d.astype("datetime64[D]").item(): i for i, d in enumerate(march.run.days)}
    a, b = days[date(2020, 3, 18)], days[date(2020, 3, 23)]
    alone = march.unmended
    assert alone is not None
    with_fed = [float(march.run.quantile("dislocation", 0.5, i)) for i in (a, b)]
    without = [float(alone.quantile("dislocation", 0.5, i)) for i in (a, b)]
    assert with_fed[0] > 5.0
    assert with_fed[1] < with_fed[0]
    assert without[1] > with_fed[1]
    assert without[1] > 0.5 * without[0]
    assert float(alone.quantile("dysfunction", 0.5, b)) > 0.25, "beyond the bracket of the Fed's b"


def test_the_opening_knows_nothing_later_and_flows_say_when_they_were_known(
    march: Replayed,
) -> None:
    assert march.opening.known_until <= date(2020, 3, 9)
    tic = next(one for one in march.flows if one.key == "foreign_rest")
    assert tic.known_in_time_usdbn == 0.0
    assert tic.last_known == date(2020, 5, 15)
    form = replay_form(march)
    assert {"flows", "days", "left", "dysfunction", "provenance"} <= set(form)


def test_every_row_says_whether_it_was_fitted(april: Replayed, march: Replayed) -> None:
    """Property: longer yields of April 2025 are held out; the ten-year of March 2020 is fitted."""
    notes = {one.basis for one in april.days if one.unit == "pct" and one.observable != "ust.3m"}
    assert notes == {HELD_OUT}
    bill = {one.day.day: one.basis for one in april.days if one.observable == "ust.3m"}
    assert bill == {9: SET, 11: SET, 30: HELD_OUT}
    ten = [one for one in march.days if one.observable == "ust.10y"]
    assert {one.basis for one in ten} == {FITTED}
    shape = {one.day.day: one.basis for one in march.days if one.observable == "ust.30y"}
    assert shape == {13: HELD_OUT, 18: SET, 23: HELD_OUT, 31: HELD_OUT}
    assert all(one.basis_why for one in (*april.days, *march.days))
    said = str(replay_tables.basis(march))
    assert "16 rows with a record: 4 fitted, 10 held out, 2 set from the record" in said


def test_what_cannot_be_replayed_is_listed() -> None:
    lines = {one.key: one.replayed for one in episodes()}
    assert lines["october-2014"] is False
    assert all(lines[name] for name in REPLAYED)

"""What was fitted: the declaration agrees with what the likelihood reads."""

from __future__ import annotations

from datetime import date

import numpy as np

from ustress.calibrate.episodes import load_episodes
from ustress.calibrate.fast.answers import fast_answers
from ustress.calibrate.fast.bases import (
    BASES,
    DECISIONS,
    ELSEWHERE,
    FITTED,
    HELD_OUT,
    MARCH_DATA,
    MOMENTS,
    QUIET_YEARS,
    SET,
    SPREAD_YEARS,
    basis_of,
    fitting_of,
)
from ustress.calibrate.fast.priors import PRIORS
from ustress.calibrate.fast.record import FastRecord
from ustress.calibrate.published import Role, load_published


def test_the_declaration_is_what_the_record_gives_second_route(dated: FastRecord) -> None:
    """Second route: data made from the record, and the years with a spread, counted there."""
    assert set(fast_answers(dated)) == set(BASES)
    known = np.isfinite(dated.quiet_spread_bp)
    assert tuple(np.array(dated.quiet_years)[known]) == SPREAD_YEARS
    fitted = [key for key, basis in BASES.items() if basis == FITTED]
    assert len(fitted) + len(QUIET_YEARS) + len(DECISIONS) == MOMENTS == 30


def test_published_rows_and_data_tell_the_same_property() -> None:
    """Property: a row of the fast layer is a target where its datum was fitted anywhere."""
    for row in load_published():
        if row.measure is not None and row.measure.target:
            fitted = BASES[row.measure.target] in (FITTED, ELSEWHERE)
            assert (row.role is Role.TARGET) is fitted, row.key


def test_rows_of_an_episode() -> None:
    """By hand: the opening is set, the spike fitted, the day before it held out."""
    opens = date(2019, 9, 13)
    days = {d: basis_of("september-2019", "sofr_less_top", date(2019, 9, d), opens).word
            for d in (13, 16, 17, 18)}  # fmt: skip
    assert days == {13: SET, 16: HELD_OUT, 17: FITTED, 18: HELD_OUT}


def test_every_episode_has_its_count() -> None:
    for episode in load_episodes():
        found = fitting_of(episode.key)
        assert found.parameters == len(PRIORS)
        assert found.own <= found.moments
        assert found.beside
    assert fitting_of("march-2020").own == len(MARCH_DATA) + 1

"""Sessions: hours in New York's clock, exact sums, the size and power of the test of clustering."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ustress.core.errors import BadInputError, MissingSeriesError
from ustress.monitor.liquidity import beyond_volatility, from_bars
from ustress.monitor.sessions import (
    CANNOT_PROVE,
    SESSIONS,
    IntradayBars,
    clustering,
    decompose,
    place,
    statistics,
)
from ustress.monitor.sessions.bars import zoned

EVERY_30_MINUTES = np.arange(46) * np.timedelta64(30, "m")


def made(
    days: int,
    seed: int = 0,
    scale: tuple[float, float, float] = (1, 1, 1),
    first: str = "2024-01-08",
) -> IntradayBars:
    """Half-hour bars from 23:00 UTC on (18:00 in New York in winter), a walk with jumps."""
    rng = np.random.default_rng(seed)
    calendar_days = np.busday_offset(first, np.arange(days), roll="forward")
    start = (
        np.asarray(
            calendar_days.astype("datetime64[m]")[:, None]
            - np.timedelta64(60, "m")
            + EVERY_30_MINUTES[None, :]
        )
        .ravel()
        .astype("datetime64[s]")
    )
    _, session, _ = place(start)
    weight = np.array([*scale, 1.0])[session]
    moves = weight * rng.standard_t(8, size=start.size)
    jumps = 0.2 * rng.normal(size=start.size)
    close = 100 + np.cumsum(moves + jumps)
    volume = rng.uniform(1, 2, size=start.size)
    return IntradayBars.of(IntradayBars(start, close - moves, close, volume), "bp_level")


def test_published_hours_summer_and_winter() -> None:
    """22:00 UTC is 18:00 in New York in July and 17:00 in January: Asia opens, and is closed."""
    at = np.array(
        ["2024-07-10T22:00", "2024-01-10T22:00", "2024-01-10T23:00", "2024-01-11T08:00",
         "2024-01-11T12:30", "2024-01-11T21:59", "2024-01-14T23:00", "2024-01-13T15:00"],
        "datetime64[s]",
    )  # fmt: skip
    days, session, _ = place(at)
    assert session.tolist() == [0, -1, 0, 1, 2, 2, -1, -1]
    assert [str(d) for d in days[:4]] == ["2024-07-11", "2024-01-10", "2024-01-11", "2024-01-11"]
    # Sunday evening before Martin Luther King's day belongs to the Tuesday, outside its sessions
    assert str(days[6]) == str(days[7]) == "2024-01-16"


def test_sums_are_exact_and_the_parts_are_what_they_say() -> None:
    bars = made(40)
    found = decompose(bars)
    parts = np.where(np.isfinite(found.sessions), found.sessions, 0.0).sum(axis=1) + found.gap
    np.testing.assert_allclose(parts, found.total, rtol=0, atol=1e-10)
    days, session, _ = place(bars.start)
    third = days == found.days[2]
    asia = np.flatnonzero(third & (session == 0))
    assert found.sessions[2, 0] == bars.close[asia[-1]] - bars.open[asia[0]]
    assert found.volume[2, 0] == pytest.approx(bars.volume[asia].sum())


def test_a_session_without_bars_is_missing_and_its_move_stands_in_the_gap() -> None:
    bars = made(30)
    _, session, _ = place(bars.start)
    kept = session != 1
    cut = IntradayBars.of(
        IntradayBars(bars.start[kept], bars.open[kept], bars.close[kept], bars.volume[kept])
    )
    found = decompose(cut)
    assert np.isnan(found.sessions[:, 1]).all()
    parts = np.nansum(found.sessions, axis=1) + found.gap
    np.testing.assert_allclose(parts, found.total, atol=1e-10)
    assert statistics(found)[1].days == 0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.0, 0.9))
def test_property_exact_for_any_gaps_order_and_leap_days(seed: int, dropped: float) -> None:
    rng = np.random.default_rng(seed)
    bars = made(12, seed, first="2024-02-22")
    kept = rng.permutation(np.flatnonzero(rng.uniform(size=len(bars)) >= dropped))
    shuffled = IntradayBars.of(
        IntradayBars(bars.start[kept], bars.open[kept], bars.close[kept], bars.volume[kept])
    )
    try:
        found = decompose(shuffled)
    except MissingSeriesError:
        return
    parts = np.nansum(found.sessions, axis=1) + found.gap
    np.testing.assert_allclose(parts, found.total, atol=1e-9)
    assert (np.diff(found.days).astype(int) > 0).all()


def test_analytic_limit_volatility_and_impact() -> None:
    """Equal variance an hour: the root mean square an hour is the same in every session."""
    whole = decompose(made(2500, 3))
    winter = np.isin(whole.days.astype("datetime64[M]").astype(int) % 12, (11, 0, 1))
    # in summer the first bars lie an hour after Asia's opening, the last ones after the close
    found = statistics(
        replace(whole, days=whole.days[winter], total=whole.total[winter], gap=whole.gap[winter],
                sessions=whole.sessions[winter], volume=whole.volume[winter])
    )  # fmt: skip
    hourly = np.sqrt(2 * (8 / 6 + 0.04))  # t with eight degrees has variance 8/6; two bars an hour
    for each in found:
        assert each.volatility == pytest.approx(hourly, rel=0.06)
        assert each.impact is not None
    shares = [each.share_of_variance for each in found]
    hours = [s.hours for s in SESSIONS]
    np.testing.assert_allclose(shares, np.array(hours) / sum(hours), atol=0.03)


def test_theory_the_test_keeps_its_size() -> None:
    """No change of pattern: at 90 % one session in ten lies outside, five in a hundred above.

    Sixty worlds of three sessions; the binomial standard error of .05 over 60 is .028.
    """
    above = 0
    for seed in range(60):
        found = clustering(
            made(120, seed), date(2024, 4, 8), np.random.default_rng(seed), draws=300
        )
        above += int(found.low[0] > 0)
    assert above / 60 < 0.05 + 3 * 0.028


def test_a_session_that_moves_more_is_found() -> None:
    calm, wild = made(80, 1), made(40, 2, (3, 1, 1), first="2024-04-29")
    both = IntradayBars.of(
        IntradayBars(
            np.concatenate([calm.start, wild.start]),
            np.concatenate([calm.open, wild.open]),
            np.concatenate([calm.close, wild.close]),
            np.concatenate([calm.volume, wild.volume]),
        )
    )
    found = clustering(both, date(2024, 4, 29), np.random.default_rng(1), draws=400)
    assert found.clusters == ("Asia",)
    assert found.excess.sum() == pytest.approx(0.0, abs=1e-12)
    assert "not who sold" in found.sentence
    assert found.sentence == CANNOT_PROVE


def test_the_same_draws_give_the_same_interval() -> None:
    bars = made(80)
    one, two = (
        clustering(bars, date(2024, 3, 1), np.random.default_rng(5), draws=50) for _ in range(2)
    )
    np.testing.assert_array_equal(one.low, two.low)


def test_bad_bars_are_refused() -> None:
    bars = made(30)
    again = np.append(np.arange(len(bars)), 0)
    twice = IntradayBars(bars.start[again], bars.open[again], bars.close[again], bars.volume[again])
    with pytest.raises(BadInputError, match="two bars start at"):
        IntradayBars.of(twice)
    with pytest.raises(BadInputError, match="one length"):
        IntradayBars.of(IntradayBars(bars.start[1:], bars.open, bars.close, bars.volume))
    with pytest.raises(BadInputError, match="no time zone"):
        zoned(bars.start, "Mars/Olympus", bars.open, bars.close, bars.volume)
    with pytest.raises(MissingSeriesError, match="at least two"):
        decompose(IntradayBars.of(IntradayBars(bars.start[:5], bars.open[:5], bars.close[:5],
                                               bars.volume[:5])))  # fmt: skip
    with pytest.raises(MissingSeriesError, match="20 days each"):
        clustering(bars, date(2024, 2, 10), np.random.default_rng(0))


def test_second_route_a_zone_is_the_same_moment() -> None:
    """09:00 in Tokyo is midnight UTC."""
    start = np.array(["2024-01-11T09:00", "2024-01-11T09:30"], "datetime64[s]")
    flat = np.ones(2)
    there = zoned(start, "Asia/Tokyo", flat, flat, flat)
    assert there.start.tolist() == (start - np.timedelta64(9, "h")).tolist()


def test_analytic_limit_illiquidity_that_volatility_explains_leaves_nothing() -> None:
    rng = np.random.default_rng(0)
    volatility = np.exp(rng.normal(size=200))
    clean = beyond_volatility(3.0 * volatility**0.7, volatility)
    assert np.isnan(clean[:60]).all()
    np.testing.assert_allclose(clean[60:], 0.0, atol=1e-9)
    thin = 3.0 * volatility**0.7
    thin[150] *= 2.0
    found = beyond_volatility(thin, volatility)
    assert found[150] == pytest.approx(np.log(2.0), abs=1e-9)
    np.testing.assert_array_equal(found[:150], clean[:150])


def test_liquidity_from_bars_sees_a_thinner_market() -> None:
    bars = made(140, 4)
    days, _, _ = place(bars.start)
    thin = np.where(days >= np.unique(days)[-5], bars.volume / 3.0, bars.volume)
    found = from_bars(IntradayBars(bars.start, bars.open, bars.close, thin))
    assert np.nanmean(found.beyond[-5:]) == pytest.approx(np.log(3.0), abs=0.35)
    nothing = np.full(len(bars), np.nan)
    with pytest.raises(MissingSeriesError, match="no volume"):
        from_bars(IntradayBars(bars.start, bars.open, bars.close, nothing))


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
def test_illiquidity_must_be_positive(bad: float) -> None:
    values = np.ones(100)
    values[50] = bad
    with pytest.raises(BadInputError, match="positive and finite"):
        beyond_volatility(values, np.ones(100))

"""The cost of money by rating."""

import numpy as np
import pytest

from outcomes.courses import LAST, single, step
from ustress.core.evidence import Evidence
from ustress.outcomes.corporations import opening_cost_pct
from ustress.outcomes.course import Course
from ustress.outcomes.groups import Setting, group
from ustress.outcomes.parameters import entry
from ustress.outcomes.ratings import ALL_IN, ratings, typical_spread_pct

BY_KEY = {r.key: r for r in ratings(None)}


def _course(spread_bp: float) -> Course:
    return single(ust_10y=step(0.0, 4.48), ust_5y=step(0.0, 4.1), credit_ig=step(spread_bp))


def test_what_is_measured_is_marked_apart_from_the_rule() -> None:
    levels = {key: BY_KEY[key].evidence for key in ALL_IN}
    assert [k for k, v in levels.items() if v is Evidence.ESTIMATED] == ["aaa", "baa"]
    assert {v for k, v in levels.items() if k not in ("aaa", "baa")} == {Evidence.ASSUMED}


def test_wider_spreads_cost_the_weak_more() -> None:
    """Property: the moves ascend from Aaa to B, and so do the levels."""
    found = group("corporations", Setting(None), _course(50.0))
    moves, levels = (
        [found.row(f"corporations.{stem}{key}.d{LAST}") for key in ALL_IN] for stem in ("", "cost_")
    )
    for rows in (moves, levels):
        values = [r.value for r in rows if r is not None and r.value is not None]
        assert len(values) == 6
        assert values == sorted(values)
        assert len(set(values)) == 6


def test_aa_and_a_lie_between_by_their_spreads() -> None:
    """Analytic: linear in the typical spread, so it passes through both ends."""
    at = {k: typical_spread_pct(k) for k in ("aaa", "aa", "a", "baa")}
    for name in ("on_ten", "on_ig"):
        line = np.interp(
            [at["aa"], at["a"]], [at["aaa"], at["baa"]],
            [getattr(BY_KEY[k], name) for k in ("aaa", "baa")],
        )  # fmt: skip
        assert [getattr(BY_KEY[k], name) for k in ("aa", "a")] == pytest.approx(list(line))


def test_the_high_yield_index_is_its_ratings_together() -> None:
    """Second route: Ba, B and Caa in the index's shares move as the index is estimated to."""
    caa = BY_KEY["b"].on_ig * typical_spread_pct("caa") / typical_spread_pct("b")
    moves = np.array([BY_KEY["ba"].on_ig, BY_KEY["b"].on_ig, caa])
    assert moves @ entry("high_yield_mix")["value"] == pytest.approx(BY_KEY["junk"].on_ig)
    assert sum(entry("high_yield_mix")["value"]) == pytest.approx(1.0)


def test_the_all_in_cost_opens_at_treasuries_and_the_spread() -> None:
    """Published: Baa 1.20 and B 3.00 over the ten-year (January 2025)."""
    course = _course(0.0)
    assert opening_cost_pct(course, BY_KEY["baa"]) == pytest.approx(4.48 + 1.20)
    assert opening_cost_pct(course, BY_KEY["b"]) == pytest.approx(4.48 + 3.00)
    row = group("corporations", Setting(None), course).row(f"corporations.cost_b.d{LAST}")
    assert row is not None
    assert row.value == row.opening == pytest.approx(7.48)


def test_foreign_holders_lose_on_the_published_stock() -> None:
    """By hand: $4,295.4bn x 6.8 years x .7179 x 50 bp."""
    row = group("corporations", Setting(None), _course(50.0)).row(
        f"corporations.foreign_loss.d{LAST}"
    )
    assert row is not None
    assert row.value == pytest.approx(4295.4 * 6.8 * 0.7179 * 50.0 / 1e4)

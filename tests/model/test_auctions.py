"""Auctions and the local term by themselves: exact limits, signs, a second route."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq

from ustress.model import auctions
from ustress.model.local import local_bp
from ustress.model.sectors import ByTenor

E, TENDER = 0.05, 1.2


def _out(**changes: float) -> tuple[float, float, float]:
    """Tail, dealers' award and cover of a 42 $bn auction; `changes` replace fields of the book."""
    book = {
        "size": 42.0, "investors": 36.0, "dealers": 6.0, "missing": 0.0, "dealers_bid": 60.0,
        "kappa_bp_per_usdbn": 0.1,
    }  # fmt: skip
    given = auctions.Book(**{k: np.float64(v) for k, v in {**book, **changes}.items()})
    found: Any = auctions.stop_out(given, np.float64(E), np.float64(TENDER))
    return tuple(float(x) for x in found)  # type: ignore[return-value]


def test_no_surprise_no_tail_analytic() -> None:
    """Analytic: what was expected is bid for; dealers take their share at the expected yield."""
    tail, award, cover = _out()
    assert tail == pytest.approx(0.0, abs=1e-12)
    assert award == pytest.approx(6.0, abs=1e-12)
    assert cover == pytest.approx((1.2 * 36 + 60) / 42)


def test_a_larger_size_or_fewer_bids_raise_tail_and_dealers_share_property() -> None:
    """Property: monotone in the size and in absent investors, up to failure."""
    larger = [_out(size=42.0 * (1 + s)) for s in np.linspace(0, 0.8, 9)]
    absent = [_out(investors=36.0 * (1 - a)) for a in np.linspace(0, 0.9, 10)]
    for found in (np.array(larger), np.array(absent)):
        assert (np.diff(found[:, 0]) > 0).all()
        assert (np.diff(found[:, 1]) > 0).all()
        assert (np.diff(found[:, 2]) < 0).all()


@pytest.mark.parametrize(
    "changes",
    [{"size": 50.0}, {"investors": 20.0}, {"dealers_bid": 8.0, "size": 46.0}, {"missing": 3.0}],
)
def test_the_stop_out_solves_the_bids_second_route(changes: dict[str, float]) -> None:
    """Second route: a root of demand less size, found by bracketing."""
    book = {"size": 42.0, "investors": 36.0, "dealers": 6.0, "missing": 0.0, "dealers_bid": 60.0}
    b = {**book, **changes}

    def left(t: float) -> float:
        investors = b["investors"] * min(1 + E * t, TENDER) - b["missing"]
        return investors + min(b["dealers"] + t / 0.1, b["dealers_bid"]) - b["size"]

    assert _out(**changes)[0] == pytest.approx(brentq(left, 0.0, 50.0), abs=1e-9)


def test_tight_dealers_ask_for_more_property() -> None:
    """Property: the tail of the same shock rises with dealers' concession."""
    tails = [_out(size=46.0, kappa_bp_per_usdbn=k)[0] for k in (0.05, 0.1, 0.2, 0.4)]
    assert (np.diff(tails) > 0).all()


def test_cover_under_one_fails_and_dealers_take_what_they_bid_analytic() -> None:
    """Analytic: all bids are filled; the cover says how much of the size they are."""
    _, award, cover = _out(investors=5.0, dealers_bid=20.0)
    assert award == pytest.approx(20.0)
    assert cover == pytest.approx((1.2 * 5 + 20) / 42)


def test_the_local_term_is_zero_on_average_and_moves_its_sector_most_analytic() -> None:
    """Analytic: lam_l x 6/7 in the sector bought, -1/7 elsewhere; D'Amico and King's size.

    Published: 3.5 bp in the sector bought on an operation day; about $5bn at the size of 2009,
    10.5 at that of 2025.
    """
    x = ByTenor(*[np.float64(0.0)] * 7)._replace(y10=np.float64(-10.5))
    found = np.array(local_bp(x, np.float64(1.0), np.float64(35.0)))
    assert found.sum() == pytest.approx(0.0, abs=1e-12)
    assert found[4] == pytest.approx(-0.35 * 10.5 * 6 / 7)
    assert -found[4] == pytest.approx(3.5, rel=0.3)

"""The Federal Reserve's part of federal interest: what it receives, what it pays on reserves.

Interest paid to the Fed comes back as remittances, less what it pays on its own debt, which is
overnight. Both are linear in the path's yields. Its cost of the path's purchases (the yield at
purchase against interest on reserves) is counted in its own group, not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.outcomes.course import Course
from ustress.outcomes.debt_profile import CLASSES, TENORS_YEARS, DebtProfile
from ustress.outcomes.debt_roll import Roll
from ustress.outcomes.quantity import About, Quantity, once
from ustress.outcomes.tenors import SHORTEST_NOTE
from ustress.outcomes.yields import given as given_tenors

Floats = NDArray[np.float64]
ByYear = Callable[[Floats], Floats]
"""From a monthly response (T, T, tenors) to $bn by path and year, (paths, years)."""
TEN_YEARS = 10
COUPONS = ("notes", "bonds")
_LISTS = {"bills": ("soma.bills",), "frn": ("soma.frn",),
          "tips": ("soma.tips", "soma.tips_compensation")}  # fmt: skip
_PAYS = ("fed.reserves", "fed.rrp")
_SOURCE = "Federal Reserve Board, H.4.1, and New York Fed, SOMA holdings by class"
_ROWS = (
    ("interest.to_fed", "Of the interest added: paid to the Federal Reserve",
     "what it holds of each class at the class's average rate added, with the path's purchases"),
    ("fed_reserves", "Paid by the Federal Reserve on reserves, added",
     "reserves and reverse repos of the opening at the three-month yield's change"),
    ("fed_income", "Federal Reserve's net income, added", "received less paid"),
)  # fmt: skip
_QUARTER = TENORS_YEARS.index(0.25)
ASSUMED = (
    "The Federal Reserve keeps the par it holds in each class and what it has bought by the path's "
    "last day, in notes and bonds; its reserves and reverse repos stay as they opened and pay the "
    "three-month yield's change."
)


@dataclass(frozen=True, slots=True)
class FedBook:
    """The Fed on the opening day: Treasuries by class and what it pays interest on, $bn."""

    day: date
    held_usdbn: dict[str, float]
    pays_on_usdbn: float


def fed_book(panel: Panel, profile: DebtProfile) -> FedBook | None:
    """The Fed's Treasuries (H.4.1) by class (SOMA's own totals); None where they are not known.

    Notes and bonds, of which SOMA gives the sum, are split as the debt outstanding is.
    """
    total = panel.get("fed.treasuries")
    parts = _classes(panel, profile)
    if total is None or parts is None:
        return None
    scale = total.at(-1).value / sum(parts.values())
    return FedBook(
        total.at(-1).day,
        {name: scale * value for name, value in parts.items()},
        pays_on_usdbn(panel),
    )


def pays_on_usdbn(panel: Panel) -> float:
    """Reserves and reverse repos in the newest H.4.1, which pay the overnight rate, $bn."""
    found = [panel.get(name) for name in _PAYS]
    return sum(s.at(-1).value for s in found if s is not None)


def _classes(panel: Panel, profile: DebtProfile) -> dict[str, float] | None:
    names = ("soma.notes_bonds", *(n for listed in _LISTS.values() for n in listed))
    found = {name: panel.get(name) for name in names}
    newest = {name: s.at(-1).value for name, s in found.items() if s is not None}
    if "soma.notes_bonds" not in newest:
        return None
    coupons = sum(profile.totals_usdbn[n] for n in COUPONS)
    split = {n: newest["soma.notes_bonds"] * profile.totals_usdbn[n] / coupons for n in COUPONS}
    rest = {n: sum(newest.get(k, 0.0) for k in listed) for n, listed in _LISTS.items()}
    return {n: {**split, **rest}[n] for n in CLASSES}


def received(roll: Roll, held_usdbn: dict[str, float]) -> Floats:
    """(T, T, tenors): interest on what is held in each class, which costs the class's average."""
    found = np.zeros_like(next(iter(roll.kernel.values())))
    for name, held in held_usdbn.items():
        stock = roll.stock_usdbn[name][:-1]
        share = np.divide(held, stock, out=np.zeros_like(stock), where=stock > 0.0)
        found += share[:, None, None] * roll.kernel[name]
    return np.asarray(found)


def bought(roll: Roll) -> Floats:
    """(T, T, tenors): interest on one $bn of notes and bonds, in the proportions outstanding."""
    stock = sum(roll.stock_usdbn[n][:-1] for n in COUPONS)
    return np.asarray(sum(roll.kernel[n] for n in COUPONS) / np.asarray(stock)[:, None, None])


def paid(roll: Roll, book: FedBook) -> Floats:
    """(T, T, tenors): interest on reserves and reverse repos, which reset at once."""
    months = roll.plan.months
    found = np.zeros((months, months, len(TENORS_YEARS)))
    found[np.arange(months), np.arange(months), _QUARTER] = book.pays_on_usdbn / 1200.0
    return found


def fed_part(
    course: Course, roll: Roll, book: FedBook | None, by_year: ByYear, when: str
) -> Iterator[Quantity]:
    """Of the interest added: what the Fed receives, what it pays itself, and what is left."""
    held = book

    @lru_cache(maxsize=1)
    def to_fed() -> Floats:
        now = by_year(received(roll, _known(held).held_usdbn))
        if course.has("fed.purchases"):
            more = course.at("fed.purchases", course.horizon)[:, None]
            now = now + more * by_year(bought(roll))
        return np.asarray(now[:, -TEN_YEARS:].sum(axis=1))

    @lru_cache(maxsize=1)
    def on_reserves() -> Floats:
        if min(given_tenors(course).values()) >= SHORTEST_NOTE:
            raise MissingSeriesError(f"{course.title} carries no yield under two years")
        return np.asarray(by_year(paid(roll, _known(held)))[:, -TEN_YEARS:].sum(axis=1))

    source = _SOURCE if held is None else f"{_SOURCE}, {held.day}"
    numbers: tuple[Callable[[], Floats], ...] = (
        to_fed,
        on_reserves,
        lambda: np.asarray(to_fed() - on_reserves()),
    )
    for (key, label, how), values in zip(_ROWS, numbers, strict=True):
        about = About(f"budget.{key}", label, "usdbn_move", Evidence.ASSUMED, source, how)
        yield once(course, about, when, values)


def _known(book: FedBook | None) -> FedBook:
    if book is None:
        raise MissingSeriesError("the Federal Reserve's holdings are not known")
    return book

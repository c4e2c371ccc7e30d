"""What was fitted and what was held out: of each datum, and of each row that a replay shows.

A datum is `fitted` where the re-estimation's likelihood reads it, `fitted elsewhere` where another
step of the calibration or another form of the same evidence was fitted to it, `held out` where
nothing was. A row of an episode has the basis of the evidence behind it; the opening and what was
read off the record itself are `set from the record`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FITTED, ELSEWHERE, HELD_OUT = "fitted", "fitted elsewhere", "held out"
SET = "set from the record"

MARCH_DATA = ("march-13", "march-18", "march-23", "march-31", "march-alone", "march-spread")
STUDY_DATA = ("beltran-short", "beltran-ratio", "damico-flow")
QUIET_YEARS = (2014, 2015, 2016, 2017, 2018, 2019, 2021, 2022, 2023, 2024, 2025)
"""Years without outright purchases for functioning in which dealers' use is known (2013 has no
maximum to compare with)."""
SPREAD_YEARS = (2018, 2019, 2021, 2022, 2023, 2024, 2025)
"""Of these, the years with a record of the dealers' spread."""
DECISIONS = ("september-2019", "april-2025", "march-2020")
"""Occasions on which the Fed did or did not buy, beside the quiet years."""
BASES = {
    **dict.fromkeys((*MARCH_DATA, *STUDY_DATA, *(f"spread-{y}" for y in SPREAD_YEARS)), FITTED),
    "april-2025": HELD_OUT,
    "kansas-city": HELD_OUT,
    "sofr-2019": ELSEWHERE,
    "alone-23": ELSEWHERE,
    "alone-dysfunction": ELSEWHERE,
}
"""Of every datum but the occasions, which are fitted. SOFR of 2019 gave the drain kink; the days
without purchases have a penalty on their wedge's fall and a decision of their own in the fit."""
MOMENTS = sum(basis == FITTED for basis in BASES.values()) + len(QUIET_YEARS) + len(DECISIONS)
"""How many data the likelihood reads."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Of one row: the word, and why it stands there."""

    word: str
    why: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of an episode that are not simply held out."""

    episode: str
    observable: str
    days: tuple[date, ...]
    basis: Basis


_WEDGE = Basis(FITTED, "the ten-year's moves between these days are data of the fast layer's fit")
_PROFILE = Basis(SET, "the wedge's profile over maturities was read off 9 to 18 March 2020")
_DRAIN = Basis(FITTED, "the drain kink was solved on this day alone")
_FUNDING = Basis(FITTED, "one of 1,339 days behind floor, slope and kink of funding")
_BILLS = Basis(SET, "that bills lose no convenience was assumed with these days in view")
_OPENED = Basis(SET, "the opening state")
_OUT = Basis(HELD_OUT, "nothing was fitted to it")
_MARCH = tuple(date(2020, 3, day) for day in (13, 18, 23, 31))
_ROWS = (
    _Rows("march-2020", "ust.10y", _MARCH, _WEDGE),
    _Rows("march-2020", "ust.2y", _MARCH[1:2], _PROFILE),
    _Rows("march-2020", "ust.30y", _MARCH[1:2], _PROFILE),
    _Rows("september-2019", "sofr_less_top", (date(2019, 9, 17),), _DRAIN),
    _Rows("april-2025", "ust.3m", (date(2025, 4, 9), date(2025, 4, 11)), _BILLS),
    _Rows("april-2025", "sofr_iorb", (date(2025, 4, 9), date(2025, 4, 11)), _FUNDING),
)
_OWN = {
    "march-2020": (len(MARCH_DATA) + 1, "2 and 30 years on the 18th carry the profile it set"),
    "september-2019": (1, "the drain kink, one parameter, was solved on SOFR of the 17th alone"),
    "april-2025": (1, "no yield of the episode was fitted"),
}
"""Of the moments, the episode's own with its decision; and what was set or fitted beside them."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """Parameters against moments behind the fast layer, and the episode's part in them.

    `own` counts the moments from the episode itself; `beside` says what else was fitted to it.
    """

    parameters: int
    moments: int
    own: int
    beside: str


def basis_of(episode: str, observable: str, day: date, opens: date) -> Basis:
    """The basis of a row; `opens` is the episode's opening day."""
    if day <= opens:
        return _OPENED
    for rows in _ROWS:
        if (rows.episode, rows.observable) == (episode, observable) and day in rows.days:
            return rows.basis
    return _OUT


def fitting_of(episode: str) -> Fitting:
    """How many parameters the fast layer's fit has, on how many moments, how many of them here."""
    from ustress.calibrate.fast.priors import PRIORS

    own, beside = _OWN.get(episode, (0, "nothing was fitted to this episode"))
    return Fitting(len(PRIORS), MOMENTS, own, beside)

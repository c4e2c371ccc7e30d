"""The numbers behind the pictures of docs/slow-layer.md: each picture's finding, lines and units.

Parameters are those of the page: the one-factor case of the literature, and the starting values
of the state (r, m, b). Nothing here is stored; every number is solved when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from ustress.model.habitat import (
    Equilibrium,
    Habitat,
    Programme,
    programme_moves,
    rmb_habitat,
    solve,
    supply_response,
)
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.cross import cross_response, solve_cross, switching
from ustress.model.habitat.dollar import (
    BondMarket,
    Currency,
    TwoCountries,
    bond_response,
    solve_dollar,
)
from ustress.model.habitat.profile import at_maturity, density, mix
from ustress.model.habitat.state_rmb import supply_shape
from ustress.model.habitat.wealth import solve_wealth

START = {
    "kr": 1.08, "sr": 0.011, "km": 0.13, "sm": 0.015, "kb": 0.135, "sigma_b": 1.0,
    "a_theta": 3.27, "a_alpha": 3.0, "a": 40.0, "rbar": 0.03, "theta0_level": 0.2,
}  # fmt: skip
SELLERS = mix({2.0: 0.30, 5.0: 0.35, 9.0: 0.25, (20.0, 30.0): 0.10})
PLACES = (2.0, 5.0, 10.0, 30.0)
TAU = np.concatenate([[0.25, 0.5], np.arange(1.0, 30.5, 0.5)])


@dataclass(frozen=True)
class Line:
    """One line: its panel, words, colour; words stand at the right end or at the point `at`."""

    panel: str
    label: str
    role: str
    x: Floats
    y: Floats
    at: float | None = None


@dataclass(frozen=True)
class Picture:
    """What a picture finds, in what quantity, and its lines."""

    name: str
    title: str
    subtitle: str
    x_title: str
    lines: tuple[Line, ...]
    log_x: bool = False
    ticks: tuple[float, ...] = ()


def one_factor(**other: object) -> Habitat:
    """The literature's one-factor case: kappa .125, s .0146, a alpha = 35.3 e^{-.297 tau}."""
    given: dict[str, object] = {
        "reversion": [0.125], "volatility": [0.0146], "slope": lambda t: np.exp(-0.297 * t),
        "loadings": [], "intercept": 0.0, "risk_aversion": 35.3, "mean_rate": 0.03,
    }  # fmt: skip
    return Habitat(**{**given, **other})  # type: ignore[arg-type]


def two_factors() -> Habitat:
    """The same with a demand factor: kappa_b .3, s_b 1, theta = .02 tau e^{-.3 tau} (assumed)."""
    return one_factor(
        reversion=[0.125, 0.3], volatility=[0.0146, 1.0],
        loadings=[lambda t: 0.02 * t * np.exp(-0.3 * t)],
    )  # fmt: skip


@cache
def rmb(factor: float = 1.0) -> Equilibrium:
    """The starting values of the state (r, m, b), with risk aversion times a factor."""
    habitat = {**START, **{k: factor * START[k] for k in ("a", "a_theta", "a_alpha")}}
    return solve(rmb_habitat(**habitat))


def localisation() -> Picture:
    """Relative responses by maturity to supply at four places."""
    lines: list[Line] = []
    roles = ("blue", "second", "amber", "accent")
    for panel, economy in (("One factor", one_factor()), ("Two factors", two_factors())):
        found = solve(economy)
        for place, role in zip(PLACES, roles, strict=True):
            move = supply_response(found, at_maturity(place), None, TAU)
            alike = panel == "One factor"
            words = ("any place" if place == PLACES[-1] else "") if alike else f"at {place:.0f}"
            at = None if alike else 8.0
            lines.append(Line(panel, words, role, TAU, move / move.max(), at))
    near, far = (float(line.y[TAU == 2.0][0]) for line in (lines[4], lines[7]))
    return Picture(
        "localisation",
        f"With one factor the place of supply does not matter; with two, supply at 2 years moves "
        f"the 2-year by {100 * near:.0f} % of its largest effect, supply at 30 years by "
        f"{100 * far:.0f} %",
        "Response of zero yields to lasting supply at 2, 5, 10 or 30 years, share of the largest",
        "maturity, years",
        tuple(lines),
    )


def persistence() -> Picture:
    """Share of a permanent effect by the half-life of supply."""
    found, shock = solve(one_factor()), density(lambda t: np.exp(-((t - 10.0) ** 2) / 8))
    lives = np.geomspace(1 / 12, 30.0, 40)
    tau = [2.0, 10.0, 30.0]
    whole = supply_response(found, shock, None, tau)
    share = np.stack([supply_response(found, shock, h, tau) / whole for h in lives])
    words = (("2-year", "blue"), ("10-year", "accent"), ("30-year", "violet"))
    seven, months = (float(supply_response(found, shock, h) / whole[1]) for h in (7.0, 1 / 3))
    return Picture(
        "persistence",
        f"Supply with a half-life of seven years moves the ten-year by {100 * seven:.0f} % of a "
        f"lasting change's effect, one of four months by {100 * months:.0f} %",
        "Effect on impact over that of lasting supply, one factor, supply located at ten years",
        "half-life of the supply, years (logarithmic)",
        tuple(Line("", w, r, lives, share[:, i]) for i, (w, r) in enumerate(words)),
        log_x=True,
        ticks=(0.1, 0.33, 1.0, 2.0, 4.0, 7.0, 15.0, 30.0),
    )


def announcement() -> Picture:
    """A programme of six months at three credibilities."""
    when = np.arange(1, 7) / 12.0
    times = np.unique(np.concatenate([np.linspace(-0.1, 0.8, 91), when - 1e-9, when, [-1e-9, 0]]))
    lines = []
    for p, role in ((1.0, "blue"), (0.5, "amber"), (0.0, "violet")):
        made = Programme(when, np.full(6, -100.0), SELLERS, p)
        moves = programme_moves(rmb(), made, times, [10.0])[:, 0]
        lines.append(Line("", f"credibility {p:g}", role, 12 * times, moves))
    first, last = (float(lines[0].y[np.searchsorted(times, t)]) for t in (0.0, 0.7))
    return Picture(
        "announcement",
        f"Fully believed, $600bn of purchases move the ten-year {first:+.0f} bp when announced, "
        f"{last:+.0f} bp when done, and nothing on operation days",
        "Ten-year yield, bp, against never having announced $100bn a month for six months",
        "months since the announcement",
        tuple(lines),
        ticks=(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0),
    )


def fragility() -> Picture:
    """The real parts of M's eigenvalues against risk aversion."""
    factors = np.concatenate([np.linspace(0.02, 1.0, 50), np.linspace(1.01, 1.3, 30)])
    kept = [(x, e) for x in factors for e in [rmb(float(x))] if np.all(np.isfinite(e.M))]
    real = np.array([np.sort(np.linalg.eigvals(e.M).real) for _, e in kept])
    x = np.array([x for x, _ in kept])
    end = rmb().fragility.risk_aversion_factor
    return Picture(
        "fragility",
        f"At {end:.2f} times the starting risk aversion the smallest eigenvalue reaches zero; "
        f"beyond about {x.max():.2f} times there is no equilibrium",
        "Real parts of the two small eigenvalues of M, per year; the third stays near 1.08",
        "risk aversion, multiple of the starting value (a alpha and a theta move with it)",
        (
            Line("", "smallest", "accent", x, real[:, 0]),
            Line("", "second", "slate", x, real[:, 1]),
        ),
        ticks=(0.2, 0.4, 0.6, 0.8, 1.0, 1.2),
    )


def dollar() -> Picture:
    """Purchases of home bonds: both curves, lasting and with a half-life of two years."""
    found = solve_dollar(two_countries())
    lines, weaker = [], []
    for panel, life in (("Lasting", None), ("Half-life of two years", 2.0)):
        supply = bond_response(found, at_maturity(10.0), "home", life, TAU)
        lines.append(Line(panel, "home", "blue", TAU, -supply.home_bp))
        lines.append(Line(panel, "foreign", "amber", TAU, -supply.foreign_bp))
        weaker.append(supply.home_currency_pct)
    return Picture(
        "dollar",
        f"$100bn of purchases at home lower both curves and weaken the home currency, by "
        f"{weaker[0]:.2f} % if they last, {weaker[1]:.2f} % with a half-life of two years",
        "Zero yields, bp per $100bn bought at ten years; two equal countries (parameters assumed)",
        "maturity, years",
        tuple(lines),
    )


def two_countries() -> TwoCountries:
    """Two equal countries with independent short rates; parameters assumed."""

    def slope(tau: Floats) -> Floats:
        return np.asarray(np.exp(-0.297 * tau))

    def loading(tau: Floats) -> Floats:
        return np.asarray(0.08 * supply_shape(tau))

    return TwoCountries(
        reversion=[0.125, 0.125, 0.2, 0.2, 0.3],
        volatility=[0.0146, 0.0146, 1.0, 1.0, 1.0],
        home=BondMarket(slope, [loading, 0.0, 0.0]),
        foreign=BondMarket(slope, [0.0, loading, 0.0]),
        currency=Currency(0.2, [0.0, 0.0, 0.02]),
        risk_aversion=35.3,
    )


def wealth() -> Picture:
    """The effect of supply against arbitrageurs' loss."""
    found = solve_wealth(rmb().habitat, 1.0, (0.0, 0.1))
    losses = np.linspace(0.0, 0.1, 21)
    move = found.supply_response(SELLERS, None, 10.0, losses)
    return Picture(
        "wealth",
        f"A loss of a tenth of arbitrageurs' wealth raises the effect of supply by "
        f"{100 * float(move[-1] / move[0] - 1):.0f} %",
        "Ten-year yield, bp per $100bn of lasting supply; risk aversion inversely in wealth",
        "loss, per cent of arbitrageurs' wealth",
        (Line("", "ten-year", "accent", 100 * losses, move),),
        ticks=(0.0, 2.0, 4.0, 6.0, 8.0, 10.0),
    )


def substitution() -> Picture:
    """Supply at two years and at 25 years without and with switching between maturities."""
    lines = []
    for panel, size in (("No substitution", 0.0), ("Strong substitution", 20.0)):
        found = solve_cross(rmb().habitat, switching(size, 5.0))
        for place, role in ((2.0, "blue"), (10.0, "amber"), (25.0, "accent")):
            move = cross_response(found, at_maturity(place), None, TAU)
            ten = float(move[TAU == 10.0][0])
            lines.append(Line(panel, f"at {place:.0f}", role, TAU, move / ten))
    before, after = (
        float(line.y[TAU == 2.0][0] / lines[3 * i].y[TAU == 2.0][0])
        for i, line in enumerate((lines[2], lines[5]))
    )
    return Picture(
        "substitution",
        f"Switching spreads local supply: relative to the ten-year, supply at 25 years moves the "
        f"2-year {before:.2f} times what supply at 2 years does without it, {after:.2f} with it",
        "Response of zero yields to lasting supply at 2, 10 or 25 years over that of the ten-year",
        "maturity, years",
        tuple(lines),
    )


PICTURES: tuple[Callable[[], Picture], ...] = (
    localisation, persistence, announcement, fragility, dollar, wealth, substitution,
)  # fmt: skip

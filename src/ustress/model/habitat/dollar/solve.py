"""`solve_dollar(TwoCountries(...))`: continuation, levels, and the verdict on both."""

from __future__ import annotations

import numpy as np

from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.dollar.equations import (
    FOREIGN,
    HOME,
    Levels,
    currency_loading,
    demand_risk,
    first_order_units,
    integrated,
    rescale,
)
from ustress.model.habitat.dollar.equilibrium import DollarEquilibrium
from ustress.model.habitat.dollar.levels import solve_levels
from ustress.model.habitat.dollar.problem import TwoCountries, World
from ustress.model.habitat.exponential import at
from ustress.model.habitat.fixed_point import unscale
from ustress.model.habitat.follow import follow
from ustress.model.habitat.quadrature import Mesh, refined
from ustress.model.habitat.verdict import blanked, judge


def solve_dollar(countries: TwoCountries) -> DollarEquilibrium:
    """The equilibrium that continues the one without risk aversion.

    Never raises for an economy without equilibrium: look at `ok`, `status` and `message`. An
    explosive solution shows its M and no curve: its exchange rate would not be a mean of rates to
    come.
    """
    mesh = countries.mesh
    world, fine = countries.on(mesh), refined(mesh)
    with np.errstate(all="ignore"):
        d = first_order_units(world, mesh)
        scaled = rescale(world, d)
        found = follow(lambda M: demand_risk(M, scaled, mesh), scaled.home.G.T)
        M = unscale(found.M, d)
        levels = _levels(M, world, mesh)
        gap = _residual(found.M, rescale(countries.on(fine), d), fine)
        gap = max(gap, _level_gap(M, levels, countries, fine))
    verdict = judge(M, d, found.reached, gap, mesh)
    if blanked(verdict):
        M, levels = np.full_like(M, np.nan), Levels(np.full(M.shape[0], np.nan), np.nan)
    A_e = currency_loading(M) if np.all(np.isfinite(M)) else np.full(M.shape[0], np.nan)
    return DollarEquilibrium(countries, world, M, A_e, levels.k, levels.C_e, verdict)


def _residual(M: Floats, world: World, mesh: Mesh) -> float:
    """The fixed point's residual, per year, on a mesh the solution was not computed on."""
    try:
        return float(np.abs(M - world.home.G.T + demand_risk(M, world, mesh)).max())
    except np.linalg.LinAlgError:
        return float("nan")


def _levels(M: Floats, world: World, mesh: Mesh) -> Levels:
    if not world.alpha_e * world.home.a > 0:
        return Levels(np.full(M.shape[0], np.nan), float("nan"))
    try:
        return solve_levels(M, world, mesh)
    except np.linalg.LinAlgError:
        return Levels(np.full(M.shape[0], np.nan), float("nan"))


def _level_gap(M: Floats, own: Levels, countries: TwoCountries, fine: Mesh) -> float:
    """Change of the ten-year yields and of a tenth of log e when levels are solved on `fine`."""
    if not np.isfinite(own.C_e):
        return 0.0
    again = _levels(M, countries.on(fine), fine)
    ten = np.array([min(10.0, fine.horizon_years)])
    n = M.shape[0]
    lever = [at(integrated(M, j), ten)[0, :n] for j in (HOME, FOREIGN)]
    moved = np.array(lever) @ (again.k - own.k) / ten[0]
    return float(max(np.abs(moved).max(), 0.1 * abs(again.C_e - own.C_e)))

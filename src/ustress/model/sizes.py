"""How large a flow is: par, ten-year equivalents, DV01, and the size of the economy.

A flow of par P ($bn) uses dealers' balance sheet; its ten-year equivalents
X = P x duration / 8.5 move outright yields. The fast layer's parameters belong to the economy of
2025: a flow of another year enters multiplied by 30.5tn / GDP of that year. The functions take
numbers or arrays alike.
"""

from __future__ import annotations

from ustress.model.types import Array

TEN_YEAR_DURATION_YEARS = 8.5
"""Duration of the ten-year note by which equivalents are counted (a convention)."""
GDP_2025_USDBN = 30_500.0
"""Nominal GDP at which the fast layer's parameters stand."""


def ten_year_equivalents(par_usdbn: Array, duration_years: Array) -> Array:
    """X = P x duration / 8.5, $bn."""
    return par_usdbn * duration_years / TEN_YEAR_DURATION_YEARS


def par_from_ten_year_equivalents(x_usdbn: Array, duration_years: Array) -> Array:
    """P = X x 8.5 / duration, $bn; `duration_years` must not be zero."""
    return x_usdbn * TEN_YEAR_DURATION_YEARS / duration_years


def dv01_usdmn_per_bp(par_usdbn: Array, duration_years: Array) -> Array:
    """What the par loses when its yield rises one basis point, $mn, at a price of par."""
    return par_usdbn * duration_years * 0.1


def scale_to_2025(gdp_usdbn: Array) -> Array:
    """30.5tn / GDP: what a date's dollars are multiplied with before they meet the market."""
    return GDP_2025_USDBN / gdp_usdbn

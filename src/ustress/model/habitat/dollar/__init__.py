"""Two countries and their exchange rate (Gourinchas, Ray and Vayanos).

    from ustress.model.habitat.dollar import BondMarket, Currency, TwoCountries, solve_dollar

e is the price of one unit of foreign currency in home currency: a rise of log e is a depreciation
of the home currency.
"""

from ustress.model.habitat.dollar.equilibrium import DollarEquilibrium
from ustress.model.habitat.dollar.problem import BondMarket, Currency, TwoCountries
from ustress.model.habitat.dollar.response import (
    DollarResponse,
    bond_response,
    currency_response,
)
from ustress.model.habitat.dollar.solve import solve_dollar

__all__ = [
    "BondMarket",
    "Currency",
    "DollarEquilibrium",
    "DollarResponse",
    "TwoCountries",
    "bond_response",
    "currency_response",
    "solve_dollar",
]

"""Sellers that react: to tariffs, to the yen, to each other, to returns, to funding.

Each file is one of them, a pure function of the state in which a session begins, of the inputs
and the parameters. In a market in which nothing happens all of them stay still.
"""

from ustress.model.sellers.outright import Outright, gather_sales

__all__ = ["Outright", "gather_sales"]

"""Other markets: what each driver of a shock does to them, as one table.

    change since the opening = sum over drivers of coefficient x driver + the market's own noise

The driver decides the sign: a rise of yields by expected rates, by the premium, by a dislocation
and by lost trust are different columns (model document, section 2).

Here only names live; the arithmetic is in `ustress.model.cross.drivers` and `.levels`.
"""

from ustress.model.cross.markets import DRIVERS, MARKETS, Market

__all__ = ["DRIVERS", "MARKETS", "Market"]

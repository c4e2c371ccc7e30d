"""ustress: how much selling can the market for US Treasuries take before the Fed has to buy?"""

from ustress.core.version import VERSION

__version__ = VERSION
__all__ = ["__version__"]

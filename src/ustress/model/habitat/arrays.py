"""The two kinds of array in the solver's signatures."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""A NumPy array in double precision."""

Array = Any
"""A NumPy or a JAX array, for equations that run on both; shapes stand in the docstrings."""

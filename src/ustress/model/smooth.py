"""Softplus and its slope, computed together so that one exponential serves both."""

from __future__ import annotations

from typing import NamedTuple

import jax.numpy as jnp

from ustress.model.types import Array


class Softplus(NamedTuple):
    """log(1 + e^x) and its derivative, the logistic function of x."""

    value: Array
    slope: Array


def softplus(x: Array) -> Softplus:
    """log(1 + e^x) and its slope without overflow at either end."""
    small = jnp.exp(-jnp.abs(x))
    logistic = jnp.where(x >= 0, 1.0, small) / (1.0 + small)
    return Softplus(jnp.maximum(x, 0.0) + jnp.log1p(small), logistic)

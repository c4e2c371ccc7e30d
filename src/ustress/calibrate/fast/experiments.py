"""The experiments behind the moments: the model's own market step, everything else switched off.

Each particle is a path and each experiment a block of paths of one scan over business days. The
parameters are the simulator's at their medians with a particle's values put in, the opening and
inputs the quiet ones with what is imposed put in, so that a part of the model that does nothing
when nothing is imposed does nothing here. Purchases that are given enter as negative sales.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.fast.record import HALF_LIFE_YEARS, FastRecord, Setting
from ustress.model.draws import median
from ustress.model.market import initial_state, step
from ustress.model.parameters import load_parameters
from ustress.model.quiet import NO_PURCHASES, no_shocks, quiet_inputs
from ustress.model.types import (
    IMPOSED_ONLY,
    TENORS_YEARS,
    Array,
    Inputs,
    Opening,
    Parameters,
    Policy,
    Switches,
)
from ustress.simulate.cache import use_compilation_cache
from ustress.simulate.opening import NO_FACILITY_BP
from ustress.simulate.slow import slow_layer

Floats = NDArray[np.float64]

MONTH_DAYS, LATER_DAYS = 21, 63
"""A month's sale, and how long after its end private holders have reacted."""
QUIET_DAYS = 252
QUIET_REPEATS = 2
"""Years of noise behind each quiet year, the second with the flows of the first reversed."""
NOISE_SEED = 20200318
SALE_USDBN = 100.0
FIVE_YEAR = TENORS_YEARS.index(5.0)
OPERATION_DAY = Setting(30_500.0 / 14_400.0, 0.4, 8.0, 800.0, 11_500.0, -10.0)
"""March to October 2009: GDP $14.4tn, ten-year volatility about 8 bp a day (par yields); dealers'
use was not published by maturity then and is assumed low."""
OPERATION_USDBN = 300.0 / 60.0
"""The first programme's Treasuries over its operations, $5bn par each (60 in D'Amico and King)."""


class Path(NamedTuple):
    """What is seen of a block of particles by day: (days, particles) each."""

    D_bp: Array
    S: Array
    Lam_bp: Array
    b_usdbn: Array
    sofr_iorb_bp: Array


class Block(NamedTuple):
    """One experiment: its market, u0's name and scale, and what is imposed by day."""

    setting: Setting
    u0: str
    par_usdbn: Array  # (days,) or (days, particles): sales less purchases
    x_usdbn: Array  # the same in ten-year equivalents
    drain_usdbn: Array  # (days,)
    reserves_usdbn: Array


class Shorts(NamedTuple):
    """The paths of the episodes and of the literature's experiments."""

    march: Path
    march_without: Path
    ladder: Path
    operation: Path
    september: Path
    april: Path


def run_short(theta: dict[str, Floats], record: FastRecord) -> Shorts:
    """The six experiments without noise for every particle."""
    blocks = _blocks(theta, record)
    paths = _run(theta, blocks, None)
    return Shorts(*[_cut(paths, i, theta["u0"].size) for i in range(len(blocks))])


def run_quiet(theta: dict[str, Floats], record: FastRecord) -> Path:
    """Quiet years with flow noise only: (days, years x repeats, particles)."""
    none = np.zeros(QUIET_DAYS)
    blocks = [
        Block(_calm(record, year), "u0", none, none, none, none)
        for year in range(record.quiet_use.size)
        for _ in range(QUIET_REPEATS)
    ]
    paths = _run(theta, blocks, _noise(len(blocks)))
    shape = (QUIET_DAYS, len(blocks), theta["u0"].size)
    return Path(*[np.asarray(leaf).reshape(shape) for leaf in paths])


def _calm(record: FastRecord, year: int) -> Setting:
    """A quiet year's market: its own dealers' use and volatility, ample reserves."""
    return Setting(
        1.0, float(record.quiet_use[year]), float(record.quiet_sigma_bp[year]),
        4000.0, 24_000.0, -8.7,
    )  # fmt: skip


def _noise(blocks: int) -> Floats:
    """(days, 3, blocks) normals, the same for every particle; odd blocks reverse the flows."""
    rng = np.random.Generator(np.random.Philox(NOISE_SEED))
    drawn = rng.standard_normal((QUIET_DAYS, 3, (blocks + 1) // QUIET_REPEATS))
    both = np.repeat(drawn, QUIET_REPEATS, axis=2)[:, :, :blocks]
    both[:, 0, 1::QUIET_REPEATS] *= -1.0
    return both


def _blocks(theta: dict[str, Floats], record: FastRecord) -> list[Block]:
    table = load_parameters()
    sold, bought = table.value("x_per_par_sellers"), table.value("x_per_par_fed")
    share = theta["early_share"]
    sales = (1.0 - share) * record.late_usdbn[:, None] + share * record.early_usdbn[:, None]
    fed = np.broadcast_to(record.bought_usdbn[:, None], sales.shape)
    none = np.zeros(1)
    month = np.full(MONTH_DAYS, SALE_USDBN / MONTH_DAYS)
    calm = Setting(1.0, 1.0, table.value("sigma_bar_bp"), 4000.0, 24_000.0, -8.7)
    operation = np.array([OPERATION_USDBN])
    april = record.april_sold_usdbn
    return [
        Block(record.march, "u0_2020", sales - fed, sold * sales - bought * fed, none, none),
        Block(record.march, "u0_2020", sales, sold * sales, none, none),
        Block(calm, "u0", month, sold * month, none, none),
        Block(OPERATION_DAY, "u0", operation, sold * operation, none, none),
        Block(record.september, "u0", none, none, record.drain_usdbn, record.reserves_change_usdbn),
        Block(record.april, "u0", april, sold * april, none, none),
    ]


def _run(theta: dict[str, Floats], blocks: list[Block], noise: Floats | None) -> Path:
    use_compilation_cache()
    n = theta["u0"].size
    days = MONTH_DAYS + LATER_DAYS if noise is None else QUIET_DAYS
    imposed = [
        np.stack([_filled(getattr(one, name), days, n) for one in blocks], axis=1)
        for name in ("par_usdbn", "x_usdbn", "drain_usdbn", "reserves_usdbn")
    ]
    flat = [one.reshape(days, -1).astype(np.float32) for one in imposed]
    shocks = np.zeros((days, 3, len(blocks))) if noise is None else noise
    parameters, opening = _parameters(theta, blocks), _opening(blocks, n)
    cast = partial(jax.tree.map, lambda leaf: np.asarray(leaf, np.float32))
    still = cast(quiet_inputs()._replace(lasting_share=0.0))
    off = (still, cast(NO_PURCHASES), cast(IMPOSED_ONLY))
    found: Path = _fold(cast(parameters), cast(opening), off, tuple(flat), np.float32(shocks), n)
    return found


def _filled(given: Array, days: int, n: int) -> Floats:
    """(days, particles): what is imposed, then nothing."""
    out = np.zeros((days, n))
    given = np.asarray(given)
    out[: given.shape[0]] = given if given.ndim == 2 else given[:, None]
    return out


def _parameters(theta: dict[str, Floats], blocks: list[Block]) -> Parameters:
    """The simulator's parameters with the particles' values, block after block."""
    n, table = theta["u0"].size, load_parameters()
    one = median(n * len(blocks), slow_layer(HALF_LIFE_YEARS))
    drawn = {k: np.tile(v, len(blocks)) for k, v in theta.items() if k in Parameters._fields}
    quiet = 100.0 * table.value("wedge_noise_bp") / np.maximum(drawn["lam0_bp_per_100bn"], 1e-6)
    drawn["flow_noise_usdbn"] = np.minimum(table.value("flow_noise_usdbn"), quiet)
    scale = [theta[b.u0] * (b.setting.use if b.u0 == "u0" else 1.0) for b in blocks]
    drawn["u0"] = np.concatenate(scale)
    drawn["size_scale"] = np.repeat([b.setting.size_scale for b in blocks], n)
    drawn["facility_cap_bp"] = np.full(n * len(blocks), NO_FACILITY_BP)
    return one._replace(**drawn)


def _opening(blocks: list[Block], n: int) -> Opening:
    each: dict[str, Any] = {
        name: np.repeat([getattr(b.setting, name) for b in blocks], n)
        for name in ("sigma_bp", "reserves_usdbn", "gdp_usdbn", "sofr_iorb_bp")
    }
    flat = np.full(len(TENORS_YEARS), 2.0)
    return Opening(yields_pct=flat, bill_pct=2.0, q=np.zeros(3), **each)


@partial(jax.jit, static_argnames=("n",))
def _fold(
    parameters: Parameters,
    opening: Opening,
    off: tuple[Inputs, Policy, Switches],
    imposed: tuple[Array, ...],
    shocks: Array,
    n: int,
) -> Path:
    state = initial_state(opening, parameters)
    still, policy, switches = off
    like = parameters.lam0_bp_per_100bn

    def day(state: Any, given: tuple[tuple[Array, ...], Array]) -> tuple[Any, Path]:
        (par, x, drain, reserves), normal = given
        now = still._replace(
            sale_par_usdbn=par, sale_x_usdbn=x, cash_drain_usdbn=drain,
            reserves_change_usdbn=reserves,
        )  # fmt: skip
        flow, volatility, _ = jnp.repeat(normal, n, axis=1)
        drawn = no_shocks(like)._replace(flow=flow, volatility=volatility)
        state, seen = step(state, drawn, now, policy, switches, parameters)
        return state, Path(
            seen.D_bp, seen.dysfunction, seen.dealer_spread_bp, state.b_usdbn, seen.sofr_iorb_bp
        )

    _, path = jax.lax.scan(day, state, (imposed, shocks))
    return path


def _cut(paths: Path, i: int, n: int) -> Path:
    return Path(*[np.asarray(leaf, np.float64)[:, i * n : (i + 1) * n] for leaf in paths])

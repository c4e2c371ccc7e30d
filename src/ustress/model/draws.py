"""Which parameters a path lives with: path i always gets the same ones, whoever computes it.

The fast layer's parameters come jointly: path i has joint draw (211 i + 97) mod 500 (an affine
permutation, so that any 500 paths in a row use each draw once). One path in ten has four times
the drawn lam0, each draw once in ten rounds. Threshold, the slow layer's scale and the basis
trade's size come from an additive recurrence in three dimensions (Weyl; the constants are powers
of the inverse of the root of x^4 = x + 1), which fills the cube evenly for any number of paths.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ustress.model.cross.table import cross_table
from ustress.model.parameters import load_parameters
from ustress.model.sizes import GDP_2025_USDBN, scale_to_2025
from ustress.model.types import Parameters, SlowLayer

Floats = NDArray[np.float64]
JOINT_DRAWS = 500
HEAVY_EVERY = 10
"""One path in so many has the heavy tail's lam0."""
LEAST_USE = 0.05
"""Smallest opening use by which its mean is divided: an empty balance sheet fills to the mean."""
ETA_CAP = 1.5
"""Largest eta (model document, section 2)."""
_ROOT = 1.2207440846057596
ALONE = (
    "tariff_half_life_days", "retaliation_scale", "retaliation_other_weight",
    "retaliation_limit_pct", "retaliation_currency_pct_per_100bn", "intervention_usdbn_per_pct",
    "carry_outflow_share", "run_loss_share", "run_holding_share", "herding_half_life_days",
    "fund_outflow_return", "fund_outflow_volatility", "auction_elasticity_per_bp",
    "auction_dealer_multiple", "lam_l_bp_per_100bn",
)  # fmt: skip
"""Parameters drawn on their own, by number of dimension: add at the end only."""
_PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)
_COLUMNS = {"u0_2025": "u0"}
_NOT_DRAWN = ("u0_2020",)


class Dated(NamedTuple):
    """What of the parameters depends on the opening date.

    u0_scale: dealer positions over their trailing maximum, against the same in April 2025.
    gdp_usdbn: nominal GDP. facility_cap_bp: rate of the standing facility above IORB, None for
    the table's value (a large number where there was no facility).
    """

    u0_scale: float = 1.0
    gdp_usdbn: float = GDP_2025_USDBN
    facility_cap_bp: float | None = None


@lru_cache(maxsize=1)
def joint_draws() -> dict[str, Floats]:
    """The 500 joint draws by parameter name, as fitted (no cap, no tail)."""
    text = files("ustress.model.parameters").joinpath("joint_draws.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    names = [_COLUMNS.get(name, name) for name in lines[0].split(",")]
    table = np.array([line.split(",") for line in lines[1:]], dtype=np.float64)
    table.flags.writeable = False
    return {name: table[:, i] for i, name in enumerate(names) if name not in _NOT_DRAWN}


def joint_index(path: NDArray[np.int64]) -> NDArray[np.int64]:
    """The joint draw of each path."""
    return (211 * path + 97) % JOINT_DRAWS


def heavy_tail(path: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which paths have the heavy tail's lam0."""
    return np.asarray((joint_index(path) + path // JOINT_DRAWS) % HEAVY_EVERY == 0)


def even_uniforms(path: NDArray[np.int64], dimension: int) -> Floats:
    """Numbers in (0, 1), evenly spread over paths; `dimension` 0, 1, 2 are unrelated."""
    step = _ROOT ** -(dimension + 1)
    inside = np.mod((np.asarray(path, np.float64) + 0.5) * step, 1.0)
    return np.clip(inside, 1e-12, 1.0 - 1e-12)


def draw(path: NDArray[np.int64], slow: SlowLayer, dated: Dated | None = None) -> Parameters:
    """The parameters of the paths with the numbers `path`, in double precision.

    Args:
        path: path numbers, `(paths,)`, from 0.
        slow: the slow layer at its median; lasting effects are scaled by each path's draw.
        dated: what depends on the opening date.
    """
    table = load_parameters()
    joint = {name: column[joint_index(path)] for name, column in joint_draws().items()}
    tail = np.where(heavy_tail(path), table.value("lam0_tail_factor"), 1.0)
    joint["lam0_bp_per_100bn"] = joint["lam0_bp_per_100bn"] * tail
    low, high = table["threshold"].bounds or (0.0, 0.0)
    joint["threshold"] = low + (high - low) * even_uniforms(path, 0)
    joint["basis_usdbn"] = table.value("basis_usdbn") * _lognormal(path, 2, "basis_usdbn")
    joint["flow_noise_usdbn"] = _flow_noise(joint["lam0_bp_per_100bn"])
    joint.update(drawn_alone(path))
    return _assemble(joint, _lognormal(path, 1, "a"), slow, dated)


def drawn_alone(path: NDArray[np.int64]) -> dict[str, Floats]:
    """The parameters of `ALONE`, each from its own dimension of a second recurrence."""
    from scipy.special import ndtri

    table, found = load_parameters(), {}
    for k, name in enumerate(ALONE):
        u = _uniform_alone(path, k)
        low, high = table[name].bounds or (0.0, 0.0)
        lognormal = table[name].distribution == "lognormal"
        spread = np.exp(table[name].spread * ndtri(u)) if lognormal else np.ones_like(u)
        found[name] = table.value(name) * spread if lognormal else low + (high - low) * u
    return found


def _uniform_alone(path: NDArray[np.int64], dimension: int) -> Floats:
    """Weyl's recurrence with the fractional parts of square roots of primes (Richtmyer)."""
    inside = np.mod((np.asarray(path, np.float64) + 0.5) * np.sqrt(_PRIMES[dimension]), 1.0)
    found: Floats = np.clip(inside, 1e-12, 1.0 - 1e-12)
    return found


def fixed(p: Parameters, values: Mapping[str, float]) -> Parameters:
    """The parameters with some of them the same on every path."""
    return p._replace(**{k: np.full_like(getattr(p, k), v) for k, v in values.items()})


def median(paths: int, slow: SlowLayer, dated: Dated | None = None) -> Parameters:
    """The median parameters on every one of `paths` paths."""
    table = load_parameters()
    names = [*joint_draws(), "threshold", "basis_usdbn"]
    middle = {name: np.full(paths, table.value(name)) for name in names}
    middle["flow_noise_usdbn"] = _flow_noise(middle["lam0_bp_per_100bn"])
    return _assemble(middle, np.ones(paths), slow, dated)


def _flow_noise(lam0: Floats) -> Floats:
    """Unexplained flow: what dealers' inventories show, or less where it would move prices more.

    Quiet times are as quiet whatever lam0 is: lam0 and the noise are not both free.
    """
    table = load_parameters()
    quiet = 100.0 * table.value("wedge_noise_bp") / np.maximum(lam0, 1e-6)
    return np.minimum(table.value("flow_noise_usdbn"), quiet)


def _lognormal(path: NDArray[np.int64], dimension: int, name: str) -> Floats:
    from scipy.special import ndtri

    z: Floats = ndtri(even_uniforms(path, dimension))
    return np.exp(load_parameters()[name].spread * z)


def _assemble(
    drawn: dict[str, Floats], slow_scale: Floats, slow: SlowLayer, on: Dated | None
) -> Parameters:
    table, dated = load_parameters(), on or Dated()
    given = {
        **drawn,
        "eta": np.minimum(drawn["eta"], ETA_CAP),
        "u0": drawn["u0"] * dated.u0_scale,
        "use_mean": np.float64(_use_mean(on)),
        "h": np.asarray(table["h"].value),
        "size_scale": np.float64(scale_to_2025(dated.gdp_usdbn)),
        **_slow(slow, slow_scale),
        **cross_table(),
    }
    if dated.facility_cap_bp is not None:
        given["facility_cap_bp"] = np.float64(dated.facility_cap_bp)
    rest = [name for name in Parameters._fields if name not in given]
    return Parameters(**given, **{name: np.float64(table.value(name)) for name in rest})


def _use_mean(dated: Dated | None) -> float:
    """The mean of dealers' use over the opening's; without a date use stays where it is."""
    if dated is None:
        return 1.0
    return load_parameters().value("use_mean") / max(dated.u0_scale, LEAST_USE)


def _slow(slow: SlowLayer, scale: Floats) -> dict[str, Floats]:
    """The slow layer per path: at given a theta and a alpha, lasting effects are linear in a."""
    plain = {name: np.asarray(value, np.float64) for name, value in slow._asdict().items()}
    for name in ("lasting_bp_per_100bn", "lasting_temporary_bp_per_100bn"):
        plain[name] = scale[:, None] * np.atleast_1d(plain[name])
    return plain

"""Many economies at once: one compiled solve over parameter draws, curves with a leading axis."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import jax
import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import BadInputError
from ustress.core.status import SolveStatus
from ustress.model.habitat.arrays import Floats
from ustress.model.habitat.constants import supply_premium
from ustress.model.habitat.continuation import Solved, solve_slopes
from ustress.model.habitat.curves import Curves
from ustress.model.habitat.equilibrium import Equilibrium
from ustress.model.habitat.fixed_point import demand_risk, units
from ustress.model.habitat.problem import Habitat, Primitives
from ustress.model.habitat.quadrature import Mesh, refined
from ustress.model.habitat.verdict import Verdict, judge, true_residual

CHUNK = 25  # draws solved in lockstep
THREADS = 2

_solve_chunk = partial(jax.jit, static_argnums=(2, 3))(
    jax.vmap(solve_slopes, in_axes=(0, 0, None, None))
)


@dataclass(frozen=True, eq=False)
class Draws(Curves):
    """Solved economies, one for each draw: M and curves (D, ..) are NaN for a refused draw.

    Attributes:
        habitats: the economies.
        verdicts: one for each.
    """

    habitats: tuple[Habitat, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def ok(self) -> NDArray[np.bool_]:
        """Which draws may be used (D,)."""
        return np.array([v.status is SolveStatus.OK for v in self.verdicts])

    @property
    def status(self) -> tuple[SolveStatus, ...]:
        """How each solve ended."""
        return tuple(v.status for v in self.verdicts)

    def __len__(self) -> int:
        """The number of draws."""
        return len(self.verdicts)

    def __getitem__(self, i: int) -> Equilibrium:
        """The draw at position `i` as an equilibrium of its own."""
        p = Primitives(*(x[i] for x in self.primitives))
        return Equilibrium(self.M[i], self.k[i], p, self.mesh, self.habitats[i], self.verdicts[i])

    def choose(self, keep: NDArray[np.bool_]) -> Draws:
        """The draws where `keep` (D,) is true, as in `draws.choose(draws.ok)`."""
        where = np.flatnonzero(keep)
        return Draws(
            self.M[where], self.k[where], Primitives(*(x[where] for x in self.primitives)),
            self.mesh, tuple(self.habitats[i] for i in where),
            tuple(self.verdicts[i] for i in where),
        )  # fmt: skip


def solve_many(habitats: Sequence[Habitat]) -> Draws:
    """The equilibria of economies that differ in parameters only.

    Raises:
        BadInputError: if there are none, or their states or horizons differ.
    """
    mesh = _common_mesh(habitats)
    fine = refined(mesh)
    p, check = _stack([h.primitives for h in habitats]), _stack([h.on(fine) for h in habitats])
    with np.errstate(all="ignore"):
        d = units(p, mesh)
        M, reached = _solve_stack(p, d, mesh)
        k = supply_premium(M, p, mesh)
        gaps = true_residual((p, mesh), (check, fine), d, M)
    verdicts = tuple(
        judge(*each, mesh) for each in zip(M, d, reached.tolist(), gaps.tolist(), strict=True)
    )
    bad = np.array([v.refused for v in verdicts])
    M, k = np.where(bad[:, None, None], np.nan, M), np.where(bad[:, None], np.nan, k)
    return Draws(M, k, p, mesh, tuple(habitats), verdicts)


def _common_mesh(habitats: Sequence[Habitat]) -> Mesh:
    if not habitats:
        raise BadInputError("no economies to solve; expected at least one")
    first = habitats[0]
    if any(h.mesh is not first.mesh for h in habitats):
        raise BadInputError("horizon_years or panels differ between draws; expected the same")
    if len({h.primitives.G.shape for h in habitats}) > 1:
        raise BadInputError("reversion differs in shape between draws; expected the same")
    return first.mesh


def _stack(each: Sequence[Primitives]) -> Primitives:
    return Primitives(*(np.stack(column) for column in zip(*each, strict=True)))


def _solve_stack(p: Primitives, d: Floats, mesh: Mesh) -> tuple[Floats, Floats]:
    """M (D, n, n) and the share of risk aversion reached (D,), by chunks of one compiled size.

    A chunk takes as long as its hardest draw, so draws of like demand risk go together.
    """
    count = d.shape[0]
    risk = demand_risk(np.swapaxes(p.G, -1, -2), p, mesh) * d[..., None, :] / d[..., :, None]
    order = np.argsort(np.abs(risk).max((-2, -1)))
    padded = np.minimum(np.arange(-(-count // CHUNK) * CHUNK), count - 1)
    rows = order[padded].reshape(-1, CHUNK)

    def chunk(row: NDArray[np.intp]) -> Solved:
        share = Primitives(*(x[row] for x in p))
        return Solved(*map(np.asarray, _solve_chunk(share, d[row], mesh.panels, mesh.order)))

    first = chunk(rows[0])
    with ThreadPoolExecutor(THREADS) as pool:
        parts = [first, *pool.map(chunk, rows[1:])]
    M, reached = np.empty_like(p.G), np.empty(count)
    for row, part in zip(rows, parts, strict=True):
        M[row], reached[row] = part.M, part.reached
    return M, reached

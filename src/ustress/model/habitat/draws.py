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
from ustress.model.habitat.continuation import MOST_PASSES, Path, begin, go_on
from ustress.model.habitat.curves import Curves
from ustress.model.habitat.equilibrium import Equilibrium
from ustress.model.habitat.fixed_point import rescale, units
from ustress.model.habitat.problem import Habitat, Primitives
from ustress.model.habitat.quadrature import Mesh, refined
from ustress.model.habitat.verdict import Verdict, judge, true_residual

CHUNK = 25  # draws solved in lockstep
THREADS = 2

ROUNDS = (5, 6, 8, 12)  # passes after which the draws that have arrived leave

_begin_all = jax.vmap(begin)
_go_on_all = partial(jax.jit, static_argnums=(4, 5))(
    jax.vmap(go_on, in_axes=(0, 0, 0, None, None, None))
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
    """M (D, n, n) and the share of risk aversion reached (D,).

    A chunk takes as long as its hardest draw, so rounds of few passes alternate with gathering
    the draws that have not arrived.
    """
    path = Path(*(np.asarray(x).copy() for x in _begin_all(rescale(p, d))))
    M, left = np.empty_like(p.G), np.arange(d.shape[0])

    def chunk(rows: NDArray[np.intp], passes: int) -> tuple[Path, Floats]:
        state, share = (type(x)(*(part[rows] for part in x)) for x in (path, p))
        state, found = _go_on_all(state, share, d[rows], passes, mesh.panels, mesh.order)
        return Path(*map(np.asarray, state)), np.asarray(found)

    with ThreadPoolExecutor(THREADS) as pool:
        for passes in (*ROUNDS, MOST_PASSES):
            padded = np.minimum(np.arange(-(-left.size // CHUNK) * CHUNK), left.size - 1)
            rows = left[padded].reshape(-1, CHUNK)
            for row, (state, found) in zip(
                rows, pool.map(chunk, rows, [passes] * len(rows)), strict=True
            ):
                M[row] = found
                for whole, part in zip(path, state, strict=True):
                    whole[row] = part
            left = left[~path.done[left]]
            if left.size == 0:
                break
    return M, np.asarray(path.s)

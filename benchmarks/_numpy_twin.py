"""The model's own source with NumPy in JAX's place: the rival of `engine_speed.py`, and its check.

    PYTHON _numpy_twin.py JOB.pickle agree|numpy|mesa FIRST_BLOCK BLOCKS

A module named `jax.numpy` that gives NumPy's functions in single precision is put in place before
the model is imported, so that the twin follows the step by construction: there is no second
version of an equation. Blocks are 1,000 paths, so that every temporary array stays in the cache
and its memory is used again at once; that is what writing in place gains in NumPy. Says `ready`,
waits for a line, works, and prints what it found as JSON.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np


def put_numpy_in_place() -> None:
    """Give the modules of the model a `jax` that is NumPy."""
    shim = ModuleType("jax.numpy")
    for name in dir(np):
        if not name.startswith("_"):
            setattr(shim, name, getattr(np, name))
    lax = ModuleType("jax.lax")
    lax.stop_gradient = lambda x: x  # type: ignore[attr-defined]
    jax = ModuleType("jax")
    jax.numpy, jax.lax = shim, lax  # type: ignore[attr-defined]
    jax.config = SimpleNamespace(update=lambda *_: None)  # type: ignore[attr-defined]
    jax.jit = lambda f=None, **_: f if f else (lambda g: g)  # type: ignore[attr-defined]
    jax.tree = SimpleNamespace(map=tree_map)  # type: ignore[attr-defined]
    sys.modules.update({"jax": jax, "jax.numpy": shim, "jax.lax": lax})


def tree_map(f: Any, tree: Any) -> Any:
    """`f` of every leaf of nested named tuples and dicts."""
    if isinstance(tree, dict):
        return {k: tree_map(f, v) for k, v in tree.items()}
    if isinstance(tree, tuple):
        parts = [tree_map(f, v) for v in tree]
        return type(tree)(*parts) if hasattr(tree, "_fields") else tuple(parts)
    return f(tree)


def single(tree: Any) -> Any:
    """The tree in single precision."""
    return tree_map(lambda leaf: np.asarray(leaf, np.float32), tree)


class Twin:
    """One block (or one path) of the market in NumPy, session by session."""

    def __init__(self, job: dict[str, Any], block: int, lanes: slice = slice(None)) -> None:
        from ustress.model.market import initial_state, step
        from ustress.simulate.record import close

        def narrow(leaf: Any) -> Any:
            leaf = np.asarray(leaf)
            return leaf[lanes] if leaf.shape[:1] == (job["block_paths"],) else leaf

        self.p = tree_map(narrow, single(job["parameters"][block]))
        self.inputs, self.days = single(job["inputs"]), job["days"]
        self.policy, self.switches = single(job["policy"]), single(job["switches"])
        self.state = initial_state(single(job["opening"]), self.p)
        self.paths = self.p.lam0_bp_per_100bn.shape[0]
        self.step, self.close = step, close

    def session(self, n: int, shocks: Any, per_day: int) -> Any:
        day, k = divmod(n, per_day)
        now = tree_map(lambda leaf: leaf[day, k], self.inputs)
        now = now._replace(sale_x_usdbn=now.sale_x_usdbn * self.p.x_per_par_sellers)
        self.state, seen = self.step(self.state, shocks, now, self.policy, self.switches, self.p)
        return self.close(seen) if k == per_day - 1 else None


def normals(rng: Any, paths: int) -> Any:
    """One session's shocks by NumPy's fastest generator."""
    from ustress.model.types import Shocks

    return Shocks(*rng.standard_normal((len(Shocks._fields), paths), np.float32))


def agree(job: dict[str, Any], block: int) -> dict[str, Any]:
    """Closes of a block on the engine's own shocks, `(days, paths)` by observable."""
    from ustress.model.types import Shocks
    from ustress.simulate.normal import standard_normal

    twin, closes = Twin(job, block), []
    for n in range(twin.days * job["per_day"]):
        words = job["words"][n]
        shown = twin.session(n, Shocks(*(standard_normal(w) for w in words)), job["per_day"])
        if shown is not None:
            closes.append(shown)
    whole = {k: np.stack([c[k] for c in closes]) for k in closes[0]}
    Path(job["answer"]).write_bytes(pickle.dumps((whole, np.asarray(twin.state.status))))
    return {}


def blocks(job: dict[str, Any], first: int, count: int) -> dict[str, Any]:
    """Simulate blocks with NumPy's own normals."""
    rng = np.random.Generator(np.random.SFC64(first))
    for block in range(first, first + count):
        twin = Twin(job, block)
        for n in range(twin.days * job["per_day"]):
            twin.session(n, normals(rng, twin.paths), job["per_day"])
    return {}


def mesa_agents(job: dict[str, Any], paths: int) -> dict[str, Any]:
    """The same rules as an agent loop: every path is an agent of a mesa model."""
    mesa = import_module("mesa")

    class Market(mesa.Agent):  # type: ignore[name-defined, misc]
        def __init__(self, model: Any, number: int) -> None:
            super().__init__(model)
            self.twin = Twin(job, 0, slice(number, number + 1))

        def step(self) -> None:
            n = self.model.session
            self.twin.session(n, normals(self.model.draws, 1), job["per_day"])

    class Markets(mesa.Model):  # type: ignore[name-defined, misc]
        def __init__(self) -> None:
            super().__init__()
            self.session, self.draws = 0, np.random.Generator(np.random.SFC64(1))
            for number in range(paths):
                Market(self, number)

        def step(self) -> None:
            self.agents.do("step")
            self.session += 1

    model = Markets()
    for _ in range(job["mesa_sessions"]):
        model.step()
    return {"version": mesa.__version__}


def main() -> None:
    put_numpy_in_place()
    np.seterr(all="ignore")
    sys.path.insert(0, sys.argv[5])
    job = pickle.loads(Path(sys.argv[1]).read_bytes())
    kind, first, count = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    jobs: dict[str, Callable[[], dict[str, Any]]] = {
        "agree": lambda: agree(job, first),
        "numpy": lambda: blocks(job, first, count),
        "mesa": lambda: mesa_agents(job, count),
    }
    work = jobs[kind]
    print("ready", flush=True)
    sys.stdin.readline()
    start, processor = time.time(), time.process_time()
    found = {**work(), "processor": time.process_time() - processor}
    print(json.dumps({"start": start, "end": time.time(), **found}), flush=True)


if __name__ == "__main__":
    main()

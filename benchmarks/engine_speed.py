"""Path-steps a second: the engine against the same step in NumPy, agents, and drawing alone.

    python benchmarks/engine_speed.py [--paths 4000] [--days 63] [--other PYTHON] [--out FILE.json]

A path-step is one path through one trading session. In one run, on two cores:

* the engine, two workers and one, every observable recorded; and its ends alone;
* the same source with NumPy in JAX's place (`_numpy_twin.py`), two processes;
* an agent loop in mesa on the same source, few paths (`--other`: an interpreter that has mesa and
  NumPy; left out without one);
* the fastest way to draw as many normals: NumPy's SFC64 into a small buffer, two threads; and
  this engine's shocks alone.

Before anything is timed the twin is fed the engine's shocks and must agree.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ustress.core.version import VERSION
from ustress.model.market import initial_state, step
from ustress.model.precision import FAST
from ustress.model.types import Shocks
from ustress.scenario import load_scenario
from ustress.simulate import Opening, open_state
from ustress.simulate.engine import BLOCK_PATHS, Task, fold, fold_ends
from ustress.simulate.run import task_of
from ustress.simulate.sessions import PER_DAY
from ustress.simulate.shocks import (
    FIELDS_A_SESSION,
    base_key,
    path_keys,
    session_shocks,
    word,
)
from ustress.workflows.market import market

HERE = Path(__file__).resolve().parent
ROUNDS, AGREE_DAYS, MESA_PATHS, MESA_SESSIONS = 3, 20, 20, 15
TOLERANCE = {
    "ust.3m": 5e-4, "ust.10y": 5e-4, "dislocation": 0.05, "dysfunction": 5e-4, "fed.bought": 0.05,
}  # fmt: skip
FIELDS = len(Shocks._fields)
DRAWS = "as many normals by SFC64, two threads"
NUMPY = "NumPy, same source, two processes"


class Taken(NamedTuple):
    """Seconds by the clock and seconds of processor, all threads together."""

    clock: float
    processor: float


def best(job: Callable[[], Any]) -> Taken:
    """The fastest of a few rounds, after one that warms up."""
    job()
    rounds = [_timed(job) for _ in range(ROUNDS)]
    return Taken(*(min(column) for column in zip(*rounds, strict=True)))


def _timed(job: Callable[[], Any]) -> Taken:
    clock, processor = time.perf_counter(), time.process_time()
    job()
    return Taken(time.perf_counter() - clock, time.process_time() - processor)


def sfc64(steps: int) -> None:
    """As many normals as `steps` path-steps need, in two threads."""

    def half(seed: int) -> None:
        rng, buffer = np.random.Generator(np.random.SFC64(seed)), np.empty(8192, np.float32)
        for _ in range(steps * FIELDS // 2 // buffer.size):
            rng.standard_normal(dtype=np.float32, out=buffer)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(half, (1, 2)))


@jax.jit
def _own_draws(keys: Any, sessions: Any) -> Any:
    def one(n: Any, total: Any) -> Any:
        return total + sum(session_shocks(keys, n, FAST))

    return jax.lax.fori_loop(0, sessions, one, jnp.zeros(BLOCK_PATHS, FAST))


def own_shocks(paths: int, days: int) -> None:
    """The engine's shocks and nothing else, two threads."""

    def block(first: int) -> None:
        keys = path_keys(base_key(7), np.arange(first, first + BLOCK_PATHS))
        _own_draws(keys, days * PER_DAY).block_until_ready()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(block, range(0, paths, BLOCK_PATHS)))


def written(task: Task, paths: int, days: int, folder: Path) -> Path:
    """The job of the twins: everything the step reads, and the engine's random words."""
    keys = path_keys(base_key(task.seed), np.arange(BLOCK_PATHS))
    words = [
        [np.asarray(word(keys, np.uint32(n * FIELDS_A_SESSION + f))) for f in range(FIELDS)]
        for n in range(min(days, AGREE_DAYS) * PER_DAY)
    ]
    plan = task.schedule
    job = {
        "opening": task.opening, "inputs": plan.inputs, "policy": plan.policy,
        "switches": plan.switches, "days": days, "per_day": PER_DAY, "words": words,
        "parameters": [task.parameters(b, BLOCK_PATHS) for b in range(0, paths, BLOCK_PATHS)],
        "block_paths": BLOCK_PATHS, "answer": str(folder / "answer.pickle"),
        "mesa_sessions": MESA_SESSIONS,
    }  # fmt: skip
    (folder / "job.pickle").write_bytes(pickle.dumps(job))
    short = {**job, "days": min(days, AGREE_DAYS)}
    (folder / "short.pickle").write_bytes(pickle.dumps(short))
    return folder / "job.pickle"


def twins(job: Path, kind: str, parts: list[tuple[int, int]], python: str) -> dict[str, Any]:
    """Run one process a part, begin together; seconds from the first start to the last end."""
    source = str(HERE.parent / "src")
    begun = [
        subprocess.Popen(
            [python, str(HERE / "_numpy_twin.py"), str(job), kind, str(a), str(n), source],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for a, n in parts
    ]  # fmt: skip
    for one in begun:
        assert one.stdout is not None
        if one.stdout.readline().strip() != "ready":
            raise RuntimeError(f"the {kind} twin did not start")
    answers = [json.loads(one.communicate("go\n")[0]) for one in begun]
    clock = max(a["end"] for a in answers) - min(a["start"] for a in answers)
    taken = Taken(clock, sum(a["processor"] for a in answers))
    return {"version": answers[0].get("version"), "taken": taken}


def agreement(task: Task, folder: Path) -> dict[str, float]:
    """Largest difference at any close between the engine and the twin on the same shocks."""
    twins(folder / "short.pickle", "agree", [(0, 1)], sys.executable)
    closes, status = pickle.loads((folder / "answer.pickle").read_bytes())
    own = fold(task, BLOCK_PATHS)
    fine = (own.ends.status == 0) & (status == 0)
    found = {}
    for name in TOLERANCE:
        mine = own.observables[name][:, 1 : len(closes[name]) + 1].T
        found[name] = float(np.abs(mine - closes[name])[:, fine].max())
    return found


def _single(tree: Any) -> Any:
    return jax.tree.map(lambda leaf: np.asarray(leaf, np.float32), tree)


def cost_of_a_step(task: Task) -> dict[str, float]:
    """States, shocks and arithmetic of a path-step as the compiler counts them."""
    p, plan = _single(task.parameters(0, BLOCK_PATHS)), _single(task.schedule)
    state = initial_state(_single(task.opening), p)
    now = jax.tree.map(lambda leaf: leaf[0, 0], plan.inputs)
    z = Shocks(*(np.zeros((FIELDS, BLOCK_PATHS), np.float32)))
    lowered = jax.jit(step).lower(state, z, now, plan.policy, plan.switches, p)
    counted: Any = lowered.cost_analysis()
    leaves = [np.shape(leaf) for leaf in jax.tree.leaves(state)]
    return {
        "states": sum(shape[:1] == (BLOCK_PATHS,) for shape in leaves),
        "shocks": FIELDS,
        "operations": counted["flops"] / BLOCK_PATHS,
        "transcendental": counted.get("transcendentals", 0.0) / BLOCK_PATHS,
    }


def measure(opening: Opening, paths: int, days: int, other: str) -> dict[str, Any]:
    """Time by contestant, all in this run."""
    _, task = task_of(opening, load_scenario("tactical-qe"), 7, days)
    half, steps = paths // BLOCK_PATHS // 2, paths * days * PER_DAY
    with tempfile.TemporaryDirectory() as name:
        job = written(task, paths, days, Path(name))
        found: dict[str, Any] = {"agreement": agreement(task, Path(name))}
        taken = {
            "engine, two workers": best(lambda: fold(task, paths)),
            "engine, one worker": best(lambda: fold(task, paths, workers=1)),
            "engine, ends alone, two workers": best(lambda: fold_ends(task, paths)),
            "its shocks alone, two threads": best(lambda: own_shocks(paths, days)),
            DRAWS: best(lambda: sfc64(steps)),
            NUMPY: twins(job, "numpy", [(0, half), (half, half)], sys.executable)["taken"],
        }
        walked = dict.fromkeys(taken, steps)
        mesa = agents(job, other)
    if "taken" in mesa:
        name = "mesa, same source, one process"
        taken[name], walked[name] = mesa.pop("taken"), MESA_PATHS * MESA_SESSIONS
    contestants = {
        name: {
            "path_steps_a_second": walked[name] / one.clock,
            "path_steps_a_core_second": walked[name] / one.processor,
        }
        for name, one in taken.items()
    }
    return {**found, "mesa": mesa, "contestants": contestants, "step": cost_of_a_step(task)}


def agents(job: Path, other: str) -> dict[str, Any]:
    """The agent loop, or why it is left out."""
    asked = [other, "-c", "import mesa, numpy"]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        return {"left_out": f"{Path(other).name} has no mesa; --other names one that has"}
    return twins(job, "mesa", [(0, MESA_PATHS)], other)


def show(found: dict[str, Any], paths: int, days: int) -> None:
    """The table on standard output; ratios are of processor time, which other work spares."""
    core = {k: v["path_steps_a_core_second"] for k, v in found["contestants"].items()}
    print(f"{paths} paths x {days} days x {PER_DAY} sessions on {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}\n")  # fmt: skip
    print(f"{'path-steps':40}{'a second':>12}{'of a core':>12}{'x NumPy':>9}{'x draws':>9}")
    for name, rates in found["contestants"].items():
        ratios = f"{core[name] / core[NUMPY]:>9.2f}{core[DRAWS] / core[name]:>9.2f}"
        clock = rates["path_steps_a_second"]
        print(f"{name:40}{clock:>12,.0f}{core[name]:>12,.0f}{ratios}")
    print("(x draws: how many times the processor time of its normals by SFC64 it takes)")
    if "left_out" in found["mesa"]:
        print(f"mesa: left out, {found['mesa']['left_out']}")
    s = found["step"]
    print(f"\na step: {s['states']} states, {s['shocks']} shocks, {s['operations']:.0f} operations"
          f" besides {s['transcendental']:.0f} transcendental ones")  # fmt: skip
    print("\nlargest difference from the NumPy twin on the same shocks, any close:")
    for name, gap in found["agreement"].items():
        print(f"  {name:14}{gap:.1e}   (allowed {TOLERANCE[name]:.0e})")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"\npeak memory {peak:.2f} GiB")


def main() -> int:
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--paths", type=int, default=4000, help="a multiple of 2000")
    words.add_argument("--days", type=int, default=63)
    words.add_argument("--as-of", default="2025-04-11")
    words.add_argument("--other", default=sys.executable, help="interpreter with mesa")
    words.add_argument("--out", type=Path)
    given = words.parse_args()
    paths = max(2, 2 * (given.paths // BLOCK_PATHS // 2)) * BLOCK_PATHS
    found = measure(open_state(market(given.as_of)), paths, given.days, given.other)
    show(found, paths, given.days)
    if given.out:
        about = {"paths": paths, "days": given.days, "version": VERSION, "cores": os.cpu_count(),
                 "load": os.getloadavg()[0]}  # fmt: skip
        given.out.write_text(json.dumps({**about, **found}, indent=2) + "\n")
    agrees = all(found["agreement"][name] <= limit for name, limit in TOLERANCE.items())
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())

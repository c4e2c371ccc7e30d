"""Path-steps a second: the engine against the same session in NumPy, and against drawing alone.

    python benchmarks/engine_speed.py [--paths 4000] [--days 63] [--out FILE.json]

A path-step is one path through one trading session. The NumPy twin below is written from the
model's equations, not from the compiled code; before anything is timed both are fed the same
shocks and must agree. All three are timed in the same process, best of three.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace as Space
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from ustress.core.status import PathStatus
from ustress.model.clearing import ITERATIONS
from ustress.model.market import initial_state, step
from ustress.model.precision import FAST
from ustress.model.types import Inputs, Parameters, Shocks, State, status_code
from ustress.scenario import load_scenario
from ustress.simulate import Opening, engine, open_state
from ustress.simulate.engine import BLOCK_PATHS, Task, fold
from ustress.simulate.run import parameters
from ustress.simulate.schedule import schedule
from ustress.simulate.sessions import PER_DAY
from ustress.simulate.shocks import base_key, path_keys, session_shocks
from ustress.workflows.market import market

TOLERANCE = {"ten_year_bp": 0.05, "D_bp": 0.05, "S": 2e-4, "held_usdbn": 0.05}
ROUNDS = 3


def softplus(x: Any) -> tuple[Any, Any]:
    small = np.exp(-np.abs(x))
    return np.maximum(x, 0) + np.log1p(small), np.where(x >= 0, 1, small) / (1 + small)


class Twin:
    """The session of sections 2 and 3 of the model document in NumPy, single precision."""

    def __init__(self, start: State, p: Parameters, policy: Any, switches: Any) -> None:
        plain = jax.tree.map(np.asarray, start)
        self.s = Space(**{k: v for k, v in plain._asdict().items() if k != "fed"})
        self.f = Space(**plain.fed._asdict())
        self.p, self.policy, self.on = p, policy, switches
        self.norm = softplus((1 - p.ubar) / p.w)[0]
        self.rest = softplus(-p.Dbar_bp / 5)[0]

    def session(self, z: Shocks, now: Inputs) -> dict[str, Any]:
        s, p = self.s, self.p
        bought, run_off = self._operate(now)
        ratio = s.log_sigma - np.log(np.float32(5))
        lam, scale = p.lam0_bp_per_100bn / 100 * np.exp(p.eta * ratio), np.exp(p.nu * ratio)
        u0, per, soft = p.u0 * scale, p.beta / p.capacity_usdbn * scale, self.on.dealers / self.norm
        sigma = np.exp(s.log_sigma)
        swap = now.swap_shock_bp / (lam * self._use(s.b_usdbn, u0, per, soft)[2])
        noise = p.flow_noise_usdbn * np.sqrt(now.flow_share) * z.flow
        sold = now.sale_x_usdbn * p.size_scale + noise + run_off * p.size_scale * p.x_per_par_fed
        left = s.basis_usdbn - s.forced_usdbn
        imposed = np.minimum(left, now.basis_unwind_par_usdbn * p.size_scale)
        unwound = self.on.basis_funds * (s.forced_usdbn + imposed)
        par = now.sale_par_usdbn * p.size_scale + noise / p.x_per_par_sellers
        par = par + run_off * p.size_scale + unwound
        fed_par = bought * p.size_scale
        x_star = self._kept(s.x_usdbn, now) + sold + swap - fed_par * p.x_per_par_fed
        b_star = self._kept(s.b_usdbn, now) + par - fed_par
        x, b, D, use, per_par = self._clear(x_star, b_star, lam, u0, per, soft, now)
        Lam = p.phi_bp * use[1] ** 2
        spread = self._fund(bought - run_off, Lam, z, now)
        S = self._dysfunction(use[2], Lam, D, spread)
        rise = D - s.D_bp
        flow = sold - fed_par * p.x_per_par_fed
        transitory = p.io * sigma * flow / (p.volume_usdbn * now.volume_share)
        self._carry(x, b, D, rise, per_par, unwound, fed_par, S, z, now)
        # Decided at the close, after the session's prices: an announcement moves the next one.
        seen = self._observe(D, transitory, S, use[0], spread, sigma)
        self._decide(S, now)
        return seen

    def _operate(self, now: Inputs) -> tuple[Any, Any]:
        f, rule = self.f, self.policy
        room = np.maximum(rule.max_usdbn - f.bought_usdbn, 0)
        bought = self.on.fed * f.active * np.minimum(rule.pace_usdbn_per_day * now.fed_share, room)
        lost = 1 - np.exp2(-now.dt_days / (252 * np.maximum(rule.half_life_years, 1e-3)))
        run_off = rule.temporary * (1 - f.active) * f.held_usdbn * lost
        f.bought_usdbn = f.bought_usdbn + bought
        f.held_usdbn = f.held_usdbn + bought - run_off
        f.remaining_usdbn = np.maximum(f.remaining_usdbn - bought, 0)
        return bought, run_off

    def _use(self, held: Any, u0: Any, per: Any, per_soft: Any) -> tuple[Any, Any, Any, Any]:
        p = self.p
        u = u0 + per * np.maximum(held, 0)
        value, slope = softplus((u - p.ubar) / p.w)
        z = value * per_soft
        g_slope = 2 * p.c * z * slope * per_soft / p.w * per * (held > 0)
        return u, z, 1 + p.c * z * z, g_slope

    def _kept(self, held: Any, now: Inputs) -> Any:
        k = np.where(held > 0, self.p.k_plus_days, self.p.k_minus_days)
        return held * np.exp(-self.on.slow_capital * now.dt_days / k)

    def _clear(
        self, x_star: Any, b_star: Any, lam: Any, u0: Any, per: Any, soft: Any, now: Inputs
    ) -> tuple[Any, ...]:
        p, v = self.p, np.zeros_like(x_star)
        days_e = self.on.price_elastic * now.dt_days * p.e_usdbn_per_day_per_bp

        def at(v: Any) -> tuple[Any, Any, Any, Any]:
            x = x_star - v
            use = self._use(b_star - v / p.x_per_par_sellers, u0, per, soft)
            long_x = np.maximum(x, 0) * lam
            per_par = long_x * use[3]
            D_slope = -(lam * use[2] * (x > 0) + per_par / p.x_per_par_sellers)
            value, slope = softplus((long_x * use[2] - p.Dbar_bp) / 5)
            return v - days_e * 5 * (value - self.rest), 1 - days_e * slope * D_slope, per_par, use

        for _ in range(ITERATIONS):
            gap, slope, _, _ = at(v)
            v = v - gap / slope
        _, slope, per_par, use = at(v)
        x = x_star - v
        D = lam * use[2] * np.where(x > 0, 1, p.chi) * x
        return x, b_star - v / p.x_per_par_sellers, D, use, per_par / slope

    def _fund(self, created: Any, Lam: Any, z: Shocks, now: Inputs) -> Any:
        s, p = self.s, self.p
        s.reserves_usdbn = np.maximum(s.reserves_usdbn + created + now.reserves_change_usdbn, 0)
        x = 100 * s.reserves_usdbn / s.bank_assets_usdbn
        delta = 100 * now.cash_drain_usdbn / s.bank_assets_usdbn
        squeeze = softplus((delta - (x - p.repo_drain_kink_pct)) / p.repo_drain_width_pct)[0]
        said = p.repo_floor_bp + p.repo_slope_bp * np.maximum(p.repo_kink_pct - x, 0)
        said = said + p.repo_dealer * Lam + p.repo_drain_bp * squeeze * squeeze
        keep = p.repo_noise_persistence**now.dt_days
        s.repo_gap_bp = keep * s.repo_gap_bp + p.repo_noise_bp * np.sqrt(now.dt_days) * z.repo
        moving = np.minimum(said + s.repo_gap_bp, p.facility_cap_bp)
        return np.where(self.on.repo > 0, moving, s.open_sofr_iorb_bp)

    @staticmethod
    def _dysfunction(g: Any, Lam: Any, D: Any, spread: Any) -> Any:
        up, r = np.maximum(D, 0), np.maximum(spread - 10, 0)
        calm = 0.35 * (1 - 1 / g) + 0.25 * Lam / (Lam + 30)
        return calm + 0.30 * up / (up + 40) + 0.10 * r / (r + 100)

    def _carry(
        self, x: Any, b: Any, D: Any, rise: Any, per_par: Any, unwound: Any, fed_par: Any, S: Any,
        z: Shocks, now: Inputs,
    ) -> None:  # fmt: skip
        s, p, T, C = self.s, self.p, self.p.transition, self.p.loading
        basis = s.basis_usdbn - unwound
        per_bp = self.on.basis_funds * (p.leverage - 1) * basis * 0.5 * 8.5e-4 * p.kb
        s.forced_usdbn = np.minimum(basis, per_bp * np.maximum(rise, 0))
        sold_out = (basis <= 0) & (s.basis_usdbn > 0)
        self.fresh = np.where(sold_out, status_code(PathStatus.LIQUIDATED), 0)
        self.fresh = np.where(per_bp * per_par >= 1, status_code(PathStatus.SPIRAL), self.fresh)
        pull = p.sigma_reversion_per_day * now.dt_days * (np.log(p.sigma_bar_bp) - s.log_sigma)
        jump = p.sigma_gain * np.maximum(rise, 0) / 100 + now.volatility_shock
        jump = jump + p.sigma_noise * np.sqrt(now.dt_days) * z.volatility
        s.log_sigma = np.minimum(s.log_sigma + pull + jump, np.log(p.sigma_cap_bp))
        q, e = (s.r, s.m, s.b), (z.r, z.m, z.b)
        s.r, s.m, s.b = (
            sum(T[i, j] * q[j] for j in range(3)) + sum(C[i, j] * e[j] for j in range(i + 1))
            for i in range(3)
        )
        s.x_usdbn, s.b_usdbn, s.D_bp, s.basis_usdbn = x, b, D, basis
        s.lasting_x_usdbn = s.lasting_x_usdbn + now.sale_x_usdbn * now.lasting_share * p.size_scale
        lasting = np.maximum(now.sale_par_usdbn * now.lasting_share * p.size_scale, 0)
        strain = p.trust_wear_sale_per_usdbn * lasting + now.trust_shock
        strain = strain + p.trust_wear_purchase_per_usdbn * fed_par * (1 - self.policy.temporary)
        strain = strain + p.trust_wear_dysfunction_per_day * S * now.dt_days
        kept = s.trust_loss * np.exp(-now.dt_days / p.trust_restore_days)
        s.trust_loss = np.clip(kept + (1 - kept) * (1 - np.exp(-strain)), 0, 1)
        fade = np.exp2(-now.dt_days / p.haven_half_life_days)
        s.haven_bp = s.haven_bp * fade + now.haven_shock_bp

    def _decide(self, S: Any, now: Inputs) -> None:
        f, rule, close = self.f, self.policy, now.is_close > 0
        crossed = close & (self.p.threshold < S)
        idle = (f.active == 0) & (f.waiting_days < 0) & (f.bought_usdbn < rule.max_usdbn)
        decided = crossed & idle & (self.on.fed * rule.enabled > 0)
        counted = np.where(close & (f.waiting_days > 0), f.waiting_days - 1, f.waiting_days)
        waiting = np.where(decided, rule.decision_lag_days, counted)
        starts = close & (waiting >= 0) & (waiting < 1)
        fresh = np.minimum(rule.announced_usdbn, np.maximum(rule.max_usdbn - f.bought_usdbn, 0))
        days = np.where(close & (f.active > 0), f.active_days + 1, f.active_days)
        f.active_days, f.active = np.where(starts, 0, days), np.where(starts, 1, f.active)
        f.waiting_days = np.where(starts, -1, waiting)
        f.remaining_usdbn = np.where(starts, fresh, f.remaining_usdbn)
        calm = (rule.exit_dysfunction > S) & (f.active_days >= rule.minimum_days)
        running = close & (f.active > 0) & (f.active_days > 0)
        ends = running & (calm | (f.bought_usdbn >= rule.max_usdbn))
        f.active = np.where(ends, 0, f.active)
        f.remaining_usdbn = np.where(ends, 0, f.remaining_usdbn)

    def _observe(
        self, D: Any, transitory: Any, S: Any, u: Any, spread: Any, sigma: Any
    ) -> dict[str, Any]:
        s, f, p, rule = self.s, self.f, self.p, self.policy
        moved = np.stack([s.r - s.open_q[0], s.m - s.open_q[1], s.b - s.open_q[2]], axis=-1)
        slow, expected = moved @ (1e4 * p.A_over_tau.T), moved @ (1e4 * p.expected_over_tau.T)
        stock = (f.held_usdbn + rule.belief * f.remaining_usdbn) * p.size_scale
        per_fed = rule.temporary * p.lasting_temporary_bp_per_100bn
        per_fed = per_fed + (1 - rule.temporary) * p.lasting_bp_per_100bn
        ratio = p.x_per_par_fed / p.x_per_par_sellers
        fed = -(stock * ratio)[:, None] * per_fed / 100
        sales = (s.lasting_x_usdbn / p.x_per_par_sellers)[:, None] * p.lasting_bp_per_100bn / 100
        cy = self.on.convenience * (s.haven_bp - p.trust_loss_bp * s.trust_loss)
        total = slow + sales + fed + (D + transitory)[:, None] * p.h - cy[:, None]
        ten = total[:, 4]
        far = np.where(np.abs(ten) <= 2000, 0, status_code(PathStatus.EXPLOSIVE))
        s.status = np.where(s.status == 0, np.where(self.fresh == 0, far, self.fresh), s.status)
        return {
            "ten_year_bp": ten, "D_bp": D, "S": S, "held_usdbn": f.held_usdbn, "u": u,
            "spread": spread, "sigma": sigma, "yields": s.open_yields_pct + total / 100,
            "expected": expected[:, 4], "premium": (slow - expected)[:, 4],
        }  # fmt: skip


def single(tree: Any) -> Any:
    return jax.tree.map(lambda leaf: np.asarray(leaf, np.float32), tree)


def at_session(inputs: Inputs, day: int, k: int, p: Parameters) -> Inputs:
    now = jax.tree.map(lambda leaf: leaf[day, k], inputs)
    sale: Inputs = now._replace(sale_x_usdbn=now.sale_x_usdbn * p.x_per_par_sellers)
    return sale


def twin_of(task: Task, first: int = 0) -> tuple[Twin, Inputs, Parameters]:
    p = single(task.parameters(first, BLOCK_PATHS))
    start = single(initial_state(single(task.opening), p))
    start = start._replace(status=np.zeros(BLOCK_PATHS, np.int32))
    plan = task.schedule
    return Twin(start, p, single(plan.policy), single(plan.switches)), single(plan.inputs), p


def agreement(task: Task, days: int) -> dict[str, float]:
    """Largest difference at any session between the compiled step and the twin, same shocks."""
    twin, inputs, p = twin_of(task)
    policy, switches = single(task.schedule.policy), single(task.schedule.switches)
    state: Any = initial_state(single(task.opening), p)
    keys, compiled = path_keys(base_key(task.seed), np.arange(BLOCK_PATHS)), jax.jit(step)
    draw = jax.jit(session_shocks, static_argnums=2)
    worst = dict.fromkeys(TOLERANCE, 0.0)
    for n in range(days * PER_DAY):
        now = at_session(inputs, n // PER_DAY, n % PER_DAY, p)
        z = draw(keys, jnp.uint32(n), FAST)
        state, seen = compiled(state, z, now, policy, switches, p)
        mine = twin.session(jax.tree.map(np.asarray, z), now)
        theirs = {
            "ten_year_bp": seen.ten_year_change_bp, "D_bp": seen.D_bp, "S": seen.dysfunction,
            "held_usdbn": seen.fed_held_usdbn,
        }  # fmt: skip
        fine = np.asarray(seen.status) == 0
        for name, value in theirs.items():
            gap = np.abs(np.asarray(value) - mine[name])[fine].max()
            worst[name] = max(worst[name], float(gap))
    return worst


def numpy_run(task: Task, paths: int, days: int) -> None:
    rng = np.random.Generator(np.random.Philox(task.seed))
    for first in range(0, paths, BLOCK_PATHS):
        twin, inputs, p = twin_of(task, first)
        for n in range(days * PER_DAY):
            z = Shocks(*rng.standard_normal((len(Shocks._fields), BLOCK_PATHS), np.float32))
            twin.session(z, at_session(inputs, n // PER_DAY, n % PER_DAY, p))


def numpy_draws(seed: int, paths: int, days: int) -> None:
    rng = np.random.Generator(np.random.Philox(seed))
    for _ in range(paths // BLOCK_PATHS * days * PER_DAY):
        rng.standard_normal((len(Shocks._fields), BLOCK_PATHS), np.float32)


@jax.jit
def _draws(keys: Any, numbers: Any) -> Any:
    def one(total: Any, n: Any) -> tuple[Any, None]:
        return total + sum(session_shocks(keys, n, FAST)), None

    return jax.lax.scan(one, jnp.zeros(BLOCK_PATHS, FAST), numbers)[0]


def jax_draws(seed: int, paths: int, days: int) -> None:
    numbers = jnp.arange(days * PER_DAY, dtype=jnp.uint32)
    for first in range(0, paths, BLOCK_PATHS):
        keys = path_keys(base_key(seed), np.arange(first, first + BLOCK_PATHS))
        _draws(keys, numbers).block_until_ready()


def best(job: Callable[[], Any]) -> float:
    job()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        job()
        taken.append(time.perf_counter() - start)
    return min(taken)


def measure(opening: Opening, paths: int, days: int) -> dict[str, Any]:
    scenario = load_scenario("tactical-qe")
    task = Task(opening.market, schedule(scenario, days), parameters(opening, scenario), 7)
    seconds = {
        "engine, two blocks in flight": best(lambda: fold(task, paths)),
        "engine, one block": best(lambda: fold(task, paths, workers=1)),
        "its random numbers alone, one block": best(lambda: jax_draws(7, paths, days)),
        "NumPy twin, one process": best(lambda: numpy_run(task, paths, days)),
        "NumPy's random numbers alone": best(lambda: numpy_draws(7, paths, days)),
    }
    return {"agreement": agreement(task, min(days, 63)), "seconds": seconds}


def show(found: dict[str, Any], paths: int, days: int) -> None:
    steps = paths * days * PER_DAY
    slowest = found["seconds"]["NumPy twin, one process"]
    print(f"{paths} paths x {days} days x {PER_DAY} sessions on {os.cpu_count()} cores\n")
    print(f"{'':38}{'seconds':>9}{'path-steps/s':>16}{'x NumPy':>9}")
    for name, taken in found["seconds"].items():
        print(f"{name:38}{taken:>9.2f}{steps / taken:>16,.0f}{slowest / taken:>9.1f}")
    print("\nlargest difference from the NumPy twin on the same shocks, any session:")
    for name, gap in found["agreement"].items():
        print(f"  {name:14}{gap:.1e}   (allowed {TOLERANCE[name]:.0e})")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"\npeak memory {peak:.2f} GiB, blocks in flight {engine.WORKERS}")


def main() -> int:
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--paths", type=int, default=4000, help="a multiple of 1000")
    words.add_argument("--days", type=int, default=63)
    words.add_argument("--as-of", default="2025-04-11")
    words.add_argument("--out", type=Path)
    given = words.parse_args()
    paths = max(1, given.paths // BLOCK_PATHS) * BLOCK_PATHS
    found = measure(open_state(market(given.as_of)), paths, given.days)
    show(found, paths, given.days)
    if given.out:
        text = json.dumps({"paths": paths, "days": given.days, **found}, indent=2)
        given.out.write_text(text + "\n")
    agrees = all(found["agreement"][name] <= limit for name, limit in TOLERANCE.items())
    return 0 if agrees else 1


if __name__ == "__main__":
    sys.exit(main())

"""A replay: the market of the day before, the episode's measured flows, and nothing else."""

from __future__ import annotations

from datetime import date

from ustress.calibrate.episodes import EpisodeFigures, MeasuredFlow
from ustress.calibrate.fast.bases import basis_of
from ustress.calibrate.replay.feed import fed
from ustress.calibrate.replay.left import Left, left_over
from ustress.calibrate.replay.result import DayCompared, FlowFed, Replayed, offset_bp
from ustress.core.progress import Progress, silent
from ustress.model.parameters import load_parameters
from ustress.model.types import IMPOSED_ONLY
from ustress.scenario.load import apply_overrides, load_scenario
from ustress.simulate.ensemble import Ensemble
from ustress.simulate.opening import Opening
from ustress.simulate.run import run_task, task_of
from ustress.simulate.schedule import Schedule, schedule

BANDS = (0.05, 0.5, 0.95)
_YIELDS = {"ust.3m", "ust.2y", "ust.10y", "ust.30y"}
_FUNDING = {"sofr_iorb", "sofr_less_top"}


def replay(
    opening: Opening,
    figures: EpisodeFigures,
    sized: tuple[Left, ...] = (),
    paths: int = 2000,
    seed: int = 7,
    progress: Progress = silent,
) -> Replayed:
    """Replay an episode.

    Args:
        opening: the state of the episode's opening day, as known then.
        figures: its measured flows and record.
        sized: shocks whose size to a day a series or a cited number gives.
        paths: simulated paths.
        seed: of the shocks; with and without flows share them.
        progress: told as parts are simulated.

    Raises:
        CannotError: if every path broke.
    """
    run = _simulated(opening, figures, paths, seed, progress, purchases=True, flows=True)
    quiet = _simulated(opening, figures, paths, seed, progress, purchases=False, flows=False)
    bought = any(one.flow.role == "fed_purchase" and one.days for one in figures.flows)
    unmended = (
        _simulated(opening, figures, paths, seed, progress, purchases=False, flows=True)
        if bought
        else None
    )
    episode = figures.episode
    return Replayed(
        episode.key, episode.title, episode.story, opening,
        tuple(_flow(one, episode.last) for one in figures.flows),
        _compared(figures, run, quiet), _account(figures, run, quiet, sized), run, quiet, unmended,
        figures.records,
    )  # fmt: skip


def _simulated(
    opening: Opening, figures: EpisodeFigures, paths: int, seed: int, progress: Progress, *,
    purchases: bool, flows: bool,
) -> Ensemble:  # fmt: skip
    table = load_parameters()
    n = len(figures.days())
    quiet = apply_overrides(load_scenario("baseline"), ["policy.kind=none"])
    # Whoever sold is in the measured flows: nobody sells a second time by a rule.
    base: Schedule = schedule(quiet, n)._replace(switches=IMPOSED_ONLY)
    given = fed(
        base, figures, table.value("x_per_par_sellers"), table.value("x_per_par_fed"),
        purchases=purchases, flows=flows,
    )  # fmt: skip
    name = f"replay of {figures.episode.key}"
    told = f"{name}{'' if flows else ', quiet'}{'' if purchases or not flows else ', no purchases'}"
    scenario, task = task_of(opening, quiet.model_copy(update={"name": told}), seed, n)
    return run_task(opening, scenario, task._replace(schedule=given), paths, progress)


def _flow(one: MeasuredFlow, last: date) -> FlowFed:
    flow, days = one.flow, one.days
    known = [d.par_usdbn for d in days if d.known <= last]
    return FlowFed(
        flow.key, flow.title, flow.role, flow.seller,
        one.total_usdbn if days else None, float(sum(known)) if days else None,
        max((d.known for d in days), default=None), flow.evidence, flow.source, flow.rule,
        flow.rests_on, one.missing,
    )  # fmt: skip


def _compared(figures: EpisodeFigures, run: Ensemble, quiet: Ensemble) -> tuple[DayCompared, ...]:
    position = {day: i + 1 for i, day in enumerate(figures.days())}
    looked = [day for day in figures.episode.looked_at if day in position]
    found = []
    for record in figures.episode.records:
        if record.key not in _YIELDS | _FUNDING:
            continue
        name = record.key if record.key in _YIELDS else "repo.spread"
        on_record = {one.day: one.value for one in figures.records[record.key]}
        funding = figures.records[record.key] if record.key == "sofr_less_top" else ()
        offset = offset_bp(funding, run)
        for day in looked:
            i = position[day]
            low, middle, high = run.quantile(name, BANDS, i) + offset
            moved = (run - quiet).quantile(name, 0.5, i)
            basis = basis_of(figures.episode.key, record.key, day, figures.episode.opens)
            found.append(DayCompared(
                record.key, record.title, record.unit, day, on_record.get(day), float(middle),
                float(low), float(high), float(moved), basis.word, basis.why,
            ))  # fmt: skip
    return tuple(found)


def _account(
    figures: EpisodeFigures, run: Ensemble, quiet: Ensemble, sized: tuple[Left, ...]
) -> tuple[Left, ...]:
    """The account of the ten-year to every day looked at after the opening."""
    position = {day: i + 1 for i, day in enumerate(figures.days())}
    record = {one.day: one.value for one in figures.records.get("ust.10y", ())}
    opens = record.get(figures.episode.opens)
    found: list[Left] = []
    for day in figures.episode.looked_at:
        if day not in position or day not in record or opens is None:
            continue
        low, middle, high = 100.0 * (run - quiet).quantile("ust.10y", BANDS, position[day])
        unsized = tuple(
            Left(one.key, day, None, None, None, None, one.why, adds=False)
            for one in figures.episode.unmeasured
            if one.key not in {s.name for s in sized if s.day == day}
        )
        found += left_over(
            day, 100.0 * (record[day] - opens), (float(middle), float(low), float(high)),
            tuple(s for s in sized if s.day == day), unsized,
        )  # fmt: skip
    return tuple(found)

"""Replays: an episode's measured flows into the market of the day before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ustress.core.progress import Progress, silent
from ustress.core.status import breaks

if TYPE_CHECKING:
    from ustress.calibrate.episodes import Episode
    from ustress.calibrate.replay.left import Left
    from ustress.calibrate.replay.result import Replayed
    from ustress.core.panel import Panel
    from ustress.report.charts.base import Declared
    from ustress.report.replayed import Against, ReplayShown, ReplayView
    from ustress.report.views import Fan

REPLAYED = ("march-2020", "september-2019", "april-2025")
"""Episodes with flows to feed in and a complete opening state."""
RECORDS = {"ust.10y": ("ust.10y",), "repo.spread": ("sofr_less_top", "sofr_iorb")}
"""Observables held against a record, and the records' keys in the order in which they count."""


@dataclass(frozen=True, slots=True)
class EpisodeLine:
    """An episode in a list, and whether it can be replayed."""

    key: str
    title: str
    story: str
    opens: date
    last: date
    fed_bought: bool
    replayed: bool


def episodes() -> tuple[EpisodeLine, ...]:
    """Every dated episode, oldest first."""
    from ustress.calibrate.episodes import load_episodes

    return tuple(
        EpisodeLine(e.key, e.title, e.story, e.opens, e.last, e.fed_bought, e.key in REPLAYED)
        for e in load_episodes()
    )


def replay(episode: str, paths: int = 2000, seed: int = 7, progress: Progress = silent) -> Replayed:
    """Replay an episode from the market as it was known on the day before it.

    The opening state knows nothing later. Flows are those measured since, each with the date on
    which it became known, so that what could be seen at the time is told apart.

    Args:
        episode: march-2020, september-2019 or april-2025.
        paths: simulated paths.
        seed: of the shocks.
        progress: told as parts are simulated.

    Raises:
        UnknownNameError: if there is no such episode to replay.
        CannotError: if the opening state is incomplete.
    """
    from ustress.calibrate.episodes import load_episode, measure
    from ustress.calibrate.replay.run import replay as run
    from ustress.core.errors import UnknownNameError
    from ustress.data.store import Store
    from ustress.workflows.opening import open_on

    if episode not in REPLAYED:
        raise UnknownNameError("episode", episode, REPLAYED)
    declared, store = load_episode(episode), Store()
    panel = store.panel(store.known_until())
    opening = open_on(declared.opens)
    return run(opening, measure(declared, panel), _sized(declared, panel), paths, seed, progress)


def _sized(episode: Episode, panel: Panel) -> tuple[Left, ...]:
    """Named shocks that a series gives a size to: expected path, premium, the swap spread."""
    from ustress.calibrate.replay.left import Left
    from ustress.core.evidence import Evidence

    found: list[Left] = []
    for day in episode.looked_at:
        if day <= episode.opens:
            continue
        path = _moved(panel, "curve.own_expected_path.10y", episode.opens, day)
        premium = _moved(panel, "curve.own_term_premium.10y", episode.opens, day)
        own = "our own estimate by Adrian, Crump and Moench, monitor"
        if path is not None:
            found.append(Left("expected path", day, path, None, None, Evidence.ESTIMATED, own))
        if premium is not None:
            found.append(
                Left("term premium", day, premium, None, None, Evidence.ESTIMATED,
                     f"{own}; everything but the expected path lies in it", adds=False)
            )  # fmt: skip
        swap = _changed(panel, "swap_spread.10y", episode.opens, day)
        if swap is not None:
            found.append(
                Left("swap-spread positions", day, -swap, None, None, Evidence.MEASURED,
                     "the reader's own swap spreads")
            )  # fmt: skip
    return tuple(found)


def _moved(panel: Panel, key: str, first: date, last: date) -> float | None:
    """The change of an indicator between two days, bp; None where either is missing."""
    import numpy as np

    from ustress.core.errors import UstressError
    from ustress.monitor import history

    try:
        track = history(panel, key)
    except UstressError:
        return None
    at = [np.flatnonzero(track.dates == np.datetime64(d, "D")) for d in (first, last)]
    if not all(one.size for one in at):
        return None
    return 100.0 * float(track.values[at[1][0]] - track.values[at[0][0]])


def _changed(panel: Panel, name: str, first: date, last: date) -> float | None:
    """The change of a reader's series in bp between two days, None where it is not there."""
    series = panel.get(name) if name in panel.infos else None
    if series is None:
        return None
    a, b = series.on_or_before(first), series.on_or_before(last)
    if a is None or b is None or a.day != first or b.day != last:
        return None
    scale = 100.0 if series.info.unit == "pct" else 1.0
    return scale * (b.value - a.value)


def view(episode: str, paths: int = 2000, seed: int = 7) -> ReplayView:
    """A replay as the brief shows it; kept on disk until code, parameters or figures change.

    Raises:
        UnknownNameError: if there is no such episode to replay.
        CannotError: if the opening state is incomplete, or the ten-year has no record.
    """
    from ustress.report.replayed import ReplayView
    from ustress.workflows.kept import kept

    name = f"replay-{episode}-{paths}-{seed}"
    return kept(name, ReplayView, lambda: _view(replay(episode, paths, seed)))


def _view(found: Replayed) -> ReplayView:
    from ustress.core.errors import CannotError
    from ustress.data.store import Store
    from ustress.report.replayed import ReplayView

    pair = against_record(found, "ust.10y")
    if pair is None:
        raise CannotError(f"no record of the ten-year to hold {found.episode} against")
    return ReplayView(
        found.episode, found.title, found.opening.as_of, Store().known_until(), found.run.n_paths,
        found.days, found.left, pair.fan, pair.record,
    )  # fmt: skip


def shown(found: Replayed) -> ReplayShown:
    """A replay as a page of its own shows it."""
    from ustress.report.replayed import ReplayShown

    pairs = (against_record(found, observable) for observable in RECORDS)
    return ReplayShown(
        found.episode, found.title, found.story, found.opening.as_of, found.run.n_paths,
        breaks(found.run.status), found.flows, found.days, found.left,
        tuple(pair for pair in pairs if pair is not None),
    )  # fmt: skip


def charts(found: Replayed) -> tuple[Declared, ...]:
    """The ten-year against its record, and funding where the episode keeps it."""
    from ustress.report.charts.replay import declare

    return tuple(declare(found, pair.fan, pair.record) for pair in shown(found).against)


def against_record(found: Replayed, observable: str) -> Against | None:
    """The model's fan of an observable and what came; None where no record is kept."""
    import numpy as np

    from ustress.report.replayed import Against
    from ustress.report.views import History
    from ustress.workflows.views import fan

    key = next((k for k in RECORDS[observable] if found.records.get(k)), None)
    if key is None:
        return None
    days = np.array([one.day for one in found.records[key]], "datetime64[D]")
    values = np.array([one.value for one in found.records[key]])
    seen = fan(found.run, observable)
    if key == "sofr_less_top":
        seen = _over(seen, found.offset_bp)
    publisher = "US Treasury" if observable == "ust.10y" else "New York Fed"
    record = History(key, seen.title, seen.unit, days, values, f"record: {publisher}")
    return Against(seen, record)


def _over(seen: Fan, shift_bp: float) -> Fan:
    """The model's spread over interest on reserves, over the top of the range as the record is."""
    from dataclasses import replace

    bands = {q: values + shift_bp for q, values in seen.bands.items()}
    return replace(
        seen, title="SOFR less the top of the target range", bands=bands,
        samples=seen.samples + shift_bp,
    )  # fmt: skip


def replay_form(found: Replayed) -> dict[str, Any]:
    """The documented JSON form; no clock in it."""
    from ustress.calibrate.fast.bases import fitting_of

    return {
        "episode": found.episode, "title": found.title, "as_of": found.opening.as_of,
        "paths": found.run.n_paths, "seed": found.run.seed,
        "status": {s.name.lower(): n for s, n in found.run.status.items()},
        "flows": list(found.flows), "days": list(found.days), "fitting": fitting_of(found.episode),
        "left": list(found.left), "dysfunction": _dysfunction(found),
        "provenance": found.run.provenance,
    }  # fmt: skip


def _dysfunction(found: Replayed) -> list[dict[str, Any]]:
    """Median S of the model on the days looked at, with and without purchases."""
    days = {d.astype("datetime64[D]").item(): i for i, d in enumerate(found.run.days)}
    rows = []
    for day in sorted({one.day for one in found.days}):
        i = days[day]
        low, middle, high = found.run.quantile("dysfunction", (0.1, 0.5, 0.9), i)
        alone = found.unmended
        rows.append({
            "day": day, "q10": float(low), "q50": float(middle), "q90": float(high),
            "without_purchases_q50": (
                None if alone is None else float(alone.quantile("dysfunction", 0.5, i))
            ),
        })  # fmt: skip
    return rows

"""What the stored joint draws answer to the fast layer's rows: the fit's experiments, rerun."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.episodes import load_episode
from ustress.calibrate.fast.experiments import run_short
from ustress.calibrate.fast.priors import PRIORS, STORED
from ustress.calibrate.fast.record import FastRecord
from ustress.calibrate.fast.targets import targets

Floats = NDArray[np.float64]

NUISANCES = ("lam_l_bp_per_100bn", "early_share", "tau_study", "tau_episode")
"""Not among the stored draws: the local effect at its prior's middle, the early share as the
episode declares it, no spread of studies or episodes."""


@lru_cache(maxsize=1)
def stored_draws() -> dict[str, Floats]:
    """The package's joint draws by the priors' names, the level of 2020 included."""
    text = files("ustress.model.parameters").joinpath("joint_draws.csv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    table = np.array([line.split(",") for line in lines[1:]], dtype=np.float64)
    by_column = dict(zip(lines[0].split(","), table.T, strict=True))
    found = {prior.name: by_column[prior.column] for prior in STORED}
    middle = {prior.name: prior.middle for prior in PRIORS if prior.name in NUISANCES}
    middle |= {"early_share": load_episode("march-2020").early_share}
    middle |= {"tau_study": 0.0, "tau_episode": 0.0}
    count = len(table)
    return found | {name: np.full(count, value) for name, value in middle.items()}


def fast_answers(record: FastRecord) -> dict[str, Floats]:
    """By datum of the fit, fitted or held out: the model's answer at every stored draw."""
    theta = stored_draws()
    return {one.key: one.answer for one in targets(run_short(theta, record), theta, record)}

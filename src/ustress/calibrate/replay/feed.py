"""From an episode's measured flows to what the engine folds over.

Sales enter by seller's par with each flow's own ten-year equivalents; purchases that were made
enter as given, as sales of the other sign with the Fed's longer equivalents and the reserves they
created; no policy acts. A flow of which the day within a week or month is not known lies on days by
the episode's declared rule. Nothing is scaled.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.episodes import EpisodeFigures
from ustress.model.types import Inputs
from ustress.simulate.schedule import Schedule
from ustress.simulate.sessions import SESSIONS

Floats = NDArray[np.float64]
NEW_YORK_ONLY = (0.0, 0.0, 1.0)


def fed(
    base: Schedule,
    figures: EpisodeFigures,
    sold_x: float,
    bought_x: float,
    *,
    purchases: bool = True,
    flows: bool = True,
) -> Schedule:
    """A quiet schedule with the episode's flows in it.

    Args:
        base: nothing imposed, as many business days as the episode has.
        figures: the episode, measured.
        sold_x: ten-year equivalents per par of sellers, where a flow declares none.
        bought_x: the same of the Fed's purchases.
        purchases: whether purchases that were made are given.
        flows: whether sales, unwinds and drains are.
    """
    x = _of(figures, "sale", sold_x) if flows else _none(figures)
    par = _of(figures, "sale", None) if flows else _none(figures)
    bought = _of(figures, "fed_purchase", None) if purchases else _none(figures)
    bought_in_x = _of(figures, "fed_purchase", bought_x) if purchases else _none(figures)
    unwound = _of(figures, "basis_unwind", None) if flows else _none(figures)
    drain = _of(figures, "cash_drain", None) if flows else _none(figures)
    added = _of(figures, "reserves", None) if flows else _none(figures)
    return base._replace(
        inputs=_placed(base.inputs, x, par, bought, bought_in_x, unwound, drain, added, sold_x)
    )


def _placed(
    inputs: Inputs, x: Floats, par: Floats, bought: Floats, bought_in_x: Floats, unwound: Floats,
    drain: Floats, added: Floats, sold_x: float,
) -> Inputs:  # fmt: skip
    arriving, desk = SESSIONS.flow_share, NEW_YORK_ONLY
    sold_par = np.outer(par, arriving) - np.outer(bought, desk)
    # the engine multiplies by each path's own equivalents per par of sellers
    sold = (np.outer(x, arriving) - np.outer(bought_in_x, desk)) / sold_x
    two_days = drain + np.concatenate([[0.0], drain[:-1]])
    one = np.ones((1, len(desk)))
    return inputs._replace(
        sale_par_usdbn=sold_par,
        sale_x_usdbn=sold,
        lasting_share=0.0 * sold_par,
        basis_unwind_par_usdbn=np.outer(unwound, arriving),
        cash_drain_usdbn=two_days[:, None] * one,
        reserves_change_usdbn=np.outer(bought + added - drain, desk),
    )


def _of(figures: EpisodeFigures, role: str, x_per_par: float | None) -> Floats:
    by_day: dict[date, float] = (
        figures.by_day(role) if x_per_par is None else figures.equivalents_by_day(role, x_per_par)
    )
    return np.array(list(by_day.values()))


def _none(figures: EpisodeFigures) -> Floats:
    return np.zeros(len(figures.days()))

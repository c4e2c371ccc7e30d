"""Published numbers against the model's, with intervals and a verdict each.

A miss is a verdict, not a failure. A row some parameter was fitted to says so and is never called
reproduced; where it is one of the rows behind risk aversion, ours is computed without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.answers import Answer, answer, answers
from ustress.calibrate.auction_cost import AuctionsHeld, cost_bp
from ustress.calibrate.fast.answers import fast_answers
from ustress.calibrate.fast.record import FastRecord
from ustress.calibrate.ladder import RANGE, Ladder, ladder
from ustress.calibrate.published import PublishedRow, Role, load_published
from ustress.calibrate.slow_draws import SlowDraws, log_error, slow_draws
from ustress.core.errors import CannotError
from ustress.core.progress import Progress, silent
from ustress.model.first_passage import bridge_crossing
from ustress.model.parameters import load_parameters

Floats = NDArray[np.float64]

SLOW_TARGET, AUCTION = "risk aversion", "auction"
BRIDGE_PATHS, BRIDGE_STEPS = 200_000, 12


class Verdict(Enum):
    """How a published number and the model's answer stand to each other."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    NOT_COMPARABLE = "not_comparable"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class Interval:
    """10, 50 and 90 % of the model's answer, and over what it spreads."""

    q10: float
    q50: float
    q90: float

    def holds(self, low: float, high: float) -> bool:
        """Whether a published range touches the interval."""
        return low <= self.q90 and high >= self.q10


@dataclass(frozen=True, slots=True)
class Compared:
    """One published row with the model's answer: `how` it was computed, `why` if there is none.

    `ours` spreads over parameters; `spread` adds the spread between studies, so that it is what
    one more study of the same kind would be expected to publish.
    """

    row: PublishedRow
    ours: Interval | None
    verdict: Verdict
    how: str
    why: str
    spread: Interval | None = None

    @property
    def fitted(self) -> bool:
        """Whether some parameter was fitted to the row."""
        return self.row.role is Role.TARGET

    @property
    def arithmetic(self) -> bool:
        """Whether the row is an exact law, which checks the arithmetic and no economics."""
        return self.row.measure is not None and self.row.measure.kind == "first_passage"

    @property
    def within_spread(self) -> bool:
        """Whether the published number lies in what studies of its kind scatter over."""
        return self.spread is not None and self.spread.holds(*self.row.range)


@dataclass(frozen=True, slots=True)
class RiskAversion:
    """Risk aversion per share of GDP: its posterior, the literature's spread, and the table's.

    Three numbers are 10, 50 and 90 %. `log_spread_next` is the standard deviation of a lognormal
    with the next study's 10 and 90 %. `left_out` has the median without each row in turn.
    """

    posterior: tuple[float, float, float]
    next_study: tuple[float, float, float]
    study_spread_log: tuple[float, float, float]
    table: tuple[float, float, float]
    table_log_spread: float
    log_spread_next: float
    left_out: dict[str, float]


@dataclass(frozen=True, slots=True)
class Validation:
    """Every row compared, and what the ladder says of risk aversion.

    `draws` of the slow layer were used and `refused` had no usable equilibrium.
    """

    rows: tuple[Compared, ...]
    risk_aversion: RiskAversion
    draws: int
    refused: int

    @property
    def complete(self) -> bool:
        """Whether every comparable row was compared."""
        return all(one.verdict is not Verdict.NOT_COMPARED for one in self.rows)

    def count(self, verdict: Verdict, *, fitted: bool) -> int:
        """Estimates with a verdict, among those fitted to or the others; exact laws left out."""
        return sum(
            one.verdict is verdict and one.fitted is fitted and not one.arithmetic
            for one in self.rows
        )


def validate(
    draw_count: int = 150,
    progress: Progress = silent,
    record: FastRecord | None = None,
    held: AuctionsHeld | None = None,
) -> Validation:
    """Compare every published row.

    Args:
        draw_count: draws of the slow layer's parameters; the fast layer gets as many joint draws.
        progress: told as rows are done.
        record: figures of the dated episodes; without them their rows are not compared.
        held: auctions held; without them the row on their cost is not compared.

    Raises:
        CannotError: if no draw has a usable equilibrium.
    """
    rows = load_published()
    progress("published numbers", 0, len(rows))
    draws = slow_draws(draw_count)
    if not len(draws.solved):
        raise CannotError("no draw of the slow layer's parameters has a usable equilibrium")
    targets = [row for row in rows if row.fits == SLOW_TARGET]
    fitted = ladder(targets, answers(targets, draws), draws.a)
    dated = {} if record is None else fast_answers(record)
    if held is not None:
        dated[AUCTION] = cost_bp(held, draw_count)
    compared = []
    for done, row in enumerate(rows, start=1):
        compared.append(compare(row, fitted, draws, dated))
        progress("published numbers", done, len(rows))
    return Validation(tuple(compared), risk_aversion(fitted), len(draws.solved), draws.refused)


def compare(
    row: PublishedRow, fitted: Ladder, draws: SlowDraws, dated: dict[str, Floats]
) -> Compared:
    """One row; a row that cannot be answered is not compared and says why."""
    if not row.comparable or row.measure is None:
        return Compared(row, None, Verdict.NOT_COMPARABLE, "", row.why)
    try:
        ours, spread, how = _ours(row, fitted, draws, dated)
    except CannotError as gap:
        return Compared(row, None, Verdict.NOT_COMPARED, "", str(gap))
    verdict = Verdict.INSIDE if ours.holds(*row.range) else Verdict.OUTSIDE
    return Compared(row, ours, verdict, how, "", spread)


def risk_aversion(fitted: Ladder) -> RiskAversion:
    """What the ladder says of risk aversion beside the table's entry."""
    entry = load_parameters()["a"]
    low, high = entry.low, entry.high
    if isinstance(low, tuple) or isinstance(high, tuple):
        raise TypeError("a is a profile")
    beyond = fitted.next_study()
    spread = float(np.log(beyond[2] / beyond[0])) * log_error("a") / float(np.log(high / low))
    return RiskAversion(
        posterior=fitted.risk_aversion(),
        next_study=beyond,
        study_spread_log=fitted.study_spread(),
        table=(low, load_parameters().value("a"), high),
        table_log_spread=entry.spread,
        log_spread_next=spread,
        left_out={row.key: fitted.risk_aversion(row.key)[1] for row in fitted.rows},
    )


def _ours(
    row: PublishedRow, fitted: Ladder, draws: SlowDraws, dated: dict[str, Floats]
) -> tuple[Interval, Interval | None, str]:
    asked = row.measure
    if asked is not None and asked.kind == "first_passage":
        return _passage(), None, f"{BRIDGE_STEPS} closes with bridges, {BRIDGE_PATHS:,} walks"
    if asked is not None and asked.kind == "fast":
        return _dated(row, asked.target, dated), None, _how(row)
    if asked is not None and asked.kind == AUCTION:
        return _dated(row, AUCTION, dated), None, "dealers' concession for their usual share"
    found: Answer = answer(row, draws)
    without = row.key if row.fits == SLOW_TARGET else ""
    said = "parameters and risk aversion drawn"
    if without:
        said += ", fitted without this row"
    elif row.role is Role.TARGET:
        said += "; fitted to this row"
    ours, spread = fitted.predict(found, without), fitted.expect_study(found, without)
    return Interval(*ours), Interval(*spread), said


def _dated(row: PublishedRow, target: str, dated: dict[str, Floats]) -> Interval:
    """10, 50 and 90 % over the joint draws of what rests on figures of a date."""
    if target not in dated:
        of = "auctions held" if target == AUCTION else "the dated episodes"
        raise CannotError(f"row {row.key} needs the figures of {of}")
    q10, q50, q90 = (float(q) for q in np.quantile(dated[target], RANGE))
    return Interval(q10, q50, q90)


def _how(row: PublishedRow) -> str:
    said = "stored joint draws through the market step, measured flows given"
    return said + ("; fitted to this row" if row.role is Role.TARGET else "; held out of the fit")


def _passage() -> Interval:
    """P(max of W up to 1 >= 1) from walks seen at closes, bridges in between; Monte Carlo range."""
    rng = np.random.default_rng(60)
    steps = rng.standard_normal((BRIDGE_PATHS, BRIDGE_STEPS)) / np.sqrt(BRIDGE_STEPS)
    walk = np.concatenate([np.zeros((BRIDGE_PATHS, 1)), np.cumsum(steps, axis=1)], axis=1)
    missed = 1.0 - bridge_crossing(walk[:, :-1], walk[:, 1:], 1.0, 1.0, 1.0 / BRIDGE_STEPS)
    chance = 1.0 - missed.prod(axis=1)
    mean, error = float(chance.mean()), float(chance.std(ddof=1) / np.sqrt(BRIDGE_PATHS))
    reach = 1.2815515655446004 * error
    return Interval(mean - reach, mean, mean + reach)


__all__ = ["RANGE", "Compared", "Interval", "RiskAversion", "Validation", "Verdict", "validate"]

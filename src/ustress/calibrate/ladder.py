"""Risk aversion as a distribution: the ladder of published impacts, robustly combined.

    log y_i = log f_i(theta) + e_i,   e_i ~ t4(0, s_i^2 + tau^2),   tau ~ half-normal(.8)

y_i is a published impact, f_i the model's answer at the row's own horizon, maturity and path, s_i
the row's own spread in logs, tau the spread between studies (model document, section 6). The
posterior of log a (flat prior on a wide grid) is exact on a product of grids over a and tau and a
sum over draws of the other parameters. Rows are treated as independent, which those that study
the same programmes are not: the interval is, if anything, too narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ustress.calibrate.answers import Answer
from ustress.calibrate.published import PublishedRow
from ustress.core.errors import BadInputError

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]

DEGREES = 4.0
TAU_SCALE = 0.8
LOG_A: Floats = np.asarray(np.linspace(np.log(0.5), np.log(3000.0), 261), np.float64)
TAU: Floats = np.asarray((np.arange(36) + 0.5) / 36.0 * 3.2 * TAU_SCALE, np.float64)
RANGE = (0.10, 0.50, 0.90)
SAMPLES = 20_000


@dataclass(frozen=True, eq=False)
class Ladder:
    """The posterior of risk aversion and of the spread between studies.

    Attributes:
        rows: the targets.
        answers: the model's answers to them.
        a0: the risk aversion at which answers' lasting parts stand.
        log_likelihood: (rows, draws, a, tau).
    """

    rows: tuple[PublishedRow, ...]
    answers: tuple[Answer, ...]
    a0: float
    log_likelihood: Floats

    def weights(self, without: str = "") -> Floats:
        """Posterior weights (draws, a, tau), summing to one; the row `without` left out."""
        keep = np.array([row.key != without for row in self.rows])
        total = self.log_likelihood[keep].sum(axis=0) + log_prior()
        likely = np.exp(total - total.max())
        return np.asarray(likely / likely.sum())

    def risk_aversion(self, without: str = "") -> tuple[float, float, float]:
        """10, 50 and 90 % of the posterior of a."""
        mass = self.weights(without).sum(axis=(0, 2))
        return _three(np.exp(quantiles(LOG_A, mass, RANGE)))

    def study_spread(self) -> tuple[float, float, float]:
        """10, 50 and 90 % of tau, in logs."""
        return _three(quantiles(TAU, self.weights().sum(axis=(0, 1)), RANGE))

    def next_study(self, seed: int = 5) -> tuple[float, float, float]:
        """10, 50 and 90 % of the a that one more study of the same kind would imply.

        Every answer that is to carry the spread of the literature takes this one.
        """
        joint = self.weights().sum(axis=0)
        i, j, e = _sampled(joint, seed)
        return _three(np.exp(np.quantile(LOG_A[i] + TAU[j] * e, RANGE)))

    def expect_study(
        self, answer: Answer, without: str = "", seed: int = 5
    ) -> tuple[float, float, float]:
        """10, 50 and 90 % of what one more study of this kind would publish: f times e^e."""
        values = np.log(answer.at(np.exp(LOG_A) / self.a0)).T
        weights = self.weights(without)
        at, j, e = _sampled(weights.reshape(-1, TAU.size), seed)
        return _three(np.exp(np.quantile(values.ravel()[at] + TAU[j] * e, RANGE)))

    def predict(self, answer: Answer, without: str = "") -> tuple[float, float, float]:
        """10, 50 and 90 % of the model's answer over the posterior, a row left out if named."""
        values = answer.at(np.exp(LOG_A) / self.a0)
        mass = self.weights(without).sum(axis=2).T
        return _three(quantiles(values.ravel(), mass.ravel(), RANGE))


def ladder(rows: Sequence[PublishedRow], answers: Sequence[Answer], a0: float) -> Ladder:
    """The posterior of risk aversion given the target rows.

    Raises:
        BadInputError: if there is no row or an answer is not above zero.
    """
    if not rows:
        raise BadInputError("the ladder has no rows to fit")
    parts = [_log_likelihood(row, found, a0) for row, found in zip(rows, answers, strict=True)]
    return Ladder(tuple(rows), tuple(answers), a0, np.stack(parts))


def log_prior() -> Floats:
    """Flat in log a, half-normal in tau: (tau,)."""
    return np.asarray(-0.5 * (TAU / TAU_SCALE) ** 2)


def row_error(row: PublishedRow) -> float:
    """s_i: half the source's range in logs; 0 where it gives none (tau then speaks for it)."""
    low, high = (abs(x) for x in row.range)
    return float(abs(np.log(high / low)) / 2.0)


def quantiles(values: Floats, mass: Floats, levels: Sequence[float]) -> Floats:
    """Quantiles of a discrete distribution, linear between the middles of its steps."""
    order = np.argsort(values)
    v, m = values[order], mass[order]
    middle = (np.cumsum(m) - 0.5 * m) / m.sum()
    return np.interp(levels, middle, v)


def _log_likelihood(row: PublishedRow, found: Answer, a0: float) -> Floats:
    """(draws, a, tau) of one row: Student's t with four degrees, constants left out."""
    model = found.at(np.exp(LOG_A) / a0).T
    if not (np.all(model > 0) and row.value > 0):
        raise BadInputError(f"row {row.key}: impacts must be above zero to be compared in logs")
    e = np.log(row.value) - np.log(model)
    square = row_error(row) ** 2 + TAU**2
    z = e[..., None] ** 2 / square
    return np.asarray(-0.5 * (DEGREES + 1) * np.log1p(z / DEGREES) - 0.5 * np.log(square))


def _sampled(joint: Floats, seed: int) -> tuple[Whole, Whole, Floats]:
    """Positions drawn from a table of weights (cells, tau), and standard t errors beside them."""
    rng = np.random.default_rng(seed)
    edges = np.cumsum(joint.ravel())
    at = np.minimum(np.searchsorted(edges, rng.uniform(size=SAMPLES) * edges[-1]), edges.size - 1)
    cell, tau = np.divmod(at, joint.shape[1])
    return cell, tau, rng.standard_t(DEGREES, SAMPLES)


def _three(values: Floats) -> tuple[float, float, float]:
    low, middle, high = (float(v) for v in values)
    return low, middle, high

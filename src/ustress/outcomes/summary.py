"""From numbers by path to what a reader sees: mean, error, quantiles, level of evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ustress.core.evidence import Evidence
from ustress.outcomes.quantity import Outcome, Quantity, Track

Floats = NDArray[np.float64]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
FEWEST = 30
"""Paths below which nothing is said of a quantity that has a meaning on some paths only."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: the mean over paths, its Monte Carlo error, quantiles and where it comes from.

    `error` is one standard error of the mean (paired in a difference), None for a reader's own
    path and for what is the same on every path; `quantiles` by level, empty for these and for
    probabilities. `paths` counts those on which the quantity has a meaning. `value` None:
    `reason` says why. `evidence` is the weakest level that entered, `link` that of the
    coefficients alone.
    """

    id: str
    label: str
    when: str
    value: float | None
    unit: str
    error: float | None
    quantiles: dict[str, float]
    evidence: Evidence
    link: Evidence
    source: str
    how: str
    paths: int = 0
    reason: str = ""
    opening: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A quantity along time: `bands` by quantile, (points,), at `days` or by fiscal year."""

    id: str
    label: str
    unit: str
    evidence: Evidence
    source: str
    bands: dict[float, Floats] = field(repr=False)
    days: NDArray[np.datetime64] | None = field(default=None, repr=False)
    years: tuple[int, ...] = ()
    samples: Floats | None = field(default=None, repr=False)

    def to_plain(self) -> dict[str, Any]:
        """Values by quantile, for JSON."""
        at: Any = list(self.years) if self.days is None else self.days
        return {
            "id": self.id,
            "label": self.label,
            "unit": self.unit,
            "evidence": self.evidence,
            "at": at,
            **{f"q{round(100 * q)}": v for q, v in self.bands.items()},
        }


@dataclass(frozen=True, slots=True)
class Group:
    """One group of those who are hit, summarised."""

    key: str
    title: str
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    assumptions: tuple[str, ...]
    cannot_say: tuple[str, ...]

    def row(self, id_: str) -> Row | None:
        """The row with this id, or None."""
        return next((r for r in self.rows if r.id == id_), None)

    def line(self, id_: str) -> Line | None:
        """The line with this id, or None."""
        return next((one for one in self.lines if one.id == id_), None)


def summarise(outcome: Outcome) -> Group:
    """Rows and lines of an outcome."""
    return Group(
        outcome.key,
        outcome.title,
        tuple(_row(q) for q in outcome.quantities),
        tuple(_line(t) for t in outcome.tracks),
        outcome.assumptions,
        outcome.cannot_say,
    )


def _row(q: Quantity) -> Row:
    about, values = q.about, q.values
    there = np.array([]) if values is None else values[np.isfinite(values)]
    fixed = q.common and q.day is None
    some = values is not None and values.size > 1 and not fixed
    reason = q.reason
    if not reason and (there.size == 0 or (some and there.size < min(FEWEST, values.size))):  # type: ignore[union-attr]
        reason = _too_few(there.size, 0 if values is None else values.size)
    told = not reason
    spread = some and told and about.unit != "probability"
    return Row(
        q.id, about.label, q.when,
        float(there.mean()) if told else None, about.unit,
        _error(there, about.unit) if some and told else None,
        _quantiles(there) if spread else {},
        q.evidence, about.link, about.source, about.how, int(there.size), reason, q.opening,
    )  # fmt: skip


def _too_few(there: int, paths: int) -> str:
    if paths == 1:
        return "it has no meaning on this path"
    return f"too few paths on which it has a meaning, {there} of {paths}"


def _error(values: Floats, unit: str) -> float:
    """Standard error of the mean; a probability's is at least one path in so many."""
    error = float(values.std(ddof=1) / np.sqrt(values.size))
    return max(error, 1.0 / values.size) if unit == "probability" else error


def _quantiles(values: Floats) -> dict[str, float]:
    found = np.quantile(values, QUANTILES)
    return {f"q{round(100 * q)}": float(v) for q, v in zip(QUANTILES, found, strict=True)}


def _line(t: Track) -> Line:
    found = np.quantile(t.values, QUANTILES, axis=0)
    bands = dict(zip(QUANTILES, found, strict=True))
    about = t.about
    samples = t.values[:3] if t.values.shape[0] > 3 else None
    return Line(
        about.id, about.label, about.unit, t.evidence, about.source, bands, t.days, t.years, samples
    )

"""What every outcome carries besides its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from ustress.core.evidence import Evidence


@dataclass(frozen=True, slots=True)
class About:
    """One outcome's label: what it is, its unit, how well founded, what it assumes, its limits.

    `evidence` is the weakest level that entered; `assumptions` are sentences with their figures;
    `cannot_say` is the short list of what must not be read from it.
    """

    title: str
    unit: str
    evidence: Evidence
    method: str
    source: str
    assumptions: tuple[str, ...]
    cannot_say: tuple[str, ...]

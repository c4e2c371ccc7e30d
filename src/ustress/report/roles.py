"""Which reading of the snapshot plays which part in the report's sentences."""

from __future__ import annotations

from ustress.monitor.snapshot import Reading, Snapshot

# part in the report -> keys under which the monitor may publish it, first found wins
ROLES: dict[str, tuple[str, ...]] = {
    "ten_year": ("curve.10y", "ust.par.10y", "ust.10y", "yields.10y"),
    "two_year": ("curve.2y", "ust.par.2y", "ust.2y", "yields.2y"),
    "china": ("holdings.china", "tic.holdings.china"),
    "japan": ("holdings.japan", "tic.holdings.japan"),
    "spread": ("funding.sofr_iorb", "funding.sofr_minus_iorb"),
}


def reading(snapshot: Snapshot, role: str) -> Reading | None:
    """The reading that plays `role`, or None where the snapshot has none."""
    have = {r.key: r for r in snapshot.readings}
    return next((have[key] for key in ROLES[role] if key in have), None)


_FAMILIES = {
    "curve": "Yields",
    "fed": "Federal Reserve",
    "macro": "Economy",
    "debt": "Federal debt",
    "references": "References, re-estimated later",
}


def family(key: str) -> str:
    """A family of indicators as readers see it."""
    return _FAMILIES.get(key, key[:1].upper() + key[1:])

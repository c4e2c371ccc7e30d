"""The reader's own series: what the manifest says of them, beside the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ustress.core.evidence import Evidence, Rights
from ustress.core.panel import SeriesInfo

PREFIX = "own."


def own_series(
    catalogue: Mapping[str, SeriesInfo], own: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, SeriesInfo]:
    """The catalogue with the reader's series after it."""
    if not own:
        return catalogue
    added = {name: info(name, fields) for name, fields in own.items()}
    return MappingProxyType({**catalogue, **added})


def info(name: str, fields: Mapping[str, Any]) -> SeriesInfo:
    """What a series of the reader's own is; the fields are those kept in the manifest."""
    return SeriesInfo(
        name=name,
        title=fields["title"],
        family=".".join(name.split(".")[:2]),
        unit=fields["unit"],
        frequency=fields["frequency"],
        publisher=fields["publisher"],
        source=fields["source"],
        rights=Rights.OWN_FILE,
        lag=fields["lag"],
        stale_after_days=fields["stale_after_days"],
        evidence=Evidence(fields["evidence"]),
        note=fields["note"],
    )

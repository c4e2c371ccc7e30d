"""Saved runs and the point of no return as tables, with what made them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.core.progress import Progress, silent

if TYPE_CHECKING:
    from ustress.report.sheets import Export


def of_run(folder: str | Path) -> Export:
    """A saved run by observable and business day: mean with error, quantiles; chances beside it."""
    import polars as pl

    from ustress.report.sheets import Export, Sheet
    from ustress.simulate.ensemble import Ensemble
    from ustress.workflows.result import CHANCES

    run = Ensemble.load(folder)
    frame = run.table(days=range(run.horizon_days + 1)).frame
    chances = [run.probability(event) for event in CHANCES]
    asked = [
        {"event": e, "probability": p.value, "error": p.error, "paths": p.paths}
        for e, p in zip(CHANCES, chances, strict=True)
    ]
    units = {"mean": "in the column unit", "mean_error": "Monte Carlo, in the column unit",
             "day": "business days after the opening",
             **{c: "quantile over paths, in the column unit" for c in frame.columns
                if c.startswith("q")}}  # fmt: skip
    sheets = (
        Sheet("data", frame, units),
        Sheet("chances", pl.DataFrame(asked, infer_schema_length=None)),
    )
    about = (
        ("evidence", "simulated: assumed inputs enter"), ("paths", str(run.n_paths)),
        ("ended in a named break", run.broken() or "none"),
        *((k.replace("_", " "), str(v)) for k, v in run.provenance.to_plain().items()),
    )  # fmt: skip
    return Export(f"Simulated: {run.title}, from {run.as_of}", run.as_of, sheets, (), about)


def of_outcomes(
    first: str,
    against: str | None = None,
    as_of: str | date | None = None,
    progress: Progress = silent,
) -> Export:
    """Who is hit: a row a quantity with error and quantiles; the lines along time beside it."""
    import polars as pl

    from ustress.report.sheets import Export, Sheet
    from ustress.workflows.who_is_hit import outcomes

    hit = outcomes(first, against, as_of, progress=progress)
    rows = [
        {"group": g.title, "id": r.id, "label": r.label, "when": r.when, "mean": r.value,
         "error": r.error, **{f"q{k.lstrip('q')}": v for k, v in r.quantiles.items()},
         "unit": r.unit, "evidence": r.evidence.value, "coefficients": r.link.value,
         "source": r.source, "how": r.how, "reason": r.reason}
        for g in hit.groups
        for r in sorted(g.rows, key=lambda r: not r.quantiles)
    ]  # fmt: skip
    lines = [
        {"group": g.title, "id": line.id, "unit": line.unit, "at": str(at),
         **{f"q{round(100 * q)}": float(v[i]) for q, v in line.bands.items()}}
        for g in hit.groups
        for line in g.lines
        for i, at in enumerate(line.years if line.days is None else line.days)
    ]  # fmt: skip
    sheets = (
        Sheet("data", pl.DataFrame(rows, infer_schema_length=None),
              {"mean": "in the column unit", "error": "one standard error, in the column unit"}),
        Sheet("lines", pl.DataFrame(lines, infer_schema_length=None)),
    )  # fmt: skip
    about = (
        ("paths", str(hit.paths)),
        *((f"assumed, {g.title}", line) for g in hit.groups for line in g.assumptions),
        *((f"cannot say, {g.title}", line) for g in hit.groups for line in g.cannot_say),
    )
    return Export(f"Who is hit: {hit.title}", hit.as_of, sheets, (), about)


def of_breakpoint(
    as_of: str | date | None = None,
    paths: int = 2000,
    seed: int = 7,
    progress: Progress = silent,
) -> Export:
    """The point of no return: the frontier by pace, and both chances by amount."""
    import polars as pl

    from ustress.report.sheets import Export, Sheet
    from ustress.workflows.forms import breakpoint_form
    from ustress.workflows.simulation import breaking_point

    found = breaking_point(as_of, paths, seed, progress=progress)
    form = breakpoint_form(found)
    curves = [
        {"curve": name, **point}
        for name in ("intervention", "no_return")
        for point in form[name]["points"]
    ]
    frontier = [_flat(point) for point in form.get("frontier", ())]
    units = {"amount_usdbn": "$bn of par", "business_days": "over which it is sold"}
    named = (
        Sheet("frontier", pl.DataFrame(frontier, infer_schema_length=None), units),
        Sheet("curves", pl.DataFrame(curves, infer_schema_length=None), units),
    )
    about = (
        ("evidence", "simulated: assumed inputs enter"),
        *((f"rule of {name}", str(form[name]["rule"])) for name in ("intervention", "no_return")),
        *((k.replace("_", " "), str(v)) for k, v in found.provenance.to_plain().items()),
    )
    sheets = named if frontier else named[1:]
    return Export(f"Point of no return of {found.as_of}", found.as_of, sheets, (), about)


def _flat(point: dict[str, Any]) -> dict[str, Any]:
    """A point without nested parts: those become columns."""
    from dataclasses import asdict, is_dataclass

    out: dict[str, Any] = {}
    for name, value in point.items():
        inner = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
        if isinstance(inner, dict):
            out.update({f"{name}_{k}": v for k, v in inner.items()})
        else:
            out[name] = inner
    return out

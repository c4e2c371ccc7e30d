"""Simulated results as tables, with what made them: from their JSON forms, wherever they are kept.

The command line and the application make the same table of the same result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ustress.core.progress import Progress, silent

if TYPE_CHECKING:
    import polars as pl

    from ustress.outcomes.summary import Group
    from ustress.report.sheets import Export

Form = Mapping[str, Any]
SIMULATED = ("evidence", "simulated: assumed inputs enter")


class Hit(Protocol):
    """Who is hit: the workflow's result fits, and the view of it that is kept."""

    @property
    def title(self) -> str:
        """What was simulated, in words."""

    @property
    def as_of(self) -> date:
        """The opening date."""

    @property
    def paths(self) -> int:
        """How many entered."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups with their rows and lines."""


def of_run(folder: str | Path) -> Export:
    """A saved run by observable and business day: mean with error, quantiles; chances beside it."""
    from ustress.core.jsonform import plain
    from ustress.simulate.ensemble import Ensemble
    from ustress.workflows.result import as_run

    return from_run(plain(as_run(Ensemble.load(folder)).to_json(every_day=True)))


def from_run(form: Form) -> Export:
    """The same from a run's JSON form, with the days that it has."""
    import polars as pl

    from ustress.report.sheets import Export, Sheet

    frame = _frame(form["quantiles"])
    if "date" in frame.columns:
        frame = frame.with_columns(pl.col("date").str.to_date())
    units = {"mean": "in the column unit", "mean_error": "Monte Carlo, in the column unit",
             "day": "business days after the opening",
             **{c: "quantile over paths, in the column unit" for c in frame.columns
                if c.startswith("q")}}  # fmt: skip
    sheets = (Sheet("data", frame, units), Sheet("chances", _frame(form["chances"])))
    broken = ", ".join(f"{n} x {name}" for name, n in form["status"].items() if name != "ok")
    about = (
        SIMULATED, ("paths", str(form["paths"])), ("ended in a named break", broken or "none"),
        *_made_by(form),
    )  # fmt: skip
    day = date.fromisoformat(form["as_of"])
    return Export(f"Simulated: {form['title']}, from {day}", day, sheets, (), about)


def of_outcomes(
    first: str,
    against: str | None = None,
    as_of: str | date | None = None,
    progress: Progress = silent,
) -> Export:
    """Who is hit: a row a quantity with error and quantiles; the lines along time beside it."""
    from ustress.workflows.who_is_hit import outcomes

    return from_hit(outcomes(first, against, as_of, progress=progress))


def from_hit(hit: Hit) -> Export:
    """The same of outcomes that are known already."""
    from ustress.report.sheets import Export, Sheet

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
    units = {"mean": "in the column unit", "error": "one standard error, in the column unit"}
    about = (
        ("paths", str(hit.paths)),
        *((f"assumed, {g.title}", line) for g in hit.groups for line in g.assumptions),
        *((f"cannot say, {g.title}", line) for g in hit.groups for line in g.cannot_say),
    )
    sheets = (Sheet("data", _frame(rows), units), Sheet("lines", _frame(lines)))
    return Export(f"Who is hit: {hit.title}", hit.as_of, sheets, (), about)


def of_breakpoint(
    as_of: str | date | None = None,
    paths: int = 2000,
    seed: int = 7,
    progress: Progress = silent,
) -> Export:
    """The point of no return: the frontier by pace, and both chances by amount."""
    from ustress.core.jsonform import plain
    from ustress.workflows.forms import breakpoint_form
    from ustress.workflows.simulation import breaking_point

    return from_breakpoint(
        plain(breakpoint_form(breaking_point(as_of, paths, seed, progress=progress)))
    )


def from_breakpoint(form: Form) -> Export:
    """The same from its JSON form; the frontier is the data where it was sought."""
    from ustress.report.sheets import Export, Sheet

    names = ("intervention", "no_return")
    curves = [{"curve": name, **point} for name in names for point in form[name]["points"]]
    frontier = [_flat(point) for point in form.get("frontier", ())]
    units = {"amount_usdbn": "$bn of par", "business_days": "over which it is sold"}
    named = (Sheet("frontier", _frame(frontier), units), Sheet("curves", _frame(curves), units))
    rules = ((f"rule of {name}", str(form[name]["rule"])) for name in names)
    day = date.fromisoformat(form["as_of"])
    sheets = named if frontier else named[1:]
    about = (SIMULATED, *rules, *_made_by(form))
    return Export(f"Point of no return of {day}", day, sheets, (), about)


def _made_by(form: Form) -> tuple[tuple[str, str], ...]:
    """What made a result, in words; nothing of a list is `none`."""
    return tuple(
        (k.replace("_", " "), (", ".join(v) or "none") if isinstance(v, list) else str(v))
        for k, v in form["provenance"].items()
    )


def _frame(rows: Sequence[Form]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(rows, infer_schema_length=None)


def _flat(point: Form) -> dict[str, Any]:
    """A point without nested parts: those become columns."""
    out: dict[str, Any] = {}
    for name, value in point.items():
        if isinstance(value, dict):
            out.update({f"{name}_{k}": v for k, v in value.items()})
        else:
            out[name] = value
    return out

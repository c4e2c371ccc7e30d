"""The monitor and the claims as tables, each figure with its citation."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ustress.core.progress import Progress, silent
from ustress.workflows.common import resolve_day
from ustress.workflows.export.citing import KEPT_BACK, source
from ustress.workflows.rights import kept_back

if TYPE_CHECKING:
    from ustress.claims.verdict import Verdict
    from ustress.monitor.snapshot import Reading
    from ustress.report.sheets import Export
    from ustress.workflows.claims import JudgedClaims


def of_monitor(as_of: str | date | None = None, *, include_licensed: bool = False) -> Export:
    """Every indicator of a date with its citation, and the composite's parts on a second sheet."""
    import polars as pl

    from ustress.data.store import Store
    from ustress.monitor import build
    from ustress.report.sheets import Export, Sheet

    day = resolve_day(as_of)
    panel = Store().panel(day)
    snapshot = build(panel)
    labels = tuple(dict.fromkeys(k for r in snapshot.readings for k in r.changes))
    used = dict.fromkeys(s for r in snapshot.readings for s in r.sources if s in panel.infos)
    closed = {s for s in used if kept_back(panel.infos[s]) and not include_licensed}
    rows = [_reading(r, labels, closed) for r in snapshot.readings]
    parts = [
        {"key": p.key, "title": p.title, "family": p.family, "score": p.score, "weight": p.weight,
         "adds": p.value}
        for p in snapshot.composite.contributions
    ]  # fmt: skip
    about = (
        ("composite", str(snapshot.composite.value)),
        ("percentile of the composite", str(snapshot.composite.percentile)),
        ("definition of the composite", snapshot.composite.definition),
    )
    units = {"value": "in the column unit", "percentile": "0 to 100 over percentile_window",
             **{f"change_{k}": "in the column change_unit" for k in labels}}  # fmt: skip
    sheets = (
        Sheet("data", pl.DataFrame(rows, infer_schema_length=None), units),
        Sheet("composite", pl.DataFrame(parts, infer_schema_length=None)),
    )
    return Export(
        f"Indicators of the market for US Treasuries on {day}", day, sheets,
        tuple(source(panel.infos[s], panel) for s in used if s not in closed), about,
    )  # fmt: skip


def of_claims(
    file: Path | None = None,
    as_of: str | date | None = None,
    progress: Progress = silent,
    paths: int = 2000,
    *,
    include_licensed: bool = False,
) -> Export:
    """Verdicts as known then and today; the numbers they rest on are a second sheet."""
    from ustress.workflows.claims import judge_claims

    judged = judge_claims(file, as_of, paths, progress=progress)
    return from_judged(judged, include_licensed=include_licensed)


def from_judged(judged: JudgedClaims, *, include_licensed: bool = False) -> Export:
    """The same of claims that are judged already."""
    import polars as pl

    from ustress.data.store import Store
    from ustress.report.sheets import Export, Sheet

    infos = Store().infos
    closed = {n for n, i in infos.items() if kept_back(i) and not include_licensed}
    rows = [_verdict(v, closed) for v in judged.verdicts]
    numbers = [n for v in judged.verdicts for n in _numbers(v, closed)]
    sheets = (
        Sheet("data", pl.DataFrame(rows, infer_schema_length=None)),
        Sheet("numbers", pl.DataFrame(numbers, infer_schema_length=None),
              {"value": "in the column unit", "claimed": "in the column unit"}),
    )  # fmt: skip
    about = (("known then", str(judged.as_of)), ("known today", str(judged.known_until)))
    return Export(f"Claims judged on {judged.as_of}", judged.as_of, sheets, (), about)


def _reading(r: Reading, labels: tuple[str, ...], closed: set[str]) -> dict[str, Any]:
    shut = bool(closed & set(r.sources)) and r.value is not None
    return {
        "key": r.key,
        "title": r.title,
        "family": r.family,
        "value": None if shut else r.value,
        "unit": r.unit,
        **{f"change_{k}": None if shut else r.changes.get(k) for k in labels},
        "change_unit": r.change_unit,
        "percentile": None if shut else r.percentile,
        "percentile_window": r.percentile_window,
        "record": "" if shut or r.record is None else r.record.text,
        "day": r.day,
        "known": r.known,
        "known_exact": r.known_exact,
        "stale": r.stale,
        "evidence": r.evidence.value,
        "sources": "; ".join(r.sources),
        "definition": r.definition,
        "reason": KEPT_BACK if shut else r.reason,
    }


def _rests_on(v: Verdict, closed: set[str]) -> bool:
    """Whether a verdict's numbers come from series that stay here."""
    named = v.rule.replace(",", " ").replace(";", " ").replace(":", " ").split()
    traced = v.trace is not None and v.trace.name in closed
    return traced or any(word.strip("()'\".") in closed for word in named)


def _verdict(v: Verdict, closed: set[str]) -> dict[str, Any]:
    shut = _rests_on(v, closed)
    return {
        "number": v.number,
        "title": v.title,
        "claim": v.text,
        "then": v.then.outcome.value,
        "today": v.today.outcome.value,
        "because_then": KEPT_BACK if shut else v.then.because,
        "because_today": KEPT_BACK if shut else v.today.because,
        "needs": "; ".join(v.then.needs),
        "rule": v.rule,
    }


def _numbers(v: Verdict, closed: set[str]) -> list[dict[str, Any]]:
    shut = _rests_on(v, closed)
    return [
        {
            "claim": v.number,
            "known": when,
            "label": n.label,
            "value": None if shut else n.value,
            "claimed": n.claimed,
            "unit": n.unit,
            "day": n.day,
            "known_from": n.known,
            "source": n.source,
            "evidence": n.evidence.value,
            "note": KEPT_BACK if shut else n.note,
        }
        for when, judged in (("then", v.then), ("today", v.today))
        for n in judged.numbers
    ]

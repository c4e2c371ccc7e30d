"""Files of simulated results, made from what is kept of them; the bytes of `ustress export`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ustress.app.jobs.codec import decode
from ustress.app.jobs.results import Result
from ustress.core.errors import CannotError
from ustress.workflows import export as job
from ustress.workflows.claims import JudgedClaims
from ustress.workflows.served import HitView

if TYPE_CHECKING:
    from ustress.report.sheets import Export


def of_result(kind: str, result: Result) -> Export:
    """The tables of a result, by the word its job carries.

    Raises:
        CannotError: if results of this kind are not exported.
    """
    make = _TABLES.get(kind)
    if make is None:
        raise CannotError(
            f"a {kind} is not exported as a file; expected one of {', '.join(_TABLES)}: "
            "take the job's document"
        )
    return make(result)


def _run(result: Result) -> Export:
    return job.from_run(result["document"])


def _breakpoint(result: Result) -> Export:
    return job.from_breakpoint(result["document"])


def _claims(result: Result) -> Export:
    return job.from_judged(decode(JudgedClaims, result["view"]))


def _hit(result: Result) -> Export:
    return job.from_hit(decode(HitView, result["view"]))


_TABLES: dict[str, Callable[[Result], Export]] = {
    "run": _run,
    "breakpoint": _breakpoint,
    "curve": _breakpoint,
    "hit": _hit,
    "claims": _claims,
}

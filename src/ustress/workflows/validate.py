"""The published numbers against the model's."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypedDict

from ustress.core.progress import Progress, silent

if TYPE_CHECKING:
    from ustress.calibrate.auction_cost import AuctionsHeld
    from ustress.calibrate.fast.record import FastRecord
    from ustress.calibrate.validation import Compared, Interval, Validation


class Figures(TypedDict):
    """What of the store the comparison needs."""

    record: FastRecord | None
    held: AuctionsHeld | None


_done: dict[str, Validation] = {}  # the answer hangs on no date and no seed: once is enough


def validate(progress: Progress = silent) -> Validation:
    """Every published row with the model's answer and a verdict; computed once and kept on disk.

    Raises:
        CannotError: if no draw of the slow layer has an equilibrium.
    """
    from ustress.calibrate.validation import Validation
    from ustress.calibrate.validation import validate as compare_all
    from ustress.workflows.kept import kept

    if "all" not in _done:
        _done["all"] = kept(
            "validation", Validation, lambda: compare_all(progress=progress, **_figures())
        )
    return _done["all"]


def _figures() -> Figures:
    """Dated episodes and auctions held from the store; None where a figure is missing."""
    from ustress.calibrate.auction_cost import auctions_held
    from ustress.calibrate.fast.record import fast_record
    from ustress.core.errors import CannotError
    from ustress.data.store import Store

    store = Store()
    panel = store.panel(store.known_until())
    found: Figures = {"record": None, "held": None}
    with suppress(CannotError):
        found["record"] = fast_record(panel)
    with suppress(CannotError):
        found["held"] = auctions_held(panel)
    return found


def validation_form(found: Validation) -> dict[str, Any]:
    """The JSON form, documented in docs/json.md."""
    return {
        "complete": found.complete,
        "draws": found.draws,
        "refused_draws": found.refused,
        "rows": [_row(one) for one in found.rows],
        "risk_aversion": found.risk_aversion,
    }


def _row(one: Compared) -> dict[str, Any]:
    row = one.row
    return {
        "key": row.key,
        "source": row.source,
        "finding": row.finding,
        "layer": row.layer,
        "horizon": row.horizon,
        "unit": row.unit,
        "base": row.base,
        "role": row.role,
        "fitted": one.fitted,
        "fits": row.fits or None,
        "level": row.level,
        "published": {"value": row.value, "low": row.low, "high": row.high},
        "ours": _interval(one.ours),
        "with_study_spread": _interval(one.spread),
        "verdict": one.verdict,
        "within_study_spread": one.within_spread if one.spread else None,
        "how": one.how or None,
        "why": one.why or None,
        "note": row.note or None,
    }


def _interval(ours: Interval | None) -> dict[str, float] | None:
    return None if ours is None else {"q10": ours.q10, "q50": ours.q50, "q90": ours.q90}

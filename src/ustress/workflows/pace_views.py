"""The point of no return as reports show it: from a result, or from its saved JSON form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ustress.core.errors import BadInputError
from ustress.report.by_pace import PacePoint, PaceView
from ustress.report.views import BreakpointView, Crossing
from ustress.simulate.provenance import Provenance
from ustress.workflows import views

if TYPE_CHECKING:
    from ustress.simulate.opening import Opening

SAVED = "breakpoint.json"


def read_saved(folder: Path, as_of: date) -> Mapping[str, Any] | None:
    """The point of no return saved beside runs as `breakpoint.json`; None if there is none.

    Raises:
        BadInputError: if the file is no such form, or of another date.
    """
    file = folder / SAVED
    if not file.is_file():
        return None
    try:
        form = json.loads(file.read_text("utf-8"))
        day, points = form["as_of"], form["intervention"]["points"]
        Provenance.from_plain(form["provenance"])
    except (OSError, ValueError, KeyError, TypeError):
        raise BadInputError(
            f"{file}: no point of no return; expected what `ustress breakpoint --json` prints"
        ) from None
    if day != as_of.isoformat() or not points:
        raise BadInputError(f"{file} is of {day}; expected {as_of}, as the saved runs")
    return dict(form)


def from_saved(form: Mapping[str, Any], opening: Opening) -> BreakpointView:
    """The view that a saved form gives.

    Raises:
        BadInputError: if other figures, parameters or another state of the program made it.
    """
    from ustress.workflows.shelf import check_made

    check_made(SAVED, Provenance.from_plain(form["provenance"]), opening, int(form["seed"]))
    found = breakpoint_of(form, opening)
    return replace(found, by_pace=pace_of(form, opening)) if "frontier" in form else found


def breakpoint_of(form: Mapping[str, Any], opening: Opening) -> BreakpointView:
    """Both curves by amount."""
    fed, past = form["intervention"], form["no_return"]

    def column(name: str, curve: Mapping[str, Any] = fed) -> np.ndarray:
        return np.array([point[name] for point in curve["points"]], np.float64)

    amounts = column("amount_usdbn")
    return BreakpointView(
        amounts_usdbn=amounts,
        chance=column("probability"),
        error=column("error"),
        sale_days=int(form["business_days"]),
        within_days=int(form["within_days"]),
        low=column("over_parameters_q10"),
        middle=column("over_parameters_q50"),
        high=column("over_parameters_q90"),
        crossings=tuple(
            Crossing(c["level"], c["low_usdbn"], c["amount_usdbn"], c["high_usdbn"],
                     c["never_share"], c["error_usdbn"])
            for c in fed["crossings"]
        ),
        marks=views.marks(opening, float(amounts[-1])),
        rule=fed["rule"],
        hangs_on=tuple((h["parameter"], h["rank_correlation"]) for h in form.get("hangs_on", ())),
        no_return=column("probability", past),
        no_return_error=column("error", past),
        no_return_rule=past["rule"],
    )  # fmt: skip


def pace_of(form: Mapping[str, Any], opening: Opening) -> PaceView:
    """Amount against pace, from a frontier's form."""
    return PaceView(
        level=float(form["level"]),
        points=tuple(_point(p) for p in form["frontier"]),
        most_usdbn=float(form["most_usdbn"]),
        month=str(form["holdings_month"]),
        marks=views.held_marks(opening),
        policies=tuple(form["policies"]),
        paths_used=sum(int(p["paths_used"]) for p in form["frontier"]),
    )


def _point(p: Mapping[str, Any]) -> PacePoint:
    spread = p["spread"]
    return PacePoint(
        int(p["business_days"]), p["amount_usdbn"], p["amount_error_usdbn"], p["probability"],
        p["error"], spread["q10"], spread["q50"], spread["q90"], spread["already_share"],
        p["words"], p["policy"],
    )  # fmt: skip

"""What a job does, in the worker's process: call a workflow, return its document and its views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ustress.app.jobs import asked
from ustress.app.jobs.codec import encode
from ustress.core.jsonform import plain
from ustress.core.progress import Progress

Result = dict[str, Any]


def perform(kind: str, request: dict[str, Any], progress: Progress) -> Result:
    """The result of a request: `document` as `--json` gives it, `view` as pages read it.

    Raises:
        UstressError: what the workflow raises.
    """
    question = asked.KINDS[kind].model_validate(request)
    return _TASKS[kind](question, progress)


def _run(q: asked.RunAsked, progress: Progress) -> Result:
    from ustress.workflows import served

    found = served.one(q.scenario, q.as_of, q.paths, q.seed, q.horizon, q.overrides, progress)
    return {
        "document": plain(found.to_json(every_day=q.every_day)),
        "view": encode(served.run_view(found)),
    }


def _compare(q: asked.CompareAsked, progress: Progress) -> Result:
    from ustress.workflows import served

    first, second = (
        served.one(name, q.as_of, q.paths, q.seed, q.horizon, [*q.overrides, *own], progress)
        for name, own in ((q.first, q.first_overrides), (q.second, q.second_overrides))
    )
    found = first - second
    return {
        "document": plain(found.to_json()),
        "view": encode(served.pair_view(first, second, found)),
    }


def _breakpoint(q: asked.BreakpointAsked, progress: Progress) -> Result:
    from ustress.workflows import served
    from ustress.workflows.forms import breakpoint_form
    from ustress.workflows.simulation import breaking_point

    found = breaking_point(q.as_of, q.paths, q.seed, q.business_days, q.within, q.amounts, progress)
    return {"document": plain(breakpoint_form(found)), "view": encode(served.break_view(found))}


def _curve(q: asked.CurveAsked, progress: Progress) -> Result:
    from ustress.workflows import served
    from ustress.workflows.forms import breakpoint_form

    found = served.curve(q.as_of, q.paths, q.seed, q.business_days, q.within, q.amounts, progress)
    return {"document": plain(breakpoint_form(found)), "view": encode(served.break_view(found))}


def _claims(q: asked.ClaimsAsked, progress: Progress) -> Result:
    from ustress.workflows.claims import judge_claims

    found = judge_claims(None, q.as_of, q.paths, q.seed, progress)
    view = {"as_of": found.as_of, "known_until": found.known_until, "verdicts": found.verdicts}
    return {"document": plain(found.to_json()), "view": encode(view)}


def _hit(q: asked.HitAsked, progress: Progress) -> Result:
    from ustress.workflows import served

    document, view = served.hit(
        q.scenario, q.against, q.as_of, q.paths, q.seed, q.horizon, q.overrides, q.assume, progress
    )
    return {"document": plain(document), "view": encode(view)}


def _replay(q: asked.ReplayAsked, progress: Progress) -> Result:
    from ustress.workflows import replay

    found = replay.replay(q.episode, q.paths, q.seed, progress)
    return {"document": plain(replay.replay_form(found)), "view": encode(replay.shown(found))}


def _validation(_: asked.ValidationAsked, progress: Progress) -> Result:
    from ustress.workflows.validate import validate, validation_form

    return {"document": plain(validation_form(validate(progress))), "view": None}


_TASKS: dict[str, Callable[[Any, Progress], Result]] = {
    "run": _run,
    "compare": _compare,
    "breakpoint": _breakpoint,
    "curve": _curve,
    "hit": _hit,
    "claims": _claims,
    "replay": _replay,
    "validation": _validation,
}

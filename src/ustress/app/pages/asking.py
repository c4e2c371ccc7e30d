"""A view that needs a simulation: known already, or asked for by the page's script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from ustress.app.jobs.asked import Asked
from ustress.app.jobs.codec import decode
from ustress.app.state import Served
from ustress.core.errors import BadInputError, CannotError

T = TypeVar("T")
Q = TypeVar("Q", bound=Asked)
NOT_YET = "not simulated yet on these figures; open the page it belongs to first"
PLACES = {
    "run": "runs",
    "compare": "comparisons",
    "breakpoint": "breakpoints",
    "curve": "curves",
    "hit": "hits",
    "claims": "claims",
    "replay": "replays",
    "validation": "validations",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What the page's script posts to have a simulation run, and where."""

    title: str
    to: str
    body: str


def ask(title: str, question: Asked) -> Ask:
    """A question as the page carries it."""
    body = json.dumps(question.model_dump(mode="json"))
    return Ask(title, f"/api/v1/{PLACES[question.kind]}", body)


def asked(kind: type[Q], **given: Any) -> Q:
    """A question from an address, checked.

    Raises:
        BadInputError: naming what is wrong.
    """
    try:
        return kind.model_validate(given)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the simulation"
        raise BadInputError(f"{place}: {first['msg'].lower()}") from None


def found(held: Served, question: Asked, view: type[T]) -> T | None:
    """The view of a question's result, or None if it has not been simulated on these figures."""
    result = held.desk.known(question)
    if result is None:
        return None
    key = ("view", held.desk.key(question))
    made: T = held.pages.get(key, lambda: decode(view, result["view"]))
    return made


def needed(held: Served, question: Asked, view: type[T]) -> T:
    """The same for a chart on its own.

    Raises:
        CannotError: if it has not been simulated.
    """
    made = found(held, question, view)
    if made is None:
        raise CannotError(NOT_YET)
    return made

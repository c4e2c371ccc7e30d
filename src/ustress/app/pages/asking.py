"""A view that needs a simulation: known already, or asked for by the page's script."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from pydantic import ValidationError

from ustress.app.failures import status_of, told
from ustress.app.jobs.asked import Asked
from ustress.app.jobs.check import check
from ustress.app.jobs.codec import decode
from ustress.app.state import Served
from ustress.app.wording import sentence
from ustress.core.errors import BadInputError, CannotError, UstressError

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


_CALLED = {"overrides": "set", "first_overrides": "set", "second_overrides": "vs_set"}
"""How a question's fields are called in addresses."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What the page's script posts to have a simulation run, and where; or why it would not."""

    title: str
    to: str
    body: str
    refused: str = ""
    status: int = 200


def ask(title: str, question: Asked) -> Ask:
    """A question as the page carries it, refused here where a simulation would refuse it."""
    body = json.dumps(question.model_dump(mode="json"))
    to = f"/api/v1/{PLACES[question.kind]}"
    try:
        check(question)
    except UstressError as failure:
        return Ask(title, to, body, told(failure), status_of(failure))
    return Ask(title, to, body)


def files(name: str, question: Asked) -> list[tuple[str, str]]:
    """Where a simulated result is to be had as a file: its form, and the address."""
    return export_files(name, **question.model_dump(mode="json", exclude_none=True))


def export_files(what: str, /, **asked: Any) -> list[tuple[str, str]]:
    """Where anything is to be had as a file: its form, and the address."""
    query = urlencode(asked, doseq=True)
    endings = {"CSV": "csv", "Parquet": "parquet", "XLSX": "xlsx"}
    return [(word, f"/api/v1/export/{what}.{end}?{query}") for word, end in endings.items()]


def standing(asks: list[Ask]) -> list[Ask]:
    """The questions of a page; of those refused for the same reason the first."""
    said = {one.refused: one for one in reversed(asks) if one.refused}
    return [one for one in asks if not one.refused or said[one.refused] is one]


def asked(kind: type[Q], **given: Any) -> Q:
    """A question from an address, checked.

    Raises:
        BadInputError: naming what is wrong.
    """
    try:
        return kind.model_validate(given)
    except ValidationError as fault:
        said = sentence(fault.errors(include_url=False), called=_CALLED)
        raise BadInputError(said) from None


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

"""The interface keeps its own description: generated requests get described answers, never 500."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from app.inside import ADDRESS, application
from ustress.app.jobs.asked import KINDS
from ustress.app.jobs.check import check

LOOP = asyncio.new_event_loop()
threading.Thread(target=LOOP.run_forever, daemon=True).start()
CLIENT = httpx2.AsyncClient(
    transport=httpx2.ASGITransport(application(), raise_app_exceptions=False),
    base_url=ADDRESS,
)


def ask(method: str, to: str, **given: Any) -> Any:
    """The answer to one request, by one loop for all: there are more than a thousand."""
    made = CLIENT.request(method, to, **given)
    return asyncio.run_coroutine_threadsafe(made, LOOP).result(60)


schema = schemathesis.openapi.from_dict(ask("GET", "/openapi.json").json())
schema.config.phases.coverage.unexpected_methods = {"delete"}  # one that nobody described
# Simulations are asked for but no worker runs here; listening to one would last for ever. The
# fields of exports by question are those of the bodies, those of curves are a breaking point's.
LEFT_OUT = r"^/api/v1/(claims|curves|jobs/.*/events|export/(breakpoint|curve|outcomes|run)\..*)$"


PATHS = ask("GET", "/openapi.json").json()["paths"]
OPERATIONS = [(path, op) for path, ops in PATHS.items() for m, op in ops.items() if m == "get"]
NOT_YET = ("/api/v1/jobs/", *(f"/api/v1/export/{n}." for n in ("claims", "breakpoint", "curve")),
           "/api/v1/export/outcomes.", "/api/v1/export/run.")  # fmt: skip


def _bounded(said: dict[str, Any]) -> bool:
    """Whether a number has a range, alone or within a list."""
    if said.get("type") in ("integer", "number"):
        return {"minimum", "maximum"} <= set(said)
    inside = [*said.get("anyOf", ()), *([said["items"]] if "items" in said else [])]
    return all(_bounded(one) for one in inside)


def test_every_parameter_and_field_says_what_it_is() -> None:
    """Property: each has words, and each number a range."""
    schemas = ask("GET", "/openapi.json").json()["components"]["schemas"]
    fields = [
        (f"{name}.{field}", said)
        for name, schema in schemas.items()
        if name.endswith("Asked")
        for field, said in schema.get("properties", {}).items()
    ]
    parameters = [
        (f"{path} {one['name']}", {**one["schema"], "description": one.get("description")})
        for path, ops in PATHS.items()
        for op in ops.values()
        for one in op.get("parameters", ())
    ]
    assert len(fields) > 30
    for where, said in [*fields, *parameters]:
        assert said.get("description"), where
        assert _bounded(said), where


@pytest.mark.parametrize("kind", KINDS)
def test_examples_of_questions_can_be_asked(kind: str) -> None:
    """Each stands in the description, fits its form and passes the check before a job."""
    asked = KINDS[kind]
    assert asked.model_json_schema()["examples"] == [asked.example]
    check(asked.model_validate(asked.example))


@pytest.mark.parametrize(("path", "said"), OPERATIONS, ids=[path for path, _ in OPERATIONS])
def test_examples_of_addresses_answer(path: str, said: dict[str, Any]) -> None:
    """An address with its own examples is answered; of what is simulated: not yet, or no job."""
    given: dict[str, Any] = {}
    for one in said.get("parameters", ()):
        schema = one["schema"]
        if one.get("required") or schema.get("examples"):
            examples = schema.get("examples") or schema.get("enum")
            assert examples or path.endswith("/export/run.{ending}"), one["name"]
            given[one["name"]] = (examples or ["baseline"])[0]
    inside = {one["name"] for one in said.get("parameters", ()) if one["in"] == "path"}
    place = path.format(**{name: given[name] for name in inside})
    answer = ask("GET", place, params={k: v for k, v in given.items() if k not in inside})
    expected = (200, 404, 409) if path.startswith(NOT_YET) else (200,)
    assert answer.status_code in expected, answer.text


def _body(given: Any) -> dict[str, Any]:
    """The body as it was generated: plain values as JSON, bytes as they are, or none."""
    if isinstance(given, bytes):
        return {"content": given}
    return {} if isinstance(given, schemathesis.core.NotSet) else {"json": given}


@schema.exclude(path_regex=LEFT_OUT).parametrize()
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_answers_are_described(case: Any) -> None:
    """Property over generated requests: every boundary of every field, and one at random."""
    answer = ask(
        case.method, case.formatted_path, params=case.query or None,
        **_body(case.body),
    )  # fmt: skip
    assert answer.status_code < 500 or answer.status_code == 503, answer.text
    a_file = answer.status_code == 200 and case.path.startswith("/api/v1/export/")
    assert a_file or answer.headers["content-type"].startswith("application/json")
    described = case.operation.definition.raw["responses"]
    known = {*described, "405"}  # a method nobody described
    assert str(answer.status_code) in known, answer.text

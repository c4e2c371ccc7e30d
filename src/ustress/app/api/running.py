"""Running: questions become jobs; a job is watched, cancelled, and has a result."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response, StreamingResponse

from ustress.app.api.common import FAILURES, ONLY_DESCRIBED, Failed, Held
from ustress.app.jobs.asked import (
    KINDS,
    Asked,
    BreakpointAsked,
    ClaimsAsked,
    CompareAsked,
    CurveAsked,
    HitAsked,
    ReplayAsked,
    RunAsked,
    ValidationAsked,
)
from ustress.app.jobs.check import check
from ustress.app.jobs.job import Job, State
from ustress.app.jobs.results import Result
from ustress.app.state import Served
from ustress.app.wording import JOB
from ustress.core.errors import BadInputError, CannotError, UnknownNameError


class JobForm(BaseModel):
    """A question on its way: what was asked, where it stands, and where its result will be."""

    id: str = Field(description="sixteen hexadecimal digits", examples=["0123456789abcdef"])
    kind: str = Field(description="what is asked", json_schema_extra={"enum": [*KINDS]})
    state: State = Field(description="queued and running may change; the others are final")
    label: str = Field(description="what is being done, in words")
    done: int = Field(ge=0, description="how much of `total` is done")
    total: int = Field(ge=0, description="paths, amounts or parts of the work; 0 before it begins")
    message: str = Field(description="why it failed or was cancelled; else empty")
    request: dict[str, Any] = Field(description="the question with its defaults")
    result: str | None = Field(description="where the document is, once it is done")


router = APIRouter(
    prefix="/api/v1", tags=["running"],
    responses={**FAILURES, 503: Failed, 202: {"model": JobForm, "description": "waits or runs"}},
    dependencies=ONLY_DESCRIBED,
)  # fmt: skip
Id = Annotated[
    str,
    Path(pattern=JOB, description="a job, as its asking answered", examples=["0123456789abcdef"]),
]
HEARTBEAT_S = 15.0
MOST_LISTENERS = 64
_listening = 0


@router.post("/runs", response_model=JobForm)
async def run(held: Held, question: RunAsked) -> Response:
    """Simulate a scenario."""
    return await _taken(held, question)


@router.post("/comparisons", response_model=JobForm)
async def compare(held: Held, question: CompareAsked) -> Response:
    """Two scenarios on the same shocks."""
    return await _taken(held, question)


@router.post("/breakpoints", response_model=JobForm)
async def breakpoint_(held: Held, question: BreakpointAsked) -> Response:
    """How much selling until the Fed buys."""
    return await _taken(held, question)


@router.post("/curves", response_model=JobForm)
async def curve(held: Held, question: CurveAsked) -> Response:
    """The same by amount alone, without the frontier of amount and pace."""
    return await _taken(held, question)


@router.post("/hits", response_model=JobForm)
async def hit(held: Held, question: HitAsked) -> Response:
    """Who is hit in a scenario against another."""
    return await _taken(held, question)


@router.post("/claims", response_model=JobForm)
async def claims(held: Held, question: ClaimsAsked) -> Response:
    """Verdicts on the built-in claims, statements about the mechanism simulated."""
    return await _taken(held, question)


@router.post("/replays", response_model=JobForm)
async def replay(held: Held, question: ReplayAsked) -> Response:
    """An episode's measured flows into the market of the day before, against the record."""
    return await _taken(held, question)


@router.post("/validations", response_model=JobForm)
async def validation(held: Held, question: ValidationAsked) -> Response:
    """The published numbers against the model's."""
    return await _taken(held, question)


@router.get("/jobs/{id_}", response_model=JobForm)
async def job(held: Held, id_: Id) -> Response:
    """Where a job stands."""
    return JSONResponse(_job(held, id_).to_json())


@router.post("/jobs/{id_}/cancel", response_model=JobForm)
async def cancel(held: Held, id_: Id) -> Response:
    """Stop a job; what it has done is thrown away."""
    found = _job(held, id_)
    await held.desk.cancel(found)
    return JSONResponse(found.to_json())


@router.get("/jobs/{id_}/result", response_model=dict[str, Any])
async def result(held: Held, id_: Id) -> Response:
    """The document of a job that is done, as the command line's `--json` gives it."""
    _, kept = await run_in_threadpool(finished, held, id_)
    return JSONResponse(kept["document"])


@router.get(
    "/jobs/{id_}/events",
    response_class=StreamingResponse,
    responses={200: {"description": "a job at every change", "content": {"text/event-stream": {}}}},
)
async def events(held: Held, id_: Id) -> Response:
    """Every change of a job as server-sent events, until it ends."""
    found = _job(held, id_)
    if _listening >= MOST_LISTENERS:
        raise HTTPException(503, "too many listen already; ask the job itself")
    return StreamingResponse(
        _stream(found), media_type="text/event-stream", headers={"cache-control": "no-store"}
    )


async def _stream(job: Job) -> AsyncIterator[str]:
    global _listening
    _listening += 1
    try:
        while True:
            bell = job.bell
            yield f"data: {json.dumps(job.to_json())}\n\n"
            if job.state.final:
                return
            try:
                await asyncio.wait_for(bell.wait(), HEARTBEAT_S)
            except TimeoutError:
                yield ": still here\n\n"
    finally:
        _listening -= 1


async def _taken(held: Served, question: Asked) -> Response:
    """A job for a question that can be simulated; another is refused before it is queued."""
    try:
        await run_in_threadpool(check, question)
    except UnknownNameError as wrong:  # in the body: the address is right
        raise BadInputError(str(wrong)) from None
    found = await held.desk.ask(question)
    return JSONResponse(found.to_json(), 200 if found.state is State.DONE else 202)


def finished(held: Served, id_: str) -> tuple[Job, Result]:
    """A job that is done, with its result.

    Raises:
        BadInputError: if it failed for what was asked.
        CannotError: if it failed otherwise, or there is no result.
    """
    found = _job(held, id_)
    if found.state is State.FAILED:
        raise (BadInputError if found.bad_input else CannotError)(found.message)
    kept = held.desk.result(found) if found.state is State.DONE else None
    if kept is None:
        raise CannotError(f"the job is {found.state.value}; there is no result")
    return found, kept


def _job(held: Served, id_: str) -> Job:
    found = held.desk.job(id_)
    if found is None:
        raise HTTPException(404, f"no job {id_}; the server may have been started anew")
    return found

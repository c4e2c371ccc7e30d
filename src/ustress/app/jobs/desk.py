"""The desk: takes questions, answers known ones at once, queues the others, bounds everything."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from ustress.app.jobs.asked import Asked
from ustress.app.jobs.helper import Helper, WorkerLostError
from ustress.app.jobs.job import Job, State
from ustress.app.jobs.results import Result, Results
from ustress.core.errors import CannotError
from ustress.workflows import live

QUEUE_LENGTH = 16
REMEMBERED = 256
TIME_LIMIT_S = 600.0
_GRACE_S = 4.0
log = logging.getLogger("ustress.app")


class BusyError(CannotError):
    """The queue is full."""


class Desk:
    """Jobs of all readers.

    Args:
        results: where results are kept.
        generation: says a word that stays the same as long as the stored figures do.
        workers: how many processes simulate at the same time.
        time_limit_s: after so long a job is ended.
        queue_length: how many may wait.
    """

    def __init__(
        self,
        results: Results,
        generation: Callable[[], str] = live.generation,
        workers: int = 1,
        time_limit_s: float = TIME_LIMIT_S,
        queue_length: int = QUEUE_LENGTH,
    ) -> None:
        self.results = results
        self._generation = generation
        self._limit_s = time_limit_s
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: asyncio.Queue[Job] = asyncio.Queue(queue_length)
        self._helpers = [Helper() for _ in range(workers)]
        self._at_work: dict[str, Helper] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def open(self) -> None:
        """Begin to work; inside the running event loop."""
        self._tasks = [asyncio.create_task(self._serve(helper)) for helper in self._helpers]

    async def close(self) -> None:
        """End every process; jobs under way are cancelled."""
        for task in self._tasks:
            task.cancel()
        for helper in self._helpers:
            await helper.kill()
        for job in self._jobs.values():
            if not job.state.final:
                job.tell(state=State.CANCELLED, message="the server was stopped")

    async def ask(self, question: Asked) -> Job:
        """A job for the question: the one under way or done if it was asked before.

        Raises:
            BusyError: if too many wait.
        """
        key = await asyncio.to_thread(self.key, question)
        kept = await asyncio.to_thread(self.results.get, key)
        for known in self._jobs.values():
            if known.key == key and known.state in (State.QUEUED, State.RUNNING):
                return known
        job = Job(secrets.token_hex(8), question.kind, question.model_dump(mode="json"), key)
        if kept is not None:
            job.tell(state=State.DONE)
            self._remember(job)
            return job
        try:
            self._queue.put_nowait(job)
        except asyncio.QueueFull:
            raise BusyError(
                f"{self._queue.maxsize} simulations wait already; try again in a minute"
            ) from None
        self._remember(job)
        return job

    def key(self, question: Asked) -> str:
        """Under which a question's result is kept on today's figures."""
        return question.key(self._generation(), live.recipe())

    def known(self, question: Asked) -> Result | None:
        """The kept result of a question, or None."""
        return self.results.get(self.key(question))

    def job(self, id_: str) -> Job | None:
        """The job of that id, or None."""
        return self._jobs.get(id_)

    def result(self, job: Job) -> Result | None:
        """The result of a job that is done."""
        return self.results.get(job.key)

    @property
    def waiting(self) -> int:
        """How many jobs wait."""
        return self._queue.qsize()

    async def cancel(self, job: Job) -> None:
        """Stop a job: at once while it waits, at the next block of paths while it runs."""
        if job.state is State.QUEUED:
            job.tell(state=State.CANCELLED, message="cancelled while it waited")
            return
        helper = self._at_work.get(job.id)
        if job.state is not State.RUNNING or helper is None:
            return
        await helper.cancel(job.id)
        asyncio.get_running_loop().call_later(_GRACE_S, self._insist, job, helper)

    def _insist(self, job: Job, helper: Helper) -> None:
        """A worker that does not hear is ended."""
        if self._at_work.get(job.id) is helper:
            job.tell(state=State.CANCELLED, message="cancelled")
            self._tasks.append(asyncio.create_task(helper.kill()))

    def _remember(self, job: Job) -> None:
        self._jobs[job.id] = job
        finished = [j for j in self._jobs.values() if j.state.final]
        for old in finished[: max(len(self._jobs) - REMEMBERED, 0)]:
            del self._jobs[old.id]

    async def _serve(self, helper: Helper) -> None:
        while True:
            job = await self._queue.get()
            if job.state is not State.QUEUED:
                continue
            self._at_work[job.id] = helper
            try:
                await asyncio.wait_for(self._perform(job, helper), self._limit_s)
            except TimeoutError:
                await helper.kill()
                job.tell(
                    state=State.FAILED,
                    message=f"it took longer than {self._limit_s:g} seconds and was ended; "
                    "ask for fewer paths or days",
                )
            except WorkerLostError:
                if not job.state.final:
                    job.tell(state=State.FAILED, message=_LOST)
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("job %s", job.id)
                job.tell(state=State.FAILED, message=_LOST)
                await helper.kill()
            finally:
                self._at_work.pop(job.id, None)

    async def _perform(self, job: Job, helper: Helper) -> None:
        job.tell(state=State.RUNNING, label="start the simulation", total=1)
        async with contextlib.aclosing(helper.perform(job.id, job.kind, job.request)) as said:
            async for message in said:
                await self._hear(job, message)

    async def _hear(self, job: Job, message: dict[str, Any]) -> None:
        if "progress" in message:
            label, done, total = message["progress"]
            job.tell(label=label, done=done, total=total)
        elif "result" in message:
            await asyncio.to_thread(self.results.put, job.key, message["result"])
            job.tell(state=State.DONE)
        elif "failed" in message:
            bad = message.get("exit_code") == 2
            job.tell(state=State.FAILED, message=message["failed"], bad_input=bad)
        elif "cancelled" in message:
            job.tell(state=State.CANCELLED, message="cancelled")
        else:
            job.tell(state=State.FAILED, message=_DEFECT)


_LOST = "the simulation ended without a result; ask again, with fewer paths if it happens twice"
_DEFECT = "a defect in ustress ended the simulation; the server's log says where"

"""The other end of a worker: starts its process, sends it a job, hears of its progress."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from typing import Any

_LONGEST_LINE = 64 << 20
_GRACE_S = 2.0
_SHORT = 64 << 10


class WorkerLostError(Exception):
    """The worker's process ended in the middle of a job."""


class Helper:
    """One worker's process, started when first needed and again after it was lost."""

    def __init__(self) -> None:
        self._process: Process | None = None

    async def perform(
        self, id_: str, kind: str, request: dict[str, Any]
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Everything the worker says of a job, the last message being its end.

        Raises:
            WorkerLostError: if its process ends before that.
        """
        process = await self._started()
        await self._send({"id": id_, "kind": kind, "request": request})
        assert process.stdout is not None
        while line := await process.stdout.readline():
            message = await _read(line)
            if message.get("id") != id_:
                continue
            yield message
            if "progress" not in message:
                return
        self._process = None
        raise WorkerLostError

    async def cancel(self, id_: str) -> None:
        """Ask the worker to stop a job at the next block of paths."""
        if self._process is not None:
            await self._send({"cancel": id_})

    async def kill(self) -> None:
        """End the process, whatever it does; the next job starts another."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        if process.stdin is not None:
            process.stdin.close()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE_S)

    async def _started(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-m", "ustress.app.jobs.worker",
                stdin=PIPE, stdout=PIPE, limit=_LONGEST_LINE,
            )  # fmt: skip
        return self._process

    async def _send(self, message: dict[str, Any]) -> None:
        process = self._process
        if process is None or process.stdin is None:
            return
        with contextlib.suppress(ConnectionError):
            process.stdin.write((json.dumps(message) + "\n").encode())
            await process.stdin.drain()


async def _read(line: bytes) -> dict[str, Any]:
    """A message; a result is long, and other readers are not to wait while it is read."""
    if len(line) < _SHORT:
        found: dict[str, Any] = json.loads(line)
        return found
    return await asyncio.to_thread(json.loads, line)

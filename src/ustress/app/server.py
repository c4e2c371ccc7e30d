"""`ustress serve`: listens, says where, and ends cleanly when told to."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType

import uvicorn

from ustress.app.make import create
from ustress.app.settings import Settings, new_token
from ustress.core.errors import BadInputError, CannotError

LET_GO_S = 2
LAST_S = 15.0
"""A server told to end is gone after so long, even if a thread of it never comes back."""


class _Server(uvicorn.Server):
    """Ends when told to and returns, instead of raising the signal once more."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Listen to SIGINT and SIGTERM while serving."""
        before: dict[signal.Signals, object] = {}

        def heard(number: int, frame: FrameType | None) -> None:
            self.handle_exit(number, frame)
            last = threading.Timer(LAST_S, os._exit, (0,))
            last.daemon = True
            last.start()

        for number in (signal.SIGINT, signal.SIGTERM):
            before[number] = signal.signal(number, heard)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)  # type: ignore[arg-type]


def settings(
    host: str, port: int, token: str, openbb: bool, updates: bool, cache: Path | None
) -> Settings:
    """The settings chosen, with a token made where one is needed: everywhere but on loopback."""
    chosen = Settings(host, port, token, openbb, updates, cache)
    if chosen.loopback or chosen.token:
        return chosen
    return replace(chosen, token=new_token())


def serve(given: Settings, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        given: where and to whom.
        ready: told the address to open once connections are taken.

    Raises:
        CannotError: if the port is in use or may not be listened on.
        BadInputError: if the host is no interface of this machine.
    """
    listening = _listen(given.host, given.port)
    chosen = replace(given, port=listening.getsockname()[1])
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        create(chosen), log_config=None, access_log=False, server_header=False,
        timeout_graceful_shutdown=LET_GO_S, limit_concurrency=512, h11_max_incomplete_event_size=
        64 << 10, ws="none", proxy_headers=False,
    )  # fmt: skip
    server = _Server(config)
    with listening:
        ready(address(chosen))
        asyncio.run(server.serve(sockets=[listening]))


def address(given: Settings) -> str:
    """What a reader opens."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(given.host, given.host)
    place = f"http://{f'[{host}]' if ':' in host else host}:{given.port}/"
    return f"{place}enter?token={given.token}" if given.token else place


def _listen(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise BadInputError(
            f"--host {host} is no name or address; expected an interface of this machine"
        ) from None
    family, kind, proto, _, place = found[0]
    listening = socket.socket(family, kind, proto)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(place)
        listening.listen(256)
    except OSError as fault:
        listening.close()
        why = "is in use; choose another with --port" if fault.errno in _IN_USE else fault.strerror
        raise CannotError(f"port {port} on {host}: {why}") from None
    return listening


_IN_USE = (48, 98, 10048)

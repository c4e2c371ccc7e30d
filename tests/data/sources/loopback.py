"""A publisher's server on loopback: recorded answers by path, and every fault there is."""

from __future__ import annotations

import http.server
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

Moment = Callable[[], datetime]


@dataclass
class Said:
    """One answer: `broken` cuts the body with a reset, `dripping` sends it byte by byte."""

    status: int = 200
    body: bytes = b""
    heads: Mapping[str, str] = field(default_factory=dict)
    silent_s: float = 0.0
    broken: bool = False
    dripping_s: float = 0.0
    claim_length: bool = True


@dataclass
class Asked:
    """One request as it came."""

    path: str
    query: dict[str, str]
    heads: dict[str, str]
    at: float


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the game."""


class Publisher:
    """Serves `recorded/NAME` under the paths given; `say` queues other answers first."""

    def __init__(self, recorded: Path) -> None:
        self.recorded = recorded
        self.paths: dict[str, str | bytes | Callable[[Asked], bytes | Said]] = {}
        self.queued: list[Said] = []
        self.asked: list[Asked] = []
        self.now: Moment = lambda: datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
        self.heads: dict[str, str] = {}
        self.etags = False
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def say(self, *answers: Said) -> None:
        """The next answers, whatever is asked."""
        self.queued += answers

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, asked: Asked) -> Said:
        self.asked.append(asked)
        if self.queued:
            return self.queued.pop(0)
        for path, content in self.paths.items():
            if asked.path.startswith(path):
                return self._found(content, asked)
        return Said(404, b"not here")

    def _found(self, content: str | bytes | Callable[[Asked], bytes | Said], asked: Asked) -> Said:
        found = content if isinstance(content, str | bytes) else content(asked)
        if isinstance(found, Said):
            return found
        body = found if isinstance(found, bytes) else (self.recorded / found).read_bytes()
        heads = dict(self.heads)
        if self.etags:
            heads["ETag"] = f'"{hash(body) & 0xFFFF:x}"'
            if asked.heads.get("if-none-match") == heads["ETag"]:
                return Said(304, b"", heads)
        return Said(200, body, heads)

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:  # noqa: C901
        publisher = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {k: v[-1] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
                heads = {name.lower(): value for name, value in self.headers.items()}
                said = publisher.answer(Asked(unquote(parts.path), query, heads, time.monotonic()))
                try:
                    self._send(said)
                except OSError:
                    self.close_connection = True

            def _send(self, said: Said) -> None:
                time.sleep(said.silent_s)
                self.send_response_only(said.status)
                if "Date" not in said.heads:
                    self.send_header("Date", format_datetime(publisher.now(), usegmt=True))
                for name, value in said.heads.items():
                    self.send_header(name, value)
                if said.claim_length and said.status != 304:
                    self.send_header("Content-Length", str(len(said.body)))
                else:
                    self.send_header("Connection", "close")
                    self.close_connection = True
                self.end_headers()
                if said.broken:
                    self._break_off(said.body)
                elif said.dripping_s:
                    for i in range(len(said.body)):
                        self.wfile.write(said.body[i : i + 1])
                        self.wfile.flush()
                        time.sleep(said.dripping_s)
                else:
                    self.wfile.write(said.body)

            def _break_off(self, body: bytes) -> None:
                self.wfile.write(body[: len(body) // 2])
                self.wfile.flush()
                time.sleep(0.05)
                linger = struct.pack("ii", 1, 0)  # a reset instead of a farewell
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.close_connection = True
                self.connection.close()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        return Handler

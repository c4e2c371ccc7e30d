"""How the application is served: where, to whom, and within which bounds."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass, field
from pathlib import Path

OPENBB_ORIGINS = ("https://pro.openbb.co", "https://excel.openbb.co")
"""OpenBB Workspace in the browser, and its add-in for Excel (docs.openbb.co)."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_BODY_BYTES = 64 << 10
MOST_ADDRESS_BYTES = 8 << 10


@dataclass(frozen=True, slots=True)
class Settings:
    """What was chosen when the server was started.

    Attributes:
        host: the interface listened on.
        port: its port.
        token: what every request must show; empty where none is asked for (loopback).
        openbb: whether OpenBB Workspace's pages may call the interface from their origin.
        updates: whether readers may start an update from the publishers.
        cache: the folder results are kept in; None keeps them in memory.
        workers: processes that simulate at the same time.
        ahead: whether what the first reader would wait for is made as soon as it starts.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    token: str = field(default="", repr=False)
    openbb: bool = False
    updates: bool = False
    cache: Path | None = None
    workers: int = 1
    ahead: bool = True

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins beside our own that may read the interface."""
        return OPENBB_ORIGINS if self.openbb else ()

    def serves(self, host: str) -> bool:
        """Whether a Host header names us: a page elsewhere cannot borrow our address by DNS.

        On loopback only loopback's own names; elsewhere also the name of this machine and any
        numeric address, because a name that was rebound is never numeric.
        """
        name = host_name(host)
        if name in LOOPBACK or name == self.host.lower():
            return True
        return not self.loopback and (_is_numeric(name) or name == socket.gethostname().lower())


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_name(header: str) -> str:
    """The name in a Host header, without port and brackets, in lower case."""
    text = header.strip().lower()
    if text.startswith("["):
        return text[1:].split("]", 1)[0]
    return text.rsplit(":", 1)[0] if ":" in text else text


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(24)


def _is_numeric(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

"""A publisher on loopback that misbehaves on demand; nothing here can reach any other host."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.sources.loopback import Publisher

RECORDED = Path(__file__).parent.parent / "recorded"
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections to anything but loopback are refused, and names are not looked up."""
    connect = socket.socket.connect
    look_up = socket.getaddrinfo

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if host not in _LOOPBACK:
            raise OSError(f"the tests reach no network: {host}")
        connect(self, address)

    def names(host: Any, *rest: Any, **more: Any) -> Any:
        if host not in (*_LOOPBACK, b"127.0.0.1", None, ""):
            raise socket.gaierror(f"the tests reach no network: {host}")
        return look_up(host, *rest, **more)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", names)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def own_places(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the machine's own store, configuration or keys."""
    monkeypatch.setenv("USTRESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USTRESS_CONFIG", str(tmp_path / "config.toml"))
    for name in ("USTRESS_FRED_KEY", "FRED_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    """A server that answers with recorded answers until told otherwise."""
    server = Publisher(RECORDED)
    yield server
    server.close()

"""One server in a process of its own for all tests of the application."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from app import known
from ustress.app.jobs.results import Results

SERVE = """
import sys
from pathlib import Path
from dataclasses import replace
from ustress.app import server

given = server.settings("127.0.0.1", 0, "", False, False, Path(sys.argv[1]))
server.serve(replace(given, ahead=False), lambda address: print(address, flush=True))
"""
"""As `ustress serve` does, but nothing is made ahead of its readers and results have a folder of
their own; what is compiled stays shared."""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has some results; it must end cleanly when told to."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("USTRESS_HOME", str(home))  # a key hangs on where the figures lie
        known.leave(Results(home / "served"))
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(home)],
        env={**os.environ, "USTRESS_HOME": str(home)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    address = process.stdout.readline().strip().rstrip("/")
    yield address
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    process.stdout.close()

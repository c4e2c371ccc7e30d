"""One server in a process of its own for all tests of the application."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server as a reader starts it; it must end cleanly when told to."""
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "USTRESS_HOME": str(home)}
    process = subprocess.Popen(
        [sys.executable, "-m", "ustress", "serve", "--port", "0"],
        env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    address = process.stdout.readline().strip().rstrip("/")
    yield address
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    process.stdout.close()

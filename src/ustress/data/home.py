"""Where a reader's own store lies: the platform's convention, or `USTRESS_HOME`."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def home() -> Path:
    """The directory of the reader's store; it need not exist and nothing here creates it."""
    chosen = os.environ.get("USTRESS_HOME")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "ustress"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "ustress"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "ustress"

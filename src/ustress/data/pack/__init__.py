"""The embedded pack: one Parquet file of government and attributed figures, and its manifest."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from ustress.core.errors import CannotError

OBSERVATIONS = "observations.parquet"
MANIFEST = "manifest.json"


def pack_file(name: str = OBSERVATIONS) -> Path:
    """Where a file of the pack lies, read in place.

    Raises:
        CannotError: if it is not there, which means a damaged installation.
    """
    with as_file(files("ustress.data.pack") / name) as path:
        if not path.is_file():
            raise CannotError(f"the embedded pack lacks {name}; install ustress again")
        return path

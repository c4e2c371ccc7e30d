"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ustress.core.errors import BadInputError, CannotError


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write `content` beside `path`, then move it into place; parents are made.

    Raises:
        CannotError: naming the path, if the disk refuses; nothing is left behind.
    """
    data = content.encode() if isinstance(content, str) else content
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)  # noqa: PTH101  (mkstemp makes it private)
        os.replace(temporary, path)  # noqa: PTH105
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise CannotError(f"cannot write {path}: {error.strerror or error}") from None


def write_new(path: Path, content: str) -> None:
    """Write a file that must not exist yet: complete or not at all, never over another.

    Raises:
        BadInputError: if there is something of that name.
        CannotError: naming the path, if the disk refuses; nothing is left behind.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode())
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)  # noqa: PTH101  (mkstemp makes it private)
        _link(Path(temporary), path)
    except OSError as error:
        raise CannotError(f"cannot write {path}: {error.strerror or error}") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _link(source: Path, path: Path) -> None:
    """Give a file a second name; a link fails where the name is taken, a move would not."""
    try:
        os.link(source, path)
    except FileExistsError:
        raise BadInputError(f"{path} exists already; expected the name of a new file") from None


def check_writable(path: Path) -> None:
    """Fail before the work starts if `path` cannot be written.

    Raises:
        CannotError: if the path is a directory or its folder cannot be made or written to.
    """
    if path.is_dir():
        raise CannotError(f"cannot write {path}: it is a directory; expected a file name")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise CannotError(f"cannot write {path}: {error.strerror or error}") from None

"""Runs on disk: `run.json` says what it is, `paths.npz` or `sketch.npz` holds the numbers.

The folder appears whole or not at all: it is written beside its place and renamed. `run.json`
carries the hash of the numbers, so that a damaged file is noticed. A folder with an unfinished
part of a long run (`part.npz`) may be written to: the run it belongs to goes on from it.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from ustress.core.errors import BadInputError, CannotError
from ustress.core.files import write_atomically
from ustress.core.jsonform import dumps
from ustress.simulate.business import business_days
from ustress.simulate.ensemble import Ensemble
from ustress.simulate.names import OBSERVABLES
from ustress.simulate.provenance import Provenance
from ustress.simulate.stream.parts import PART, from_bytes, to_bytes
from ustress.simulate.stream.sketch import Sketch, no_paths

FORM = 2
ABOUT, NUMBERS, SKETCH = "run.json", "paths.npz", "sketch.npz"
_OURS = (ABOUT, NUMBERS, SKETCH, PART)
_PER_PATH = ("status_codes", "first_crossing_day", "decision_day", "break_day")


@dataclass(frozen=True, slots=True)
class SavedRun:
    """What `run.json` says of a saved run, before its numbers are read.

    `sha256` is the hash of the numbers; `load` refuses numbers of another hash.
    """

    folder: Path
    scenario: str
    as_of: date
    seed: int
    n_paths: int
    horizon_days: int
    provenance: Provenance
    sha256: str

    def load(self) -> Ensemble:
        """The run itself.

        Raises:
            BadInputError: if its files are damaged.
        """
        return load(self.folder)


def describe(folder: Path) -> SavedRun:
    """What is saved in `folder`.

    Raises:
        BadInputError: if there is no run, or `run.json` is damaged or of another form.
    """
    if not is_run(folder):
        raise BadInputError(f"{folder} holds no saved run; expected {ABOUT} and {NUMBERS} in it")
    about = _about(folder / ABOUT)
    common = _common(about)
    del common["title"]
    return SavedRun(
        folder, n_paths=about["paths"], horizon_days=about["horizon_days"],
        sha256=about["sha256"], **common,
    )  # fmt: skip


def save(run: Ensemble, folder: Path) -> Path:
    """Write `run` to `folder`, replacing a run that is there and nothing else.

    Raises:
        BadInputError: if the folder exists and holds something other than a run.
        CannotError: if the disk refuses; nothing half-written is left.
    """
    check_target(folder)
    sketch = isinstance(run, Sketch)
    numbers = to_bytes(run.tally, {}) if isinstance(run, Sketch) else _numbers(run)
    about = {
        "form": FORM,
        "scenario": run.scenario,
        "title": run.title,
        "as_of": run.as_of,
        "seed": run.seed,
        "paths": run.n_paths,
        "horizon_days": run.horizon_days,
        "status": {s.name.lower(): n for s, n in run.status.items()},
        "kind": "sketch" if sketch else "paths",
        "units": {name: OBSERVABLES[name].unit for name in OBSERVABLES},
        "provenance": run.provenance.to_plain(),
        "sha256": hashlib.sha256(numbers).hexdigest(),
    }
    temporary: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        write_atomically(temporary / (SKETCH if sketch else NUMBERS), numbers)
        write_atomically(temporary / ABOUT, dumps(about) + "\n")
        temporary.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        temporary.rename(folder)
    except OSError as error:
        raise CannotError(f"cannot write {folder}: {error.strerror or error}") from None
    finally:
        if temporary is not None and temporary != folder:
            shutil.rmtree(temporary, ignore_errors=True)
    return folder


def check_target(folder: Path) -> None:
    """Refuse a folder that holds anything but a run, before any work is done.

    Raises:
        BadInputError: naming the folder.
    """
    if folder.is_file():
        raise BadInputError(f"{folder} is a file; expected a folder for the run")
    if folder.is_dir() and any(item.name not in _OURS for item in folder.iterdir()):
        raise BadInputError(f"{folder} holds other files; expected a new or empty folder")


def is_run(folder: Path) -> bool:
    """Whether `folder` looks like a saved run."""
    numbers = (folder / name for name in (NUMBERS, SKETCH))
    return (folder / ABOUT).is_file() and any(path.is_file() for path in numbers)


def load(folder: Path) -> Ensemble:
    """The run saved in `folder`.

    Raises:
        BadInputError: if there is none, or its files are damaged or of another form.
    """
    if not is_run(folder):
        raise BadInputError(f"{folder} holds no saved run; expected {ABOUT} and {NUMBERS} in it")
    about = _about(folder / ABOUT)
    path = folder / (SKETCH if about["kind"] == "sketch" else NUMBERS)
    numbers = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(numbers).hexdigest() != about["sha256"]:
        raise BadInputError(f"{path} is damaged: its hash is not the one in {ABOUT}")
    return _sketch(about, numbers, path) if path.name == SKETCH else _whole(about, numbers)


def _whole(about: dict[str, Any], numbers: bytes) -> Ensemble:
    with np.load(io.BytesIO(numbers), allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}
    per_path = {name: arrays.pop(name) for name in _PER_PATH}
    days = arrays.pop("days").astype("datetime64[D]")
    return Ensemble(days=days, observables=arrays, **_common(about), **per_path)


def _sketch(about: dict[str, Any], numbers: bytes, path: Path) -> Sketch:
    tally, _ = from_bytes(numbers, path)
    days = business_days(date.fromisoformat(about["as_of"]), about["horizon_days"])
    return Sketch(days=days, tally=tally, **_common(about), **no_paths())


def _common(about: dict[str, Any]) -> dict[str, Any]:
    return {
        "scenario": about["scenario"],
        "title": about["title"],
        "as_of": date.fromisoformat(about["as_of"]),
        "seed": about["seed"],
        "provenance": Provenance.from_plain(about["provenance"]),
    }


def _numbers(run: Ensemble) -> bytes:
    buffer = io.BytesIO()
    per_path = {name: getattr(run, name) for name in _PER_PATH}
    days = run.days.astype("datetime64[D]").astype(np.int64)
    np.savez(buffer, allow_pickle=False, days=days, **run.observables, **per_path)
    return buffer.getvalue()


def _about(path: Path) -> dict[str, Any]:
    try:
        about = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadInputError(f"{path} cannot be read as a saved run: {error}") from None
    if not isinstance(about, dict) or about.get("form") != FORM:
        raise BadInputError(
            f"{path} is not a saved run of form {FORM}; runs of an older form are made again "
            "by the same command"
        )
    return dict(about)

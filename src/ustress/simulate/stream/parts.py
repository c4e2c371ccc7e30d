"""A tally on disk: whole or not at all, and never mistaken for another run's."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np

from ustress.core.errors import BadInputError, CannotError
from ustress.core.files import write_atomically
from ustress.core.jsonform import dumps
from ustress.simulate.events import Event, parse
from ustress.simulate.single import Peaks
from ustress.simulate.stream.bins import BINS, Bins
from ustress.simulate.stream.tally import Tally

PART = "part.npz"
_PLAIN = ("sums", "carry", "low", "high", "status", "dated", "declared", "samples")


def write_part(folder: Path, identity: dict[str, Any], tally: Tally) -> None:
    """Keep what is finished in `folder`, replacing the last part in one step.

    Raises:
        CannotError: if the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / PART, to_bytes(tally, identity))
    except OSError as error:
        raise CannotError(f"cannot write {folder}: {error.strerror or error}") from None


def read_part(
    folder: Path, identity: dict[str, Any], names: tuple[str, ...], asked: tuple[Event, ...]
) -> Tally | None:
    """What an earlier attempt at the same run finished, None if there is nothing.

    Raises:
        BadInputError: if the part there belongs to another run or cannot be read.
    """
    path = folder / PART
    if not path.is_file():
        return None
    tally, held = from_bytes(path.read_bytes(), path)
    differs = [k for k in identity if held.get(k) != json.loads(dumps(identity))[k]]
    if differs or tally.names != names or tally.events != asked:
        what = ", ".join(differs) or "observables or events"
        raise BadInputError(
            f"{path} is the unfinished part of another run (it differs in {what}); "
            "expected the same command, or another folder"
        )
    return tally


def to_bytes(tally: Tally, identity: dict[str, Any]) -> bytes:
    """The tally as an `.npz` file; of the histograms only what is not zero."""
    flat = tally.counts.ravel()
    filled = np.flatnonzero(flat)
    about = {
        "identity": identity,
        "names": tally.names,
        "bins": tally.bins,
        "events": [event.text for event in tally.events],
        "paths": tally.paths,
    }
    arrays: dict[str, Any] = {name: getattr(tally, name) for name in _PLAIN}
    for k, column in enumerate(Peaks._fields):
        arrays[f"highest_{column}"] = np.stack([held[k] for held in tally.highest])
    buffer = io.BytesIO()
    np.savez(
        buffer, allow_pickle=False, about=np.frombuffer(dumps(about).encode(), np.uint8),
        filled=filled.astype(np.int64), counts=flat[filled], **arrays,
    )  # fmt: skip
    body = buffer.getvalue()
    return body + hashlib.sha256(body).digest()


def from_bytes(content: bytes, path: Path) -> tuple[Tally, dict[str, Any]]:
    """The tally and the identity that `to_bytes` wrote.

    Raises:
        BadInputError: if the content is not what was written.
    """
    body, digest = content[:-32], content[-32:]
    if hashlib.sha256(body).digest() != digest:
        raise BadInputError(f"{path} is damaged: its hash is not the one at its end")
    with np.load(io.BytesIO(body), allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}
    about = json.loads(arrays["about"].tobytes())
    shape = (*arrays["low"].shape, BINS)
    counts = np.zeros(int(np.prod(shape)), np.int32)
    counts[arrays["filled"]] = arrays["counts"]
    columns = [arrays[f"highest_{column}"] for column in Peaks._fields]
    tally = Tally(
        names=tuple(about["names"]),
        bins=tuple(Bins(*pair) for pair in about["bins"]),
        events=tuple(parse(text) for text in about["events"]),
        paths=about["paths"],
        counts=counts.reshape(shape),
        highest=tuple(Peaks(*rows) for rows in zip(*columns, strict=True)),
        **{name: arrays[name] for name in _PLAIN},
    )
    return tally, about["identity"]

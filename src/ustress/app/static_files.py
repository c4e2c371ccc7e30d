"""What pages load: our style and scripts, and Vega from vl-convert's bundle; nothing fetched."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ustress.core.errors import CannotError
from ustress.core.files import write_atomically
from ustress.report.charts import palette
from ustress.workflows import live

router = APIRouter(include_in_schema=False)
log = logging.getLogger("ustress.app")
_SCRIPT = "text/javascript; charset=utf-8"
_FOREVER = "public, max-age=31536000, immutable"


@router.get("/static/{name}")
async def static(name: str, request: Request) -> Response:
    """One of a fixed list; the name never becomes a path."""
    found = _FILES.get(name)
    if found is None:
        raise HTTPException(404)
    kind, make = found
    body = await run_in_threadpool(make)
    known = request.query_params.get("v") == stamp()
    return Response(body, headers={
        "content-type": kind, "cache-control": _FOREVER if known else "no-cache",
    })  # fmt: skip


def stamp() -> str:
    """A word that changes with any of our files or Vega's bundle; it stands in their addresses."""
    return _stamp()


@lru_cache(maxsize=1)
def _stamp() -> str:
    parts = (_style(), *(_ours(name) for name in ("app.js", "charts.js", "theme.js", "run.js")))
    return hashlib.sha256(b"".join(parts) + _bundled().encode()).hexdigest()[:12]


def _ours(name: str) -> bytes:
    return files("ustress.app").joinpath("static", name).read_bytes()


@lru_cache(maxsize=1)
def _style() -> bytes:
    """Our style after the palette's variables, with the repainting of drawings."""
    light, dark = palette.variables(dark=False), palette.variables(dark=True)
    head = (
        f":root {{ color-scheme: light; {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) "
        f"{{ color-scheme: dark; {dark} }} }}\n"
        f":root[data-theme=dark] {{ color-scheme: dark; {dark} }}\n"
        f"{palette.dark_rules('.drawing')}\n"
    )
    return head.encode() + _ours("app.css")


@lru_cache(maxsize=1)
def vega() -> bytes:
    """Vega, Vega-Lite and vega-embed with the interpreter, as one script.

    Making it takes seconds, so that it is kept beside other results until vl-convert changes.
    """
    kept = _kept()
    try:
        return kept.read_bytes() if kept else _bundle()
    except OSError:
        made = _bundle()
    if kept:
        try:
            write_atomically(kept, made)
        except CannotError as fault:
            log.warning("the drawing script is not kept: %s", fault)
    return made


def _bundle() -> bytes:
    import vl_convert

    make: Any = vl_convert.javascript_bundle  # its snippet may be left out
    return bytes(make(), "utf-8")


def _bundled() -> str:
    return version("vl-convert-python")


def _kept() -> Path | None:
    try:
        return live.cache_folder() / f"vega-{_bundled()}.js"
    except RuntimeError:  # no home directory
        return None


_FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "app.css": ("text/css; charset=utf-8", _style),
    "vega.js": (_SCRIPT, vega),
    **{
        name: (_SCRIPT, lambda name=name: _ours(name))  # type: ignore[misc]
        for name in ("app.js", "charts.js", "theme.js", "run.js")
    },
    "icon.svg": ("image/svg+xml", lambda: _ours("icon.svg")),
}

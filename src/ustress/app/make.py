"""The application put together: routes, guard, failures, and what lives as long as the server."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from ustress.app import charts, drawings, entrance, failures, replayed, simulated, static_files
from ustress.app.api import exporting, openbb, reading, running
from ustress.app.guard import Guard
from ustress.app.pages import breaking, claims, data, episodes, history, hit, now, what_if
from ustress.app.settings import Settings
from ustress.app.state import Served
from ustress.core.version import VERSION
from ustress.workflows import live

__all__ = ["create", "drawings", "replayed", "simulated"]
ABOUT = (
    "The state of the market for US Treasuries, verdicts on claims and simulations of selling. "
    "Documents are those of the command line's `--json`."
)


def create(settings: Settings) -> FastAPI:
    """The application for some settings; it starts its workers when the server starts it."""
    held = Served(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        held.desk.open()
        if settings.ahead:
            threading.Thread(target=_warm, args=(held,), daemon=True).start()
        yield
        await held.desk.close()

    app = FastAPI(
        title="ustress", version=VERSION, description=ABOUT, lifespan=lifespan, docs_url=None,
        redoc_url=None, middleware=_middleware(settings),
    )  # fmt: skip
    app.state.served = held
    failures.add_to(app)
    rooms = (
        static_files, charts, entrance, now, history, claims, what_if, breaking, hit, episodes,
        data, openbb, reading, exporting, running,
    )  # fmt: skip
    for room in rooms:
        app.include_router(room.router)
    return app


def _middleware(settings: Settings) -> list[Middleware]:
    across = Middleware(
        CORSMiddleware, allow_origins=list(settings.origins), allow_methods=["GET", "POST"],
        allow_headers=["authorization", "content-type"], allow_private_network=True,
    )  # fmt: skip
    return [Middleware(Guard, settings=settings), *([across] if settings.openbb else [])]


def _warm(held: Served) -> None:
    """What the first reader would wait for."""
    with suppress(Exception):  # whatever is wrong is said to the reader who asks
        live.recipe()
        held.board(None)
        static_files.vega()

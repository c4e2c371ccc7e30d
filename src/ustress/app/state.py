"""What the server keeps while it runs: boards by date, pages by address, the desk of jobs."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Any, Generic, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from ustress.app.jobs.desk import Desk
from ustress.app.jobs.results import Results
from ustress.app.settings import Settings
from ustress.app.updating import Update
from ustress.workflows import live
from ustress.workflows.common import resolve_day

T = TypeVar("T")
LOOK_AGAIN_S = 1.0


class Kept(Generic[T]):
    """A bounded memory; what is missing is made once, however many ask for it at the same time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Any, T] = OrderedDict()
        self._lock = Lock()
        self._making: dict[Any, Lock] = {}

    def look(self, key: Any) -> T | None:
        """What is held under a key, or None."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def get(self, key: Any, make: Callable[[], T]) -> T:
        """What is held under a key, made now if nothing is."""
        found = self.look(key)
        if found is not None:
            return found
        with self._lock:
            own = self._making.setdefault(key, Lock())
        with own:
            found = self.look(key)
            if found is None:
                found = make()
                self.put(key, found)
        with self._lock:
            self._making.pop(key, None)
        return found

    def put(self, key: Any, value: T) -> None:
        """Hold a value; the one not asked for the longest goes."""
        with self._lock:
            self._held[key] = value
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)


class Served:
    """Everything a page may need; one for the life of the server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        folder = None if settings.cache is None else settings.cache / "served"
        self.desk = Desk(Results(folder), lambda: self.generation, settings.workers)
        self.update = Update()
        self.pages: Kept[Any] = Kept(256)
        self._made: Kept[Any] = Kept(64)
        self._generation = ("", 0.0)

    @property
    def generation(self) -> str:
        """The store's generation, looked at once a second at most."""
        word, seen = self._generation
        if not word or time.monotonic() - seen > LOOK_AGAIN_S:
            word = live.generation()
            self._generation = (word, time.monotonic())
        return word

    async def look(self) -> str:
        """The same for the event loop, which does not wait for the disk."""
        word, seen = self._generation
        if word and time.monotonic() - seen <= LOOK_AGAIN_S:
            return word
        return await run_in_threadpool(lambda: self.generation)

    def kept(self, what: str, day: date | None, make: Callable[[], T], *more: Any) -> T:
        """Something of a day, made once while the figures stand."""
        found: T = self._made.get((what, day, self.generation, *more), make)
        return found

    def board(self, as_of: date | None) -> live.Board:
        """The state of a day with its charts' figures."""
        day = resolve_day(as_of)
        return self.kept("board", day, lambda: live.board(day))

    def opening_days(self) -> tuple[date, date]:
        """The first and the newest day from which a simulation can start."""
        return self.kept("opening", None, live.opening_days)

    def opening_day(self) -> date:
        """The newest day from which a simulation can start."""
        return self.opening_days()[1]


def served(request: Request) -> Served:
    """The server's state, from a request."""
    found: Served = request.app.state.served
    return found

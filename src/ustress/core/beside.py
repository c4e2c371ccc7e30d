"""Work that goes on in a thread while the caller does something else."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Errand(Generic[Answer]):
    """Work that begins when it is told to, or at last when somebody asks for its answer.

    Compiled programs run without Python's lock, so that two such works use two cores. A reader
    who interrupts does not wait: the thread ends with the process.
    """

    def __init__(self, work: Callable[[], Answer]) -> None:
        self._work = work
        self._given: list[Answer] = []
        self._raised: list[BaseException] = []
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin, if that has not been done."""
        if self._thread is None:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()

    def answer(self) -> Answer:
        """What the work gives; waits for it, and raises what it raised."""
        self.start()
        if self._thread is not None:
            self._thread.join()
        if self._raised:
            raise self._raised[0]
        return self._given[0]

    def _run(self) -> None:
        try:
            self._given.append(self._work())
        except BaseException as error:  # not lost: whoever asks for the answer gets it
            self._raised.append(error)


def beside(work: Callable[[], Answer]) -> Callable[[], Answer]:
    """Begin `work` and return how to get its answer, as `Errand` gives it."""
    errand = Errand(work)
    errand.start()
    return errand.answer

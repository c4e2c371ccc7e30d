"""Work that goes on in a thread while the caller does something else."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

Answer = TypeVar("Answer")


def beside(work: Callable[[], Answer]) -> Callable[[], Answer]:
    """Begin `work`; what comes back waits for its end, and gives or raises what the work did.

    Compiled programs run without Python's lock, so that two such works use two cores. A reader
    who interrupts does not wait: the thread ends with the process.
    """
    given: list[Answer] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            given.append(work())
        except BaseException as error:  # not lost: whoever asks for the answer gets it
            raised.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()

    def answer() -> Answer:
        thread.join()
        if raised:
            raise raised[0]
        return given[0]

    return answer

"""Blocks computed by several workers and handed on in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def blocks_in_order(
    run: Callable[[int], Result], firsts: Iterable[int], workers: int
) -> Iterator[tuple[int, Result]]:
    """(first, run(first)) in the order of `firsts`; at most `workers` + 1 computed and not taken.

    Order is what makes every sum over blocks the same for any number of workers. Threads are
    enough: the compiled program runs without the interpreter's lock.
    """
    with ThreadPoolExecutor(max(1, workers)) as pool:
        waiting: deque[tuple[int, Future[Result]]] = deque()
        for first in firsts:
            waiting.append((first, pool.submit(run, first)))
            if len(waiting) > workers:
                number, future = waiting.popleft()
                yield number, future.result()
        while waiting:
            number, future = waiting.popleft()
            yield number, future.result()

"""Work beside other work: its answer or its error, once."""

from __future__ import annotations

from threading import Event, current_thread

import pytest

from ustress.core.beside import Errand, beside


def test_work_goes_on_while_the_caller_waits_for_something_else() -> None:
    """Property: the work waits for the caller, who could not go on if it were not beside."""
    go = Event()
    answer = beside(lambda: go.wait(10.0) and current_thread().name)
    go.set()
    assert answer() not in (False, current_thread().name)
    assert answer() == answer()


def test_an_errand_runs_once_and_not_before_it_is_needed() -> None:
    runs: list[int] = []
    errand = Errand(lambda: runs.append(1))
    assert runs == []
    errand.answer()
    errand.start()
    errand.answer()
    assert runs == [1]


def test_what_the_work_raised_is_raised_where_it_is_asked_for() -> None:
    answer = beside(lambda: int("no number"))
    for _ in range(2):
        with pytest.raises(ValueError, match="no number"):
            answer()

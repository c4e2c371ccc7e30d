"""The federal outcome held against the record: rolled forward from past dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ustress.outcomes.budget_check import CheckRow
    from ustress.outcomes.fed_programme import ProgrammeCheck

OPENINGS = (date(2015, 1, 30), date(2020, 1, 31))


@dataclass(frozen=True, slots=True)
class BudgetCheck:
    """Rows by opening date and year, and the Fed's programme, as known on `known_until`."""

    known_until: date
    rows: tuple[CheckRow, ...]
    programme: ProgrammeCheck

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form."""
        return {
            "known_until": self.known_until,
            "rows": list(self.rows),
            "programme": self.programme,
        }


def budget_check(openings: tuple[date, ...] = OPENINGS) -> BudgetCheck:
    """Five years from each opening with the yields and borrowing that came, against the record.

    Raises:
        CannotError: if the store does not know enough.
    """
    from ustress.data.store import Store
    from ustress.outcomes.budget_check import rolled_forward
    from ustress.outcomes.fed_programme import programme_of_2020

    store = Store()
    now = store.panel(store.known_until())
    rows = [row for day in openings for row in rolled_forward(store.panel(day), now)]
    return BudgetCheck(now.as_of, tuple(rows), programme_of_2020(now))

"""Statements the record here cannot judge: what data they would need."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ustress.claims.bench import Bench, Finding
from ustress.claims.rules.base import Rule, Text
from ustress.claims.spoken import quoted
from ustress.claims.verdict import Outcome


class NeedsData(Rule):
    """A statement that cannot be checked: the data it needs, and why they are not here."""

    kind: ClassVar[str] = "needs_data"
    needs: Annotated[tuple[Text, ...], Field(min_length=1)]
    why: Text

    def words(self) -> str:
        """What would be needed."""
        return f"needs {'; '.join(self.needs)}"

    def judge(self, bench: Bench) -> Finding:  # noqa: ARG002  (nothing in the record answers it)
        """Cannot be checked, and why."""
        return Finding(
            Outcome.CANNOT_BE_CHECKED, quoted(self.why), (), tuple(quoted(n) for n in self.needs),
            "; ".join(self.needs),
        )  # fmt: skip

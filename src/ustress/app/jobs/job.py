"""One job as its readers see it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class State(Enum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more will happen."""
        return self not in (State.QUEUED, State.RUNNING)


@dataclass(eq=False)
class Job:
    """A question, where it stands, and a bell rung at every change."""

    id: str
    kind: str
    request: dict[str, Any]
    key: str
    state: State = State.QUEUED
    label: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    bad_input: bool = False
    version: int = 0
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, **changes: Any) -> None:
        """Change it and wake those who wait."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.version += 1
        bell, self.bell = self.bell, asyncio.Event()
        bell.set()

    def to_json(self) -> dict[str, Any]:
        """The documented JSON form."""
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state.value,
            "label": self.label,
            "done": self.done,
            "total": self.total,
            "message": self.message,
            "request": self.request,
            "result": f"/api/v1/jobs/{self.id}/result" if self.state is State.DONE else None,
        }

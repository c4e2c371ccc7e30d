"""What can go wrong between a publisher and the store; the members' values are the messages."""

from __future__ import annotations

from enum import Enum


class SourceStatus(Enum):
    """How a visit to a source ended; the value is what a reader sees."""

    DONE = "fetched"
    UNCHANGED = "nothing new since the last visit"
    NO_KEY = "needs a key of your own"
    OFFLINE = "could not be reached"
    TIMED_OUT = "did not answer in time"
    BUSY = "asked us to come back later"
    GONE = "is not where it used to be"
    REFUSED = "refused the request"
    ELSEWHERE = "sends us to another host, which we do not follow"
    TOO_LARGE = "is larger than it should be"
    BROKEN_OFF = "broke off before its end"
    EMPTY = "came back empty"
    NOT_FIGURES = "is a web page where figures were due"
    CHANGED_FORM = "no longer has the expected columns"
    UNREADABLE = "cannot be read"
    CLOCK = "disagrees with this machine's clock about the day"
    NOT_STORED = "was fetched but could not be stored"

    @property
    def fine(self) -> bool:
        """Whether the visit did what it should."""
        return self in (SourceStatus.DONE, SourceStatus.UNCHANGED)


class SourceFault(Exception):  # noqa: N818  (a fault is data: it ends up in a report)
    """A visit that failed: its status and what was seen, without any key.

    `retry` says that asking again may help; `wait_s` how long the publisher asked us to wait.
    """

    def __init__(
        self, status: SourceStatus, detail: str, *, retry: bool = False, wait_s: float | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.retry, self.wait_s = status, detail, retry, wait_s

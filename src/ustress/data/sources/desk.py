"""What a visit needs: the store, the web, the reader's keys, a clock that both sides agree on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ustress.data.config import Config, find_key
from ustress.data.http import Answer, Manners, Wanted, Web
from ustress.data.raw import RawAnswers
from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.spec import Source
from ustress.data.sources.visits import Visits

if TYPE_CHECKING:
    from ustress.data.store import Store

NEW_YORK = ZoneInfo("America/New_York")
_CLOCKS_APART = timedelta(hours=36)


@dataclass(frozen=True)
class Desk:
    """What a visit needs: the store, the web, the reader's keys, a clock.

    `bases` replaces a source's address and `manners` how we behave there; only tests give them, to
    ask a server of their own.
    """

    store: Store
    web: Web
    config: Config
    now: Callable[[], datetime] = lambda: datetime.now(NEW_YORK)
    bases: Mapping[str, str] = field(default_factory=dict)
    manners: Manners | None = None

    def ask(self, source: Source, wanted: Wanted) -> Answer:
        """The publisher's answer.

        Raises:
            SourceFault: naming what happened.
        """
        answer = self.web.get(wanted, self.manners or source.publisher.manners)
        check_clock(answer, self.now())
        return answer

    @property
    def raws(self) -> RawAnswers:
        """The raw answers beside the store's segments."""
        return RawAnswers(self.store.root)

    @property
    def visits(self) -> Visits:
        """What earlier visits left to remember."""
        return Visits(self.store.root)

    def today(self) -> date:
        """The day in New York."""
        return self.now().astimezone(NEW_YORK).date()


def newest_held(source: Source, desk: Desk) -> date | None:
    """The day of the newest figure held of any of a source's series."""
    names = source.names()
    panel = desk.store.panel(max(desk.today(), desk.store.first_known), names)
    held = [panel.get(name) for name in names]
    return max((series.at(-1).day for series in held if series is not None), default=None)


def base_of(source: Source, desk: Desk) -> str:
    """Where to ask: the publisher's address, unless a test has put its own in the place."""
    return desk.bases.get(source.id, desk.bases.get("*", source.publisher.base))


def secret_of(source: Source, desk: Desk) -> dict[str, str]:
    """The query parameter with the reader's key, if the publisher wants one.

    Raises:
        SourceFault: NO_KEY, saying where to put it.
    """
    spec = source.publisher.key
    if spec is None:
        return {}
    key = find_key(spec.name, spec.environment, desk.config)
    if key is None:
        raise SourceFault(
            SourceStatus.NO_KEY,
            f"set {spec.environment[0]}, or {spec.name} under [keys] in {desk.config.path}",
        )
    return {spec.parameter: key.reveal()}


def check_clock(answer: Answer, now: datetime) -> None:
    """Nothing, if publisher and machine agree about the day.

    Raises:
        SourceFault: CLOCK, since a wrong day would stand in every vintage.
    """
    if answer.told_at is None:
        return
    apart = abs(now - answer.told_at)
    if apart > _CLOCKS_APART:
        raise SourceFault(
            SourceStatus.CLOCK,
            f"{now:%Y-%m-%d} here, {answer.told_at:%Y-%m-%d} there; nothing was stored",
        )

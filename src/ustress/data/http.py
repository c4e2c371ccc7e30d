"""The only module that speaks HTTP: politely, within limits, and never telling a key to anybody."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx2
import stamina

from ustress.core.version import VERSION
from ustress.data.sources.faults import SourceFault, SourceStatus

USER_AGENT = (
    f"ustress/{VERSION} (research on the US Treasury market; polite, cached, one at a time)"
)
_MOVED = frozenset({301, 302, 303, 307, 308})
_TOO_BUSY = frozenset({429, 500, 502, 503, 504})
_MOST_MOVES = 3

# The client writes every address it asks for into its log, and an address may carry a key.
logging.getLogger("httpx2").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Manners:
    """How we behave towards one publisher.

    `per_second` is the most requests in a second; `timeout_s` the silence we bear, `total_s` the
    time for a whole answer; `patience_s` the longest pause a publisher may ask for;
    `first_wait_s` the pause before the second of `attempts` tries, doubling after each.
    """

    per_second: float = 1.0
    timeout_s: float = 20.0
    total_s: float = 180.0
    max_bytes: int = 40_000_000
    attempts: int = 4
    patience_s: float = 60.0
    first_wait_s: float = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to ask for: an address without its key, and what we hold of it already.

    `secret` are query parameters that go on the wire and nowhere else.
    """

    base: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)
    etag: str = ""
    last_modified: str = ""

    @property
    def shown(self) -> str:
        """The address as it may be shown and kept: with its query, without the key."""
        return str(httpx2.URL(self.base + self.path).copy_merge_params(dict(self.query)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `body` is None where the publisher says nothing has changed.

    `told_at` is the publisher's clock (corrected for the age of a cached copy), if it told.
    """

    body: bytes | None
    media: str = ""
    etag: str = ""
    last_modified: str = ""
    told_at: datetime | None = None


class Web:
    """A polite client: one connection pool, a pause per host, every failure a `SourceFault`."""

    def __init__(self) -> None:
        self._client = httpx2.Client(
            headers={"User-Agent": USER_AGENT}, follow_redirects=False, verify=True
        )
        self._next_turn: dict[str, float] = {}

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, wanted: Wanted, manners: Manners) -> Answer:
        """The answer, after as many tries as `manners` allows.

        Raises:
            SourceFault: naming what happened; its text never holds a key.
        """

        def worth_another_try(fault: Exception) -> bool | float:
            if not isinstance(fault, SourceFault) or not fault.retry:
                return False
            if fault.wait_s is None:
                return True
            return fault.wait_s if fault.wait_s <= manners.patience_s else False

        with _quiet_retries():
            for attempt in stamina.retry_context(
                on=worth_another_try,
                attempts=manners.attempts,
                timeout=None,
                wait_initial=manners.first_wait_s,
                wait_max=20 * manners.first_wait_s,
                wait_jitter=manners.first_wait_s / 2,
            ):
                with attempt:
                    return self._once(wanted, manners)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, wanted: Wanted, manners: Manners) -> Answer:
        url = httpx2.URL(wanted.base + wanted.path)
        url = url.copy_merge_params({**wanted.query, **wanted.secret})
        for _ in range(_MOST_MOVES + 1):
            self._wait_for_turn(url.host, manners)
            with (
                _as_faults(wanted),
                self._client.stream(
                    "GET", url, headers=_conditions(wanted), timeout=manners.timeout_s
                ) as response,
            ):
                if response.status_code not in _MOVED:
                    return _answer(response, manners)
                url = _same_host(url, response)
        raise SourceFault(SourceStatus.ELSEWHERE, f"more than {_MOST_MOVES} redirections")

    def _wait_for_turn(self, host: str, manners: Manners) -> None:
        ahead = self._next_turn.get(host, 0.0) - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        self._next_turn[host] = time.monotonic() + 1.0 / manners.per_second


def _conditions(wanted: Wanted) -> dict[str, str]:
    held = {"If-None-Match": wanted.etag, "If-Modified-Since": wanted.last_modified}
    return {name: value for name, value in held.items() if value}


def _same_host(url: httpx2.URL, response: httpx2.Response) -> httpx2.URL:
    target = url.join(response.headers.get("location", ""))
    if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
        raise SourceFault(SourceStatus.ELSEWHERE, f"from {url.host} to {target.host}")
    return target


def _answer(response: httpx2.Response, manners: Manners) -> Answer:
    heads = response.headers
    if response.status_code == 304:
        return Answer(None, told_at=_told_at(heads))
    _refuse(response)
    body = _body(response, manners)
    _check_end(heads, body)
    return Answer(
        body=body,
        media=heads.get("content-type", "").partition(";")[0].strip().lower(),
        etag=heads.get("etag", ""),
        last_modified=heads.get("last-modified", ""),
        told_at=_told_at(heads),
    )


def _check_end(heads: httpx2.Headers, body: bytes) -> None:
    """Without a length, an end and a broken line look alike, unless the end shows itself."""
    framed = "content-length" in heads or "chunked" in heads.get("transfer-encoding", "").lower()
    packed = body.startswith((b"PK", b"\xd0\xcf\x11\xe0"))
    if not framed and not packed and body and body.rstrip(b" ")[-1:] not in b"\n}]>":
        raise SourceFault(
            SourceStatus.BROKEN_OFF,
            "no length was told, and the last line does not end",
            retry=True,
        )


def _refuse(response: httpx2.Response) -> None:
    code = response.status_code
    if code == 200:
        return
    said = f"HTTP {code} {response.reason_phrase}".strip()
    if code in _TOO_BUSY:
        wait_s = _retry_after(response.headers)
        asked = "" if wait_s is None else f", come back in {wait_s:.0f} s"
        status = SourceStatus.BUSY if code in (429, 503) else SourceStatus.REFUSED
        raise SourceFault(status, said + asked, retry=True, wait_s=wait_s)
    status = SourceStatus.GONE if code in (404, 410) else SourceStatus.REFUSED
    raise SourceFault(status, said)


def _retry_after(heads: httpx2.Headers) -> float | None:
    """Seconds to wait, from a number or a date; None if not said or not understood."""
    said = heads.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    moment = _moment(said)
    told = _told_at(heads)
    if moment is None or told is None:
        return None
    return max((moment - told).total_seconds(), 0.0)


def _told_at(heads: httpx2.Headers) -> datetime | None:
    told = _moment(heads.get("date", ""))
    age = heads.get("age", "0").strip()
    return None if told is None else told + timedelta(seconds=int(age) if age.isdigit() else 0)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _body(response: httpx2.Response, manners: Manners) -> bytes:
    """The whole body, decoded, within the limits of size and time."""
    limit, ends = manners.max_bytes, time.monotonic() + manners.total_s
    chunks, size = [], 0
    for chunk in response.iter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise SourceFault(SourceStatus.TOO_LARGE, f"more than {limit / 1e6:.0f} MB")
        if time.monotonic() > ends:
            raise SourceFault(
                SourceStatus.TIMED_OUT, f"not complete after {manners.total_s:.0f} s", retry=True
            )
    return b"".join(chunks)


@contextlib.contextmanager
def _as_faults(wanted: Wanted) -> Iterator[None]:
    """Turns the client's exceptions into faults that name the host and never the address."""
    host = httpx2.URL(wanted.base).host
    try:
        yield
    except httpx2.TimeoutException as fault:
        what = "no connection" if isinstance(fault, httpx2.ConnectTimeout) else "silence"
        raise SourceFault(SourceStatus.TIMED_OUT, f"{what} from {host}", retry=True) from None
    except (httpx2.ReadError, httpx2.RemoteProtocolError) as fault:
        words = type(fault).__name__
        raise SourceFault(
            SourceStatus.BROKEN_OFF, f"the connection to {host} ended early ({words})", retry=True
        ) from None
    except httpx2.DecodingError:
        raise SourceFault(
            SourceStatus.BROKEN_OFF, f"{host} sent a damaged compressed answer", retry=True
        ) from None
    except httpx2.ConnectError as fault:
        why = "its certificate is not valid" if "CERTIFICATE" in str(fault).upper() else "refused"
        secure = why != "refused"
        words = why if secure else "no connection; is there a network?"
        raise SourceFault(SourceStatus.OFFLINE, f"{host}: {words}", retry=not secure) from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as fault:
        raise SourceFault(SourceStatus.OFFLINE, f"{host}: {type(fault).__name__}") from None


@contextlib.contextmanager
def _quiet_retries() -> Iterator[None]:
    """Retries are told in reports, not in a log."""
    logger = logging.getLogger("stamina")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)

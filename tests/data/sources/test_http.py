"""Manners: who we say we are, how often we ask, what we never tell, whom we do not follow."""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.sources.answers import HASTY, answer, around
from data.sources.loopback import Publisher, Said
from ustress.core.jsonform import dumps
from ustress.data.http import Manners, Wanted, Web
from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.registry import sources
from ustress.workflows.refresh import update

KEY = "abcdef0123456789abcdef0123456789"


@pytest.fixture
def web() -> Iterator[Web]:
    client = Web()
    yield client
    client.close()


def test_we_say_who_we_are(web: Web, publisher: Publisher) -> None:
    publisher.paths["/a"] = b"1\n"
    web.get(Wanted(publisher.base, "/a"), HASTY)
    assert publisher.asked[0].heads["user-agent"].startswith("ustress/")


@pytest.fixture
def sent(web: Web, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When each request left, on our clock: a busy server may see them closer together."""
    moments: list[float] = []
    stream = web._client.stream

    def noted(*words: Any, **more: Any) -> Any:
        moments.append(time.monotonic())
        return stream(*words, **more)

    monkeypatch.setattr(web._client, "stream", noted)
    return moments


def test_requests_to_a_host_keep_their_distance(
    web: Web, publisher: Publisher, sent: list[float]
) -> None:
    publisher.paths["/a"] = b"1\n"
    manners = replace(HASTY, per_second=20.0)
    for _ in range(4):
        web.get(Wanted(publisher.base, "/a"), manners)
    assert len(sent) == 4
    assert sent[-1] - sent[0] >= 3 * 0.05 - 0.02  # a busy machine delays each note by its own


def test_retries_keep_the_distance_too(web: Web, publisher: Publisher, sent: list[float]) -> None:
    publisher.say(*[Said(503)] * 3)
    with pytest.raises(SourceFault):
        web.get(Wanted(publisher.base, "/a"), replace(HASTY, per_second=10.0))
    assert len(sent) == 3
    assert sent[-1] - sent[0] >= 2 * 0.1 - 0.02


def test_fred_is_asked_at_most_twice_a_second() -> None:
    asking = [s for s in sources().values() if s.id.startswith("fred-")]
    assert asking
    assert all(s.publisher.manners.per_second <= 2.0 for s in asking)


def test_a_redirection_within_the_host_is_followed(web: Web, publisher: Publisher) -> None:
    publisher.paths = {"/old": lambda _: Said(302, b"", {"Location": "/new"}), "/new": b"here\n"}
    assert web.get(Wanted(publisher.base, "/old"), HASTY).body == b"here\n"


def test_a_circle_of_redirections_ends(web: Web, publisher: Publisher) -> None:
    publisher.paths = {"/old": lambda _: Said(302, b"", {"Location": "/old"})}
    with pytest.raises(SourceFault, match="redirections"):
        web.get(Wanted(publisher.base, "/old"), HASTY)
    assert len(publisher.asked) == 4


@pytest.mark.parametrize(
    "target", ["http://example.com/x", "//example.com/x", "https://127.0.0.1/x", "file:///etc"]
)
def test_no_other_host_is_followed(target: str, web: Web, publisher: Publisher) -> None:
    publisher.say(Said(302, b"", {"Location": target}))
    with pytest.raises(SourceFault) as met:
        web.get(Wanted(publisher.base, "/old", secret={"api_key": KEY}), HASTY)
    assert met.value.status is SourceStatus.ELSEWHERE
    assert KEY not in met.value.detail


def test_certificates_are_checked(web: Web) -> None:
    context = web._client._transport._pool._ssl_context  # type: ignore[attr-defined]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_what_speaks_no_tls_is_no_publisher(web: Web, publisher: Publisher) -> None:
    base = publisher.base.replace("http://", "https://")
    with pytest.raises(SourceFault) as met:
        web.get(Wanted(base, "/a"), replace(HASTY, attempts=1))
    assert met.value.status in (SourceStatus.OFFLINE, SourceStatus.BROKEN_OFF)


def test_a_key_is_told_to_nobody_but_the_publisher(
    publisher: Publisher, tmp_path: Path, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Neither logs at any level, nor reports, nor the raw answers, nor the store hold it."""
    monkeypatch.setenv("USTRESS_FRED_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # as the module leaves it
    publisher.paths["/fred"] = answer("fred-policy")
    publisher.say(Said(503), Said(200, b"<html>"), Said(404))
    home = tmp_path / "home"
    told = []
    for names in (("fred-policy",), ("fred-policy",), ("fred-real-yields",)):
        found = update(names, around=around(publisher, home))
        told += [dumps(found), *(report.sentence for report in found.reports)]
    assert any(asked.query.get("api_key") == KEY for asked in publisher.asked)
    out, err = capfd.readouterr()
    assert KEY not in "".join([*told, out, err, caplog.text])
    assert all(KEY not in str(record.__dict__) for record in caplog.records)
    import gzip

    for path in home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            content = gzip.decompress(content) if path.suffix == ".gz" else content
            assert KEY.encode() not in content, path


def test_without_a_key_the_source_says_where_to_put_it(
    tmp_path: Path, publisher: Publisher
) -> None:
    asked = update(("fred-policy",), around=around(publisher, tmp_path / "home"))
    assert asked.reports[0].status is SourceStatus.NO_KEY
    assert "USTRESS_FRED_KEY" in asked.reports[0].detail
    assert str(tmp_path / "config.toml") in asked.reports[0].detail
    assert len(asked.failed) == 1
    assert publisher.asked == []


def test_an_update_of_all_excuses_a_missing_key(tmp_path: Path, publisher: Publisher) -> None:
    publisher.paths["/"] = lambda _: Said(404)
    found = update((), around=around(publisher, tmp_path / "home"))
    assert {r.source for r in found.skipped} == {s for s in sources() if s.startswith("fred-")}
    assert not {r.source for r in found.failed} & {r.source for r in found.skipped}


def test_silence_is_borne_only_so_long(web: Web, publisher: Publisher) -> None:
    publisher.paths["/a"] = lambda _: Said(200, b"1\n", silent_s=5.0)
    began = time.monotonic()
    with pytest.raises(SourceFault) as met:
        web.get(Wanted(publisher.base, "/a"), replace(HASTY, timeout_s=0.1, attempts=2))
    assert met.value.status is SourceStatus.TIMED_OUT
    assert time.monotonic() - began < 2.0


def test_manners_have_sane_defaults() -> None:
    plain = Manners()
    assert plain.per_second <= 1.0
    assert plain.attempts <= 5
    assert plain.max_bytes <= 100_000_000

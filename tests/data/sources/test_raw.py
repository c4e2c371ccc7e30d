"""Raw answers: kept once, found by hash, damage seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ustress.data.raw import Kept, RawAnswers, sha256_of


def _kept(body: bytes, source: str = "a-source", each: str = "") -> Kept:
    return Kept(sha256_of(body), source, each, "the address", "text/csv", date(2026, 9, 1))


@given(body=st.binary(max_size=500))
def test_what_is_kept_comes_back(tmp_path_factory: object, body: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        raws = RawAnswers(Path(folder))
        raws.keep(body, _kept(body))
        assert raws.body(sha256_of(body)) == body
        assert list(raws.damaged()) == []


def test_keeping_again_changes_nothing(tmp_path: Path) -> None:
    raws, body = RawAnswers(tmp_path), b"1,2\n"
    path = raws.keep(body, _kept(body))
    before = {p: p.stat().st_mtime_ns for p in path.parent.iterdir()}
    raws.keep(body, _kept(body))
    assert {p: p.stat().st_mtime_ns for p in path.parent.iterdir()} == before


def test_one_body_may_answer_two_questions(tmp_path: Path) -> None:
    raws, body = RawAnswers(tmp_path), b"[]"
    raws.keep(body, _kept(body, each="a"))
    raws.keep(body, _kept(body, each="b"))
    assert [kept.each for kept in raws.all()] == ["a", "b"]
    row_source = f"a-source#{sha256_of(body)}"
    assert len(raws.behind(row_source)) == 2
    assert raws.behind(f"other#{sha256_of(body)}") == ()
    assert raws.behind("treasury-tic") == ()


def test_damage_is_seen_and_mended_by_keeping_again(tmp_path: Path) -> None:
    raws, body = RawAnswers(tmp_path), b"1,2\n"
    path = raws.keep(body, _kept(body))
    for harm in (b"", b"nonsense", path.read_bytes()[:-3]):
        path.write_bytes(harm)
        assert raws.body(sha256_of(body)) is None
        assert "damaged" in next(raws.damaged())
        raws.keep(body, _kept(body))
        assert raws.body(sha256_of(body)) == body

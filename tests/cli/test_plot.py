"""Pictures by `--plot`: valid SVG or PNG by ending, with the finding; refusals; plain terminals."""

from __future__ import annotations

import xml.etree.ElementTree as Tree
from pathlib import Path

import pytest

from ustress.cli import plain
from ustress.cli.main import run
from ustress.report.sparkline import BLOCKS, sparkline

AS_OF = ["--as-of", "2025-04-11"]
SMALL = [*AS_OF, "--paths", "100", "--horizon", "20"]


def words_of(picture: Path) -> str:
    root = Tree.fromstring(picture.read_text("utf-8"))
    assert root.tag.endswith("svg")
    return " ".join(" ".join(t.itertext()) for t in root.iter() if t.tag.endswith("text"))


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (["monitor", *AS_OF], "Composite stress"),
        (["claims", *AS_OF, "--no-simulation"], "Of 23 claims"),
        (["run", "baseline", *SMALL], "on the median path"),
        (["series", "ust.par.10y", *AS_OF], "4.480"),
    ],
)
def test_a_verb_draws_what_it_shows(
    verb: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "picture.svg"
    assert run(["-q", *verb, "--plot", str(file)]) == 0
    words = words_of(file)
    assert said in words
    assert "Source" in words
    assert capsys.readouterr().out  # the table is printed all the same


def test_png_is_the_same_picture_in_pixels(tmp_path: Path) -> None:
    """Its size is twice the drawing's: read from the file's own header."""
    for ending in ("svg", "png"):
        file = tmp_path / f"p.{ending}"
        assert run(["-q", "series", "ust.par.10y", *AS_OF, "--plot", str(file), "--json"]) == 0
    head = (tmp_path / "p.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(head[i : i + 4], "big") for i in (16, 20))
    root = Tree.fromstring((tmp_path / "p.svg").read_text("utf-8"))
    assert (width, height) == tuple(2 * int(root.attrib[a]) for a in ("width", "height"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["monitor", *AS_OF, "--plot", "x.gif"], "expected a name ending in .svg or .png"),
        (["monitor", *AS_OF, "--since", "2025-04-04", "--plot", "x.svg"], "without other forms"),
        (["series", "market.spx", *AS_OF, "--plot", "x.svg"], "market.spx"),
        (["run", "baseline", "--plot", "x.jpeg"], "expected a name ending in .svg or .png"),
    ],
)
def test_what_cannot_be_drawn_is_one_sentence(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(["-q", *words]) in (1, 2)
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_line_of_characters_follows_the_values() -> None:
    """Property: order of heights is the order of values; extremes are the lowest and highest."""
    values = [3.0, 1.0, 2.0, 9.0, 5.0]
    drawn = sparkline(values)
    heights = [BLOCKS.index(c) for c in drawn]
    assert heights[1] == 0
    assert heights[3] == len(BLOCKS) - 1
    pairs = [(a, b) for a in range(5) for b in range(5) if values[a] < values[b]]
    assert all(heights[a] <= heights[b] for a, b in pairs)
    assert sparkline([1.0]) == ""
    assert len(set(sparkline([2.0, 2.0, 2.0]))) == 1


def test_a_terminal_that_knows_only_ascii_gets_ascii() -> None:
    assert plain.needed("ascii")
    assert plain.needed(None)
    assert not plain.needed("utf-8")
    text = plain.plain("−3 ● ▁█ ± — “x”")
    assert text == '-3 * _# +/- - "x"'
    assert plain.plain("→").isascii()

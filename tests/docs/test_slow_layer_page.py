"""docs/slow-layer.md: its code runs and prints what it says; its pictures are today's."""

from __future__ import annotations

import doctest
import re
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))

from tools.slow_layer_figures import chart  # noqa: E402
from tools.slow_layer_numbers import PICTURES, Picture  # noqa: E402

DOCS = ROOT / "docs"
TEXT = (DOCS / "slow-layer.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_every_block_prints_what_the_page_says() -> None:
    """Snapshot of printed values; the equations behind them are tested with the solver."""
    parser, names = doctest.DocTestParser(), dict[str, Any]()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    said: list[str] = []
    for i, block in enumerate(BLOCKS):
        test = parser.get_doctest(block, names, f"block {i}", "slow-layer.md", 0)
        assert test.examples, block
        runner.run(test, out=said.append, clear_globs=False)
        names = test.globs
    assert not runner.failures, "".join(said)
    assert runner.tries > 30


def test_no_code_escapes_execution() -> None:
    """Property: whatever stands in a fence is a block that was run."""
    assert TEXT.count("```") == 2 * len(BLOCKS)


@pytest.mark.parametrize("make", PICTURES, ids=lambda make: make.__name__)
def test_a_picture_states_the_finding_of_today(make: Any) -> None:
    """Second route: solve again; the words in the stored picture carry the same numbers."""
    picture: Picture = make()
    path = DOCS / "pictures" / f"slow-layer-{picture.name}.svg"
    assert f"(pictures/{path.name})" in TEXT
    drawn = re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))
    words = chart(picture).to_dict()["title"]
    for line in (*words["text"], *words["subtitle"]):
        assert line.replace("'", "&apos;") in drawn or line in drawn, line
    for line in picture.lines:
        assert line.x.shape == line.y.shape
        assert line.label in drawn


def test_pictures_are_all_shown() -> None:
    """Property: none is stored that the page does not show."""
    stored = {p.name for p in (DOCS / "pictures").glob("slow-layer-*.svg")}
    assert stored == set(re.findall(r"\(pictures/([^)]+)\)", TEXT))

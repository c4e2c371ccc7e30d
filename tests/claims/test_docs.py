"""The examples of docs/claims.md are read and judged; the verdicts printed under them must come."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ustress.claims import judge, parse_claims
from ustress.claims.bench import NOTHING_ELSE, Aids
from ustress.claims.rules.registry import rule_kinds
from ustress.core.panel import Panel
from ustress.workflows.claims import Runs

TEXT = (Path(__file__).parents[2] / "docs" / "claims.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(
    r"```toml\n(.*?)```\n\n(?:Verdict|Judged on 11 April 2025): \*\*(.*?)\*\*", TEXT, re.DOTALL
)
HEAD = 'said_on = 2025-04-11\n[[claim]]\nnumber = 1\ntitle = "t"\ntext = "t"\n'


def test_every_example_has_its_verdict_and_every_kind_its_example() -> None:
    assert TEXT.count("```toml") == len(EXAMPLES)
    shown = re.findall(r"^### (\w+)$", TEXT, re.MULTILINE)
    assert shown == list(rule_kinds())
    for kind, (example, _) in zip(shown, EXAMPLES[1:], strict=True):
        assert f'rule = "{kind}"' in example


@pytest.mark.parametrize(("example", "words"), EXAMPLES)
def test_examples_give_the_verdicts_printed(
    figures: Callable[[str], Panel], example: str, words: str
) -> None:
    text = example if "[[claim]]" in example else HEAD + example
    panel = figures("2025-04-11")
    aids = Aids(Runs(paths=200)) if '"mechanism"' in text else NOTHING_ELSE
    (verdict,) = judge(parse_claims(text, "docs/claims.md"), panel, panel, aids)
    assert verdict.then.outcome.words == words

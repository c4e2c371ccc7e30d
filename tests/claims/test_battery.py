"""One battery for every claim of the built-in file: rule, figures or needs, sources."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date

import pytest

from ustress.claims import judge, judge_one, load_claims
from ustress.claims.form import to_json
from ustress.claims.rules.base import CLAIMED_FIGURES
from ustress.claims.rules.registry import rule_kinds
from ustress.claims.verdict import Judgement, Outcome, Verdict
from ustress.core.marked import MarkedName, Sentence, parts
from ustress.core.panel import Panel
from ustress.core.units import unit

Figures = Callable[[str], Panel]
CLAIMS = load_claims()


@pytest.fixture(scope="module")
def verdicts(figures: Figures) -> dict[int, Verdict]:
    judged = judge(CLAIMS, figures("2025-04-11"), figures("today"))
    return {verdict.number: verdict for verdict in judged}


def both(verdict: Verdict) -> tuple[Judgement, Judgement]:
    return verdict.then, verdict.today


@pytest.mark.parametrize("number", range(1, 24))
def test_every_verdict_shows_what_it_rests_on(verdicts: dict[int, Verdict], number: int) -> None:
    verdict = verdicts[number]
    assert verdict.title
    assert verdict.text
    assert verdict.rule.endswith(".")
    assert verdict.would_change
    assert (verdict.said_on, verdict.by) == (date(2025, 4, 11), CLAIMS[0].by)
    for judgement in both(verdict):
        assert judgement.because
        assert judgement.numbers or judgement.needs
        assert judgement.parts
        if judgement.outcome is Outcome.CANNOT_BE_CHECKED:
            assert judgement.needs


@pytest.mark.parametrize("number", range(1, 24))
def test_every_figure_has_unit_day_source_and_known_date(
    verdicts: dict[int, Verdict], number: int
) -> None:
    for judgement in both(verdicts[number]):
        for figure in judgement.numbers:
            assert unit(figure.unit).key == figure.unit
            assert figure.day is not None
            assert figure.source
            if figure.value is not None:
                assert figure.known is not None
                assert figure.day <= figure.known <= judgement.as_of


@pytest.mark.parametrize("number", range(1, 24))
def test_every_number_of_a_sentence_is_marked(verdicts: dict[int, Verdict], number: int) -> None:
    """Property: what marks leave of a sentence has no digit; without marks it is what is read."""
    for judgement in both(verdicts[number]):
        told = (judgement.because, *(why for _, _, why in judgement.parts), *judgement.needs)
        for sentence in told:
            assert isinstance(sentence, Sentence)
            pieces = parts(sentence.marked)
            bare = [p for p in pieces if isinstance(p, str) and re.search(r"\d", p)]
            assert bare == []
            shown = (p if isinstance(p, str) else p.words if isinstance(p, MarkedName) else p.shown
                     for p in pieces)  # fmt: skip
            assert "".join(shown) == sentence


@pytest.mark.parametrize("number", range(1, 24))
def test_marks_stay_inside(verdicts: dict[int, Verdict], number: int) -> None:
    """Whatever leaves as text is plain: no mark's character in it."""
    told = json.dumps(to_json((verdicts[number],), date(2025, 4, 11), date(2026, 1, 1)))
    assert "\\ue00" not in told


@pytest.mark.parametrize("number", range(1, 24))
def test_no_claim_is_judged_by_figures_it_quotes(number: int, figures: Figures) -> None:
    panel = figures("2025-04-11")
    assert any(name.startswith(CLAIMED_FIGURES) for name in panel.infos)
    claim = CLAIMS[number - 1]
    for part in claim.parts:
        assert not [n for n in part.rule.series_named() if n.startswith(CLAIMED_FIGURES)]


def test_the_file_uses_every_kind_of_rule() -> None:
    assert {part.rule.kind for claim in CLAIMS for part in claim.parts} == set(rule_kinds())


@pytest.mark.parametrize("day", ["2018-06-01", "2025-04-10", "2025-04-11", "2025-04-14", "today"])
def test_any_date_gives_verdicts_and_never_a_traceback(figures: Figures, day: str) -> None:
    panel = figures(day)
    for claim in CLAIMS:
        found = judge_one(claim, panel)
        assert found.as_of == panel.as_of
        if panel.as_of < claim.said_on:
            assert found.outcome is Outcome.CANNOT_BE_CHECKED
            assert found.needs


def test_the_last_claims_and_only_they_are_about_the_mechanism() -> None:
    mechanism = [c.number for c in CLAIMS if any(p.rule.kind == "mechanism" for p in c.parts)]
    assert mechanism == [19, 20, 21, 22, 23]

import subprocess
import sys

import pytest

from ustress.core.errors import UnknownNameError
from ustress.core.glossary import lookup, terms


def test_every_see_also_is_a_term_and_never_itself() -> None:
    words = {term.word for term in terms()}
    for term in terms():
        assert set(term.see_also) <= words - {term.word}, term.word


def test_no_name_belongs_to_two_terms() -> None:
    owners: dict[str, str] = {}
    for term in terms():
        for name in (term.word, *term.synonyms):
            assert owners.setdefault(name.casefold(), term.word) == term.word, name
            assert lookup(name) is lookup(term.word)


def test_every_term_is_explained_in_one_to_three_sentences() -> None:
    assert len(terms()) >= 45
    assert list(terms()) == sorted(terms(), key=lambda term: term.word.casefold())
    for term in terms():
        ends = sum(term.meaning.count(mark) for mark in (". ", ".\n")) + 1
        assert term.meaning.endswith("."), term.word
        assert 1 <= ends <= 3, term.word
        assert 40 <= len(term.meaning) <= 420, term.word


@pytest.mark.parametrize("typed", ["Bid-to-Cover", "bid to cover", "COVER", "bid_to_cover"])
def test_case_hyphens_and_synonyms_do_not_matter(typed: str) -> None:
    assert lookup(typed).word == "bid-to-cover"


def test_an_unknown_word_names_the_close_ones() -> None:
    with pytest.raises(UnknownNameError, match="duration") as caught:
        lookup("durations")
    assert caught.value.exit_code == 2
    with pytest.raises(UnknownNameError, match="unknown term 'zzzz'"):
        lookup("zzzz")


def test_the_file_is_read_only_when_asked_for() -> None:
    code = (
        "import sys, ustress.core.glossary as g; before = 'tomllib' in sys.modules;"
        "g.terms(); print(before, 'tomllib' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]

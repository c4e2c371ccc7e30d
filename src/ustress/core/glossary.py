"""What the words mean here: the terms of `glossary.toml`, read when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ustress.core.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means here.

    `unit` says what it is measured in, in words, empty where nothing is measured; `reference`
    where the meaning comes from; `synonyms` find the same term; `see_also` are other terms.
    """

    word: str
    meaning: str
    unit: str
    reference: str
    synonyms: tuple[str, ...]
    see_also: tuple[str, ...]


@lru_cache(maxsize=1)
def terms() -> tuple[Term, ...]:
    """Every term, in alphabetical order."""
    import tomllib
    from importlib.resources import files

    text = files("ustress.core").joinpath("glossary.toml").read_text("utf-8")
    found = (
        Term(
            entry["word"],
            " ".join(entry["meaning"].split()),
            entry.get("unit", ""),
            entry.get("reference", ""),
            tuple(entry.get("synonyms", ())),
            tuple(entry.get("see_also", ())),
        )
        for entry in tomllib.loads(text)["term"]
    )
    return tuple(sorted(found, key=lambda term: term.word.casefold()))


def lookup(word: str) -> Term:
    """The term named `word` or having it as a synonym; case, hyphens and spacing do not matter.

    Raises:
        UnknownNameError: naming the closest words, if there is no such term.
    """
    try:
        return _index()[_key(word)]
    except KeyError:
        raise UnknownNameError("term", word, _closest(word)) from None


@lru_cache(maxsize=1)
def _index() -> dict[str, Term]:
    # Words go in after synonyms: where both exist, the term of that very name wins.
    found = {_key(name): term for term in terms() for name in term.synonyms}
    return found | {_key(term.word): term for term in terms()}


def _key(word: str) -> str:
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split())


def _closest(word: str) -> tuple[str, ...]:
    from difflib import get_close_matches

    near = get_close_matches(_key(word), _index(), n=3, cutoff=0.5)
    # The error compares letter by letter, so the names go in as they would have been typed.
    return tuple(near) if near else tuple(term.word for term in terms())

"""Statements judged by rules against the record: `load_claims`, `judge`, `to_json`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ustress.claims.form import to_json
    from ustress.claims.judging import judge, judge_one
    from ustress.claims.language import Claim, load_claims, parse_claims

__all__ = ["Claim", "judge", "judge_one", "load_claims", "parse_claims", "to_json"]

_ROOMS = {
    "Claim": "language",
    "judge": "judging",
    "judge_one": "judging",
    "load_claims": "language",
    "parse_claims": "language",
    "to_json": "form",
}


def __getattr__(name: str) -> object:
    # The types of verdicts are read by light modules: the language and its validation load late.
    if name not in _ROOMS:
        raise AttributeError(f"module 'ustress.claims' has no attribute '{name}'")
    return getattr(import_module(f"ustress.claims.{_ROOMS[name]}"), name)

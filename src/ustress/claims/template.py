"""The commented file of claims that `ustress claims new` writes."""

from __future__ import annotations

from importlib.resources import files


def template() -> str:
    """A file of claims to start from: it can be judged as it stands."""
    return files("ustress.claims").joinpath("template.toml").read_text(encoding="utf-8")

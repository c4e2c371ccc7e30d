"""The JSON forms of update and check are those the documentation names."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from ustress.data.sources.report import SourceCheck, SourceReport
from ustress.workflows.refresh import Updated

PAGE = (Path(__file__).parents[3] / "docs" / "sources.md").read_text(encoding="utf-8")


def test_the_documented_fields_are_the_fields() -> None:
    machines = PAGE[PAGE.index("## For machines") :]
    update, check = machines.split("`data check SOURCE --json`")
    named = re.findall(r"`(\w+)`", update)
    assert named == [f.name for kind in (Updated, SourceReport) for f in fields(kind)]
    assert re.findall(r"`(\w+)`", check) == [f.name for f in fields(SourceCheck)]

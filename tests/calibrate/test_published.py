"""The published rows: complete, checked, and never fitted from memory."""

from __future__ import annotations

import pytest

from ustress.calibrate.published import Level, Role, load_published, parse_published
from ustress.core.errors import BadInputError

ROW = """
[[row]]
key = "k"
source = "s"
finding = "f"
layer = "slow"
horizon = "lasting"
unit = "bp per $100bn"
base = "b"
value = 2.0
level = "read"
role = "target"
fits = "risk aversion"
measure = { kind = "supply", tau = 10.0 }
"""


def test_every_row_declares_itself_property() -> None:
    rows = load_published()
    assert len(rows) >= 25
    for row in rows:
        assert row.source
        assert row.horizon
        assert row.base
        assert row.unit
        assert row.comparable != bool(row.why)


def test_numbers_from_memory_are_no_targets_property() -> None:
    rows = load_published()
    remembered = [row for row in rows if row.level is Level.MEMORY]
    assert remembered
    assert all(row.role is not Role.TARGET for row in remembered)


def test_the_long_run_ladder_is_the_target_of_risk_aversion_property() -> None:
    """Rows of a horizon under a year never speak for the slow layer alone."""
    for row in load_published():
        if row.fits == "risk aversion" and row.measure is not None:
            assert row.measure.kind == "supply" or row.measure.over_days >= 252


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('level = "read"', 'level = "memory"', "never fitted"),
        ('level = "read"', 'level = "heard"', "expected one of read, memory"),
        ('fits = "risk aversion"', "", "a target says what it fits"),
        ("measure = { kind", "why = 'x'\nmeasure = { kind", "a reason if not"),
        ('kind = "supply"', 'kind = "guess"', "unknown kind"),
        ('kind = "supply"', 'kind = "sale"', "over_days"),
        ("value = 2.0", "value = 2.0\nlow = 3.0", "outside low and high"),
        ('base = "b"', "", "missing or unknown keys: base"),
        ('layer = "slow"', 'layer = "middle"', "layer 'middle'"),
        ("value = 2.0", "value = ", "not valid TOML"),
    ],
)
def test_a_wrong_row_is_refused_in_a_sentence(old: str, new: str, said: str) -> None:
    assert ROW.count(old) == 1
    with pytest.raises(BadInputError, match=said) as failure:
        parse_published(ROW.replace(old, new), "made.toml")
    assert "made.toml" in str(failure.value)


def test_two_rows_of_a_key_are_refused() -> None:
    with pytest.raises(BadInputError, match="same key: k"):
        parse_published(ROW + ROW, "made.toml")

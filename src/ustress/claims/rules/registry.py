"""Every kind of rule a claims file can name."""

from __future__ import annotations

from ustress.claims.rules.base import Rule
from ustress.claims.rules.change import Change
from ustress.claims.rules.cited import Cited
from ustress.claims.rules.clusters import Clusters
from ustress.claims.rules.funding import FundingStrain
from ustress.claims.rules.level import Level
from ustress.claims.rules.mechanism import Mechanism
from ustress.claims.rules.needs import NeedsData
from ustress.claims.rules.past import Compare, LevelPast
from ustress.claims.rules.record_change import RecordChange
from ustress.claims.rules.record_level import AgainstPast, RecordLevel
from ustress.claims.rules.rows import Rows
from ustress.claims.rules.together import Unusual
from ustress.claims.rules.trend import OneTrend
from ustress.claims.rules.volatility import VolatilityUp
from ustress.core.errors import UnknownNameError

_KINDS: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        Level, LevelPast, Compare, Change, Unusual, RecordChange, RecordLevel, AgainstPast,
        Rows, OneTrend, FundingStrain, VolatilityUp, Clusters, NeedsData, Cited, Mechanism,
    )
}  # fmt: skip


def rule_kinds() -> tuple[str, ...]:
    """The names of every kind."""
    return tuple(_KINDS)


def rule_kind(name: str) -> type[Rule]:
    """The kind named `name`.

    Raises:
        UnknownNameError: if there is no such kind.
    """
    try:
        return _KINDS[name]
    except KeyError:
        raise UnknownNameError("rule", name, rule_kinds()) from None

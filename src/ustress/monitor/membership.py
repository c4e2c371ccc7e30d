"""Which indicators the composite is made of, and from when to when: a list that only grows.

A past date is always computed with the members of that date. Whoever replaces an input closes its
entry with a day and adds a new one from that day on; nothing is edited or removed, so the
composite's history is never rewritten by a change of members. Today's members count from the
beginning because the composite was first published with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ustress.core.panel import Dates

BEGINNING = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Member:
    """An input of the composite from `since` (included) to `until` (excluded; None: still one)."""

    key: str
    since: date = BEGINNING
    until: date | None = None
    replaced_by: tuple[str, ...] = ()
    why: str = ""


MEMBERS: tuple[Member, ...] = (
    Member("curve.10y.realised_vol"),
    Member("holdings.official.change_3m"),
    Member("fed.custody.change_4w"),
    *(Member(f"auction.{tenor}.demand") for tenor in ("2y", "3y", "5y", "7y", "10y", "20y", "30y")),
    Member(
        "funding.effr_vol",
        until=date(2019, 4, 5),
        replaced_by=("funding.sofr_iorb", "funding.sofr_p99_over_target"),
        why="secured rates have a year of past from then on; federal funds are hardly traded",
    ),
    Member("funding.sofr_iorb", since=date(2019, 4, 5)),
    Member("funding.sofr_p99_over_target", since=date(2019, 4, 5)),
    Member("funding.gcf_triparty"),
    Member("dealers.use"),
    Member("fx.dollar.realised_vol"),
    Member("fx.chf.realised_vol"),
    Member("fx.jpy.realised_vol"),
)


def member_on(key: str, days: Dates, members: tuple[Member, ...] = MEMBERS) -> NDArray[np.bool_]:
    """Whether the indicator `key` is a member on each of `days`."""
    inside = np.zeros(days.size, dtype=bool)
    for member in members:
        if member.key == key:
            late = days >= np.datetime64(member.since, "D")
            early = member.until is None or days < np.datetime64(member.until, "D")
            inside |= late & early
    return inside


def member_keys(members: tuple[Member, ...] = MEMBERS) -> tuple[str, ...]:
    """Everything that ever was a member, in order of entry."""
    return tuple(dict.fromkeys(member.key for member in members))

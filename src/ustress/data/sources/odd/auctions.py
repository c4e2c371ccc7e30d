"""Treasury auctions: the tenor from the term as announced, bidders' shares of what they got.

A reopened 10-year note is announced as "9-Year 10-Month": the tenor is the next whole year of the
seven that are sold. Inflation-protected and floating securities are other things and left out.
With `options.results` false the answer is the list of auctions to come, and the soonest of each
tenor counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from ustress.data.sources.readers import Record, Records, read_json
from ustress.data.sources.spec import MISSING, Source

TENORS = (2, 3, 5, 7, 10, 20, 30)
_TERM = re.compile(r"(\d+)-Year(?:\s+(\d+)-Month)?", re.IGNORECASE)
_BIDDERS = {
    "primary_dealer_accepted": "dealer_share",
    "direct_bidder_accepted": "direct_share",
    "indirect_bidder_accepted": "indirect_share",
}


def read(body: bytes, source: Source) -> Records:
    """Records with `tenor` and, for results, the shares; for what is to come, the days until.

    Raises:
        SourceFault: as for JSON.
    """
    found = read_json(body, source)
    plain = [{**row, "tenor": tenor(row.get("security_term", ""))} for row in found.rows]
    nominal = [row for row in plain if _nominal(row)]
    if source.options.get("results", True):
        rows = [{**row, **_shares(row)} for row in nominal if _held(row)]
        added = ("tenor", *_BIDDERS.values())
    else:
        rows = _soonest(nominal)
        added = ("tenor", "days_until")
    columns = (*found.columns, *added) if found.columns else ()
    return Records(columns, tuple(rows))


def tenor(term: str) -> str:
    """The tenor sold under a term, such as 10y for "9-Year 10-Month"; '' if it is none of them."""
    match = _TERM.fullmatch(term.strip())
    if not match:
        return ""
    years, months = int(match[1]), int(match[2] or 0)
    whole = years + (months > 0)
    return f"{whole}y" if whole in TENORS else ""


def _nominal(row: Record) -> bool:
    linked = row.get("inflation_index_security", "No").lower() == "yes"
    floating = row.get("floating_rate", "No").lower() == "yes"
    kind = row.get("security_type", "").lower()
    return bool(row["tenor"]) and not linked and not floating and kind in ("note", "bond")


def _held(row: Record) -> bool:
    return row.get("bid_to_cover_ratio", "").lower() not in MISSING


def _shares(row: Record) -> dict[str, str]:
    """Each kind of bidder's per cent of what the three got together (published as such)."""
    amounts = {name: _amount(row.get(name, "")) for name in _BIDDERS}
    known = [amount for amount in amounts.values() if amount is not None]
    if len(known) < len(_BIDDERS) or sum(known) <= 0:
        return dict.fromkeys(_BIDDERS.values(), "")
    total = sum(known)
    return {_BIDDERS[n]: f"{100 * a / total:.2f}" for n, a in amounts.items() if a is not None}


def _amount(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _soonest(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Of each tenor and day of the list, the auction that comes first."""
    best: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        days = _days(row.get("record_date", ""), row.get("auction_date", ""))
        key = (row["tenor"], row.get("record_date", ""))
        if days is not None and (key not in best or days < int(best[key]["days_until"])):
            best[key] = {**row, "days_until": str(days)}
    return list(best.values())


def _days(first: str, second: str) -> int | None:
    try:
        days = (date.fromisoformat(second) - date.fromisoformat(first)).days
    except ValueError:
        return None
    return days if days >= 0 else None

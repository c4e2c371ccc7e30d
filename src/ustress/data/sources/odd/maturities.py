"""Securities one by one to a profile: how much matures in each year ahead, with what coupon.

`options` name the columns: `maturity`, `amount`, `coupon`, `kind` and, in `kinds`, which of its
words are nominal coupons and which inflation-protected. Year n holds what matures more than n - 1
and at most n years (of 365.25 days) after the day of the record. The single securities stay in the
raw answer.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.mapping import number
from ustress.data.sources.readers import Record, Records, read_json
from ustress.data.sources.spec import Source

_COLUMNS = ("day", "profile", "amount", "coupon")
_LAST_YEAR = 30


def read(body: bytes, source: Source) -> Records:
    """Records of day, profile (such as `nominal.7y`), amount and average coupon.

    Raises:
        SourceFault: CHANGED_FORM, if one of the named columns is missing; as for JSON.
    """
    found = read_json(body, source)
    wanted = [source.options[name] for name in ("day", "maturity", "amount", "coupon", "kind")]
    lacking = [name for name in wanted if name not in found.columns]
    if lacking and found.rows:
        raise SourceFault(SourceStatus.CHANGED_FORM, f"no {', '.join(lacking)}")
    amounts: defaultdict[tuple[str, str], float] = defaultdict(float)
    coupons: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in found.rows:
        key = _place(row, source)
        if key is not None:
            amount = number(row[source.options["amount"]])
            amounts[key] += amount
            coupons[key] += amount * number(row[source.options["coupon"]])
    rows = tuple(
        {
            "day": day, "profile": profile, "amount": f"{amount:.2f}",
            "coupon": f"{coupons[day, profile] / amount:.6f}",
        }
        for (day, profile), amount in sorted(amounts.items()) if amount > 0
    )  # fmt: skip
    return Records(_COLUMNS, rows)


def _place(row: Record, source: Source) -> tuple[str, str] | None:
    """The day and profile a security belongs to; None for totals, bills and what has matured."""
    options = source.options
    kind = next((k for k, w in options["kinds"].items() if row[options["kind"]] in w), None)
    numbers = (number(row[options["amount"]]), number(row[options["coupon"]]))
    if kind is None or any(value != value for value in numbers):
        return None
    try:
        day = date.fromisoformat(row[options["day"]][:10])
        days = (date.fromisoformat(row[options["maturity"]][:10]) - day).days
    except ValueError:
        return None
    year = -int(-days // 365.25)
    return (day.isoformat(), f"{kind}.{year}y") if 1 <= year <= _LAST_YEAR else None

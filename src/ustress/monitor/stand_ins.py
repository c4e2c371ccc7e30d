"""What stands in for readings that do not exist yet: an assumption, marked as one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.monitor.indicator import DAILY, WEEKLY, Indicator
from ustress.monitor.indicators.dealers import use
from ustress.monitor.indicators.funding import spread
from ustress.monitor.reading import take_reading
from ustress.monitor.snapshot import Reading

FIRST_WEEKS = 4
"""Weeks of positions from which dealers' use is taken against their largest so far."""

_STAND_INS = (
    Indicator(
        "funding.sofr_iorb",
        "federal funds rate less the top of the target range",
        "funding",
        "bp_level",
        "Effective federal funds rate less the top of the federal funds target range.",
        ("funding.effr", "funding.target.upper"),
        partial(spread, a="funding.effr", b="funding.target.upper"),
        "",
        DAILY,
        note="Stand-in: SOFR begins on 3 April 2018. From then to July 2021 SOFR less the federal "
        "funds rate had mean 0.9 bp and standard deviation 11.8 bp.",
    ),
    Indicator(
        "dealers.use",
        "dealers' net coupon position over its largest in less than a year",
        "dealers",
        "ratio",
        "Net coupon position over its largest of the weeks known, at least four of them.",
        ("dealers.net.coupons",),
        partial(use, first_weeks=FIRST_WEEKS),
        "",
        WEEKLY,
        note="Stand-in: positions of this kind begin in April 2013. A shorter maximum is a lower "
        "one, so balance sheets look fuller than against five years.",
    ),
)


def stand_ins(panel: Panel) -> tuple[Reading, ...]:
    """Readings that may stand in for those of the same key, all of them assumed.

    Without a value, and with the reason, where even these cannot be computed.
    """
    return tuple(
        replace(take_reading(each, panel)[0], evidence=Evidence.ASSUMED) for each in _STAND_INS
    )

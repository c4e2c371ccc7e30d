"""The three trading sessions of a business day."""

from __future__ import annotations

from typing import NamedTuple

NAMES = ("asia", "london", "new_york")
PER_DAY = len(NAMES)
DAYS_PER_YEAR = 252
STEP_YEARS = 1.0 / (PER_DAY * DAYS_PER_YEAR)


class Sessions(NamedTuple):
    """Shares by session: of time, turnover, arriving flow, the Fed's purchases; the close.

    Assumed until a reader's intraday bars give them (model document, section 2); the Fed's Desk
    operates in New York.
    """

    dt_days: tuple[float, ...] = (1 / 3, 1 / 3, 1 / 3)
    volume_share: tuple[float, ...] = (0.08, 0.20, 0.72)
    flow_share: tuple[float, ...] = (0.12, 0.28, 0.60)
    fed_share: tuple[float, ...] = (0.0, 0.0, 1.0)
    is_close: tuple[float, ...] = (0.0, 0.0, 1.0)


SESSIONS = Sessions()

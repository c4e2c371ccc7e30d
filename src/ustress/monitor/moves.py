"""How unusual a move is: the change over a window in standard deviations of its own past.

    z = change / s,   s = root mean square of the changes over the same window that ended in the
                          five years before, overlapping windows included

Around zero and not around their mean: a move is measured, not a surprise against a drift. The
change judged is not in s.
"""

from __future__ import annotations

import re

import numpy as np

from ustress.core.errors import BadInputError
from ustress.monitor.records import FRIDAYS, Changes, Lag

YEARS = 5
FEWEST = 30
_FORM = re.compile(r"(\d{1,4})(d|w|m)")


def in_deviations(changes: Changes) -> float | None:
    """The last change over the root mean square of those of the five years before.

    None with fewer than 30 of them, or where none of them moved.
    """
    if not len(changes):
        return None
    end = changes.dates[-1]
    past = changes.values[:-1][changes.dates[:-1] >= end - np.timedelta64(365 * YEARS, "D")]
    if past.size < FEWEST:
        return None
    spread = float(np.sqrt(np.mean(past**2)))
    return float(changes.values[-1]) / spread if spread > 1e-12 else None


def window(text: str, frequency: str) -> Lag:
    """The window in `5d` (business days), `3w` (weeks), `2m` (months) or `friday`.

    Months match month to month on monthly and slower figures and are 21 business days on others.

    Raises:
        BadInputError: if the text is none of these.
    """
    if text == "friday":
        return FRIDAYS
    found = _FORM.fullmatch(text)
    if found is None or int(found[1]) == 0:
        raise BadInputError(
            f"'{text}' is no window; expected a form such as 5d (business days), 3w, 2m or friday"
        )
    n = int(found[1])
    days, weeks, months = (n if found[2] == unit else 0 for unit in "dwm")
    if months and frequency in ("daily", "weekly"):
        days, months = 21 * months, 0
    return Lag(text, business_days=days, weeks=weeks, months=months)

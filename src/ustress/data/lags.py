"""Publication lags: when a figure for a day became known, where its release date is not recorded.

Every rule maps an observation date to the first day by whose end, in New York, the figure stood
in public. The rules follow the publishers' calendars of ordinary times; in the autumn of 2025 a
closed government published weeks late, which no rule here knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ustress.core.dates import add_business_days
from ustress.core.errors import UnknownNameError

Rule = Callable[[date], date]
MON, TUE, WED, THU, FRI = range(5)


@dataclass(frozen=True, slots=True)
class Lag:
    """A rule with its words; `exact` where the rule gives the true date, not a usual one."""

    name: str
    rule: Rule
    words: str
    exact: bool = False


def same_day(day: date) -> date:
    """The day itself, open market or not: a figure exists, so its publisher was at work."""
    return day


def business_days_after(n: int) -> Rule:
    """The `n`-th business day strictly after the observation, n >= 1."""
    return lambda day: add_business_days(day + timedelta(days=1), n - 1)


def weekday_of_week(weekday: int, weeks: int = 0) -> Rule:
    """That weekday of the observation's week (Monday first), `weeks` later, rolled forward.

    An observation on or after that weekday of its own week is known on the next business day.
    """

    def rule(day: date) -> date:
        target = day + timedelta(days=weekday - day.weekday() + 7 * weeks)
        return add_business_days(max(target, day + timedelta(days=1)), 0)

    return rule


def business_day_of_month(n: int, months: int = 1) -> Rule:
    """The `n`-th business day of the month `months` after the observation's."""
    return lambda day: add_business_days(month_start(day, months), n - 1)


def day_of_month(number: int, months: int) -> Rule:
    """Day `number` of the month `months` after the observation's, rolled forward."""
    return lambda day: add_business_days(month_start(day, months).replace(day=number), 0)


def nth_weekday_of_month(weekday: int, n: int, months: int = 1) -> Rule:
    """The `n`-th such weekday of the month `months` after the observation's, rolled forward."""

    def rule(day: date) -> date:
        first = month_start(day, months)
        ahead = (weekday - first.weekday()) % 7 + 7 * (n - 1)
        return add_business_days(first + timedelta(days=ahead), 0)

    return rule


def calendar_days_after(n: int) -> Rule:
    """`n` calendar days after the observation (the END of its period), rolled forward."""
    return lambda day: add_business_days(day + timedelta(days=n), 0)


def month_start(day: date, months: int = 0) -> date:
    """The first day of the month `months` after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return month_start(day, 1) - timedelta(days=1)


LAGS: dict[str, Lag] = {
    lag.name: lag
    for lag in (
        Lag("announced", same_day, "announced on the day itself", exact=True),
        Lag("stated", same_day, "each value carries the day it was printed", exact=True),
        Lag("same_day", same_day, "the same day"),
        Lag("next_business_day", business_days_after(1), "the next business day"),
        Lag("two_business_days", business_days_after(2), "two business days later"),
        Lag("thursday_of_week", weekday_of_week(THU), "Thursday of the same week"),
        Lag("friday_of_week", weekday_of_week(FRI), "Friday of the same week"),
        Lag("monday_after_week", weekday_of_week(MON, 1), "Monday of the next week"),
        Lag("wednesday_after_week", weekday_of_week(WED, 1), "Wednesday of the next week"),
        Lag("thursday_next_week", weekday_of_week(THU, 1), "Thursday of the next week"),
        Lag("first_business_day", business_day_of_month(1), "first business day of next month"),
        Lag("fifth_business_day", business_day_of_month(5), "fifth business day of next month"),
        Lag("first_friday", nth_weekday_of_month(FRI, 1), "first Friday of the next month"),
        Lag("fourth_tuesday", nth_weekday_of_month(TUE, 4), "fourth Tuesday of the next month"),
        Lag("mid_next_month", day_of_month(15, 1), "about the 15th of the next month"),
        Lag("tic_release", day_of_month(18, 2), "about the 18th of the second month after"),
        Lag("thirty_days_after", calendar_days_after(30), "30 days after the period's end"),
        Lag("sixty_days_after", calendar_days_after(60), "60 days after the period's end"),
        Lag("year_after", calendar_days_after(365), "a year after (assumed)"),
    )
}


def lag(name: str) -> Lag:
    """The lag named `name`.

    Raises:
        UnknownNameError: if there is no such rule.
    """
    try:
        return LAGS[name]
    except KeyError:
        raise UnknownNameError("lag rule", name, tuple(LAGS)) from None

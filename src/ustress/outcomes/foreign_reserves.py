"""Foreign central banks: losses on what they hold, the currency, the dollar's share, gold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from ustress.core.errors import MissingSeriesError
from ustress.core.evidence import Evidence
from ustress.core.panel import Panel
from ustress.outcomes.course import Course
from ustress.outcomes.own_sales import Lost, lost
from ustress.outcomes.parameters import entry, link, number
from ustress.outcomes.quantity import About, Outcome, Quantity, along, by_day, once
from ustress.outcomes.yields import reserve_losses_pct

Floats = NDArray[np.float64]
KEY, TITLE = "foreign_reserves", "Foreign central banks"
QUARTER_DAYS = 63
HOLDERS = {"china": "China", "japan": "Japan", "official": "all foreign officials"}
_SECTORS = {
    "china": ("held.china",),
    "japan": ("held.japan",),
    "official": ("held.china", "held.japan", "held.other_official"),
}
_TIC = "US Treasury, TIC holdings by place of custody; "


def foreign_reserves(course: Course, panel: Panel | None) -> Outcome:
    """Losses by holder in dollars and in its own money, the dollar's share and gold's."""
    loss = About(
        f"{KEY}.loss_pct", "Loss on a reserve manager's Treasuries", "share_pct",
        link("reserve_mix"), entry("reserve_mix")["source"],
        "bonds of 2, 5, 9 and 25 years at par on the opening day, repriced; a loss is positive",
    )  # fmt: skip
    losses = lru_cache(maxsize=1)(partial(reserve_losses_pct, course))
    return Outcome(
        KEY,
        TITLE,
        (
            *by_day(course, loss, lambda d: losses()[:, d]),
            *(q for key in HOLDERS for q in _holder(course, panel, key, losses)),
            *_currency(course),
            *_shares(course),
        ),
        along(course, loss, lambda d: losses()[:, d]),
        (
            "Holdings are those last known on the opening day, by place of custody, at the value "
            "they had then. What a holder sells on the way is taken off them, from every maturity "
            "alike, and loses what the day of its sale had taken; the currency loss is on the "
            "opening's holdings, since nobody says what the dollars earned are spent on.",
            f"The dollar's share of reserves {number('dollar_share'):g} % "
            f"({entry('dollar_share')['source']}); other reserve currencies move with the broad "
            "dollar.",
        ),
        (
            "Whose holdings they are: custody is not ownership.",
            "What is booked: central banks that hold to maturity or at cost show no losses.",
            "Each country's own maturities and currencies.",
        ),
    )


def _holder(
    course: Course, panel: Panel | None, key: str, losses: Callable[[], Floats]
) -> Iterator[Quantity]:
    """A holder's loss, of it realised in his own sales and still on his books, and the currency."""
    series = None if panel is None else panel.get(f"tic.holdings.{key}")
    newest = None if series is None else series.at(-1)
    words = "" if newest is None else f"holdings of ${newest.value:,.1f}bn on {newest.day}"

    def held() -> float:
        if newest is None:
            raise MissingSeriesError(f"the holdings of {HOLDERS[key]} are not known")
        return newest.value

    @lru_cache(maxsize=4)
    def found(day: int) -> Lost:
        bought = _bought(course, key)
        until = None if bought is None else bought[:, : day + 1]
        return lost(held(), until, losses()[:, : day + 1])

    def realised(day: int) -> Floats:
        if _bought(course, key) is None:
            raise MissingSeriesError(f"{course.title} carries no sales of {HOLDERS[key]}")
        return found(day).realised_usdbn

    lines: tuple[tuple[str, str, str, Callable[[int], Floats]], ...] = (
        ("loss", "Loss of", "both together", lambda d: found(d).whole_usdbn),
        ("realised", "Of it realised: own sales of", "what is sold x the loss per cent of its day",
         realised),
        ("unrealised", "Of it not realised: held by", "what is left x the loss per cent of the day",
         lambda d: found(d).unrealised_usdbn),
    )  # fmt: skip
    for name, label, how, value in lines:
        about = About(
            f"{KEY}.{key}_{name}", f"{label} {HOLDERS[key]}", "usdbn_move", link("reserve_mix"),
            _TIC + words, f"{how}; a loss is positive",
        )  # fmt: skip
        yield from by_day(course, about, value)
    yield from _currency_loss(course, key, held, _TIC + words)


def _bought(course: Course, key: str) -> Floats | None:
    """(paths, days) net purchases since the opening; None where the course carries none."""
    found = [course.paths(n) for n in _SECTORS[key] if course.has(n)]
    return np.asarray(np.sum(found, axis=0), np.float64) if found else None


def _currency_loss(
    course: Course, key: str, held: Callable[[], float], source: str
) -> Iterator[Quantity]:
    currency = "yen.change" if key == "japan" else "dollar.change"
    own = About(
        f"{KEY}.{key}_currency_loss", f"Loss of {HOLDERS[key]} from the currency", "usdbn_move",
        Evidence.ASSUMED, source,
        "the opening's holdings x the dollar's fall against "
        + ("the yen" if key == "japan" else "the broad basket") + ", in dollars of the opening",
    )  # fmt: skip
    sign = 1.0 if key == "japan" else -1.0
    yield from by_day(course, own, lambda d: sign * held() * course.at(currency, d) / 100.0)


def _currency(course: Course) -> Iterator[Quantity]:
    about = About(
        f"{KEY}.dollar", "Broad dollar", "pct_change", Evidence.ASSUMED, "simulated",
        "change since the opening",
    )  # fmt: skip
    return by_day(course, about, lambda d: course.at("dollar.change", d))


def _shares(course: Course) -> Iterator[Quantity]:
    rule, gold = entry("dollar_share_rule"), entry("reserves_with_gold")
    share = About(
        f"{KEY}.dollar_share", "Dollar's share of foreign exchange reserves, change", "pp",
        link("dollar_share_rule"), rule["source"],
        "quarter by quarter: -.121 points + .735 x the effect of exchange rates on the share",
    )  # fmt: skip
    quarters = course.horizon // QUARTER_DAYS
    when = f"after {quarters} quarter{'s' if quarters != 1 else ''}"
    yield once(course, share, when, lambda: dollar_share_change_pp(course))
    drift = About(
        f"{KEY}.drift", "Of it: the drift away from the dollar", "pp",
        link("dollar_share_rule"), rule["source"], "the constant, the same with and without",
    )  # fmt: skip
    yield once(
        course,
        drift,
        when,
        partial(np.full, course.kept.size, rule["value"][0] * quarters),
        common=True,
    )
    for name, label in (("gold", "Gold's share of reserves"), ("dollar", "The dollar's share")):
        about = About(
            f"{KEY}.{name}_with_gold", f"{label}, gold included, by prices alone, change", "pp",
            link("reserves_with_gold"), gold["source"],
            "shares of the end of 2024 revalued at the path's gold price and dollar; nobody buys",
        )  # fmt: skip
        yield from by_day(course, about, partial(_with_gold, course, name))


def valuation_effect_pp(share_pct: Floats, dollar_before: Floats, dollar_after: Floats) -> Floats:
    """Change of the dollar's share when only exchange rates move, percentage points.

    s' = s / (s + (1 - s) e0/e1), e the dollar's index (100 + change).
    """
    s = share_pct / 100.0
    moved = s + (1.0 - s) * (100.0 + dollar_before) / (100.0 + dollar_after)
    return np.asarray(100.0 * (s / moved - s))


def dollar_share_change_pp(course: Course) -> Floats:
    """(paths,) change of the dollar's share over the whole quarters of the course.

    Raises:
        MissingSeriesError: without the dollar, or if the course is shorter than a quarter.
    """
    constant, slope = entry("dollar_share_rule")["value"]
    ends = range(QUARTER_DAYS, course.horizon + 1, QUARTER_DAYS)
    if not len(ends):
        raise MissingSeriesError(f"{course.title} is shorter than a quarter")
    share = np.full(course.kept.size, number("dollar_share"))
    for end in ends:
        before, after = (course.at("dollar.change", d) for d in (end - QUARTER_DAYS, end))
        share = share + constant + slope * valuation_effect_pp(share, before, after)
    return share - number("dollar_share")


def _with_gold(course: Course, wanted: str, day: int) -> Floats:
    dollar, gold, euro, others = entry("reserves_with_gold")["value"]
    rest = (euro + others) * 100.0 / (100.0 + course.at("dollar.change", day))
    bullion = gold * (1.0 + course.at("gold.change", day) / 100.0)
    total = dollar + rest + bullion
    part, opening = (bullion, gold) if wanted == "gold" else (dollar, dollar)
    return np.asarray(100.0 * part / total - opening)

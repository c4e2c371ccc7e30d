"""What the federal outcome is, rests on and cannot say, in sentences with their figures."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ustress.core.evidence import Evidence
from ustress.outcomes.about import About
from ustress.outcomes.debt_profile import CLASSES
from ustress.outcomes.debt_record import COUPON_TENORS
from ustress.outcomes.debt_roll import Roll
from ustress.outcomes.parameters import tables
from ustress.outcomes.tenors import SHORTEST_NOTE

_CLASS = {"tips": "inflation-protected", "frn": "floaters"}


def about(roll: Roll, tenors: tuple[float, ...], fade: float, *, simulated: bool = False) -> About:
    """What the federal outcome is, rests on and cannot say.

    Args:
        roll: the rolled debt.
        tenors: of the path's yields, years.
        fade: half-life of the yields' change after the path, years.
        simulated: the path is the simulator's.
    """
    short = any(t < SHORTEST_NOTE for t in tenors)
    return About(
        title="Federal interest on marketable debt",
        unit="usdbn",
        evidence=Evidence.ASSUMED,
        method="Debt by month of maturity from the auction record, scaled to the published class "
        "totals and average rates, refinanced at the path's yields.",
        source="US Treasury: auction results, Monthly Statement of the Public Debt, average "
        f"interest rates, par yields; debt of {roll.profile.debt_day}",
        assumptions=(
            *roll.profile.assumptions,
            *_financing(roll),
            *_short(roll, tenors, simulated=simulated),
            f"Inflation-protected securities mature evenly over {roll.plan.tips_last_years:g} "
            f"years and accrue {roll.plan.inflation_pct:g} % a year with and without the path.",
            *_after(fade),
            "The extra interest is borrowed too, at the opening yields of the coupon mix."
            if roll.plan.finance_extra
            else "The extra interest is not borrowed.",
        ),
        cannot_say=(
            "What the Treasury would sell instead: a stressed Treasury shortens its issuance.",
            *_policy(simulated=simulated and short),
            "What the extra debt itself does to yields.",
            "When the Federal Reserve's part returns: its losses so far are earned back before it "
            "remits again.",
            "Savings bonds, state and local series and debt in government accounts.",
        ),
    )


def _financing(roll: Roll) -> Iterator[str]:
    """Borrowing, classes and mix."""
    profile, plan = roll.profile, roll.plan
    share = plan.deficit_pct_gdp
    share = profile.net_borrowing_pct_gdp if share is None else share
    yield (
        f"Net borrowing {share:.1f} % of GDP, GDP growing {plan.gdp_growth_pct:g} % a year; "
        f"{_classes(roll)} and coupon sales {_mix(roll)}."
    )
    yield (
        "Added is what the path costs over the opening yields held for ever: what the opening "
        "curve already expects of short rates is counted."
    )


def _classes(roll: Roll) -> str:
    total = roll.profile.total_usdbn
    held = {n: 100.0 * v / total for n, v in roll.profile.totals_usdbn.items()}
    shares = ", ".join(f"{_CLASS.get(n, n)} {held[n]:.0f}" for n in CLASSES)
    if roll.plan.bills_pct is None:
        return f"classes keep their shares ({shares} %)"
    return f"bills meet {roll.plan.bills_pct:g} % of it, the other classes keep their shares"


def _mix(roll: Roll) -> str:
    own = roll.plan.mix_pct is None
    shares = ", ".join(f"{100.0 * m:.0f}" for m in roll.plan.mix(roll.profile))
    years = ", ".join(str(t) for t in COUPON_TENORS)
    lead = "have the mix of the last twelve months, " if own else "are "
    return f"{lead}{shares} % at {years} years"


def _short(roll: Roll, tenors: tuple[float, ...], *, simulated: bool) -> Iterator[str]:
    """How bills and floaters follow the path."""
    bills = tables()["bills"]
    lives = ", ".join(
        f"{100 * w:.0f} % about {n} month{'s' if n > 1 else ''}"
        for w, n in zip(bills["weights"], bills["lives_months"], strict=True)
    )
    follow = f"Bills follow yields by their lives at issue, {lives}"
    if min(tenors) >= SHORTEST_NOTE:
        yield f"{follow}; the path has no short yield, so bills and floaters stay."
        return
    yield (
        f"{follow}; yields between the path's tenors are interpolated in maturity. Floaters pay "
        f"the three-month yield with a margin of {100.0 * roll.profile.frn_margin_pct:+.0f} bp."
    )
    if simulated:
        yield (
            "The simulated three-month yield moves with the short rate and its target alone: "
            "dislocation, purchases, lasting sales and lost convenience stay with notes and bonds, "
            "and reach bills of six and twelve months by interpolation."
        )


def _after(fade: float) -> Iterator[str]:
    beyond = "held" if math.isinf(fade) else f"halved every {fade:g} years"
    yield f"The yields' change after the path's last day is {beyond}; nothing new happens then."


def _policy(*, simulated: bool) -> Iterator[str]:
    if simulated:
        yield (
            "What the Fed does with its own rate in answer: the short rate is the same in every "
            "scenario on the same shocks."
        )

"""What a scenario imposes, in words: in short beside its result, in full where it is told."""

from __future__ import annotations

from ustress.core.evidence import Evidence, weakest
from ustress.report.figures import Figure, Name, Num, Text, join, say, words
from ustress.report.views import Imposed, PlanView, ScenarioView
from ustress.report.wording import listed

NOBODY = "nobody is made to sell"


def in_short(s: ScenarioView) -> Text:
    """How much is sold in how many days, and what the Fed does: one line of a first screen."""
    if s.plan is None:
        return Text()
    return say("{e}: {s}; {f}", e=_level(s.plan), s=_sold(s.key, s.plan), f=_fed_short(s))


def in_full(scenarios: tuple[ScenarioView, ...]) -> tuple[Text, ...]:
    """A sentence or two a scenario; one that imposes what an earlier one does says so."""
    told = []
    for i, s in enumerate(scenarios):
        if s.plan is None:
            continue
        same = next((o for o in scenarios[:i] if o.plan and _same(o.plan, s.plan)), None)
        what = _imposed(s.key, s.plan) if same is None else say(
            "the same sales and shocks as under “{o}”", o=Name(same.title.lower(), "scenario")
        )  # fmt: skip
        told.append(
            say("{t} ({e}): {w}. {f}.", t=Name(s.title, "scenario"), e=_level(s.plan), w=what,
                f=_fed(s))
        )  # fmt: skip
    return tuple(told)


def _same(a: PlanView, b: PlanView) -> bool:
    return bool(a.sales or a.others) and (a.sales, a.others) == (b.sales, b.others)


def _level(plan: PlanView) -> str:
    there = (*plan.sales, *plan.others, *(p for p in (plan.pace, plan.most) if p is not None))
    return weakest(one.evidence for one in there).value if there else Evidence.ASSUMED.value


def _sold(key: str, plan: PlanView) -> Text:
    """`$425bn sold in 20 business days`; of several paces the longest."""
    if not plan.sales:
        return words(NOBODY)
    if not plan.sold_usdbn:
        return listed(tuple(_seller(key, one) for one in plan.sales))
    days = max(one.business_days or 0 for one in plan.sales)
    longest = Figure(f"plan.{key}.days", float(days), "count", Evidence.ASSUMED)
    return say("{m} sold in {d} business days", m=_total(key, plan), d=longest)


def _total(key: str, plan: PlanView) -> Figure:
    level = weakest(one.evidence for one in plan.sales)
    return Figure(f"plan.{key}.sold", plan.sold_usdbn, "usdbn_whole", level, source="the scenario")


def _seller(key: str, one: Imposed) -> Text:
    verb = "sell" if one.words.endswith("s") else "sells"
    if one.unit != "share_whole":
        return say("{w} {v} {n}", w=one.words, v=verb, n=_size(key, one))
    return say("{w} {v} {n} of what it holds", w=one.words, v=verb, n=_size(key, one))


def _imposed(key: str, plan: PlanView) -> Text:
    sold = words(NOBODY)
    if plan.sales:
        sold = listed(tuple(_seller(key, one) for one in plan.sales))
        if len(plan.sales) > 1 and plan.sold_usdbn:
            sold += say(", {m} in all", m=_total(key, plan))
        days = {one.business_days for one in plan.sales}
        if len(days) == 1:
            sold += say(", evenly over {d} business days", d=_days(key, plan.sales[0]))
    return join((sold, *(_other(key, one) for one in plan.others)), "; ")


def _other(key: str, one: Imposed) -> Text:
    line = say(one.words, v=_size(key, one))
    return line if one.business_days is None else line + say(
        " over {d} business days", d=_days(key, one)
    )  # fmt: skip


def _fed_short(s: ScenarioView) -> Text:
    plan = s.plan
    if plan is None or plan.buying == "none" or plan.pace is None or plan.most is None:
        return words("the Fed does not buy outright")
    return say(
        "where functioning breaks the Fed buys {p} a day, at most {m}",
        p=_size(s.key, plan.pace), m=_size(s.key, plan.most),
    )  # fmt: skip


def _fed(s: ScenarioView) -> Text:
    plan = s.plan
    first: tuple[Text, ...] = ()
    if plan is not None and plan.before:
        first = (say("The Fed first uses {x}", x=listed(tuple(words(w) for w in plan.before))),)
    if plan is None or plan.buying == "none":
        return join((*first, words("The Fed buys nothing outright")), "; ")
    end = {"temporary": ", and lets them run off", "open_ended": ", and holds them"}
    line = _fed_short(s) + words(end[plan.buying])
    text = str(line.parts[0])
    line = Text((text[:1].upper() + text[1:], *line.parts[1:]))
    return join((*first, line), ". ")


def _size(key: str, one: Imposed) -> Num:
    id_ = f"plan.{key}.{one.key}"
    figure = Figure(id_, one.size, one.unit, one.evidence, source=one.source or "the scenario")
    return Num(figure, "size" if one.unit == "bp" and one.size > 0 else "unit")


def _days(key: str, one: Imposed) -> Figure:
    return Figure(
        f"plan.{key}.{one.key}.days", float(one.business_days or 0), "count", one.evidence,
        source="the scenario",
    )  # fmt: skip

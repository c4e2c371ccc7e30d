"""Paths that ended in a named break: how many, and what they could do to what is said."""

from __future__ import annotations

from collections.abc import Mapping

from ustress.core.evidence import Evidence
from ustress.report.figures import Figure, Name, Num, Text, say
from ustress.report.views import Comparison, HitView, ScenarioView
from ustress.report.wording import listed

WORTH_A_WORD = 0.01
"""Share of broken paths from which a first screen speaks of them."""
_BANDS = ((0.25, 0.75), (0.05, 0.95))


def in_short(scenarios: tuple[ScenarioView, ...]) -> tuple[Text, ...]:
    """The scenario that loses most paths, and where its median could lie with them."""
    lost = [s for s in scenarios if s.paths and s.broken / s.paths > WORTH_A_WORD]
    if not lost:
        return ()
    return (_line(max(lost, key=lambda s: s.broken / s.paths), "."),)


def of_runs(scenarios: tuple[ScenarioView, ...]) -> tuple[Text, ...]:
    """A sentence on all scenarios with broken paths, and where the worst one's median can lie."""
    lost = [s for s in scenarios if s.paths and s.broken]
    if not lost:
        return ()
    told = tuple(
        say("{n} ({p}) under “{t}”", n=_count(f"run.{s.key}.broke", s.broken),
            p=_share(f"run.{s.key}.broke.share", s), t=Name(s.title.lower(), "scenario"))
        for s in lost
    )  # fmt: skip
    most = max(lost, key=lambda s: s.broken / s.paths)
    line = say(
        "Paths that ended in a break of the market have no part in yields and amounts: of {m}, {x}",
        m=_count("run.paths", lost[0].paths), x=listed(told),
    )  # fmt: skip
    return (line + _bound(most, f" under “{most.title.lower()}”") + say("."),)


def _line(s: ScenarioView, stop: str) -> Text:
    line = say(
        "{t}: {n} of {m} paths ({p}) ended in a break of the market and are not in its yields and "
        "amounts",
        t=Name(s.title, "scenario"), n=_count(f"run.{s.key}.broke", s.broken),
        m=_count(f"run.{s.key}.paths", s.paths), p=_share(f"run.{s.key}.broke.share", s),
    )  # fmt: skip
    return line + _bound(s) + say(stop)


def _bound(s: ScenarioView, where: str = "") -> Text:
    """What the left out could do to the median ten-year at the end."""
    bound = s.bounds.get("ust.10y")
    if bound is None:
        return Text()
    low, high = (
        Figure(f"run.{s.key}.ust.10y.bound.{end}", v, "pct_simulated", Evidence.ASSUMED,
               source="simulated")
        for end, v in zip(("low", "high"), bound, strict=True)
    )  # fmt: skip
    return say(
        "; had all of them ended to one side, the median ten-year at the end{w} would be {a} or "
        "{b}",
        w=where, a=Num(low, "bare"), b=high,
    )  # fmt: skip


def of_difference(found: Comparison, name: str, what: str) -> Text:
    """What broken paths could do to a median difference at the end."""
    view = found.fans.get(name)
    if view is None or not found.broken:
        return Text()
    at_end = {q: float(values[-1]) for q, values in view.bands.items()}
    id_ = f"run.{found.first}-minus-{found.second}"
    return _bounded(id_, found.broken, found.paths, at_end, view.unit, what)


def of_hit(found: HitView) -> Text:
    """What broken paths could do to the medians of outcomes: the first row with quantiles."""
    lost = found.simulated - found.paths
    row = next((r for g in found.groups for r in g.rows if r.quantiles), None)
    if row is None or lost <= 0:
        return Text()
    bands = {float(k[1:]) / 100: v for k, v in row.quantiles.items()}
    label = f"{row.label[:1].lower()}{row.label[1:]}".removesuffix(", added")
    return _bounded("hit", lost, found.simulated, bands, row.unit, f"the median of {label}")


def _bounded(
    id_: str, lost: int, paths: int, bands: Mapping[float, float], unit: str, what: str
) -> Text:
    """The narrowest pair of quantiles that holds the median wherever the lost paths lie."""
    share = lost / paths
    line = say(
        "{n} of {m} paths broke in one of the two and are left out",
        n=_count(f"{id_}.broke", lost),
        m=_count(f"{id_}.simulated", paths),
    )
    if share >= 0.5:
        return line + say(": more than half, so that nothing holds for all")
    need = ((0.5 - share) / (1.0 - share), 0.5 / (1.0 - share))
    held = next(((a, b) for a, b in _BANDS if a <= need[0] and need[1] <= b), None)
    if held is None or not set(held) <= set(bands):
        return line
    low, high = (
        Figure(f"{id_}.bound.{end}", bands[q], unit, Evidence.ASSUMED, source="simulated")
        for end, q in zip(("low", "high"), held, strict=True)
    )
    return line + say(
        "; wherever they would have ended, {w} lies between {a} and {b}",
        w=what, a=Num(low, "signed"), b=Num(high, "signed"),
    )  # fmt: skip


def _count(id_: str, n: int) -> Figure:
    return Figure(id_, float(n), "count", Evidence.ASSUMED, source="simulated")


def _share(id_: str, s: ScenarioView) -> Figure:
    return Figure(id_, s.broken / s.paths, "probability", Evidence.ASSUMED, source="simulated")

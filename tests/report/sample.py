"""A synthetic brief: made-up series with known properties, nothing measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from ustress.calibrate.replay.left import Left
from ustress.calibrate.replay.result import DayCompared
from ustress.claims.verdict import Judgement, Number, Outcome, Verdict
from ustress.core.dates import business_days
from ustress.core.evidence import Evidence, Rights
from ustress.monitor.difference import composite_difference, snapshot_difference
from ustress.monitor.snapshot import Composite, Contribution, Reading, Record, Snapshot
from ustress.report import views
from ustress.report.by_pace import AmountMark, PacePoint, PaceView
from ustress.report.replayed import ReplayView
from ustress.report.views import (
    AuctionLine,
    Before,
    BreakpointView,
    BriefContents,
    Chance,
    Comparison,
    Crossing,
    CurveOn,
    Event,
    Fan,
    History,
    Imposed,
    OpeningInput,
    OutcomesView,
    ParameterView,
    PlanView,
    ScenarioView,
    SourceView,
    TermView,
    YearPath,
)

AS_OF = date(2025, 4, 11)
PUBLISHER = "US Treasury"
JANUARY, KNOWN = date(2025, 1, 31), date(2025, 3, 18)
MEASURED, ASSUMED = Evidence.MEASURED, Evidence.ASSUMED
DAYS = 60
SCENARIOS = (
    ("baseline", "Baseline", 0.0, 0.0),
    ("tactical-qe", "Tactical purchases", 25.0, 80.0),
    ("prolonged-disruption", "Prolonged disruption", 70.0, 600.0),
    ("no-intervention", "No intervention", 95.0, 0.0),
)


def history(
    key: str, unit: str, level: float, step: float, n: int = 600, seed: int = 1, every: int = 1
) -> History:
    """A random walk that ends on the as-of date."""
    rng = np.random.default_rng(seed)
    days = np.array(
        [AS_OF - timedelta(days=every * (n - 1 - i)) for i in range(n)], "datetime64[D]"
    )
    values = level + step * np.cumsum(rng.normal(size=n)) / np.sqrt(n)
    return History(key, key, unit, days, values, PUBLISHER, AS_OF)


def fan(key: str, unit: str, level: float, drift: float, width: float, seed: int = 2) -> Fan:
    """A fan that opens with the square root of time around a drift."""
    rng = np.random.default_rng(seed)
    t = np.arange(DAYS + 1) / DAYS
    shocks = np.cumsum(rng.normal(size=(400, DAYS + 1)), axis=1) / np.sqrt(DAYS)
    paths = level + drift * t + width * (shocks - shocks[:, :1])
    if unit in {"usdbn", "index"}:
        paths = np.maximum(paths, 0.0)
    bands = {q: np.quantile(paths, q, axis=0) for q in views.LEVELS}
    title = {"ust.10y": "Ten-year yield"}.get(key, key)
    return Fan(key, title, unit, business_days(AS_OF, DAYS + 1), bands, paths[:3])


def scenario(key: str, title: str, drift_bp: float, bought: float) -> ScenarioView:
    fans = {
        "ust.10y": fan("ust.10y", "pct", 4.48, drift_bp / 100, 0.35),
        "dysfunction": fan("dysfunction", "index", 0.05, drift_bp / 250, 0.05),
        "fed.purchases": fan("fed.purchases", "usdbn", 0.0, bought, bought / 5),
    }
    chances = {"purchases": Chance("purchases", "the Fed buys", min(drift_bp / 100, 1.0), 0.012)}
    sales = (Imposed("sale.china.amount_usdbn", "China", 150.0, "usdbn_whole", 20),)
    shock = Imposed("shock.swap_spread.wedge_bp", "the wedge rises by {v}", 20.0, "bp", 5)
    buying = "none" if key == "no-intervention" else "temporary"
    pace, most = (Imposed(f"policy.{k}", "{v}", v, "usdbn_whole") for k, v in
                  (("pace_usdbn_per_day", 40.0), ("max_usdbn", 600.0)))  # fmt: skip
    plan = PlanView(sales if drift_bp else (), (shock,) if drift_bp else (), buying, pace, most)
    broken = {"spiral": 60} if key == "prolonged-disruption" else {}
    bounds = {"ust.10y": (4.9, 5.4)} if broken else {}
    return ScenarioView(key, title, f"{title} in short.", fans, chances, 400, broken, bounds, plan)


def reading(
    key: str, title: str, family: str, value: float | None, unit: str, **more: object
) -> Reading:
    base: dict[str, object] = {
        "day": AS_OF, "known": AS_OF, "known_exact": True, "age_days": 0, "stale": False,
        "evidence": Evidence.MEASURED, "sources": (PUBLISHER,), "definition": title,
    }  # fmt: skip
    return Reading(key, title, family, unit, value, **{**base, **more})  # type: ignore[arg-type]


def snapshot() -> Snapshot:
    readings = (
        reading(
            "curve.10y", "Ten-year par yield", "Yields", 4.48, "pct", change_unit="bp",
            changes={"1d": 8.0, "1w": 47.0}, percentile=93.0, percentile_window="ten years",
            record=Record("largest rise", 1, date(2001, 11, 16), date(1990, 1, 2),
                          "largest weekly rise since 16 Nov 2001"),
        ),
        reading(
            "holdings.china", "China, custody holdings", "Holdings", 760.8, "usdbn",
            change_unit="usdbn_change", changes={"1m": 1.8, "12m": -36.9}, percentile=4.0,
            day=date(2025, 1, 31), known=date(2025, 3, 18), known_exact=False, age_days=70,
        ),
        reading(
            "funding.sofr_iorb", "SOFR minus IORB", "Funding", None, "bp_level",
            reason="SOFR of the day is published the next business day", day=None, known=None,
        ),
    )  # fmt: skip
    parts = (
        Contribution("a", "Ten-year volatility", "Yields", 0.9, 0.5, 0.45),
        Contribution("b", "Dealer positions", "Dealers", 0.4, 0.5, 0.2),
    )
    return Snapshot(AS_OF, AS_OF, readings, Composite(0.65, 91.0, parts, "weighted sum"))


def verdicts() -> tuple[Verdict, ...]:
    number = Number("Ten-year, weekly change", 47.0, "bp", AS_OF, AS_OF, PUBLISHER, claimed=42.0)
    gone = Number("Issuance", None, "usdbn", None, None, "SIFMA", note="licensed")
    then = Judgement(AS_OF, Outcome.PARTLY, "the rise is 47 bp, third largest", (number, gone))
    today = Judgement(date(2026, 8, 21), Outcome.DOES_NOT_HOLD, "two weeks were sharper", (number,))
    cannot = Judgement(AS_OF, Outcome.CANNOT_BE_CHECKED, "no intraday bars", (), needs=("bars",))
    return (
        Verdict(
            5, "Sharpest week in two decades", "It was the sharpest rise.", "rule", then, today
        ),
        Verdict(9, "Asian hours", "Dislocations cluster.", "rule", cannot, cannot),
    )


def breakpoint_view() -> BreakpointView:
    amounts = np.array([0.0, 100, 200, 400, 600, 800, 1000])
    chance = 1 / (1 + np.exp(-(amounts - 450) / 120))
    error = np.sqrt(chance * (1 - chance) / 400)
    return BreakpointView(
        amounts, chance, error, 20, 60,
        low=chance**2, middle=chance, high=np.sqrt(chance),
        crossings=(Crossing(0.1, 120.0, 190.0, 380.0, 0.02), Crossing(0.5, 250.0, 450.0, None)),
        marks=(
            AmountMark("China’s custody", 760.8, PUBLISHER, date(2025, 1, 31)),
            AmountMark("March 2020, foreign sales", 300.0, PUBLISHER, date(2020, 3, 31)),
        ),
        by_pace=by_pace(),
    )  # fmt: skip


def by_pace() -> PaceView:
    """One pace with an amount, one past return with nothing sold."""
    points = (
        PacePoint(1, 40.0, 5.0, 0.1, 0.01, 14.0, 70.0, 190.0, 0.0, "reaches 10 % at $40bn", "none"),
        PacePoint(
            20,
            120.0,
            12.0,
            0.1,
            0.01,
            28.0,
            140.0,
            320.0,
            0.0,
            "reaches 10 % at $120bn",
            "facilities",
        ),
        PacePoint(
            250,
            None,
            None,
            0.12,
            0.01,
            None,
            300.0,
            1300.0,
            0.11,
            "above 10 % with nothing sold",
            "none",
        ),
    )
    held = (AmountMark("China", 760.8, PUBLISHER, date(2025, 1, 31)),)
    return PaceView(0.1, points, 8618.0, "January 2025", held, ("none", "facilities"), 54000)


def outcomes() -> OutcomesView:
    years = (2025, 2026, 2027)
    paths = tuple(
        YearPath(key, years, (b / 100, b, 1.5 * b), (0.0, 0.6 * b, b), (b / 50, 1.4 * b, 2 * b))
        for key, _, b, _ in SCENARIOS[1:]
    )
    mortgage = {k: fan("mortgage.30y", "pct", 6.62, d / 110, 0.3) for k, _, d, _ in SCENARIOS}
    return OutcomesView(mortgage, paths, "baseline")


def before() -> Before:
    """The other date: everything a little calmer."""
    earlier, now = snapshot(), snapshot()
    ten = replace(earlier.readings[0], value=4.01, percentile=60.0, day=AS_OF - timedelta(days=7))
    earlier = replace(
        earlier, as_of=AS_OF - timedelta(days=7), readings=(ten, *earlier.readings[1:]),
        composite=replace(earlier.composite, value=0.4, contributions=()),
    )  # fmt: skip
    inputs = (OpeningInput("ust.10y", "Ten-year", 4.01, "pct", earlier.as_of, PUBLISHER, MEASURED),)
    return Before(
        earlier.as_of, earlier, snapshot_difference(earlier, now),
        composite_difference(earlier, now), tuple(scenario(k, t, d / 2, b) for k, t, d, b in
        SCENARIOS), replace(breakpoint_view(), crossings=(Crossing(0.5, 300.0, 500.0, None),)),
        inputs,
    )  # fmt: skip


def replayed() -> ReplayView:
    """An episode with a record, flows and a rest."""
    shown = fan("ust.10y", "pct", 4.0, 0.3, 0.05)
    record = History("ust.10y", "Ten-year", "pct", shown.days, shown.median + 0.1, PUBLISHER)
    last: date = shown.days[-1].astype("datetime64[D]").item()
    lines = (
        Left("record", last, 47.0, None, None, MEASURED, PUBLISHER, adds=False),
        Left("measured flows", last, 12.0, 3.0, 21.0, Evidence.ESTIMATED, "simulated"),
        Left("haven demand", last, None, None, None, None, "no series"),
        Left("unidentified", last, 35.0, 26.0, 44.0, Evidence.ESTIMATED, "the rest"),
    )
    compared = (DayCompared("ust.10y", "Ten-year", "pct", last, 4.4, 4.2, 4.0, 4.5, 0.1),)
    return ReplayView(
        "spring", "Spring", AS_OF, date(2026, 8, 21), 400, compared, lines, shown, record
    )


def contents(**changes: object) -> BriefContents:
    """A complete brief; keyword arguments replace fields."""
    weeks = {"n": 400, "every": 9}
    years = (0.25, 1.0, 2.0, 5.0, 10.0, 30.0)
    given: dict[str, object] = {
        "as_of": AS_OF,
        "snapshot": snapshot(),
        "today": date(2026, 8, 21),
        "histories": {
            "ust.10y": history("ust.10y", "pct", 4.4, 0.5),
            "holdings.china": history("china", "usdbn", 760.0, 90.0, seed=3, every=30, n=90),
            "holdings.japan": history("japan", "usdbn", 1080.0, 90.0, seed=4, every=30, n=90),
            "funding.sofr_iorb": history("spread", "bp_level", -6.0, 9.0, seed=5, **weeks),
            "funding.p99_iorb": history("p99", "bp_level", 8.0, 9.0, seed=6, **weeks),
            "composite": history("composite", "index", 0.4, 0.3, seed=7, **weeks),
        },
        "curves": tuple(
            CurveOn(AS_OF - timedelta(d), years, tuple(4 + s + 0.01 * y for y in years), PUBLISHER)
            for d, s in ((0, 0.0), (7, -0.4), (365, 0.2))
        ),
        "auctions": (
            AuctionLine("3y", date(2025, 4, 8), 2.47, (2.6, 2.5, 2.7, 2.55, 2.62), PUBLISHER),
            AuctionLine("10y", date(2025, 4, 9), 2.67, (2.4, 2.5, 2.6, 2.3, 2.62), PUBLISHER),
        ),
        "events": (Event(date(2024, 9, 18), "first cut"), Event(date(2025, 4, 2), "tariffs")),
        "verdicts": verdicts(),
        "scenarios": tuple(scenario(*s) for s in SCENARIOS),
        "comparisons": (
            Comparison(
                "tactical-qe", "no-intervention",
                {"ust.10y": fan("ust.10y", "bp", 0.0, -30.0, 6.0),
                 "dysfunction": fan("dysfunction", "sd", 0.0, -0.1, 0.02)},
            ),
        ),
        "purchases": Comparison(
            "tactical-qe", "no-intervention",
            {"dislocation": fan("dislocation", "bp", 0.0, -30.0, 6.0),
             "ust.10y": fan("ust.10y", "bp", 0.0, -30.0, 6.0),
             "fed.reserves": fan("fed.reserves", "usdbn_whole", 0.0, 500.0, 20.0)},
        ),
        "thresholds": (0.10, 0.25),
        "breakpoint": breakpoint_view(),
        "outcomes": outcomes(),
        "opening": (
            OpeningInput("ust.10y", "Ten-year", 4.48, "pct", AS_OF, PUBLISHER, MEASURED),
            OpeningInput("u0", "Dealers' use", 0.7, "index", None, "prior", ASSUMED),
        ),
        "parameters": (
            ParameterView("lam0", "Price impact", "18", "bp", 11, 29, "fit", Evidence.ESTIMATED),
            ParameterView("eta", "Volatility exponent", "0.96", "", 0.3, 1.5, "prior", ASSUMED),
        ),
        "sources": (
            SourceView(PUBLISHER, "Par yields", 14, AS_OF, AS_OF, True, Rights.GOVERNMENT),
            SourceView(PUBLISHER, "TIC", 25, JANUARY, KNOWN, False, Rights.GOVERNMENT),
        ),
        "glossary": (TermView("Dysfunction", "an index of functioning"),),
        "replays": (replayed(),),
        "fragile": ("the opening use of dealers' balance sheets",),
        "made": (("Seed", "7"), ("Paths", "400")),
    }  # fmt: skip
    return BriefContents(**{**given, **changes})  # type: ignore[arg-type]

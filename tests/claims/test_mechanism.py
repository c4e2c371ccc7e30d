"""Statements about the mechanism, clustering and cited estimates: the rule counts, nobody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from ustress.claims import judge_one, parse_claims
from ustress.claims.bench import Aids
from ustress.claims.simulated import Counted
from ustress.claims.verdict import Judgement, Outcome
from ustress.core.errors import BadInputError, CannotError
from ustress.core.panel import Panel
from ustress.model.types import Parameters
from ustress.monitor.sessions.bars import IntradayBars
from ustress.simulate.ensemble import Ensemble
from ustress.simulate.names import OBSERVABLES
from ustress.simulate.provenance import Provenance

PATHS, DAYS = 100, 3
HEAD = 'said_on = 2025-04-11\n[[claim]]\nnumber = 1\ntitle = "t"\ntext = "t"\n[[claim.part]]\n'
RULE = 'label = "p"\nrule = "mechanism"\nscenario = "{}"\noutcome = "o"\nhorizon_days = 3\n'


def ensemble(ten_year: np.ndarray, decided: int, broken: int = 0) -> Ensemble:
    """Made paths: the ten-year at the last close as given, the first `decided` paths decide."""
    seen = {name: np.zeros((PATHS, DAYS + 1), np.float32) for name in OBSERVABLES}
    seen["ust.10y"][:, -1] = ten_year
    day = np.where(np.arange(PATHS) < decided, 2, -1).astype(np.int32)
    status = np.where(np.arange(PATHS) < broken, 1, 0).astype(np.int32)
    made_by = Provenance("0", "", date(2025, 4, 11), "", "", "", (), 1, "", "", "")
    days = np.arange(DAYS + 1).astype("datetime64[D]")
    return Ensemble(
        "s", "t", date(2025, 4, 11), 1, days, seen, status, day, day, status - 1, made_by
    )


class Made:
    """A simulator of made ensembles, path i living with u0 = i."""

    def __init__(self, **runs: Ensemble | None) -> None:
        self.runs = runs
        self.asked: list[tuple[date, str, tuple[str, ...], int]] = []

    def run(self, day: date, scenario: str, overrides: tuple[str, ...], horizon: int) -> Ensemble:
        self.asked.append((day, scenario, overrides, horizon))
        found = self.runs[scenario]
        if found is None:
            raise CannotError("the opening state is incomplete: no reserves")
        return found

    def parameters(self, day: date, paths: int) -> Parameters:
        blank = Parameters(*np.zeros(len(Parameters._fields)))
        return blank._replace(u0=np.arange(paths, dtype=float))

    def counted(self, asked: str, count: Callable[[], Counted | None]) -> Counted | None:
        return count()


def judged(part: str, panel: Panel, aids: Aids) -> Judgement:
    return judge_one(parse_claims(HEAD + part, "made.toml")[0], panel, aids)


@pytest.fixture
def panel(figures: Callable[[str], Panel]) -> Panel:
    return figures("2025-04-11")


@pytest.mark.parametrize(
    ("decided", "outcome"),
    [
        (80, Outcome.HOLDS),
        (55, Outcome.PARTLY),
        (30, Outcome.PARTLY),
        (20, Outcome.PARTLY),
        (10, Outcome.DOES_NOT_HOLD),
    ],
)
def test_a_chance_against_its_thresholds(panel: Panel, decided: int, outcome: Outcome) -> None:
    """Property: the share of paths alone decides, by more than two Monte Carlo errors."""
    made = Made(s=ensemble(np.zeros(PATHS), decided))
    found = judged(RULE.format("s") + 'events = ["fed.decides<=3"]', panel, Aids(made))
    assert found.outcome is outcome
    (number,) = found.numbers
    assert number.value == decided / PATHS
    assert number.unit == "probability"
    assert made.asked == [(date(2025, 4, 11), "s", (), 3)]


def test_the_spread_is_that_of_the_parameter_it_hangs_on(panel: Panel) -> None:
    """Analytic: the first 30 paths decide and u0 rises with the path, so none to 30 of 34."""
    made = Made(s=ensemble(np.zeros(PATHS), 30))
    found = judged(RULE.format("s") + 'events = ["fed.decides"]', panel, Aids(made))
    assert "0 % to 88 % between the outer thirds of use of dealers' balance sheets" in found.because


def test_pairs_speak_of_the_difference_on_paths_where_the_fed_decided(panel: Panel) -> None:
    """Analytic: on the 40 paths with a decision the difference is -1 on 30."""
    lower = np.where(np.arange(PATHS) < 30, -1.0, 0.5)
    made = Made(s=ensemble(2.0 + lower, 40), b=ensemble(np.full(PATHS, 2.0), 0))
    keys = 'against = "b"\nevents = ["ust.10y<0 at 3"]\ngiven = ["fed.decides"]\n'
    found = judged(RULE.format("s") + keys, panel, Aids(made))
    assert found.numbers[0].value == 0.75
    other = keys + 'against_overrides = ["policy.belief_share=0"]\noverrides = ["policy.kind=none"]'
    judged(RULE.format("s") + other, panel, Aids(made))
    assert made.asked[-2:] == [
        (date(2025, 4, 11), "s", ("policy.kind=none",), 3),
        (date(2025, 4, 11), "b", ("policy.belief_share=0",), 3),
    ]


def test_broken_paths_have_no_say(panel: Panel) -> None:
    made = Made(s=ensemble(np.ones(PATHS), 0, broken=60))
    found = judged(RULE.format("s") + 'events = ["ust.10y>0 at 3"]', panel, Aids(made))
    assert found.numbers[0].value == 1.0
    assert "of 40 simulated paths" in found.because


@pytest.mark.parametrize(
    ("made", "keys", "why"),
    [
        (None, "", "only a simulation can judge it"),
        (Made(s=None), "", "no reserves"),
        (Made(s=ensemble(np.zeros(PATHS), 0)), 'given = ["fed.buys"]', "no simulated path"),
    ],
)
def test_without_paths_it_cannot_be_checked(
    panel: Panel, made: Made | None, keys: str, why: str
) -> None:
    found = judged(RULE.format("s") + f'events = ["fed.decides"]\n{keys}', panel, Aids(made))
    assert found.outcome is Outcome.CANNOT_BE_CHECKED
    assert why in found.because
    assert found.needs


@pytest.mark.parametrize("event", ["ust.10y", "nothing>1", "fed.buys>3", "10y>5"])
def test_an_event_that_is_none_is_refused_with_its_line(event: str) -> None:
    with pytest.raises(BadInputError, match=r"made.toml, line 12, claim 1, part 1"):
        parse_claims(HEAD + RULE.format("s") + f'events = ["{event}"]', "made.toml")


@pytest.mark.parametrize(
    ("second", "outcome"),
    [("low = -0.8\nhigh = -0.1", Outcome.HOLDS), ("low = -0.8\nhigh = 0.1", Outcome.PARTLY)],
)
def test_cited_estimates_with_their_ranges(panel: Panel, second: str, outcome: Outcome) -> None:
    text = (
        HEAD
        + 'label = "p"\nrule = "cited"\ndirection = "below"\n'
        + "".join(
            "[[claim.part.estimates]]\nsource = 'A'\nwhat = 'w'\nvalue = -0.5\nunit = 'bp'\n"
            + more
            + "\n"
            for more in ("", second)
        )
    )
    found = judge_one(parse_claims(text, "m")[0], panel)
    assert found.outcome is outcome
    assert all(n.evidence.value == "published" for n in found.numbers)


def bars(excess: float) -> IntradayBars:
    """Half-hourly bars of 60 days; in the last 30 Asian moves are larger by a factor."""
    start = np.arange(
        np.datetime64("2025-01-06T23:00"), np.datetime64("2025-04-01"), np.timedelta64(30, "m")
    ).astype("datetime64[s]")
    hour = start.astype("datetime64[h]").astype(int) % 24
    late = start >= np.datetime64("2025-02-20")
    rng = np.random.default_rng(3)
    asia = (hour >= 23) | (hour < 8)
    move = rng.normal(0.0, np.where(late & asia, excess, 1.0))
    close = 100.0 + np.cumsum(move)
    return IntradayBars(start, close - move, close, np.ones(start.size), "pct")


@pytest.mark.parametrize(
    ("excess", "outcome"), [(3.0, Outcome.HOLDS), (0.5, Outcome.DOES_NOT_HOLD)]
)
def test_clustering_from_the_readers_bars(panel: Panel, excess: float, outcome: Outcome) -> None:
    rule = 'label = "p"\nrule = "clusters"\nbars = "own"\nsession = "Asia"\nfrom_day = 2025-02-20\n'
    made = bars(excess)
    found = judged(rule, panel, Aids(bars=lambda name, day: made if name == "own" else None))
    assert found.outcome is outcome
    assert "not who sold" in found.because
    gone = judged(rule, panel, Aids(bars=lambda name, day: None))
    assert gone.outcome is Outcome.CANNOT_BE_CHECKED
    few = replace(
        made, **{k: getattr(made, k)[-400:] for k in ("start", "open", "close", "volume")}
    )
    assert judged(rule, panel, Aids(bars=lambda name, day: few)).outcome is gone.outcome

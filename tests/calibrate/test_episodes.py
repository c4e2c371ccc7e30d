"""Episodes as data: sums against the record by another route, days, knowledge, refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ustress.calibrate.episodes import (
    EpisodeFigures,
    episode_names,
    load_episode,
    load_episodes,
    measure,
    parse_episode,
)
from ustress.core.errors import BadInputError, UnknownNameError
from ustress.core.panel import Panel

LATE = date(2026, 2, 27)
Panels = Callable[[date], Panel]


@pytest.fixture(scope="module")
def march(panel_on: Panels) -> EpisodeFigures:
    return measure(load_episode("march-2020"), panel_on(LATE))


def test_the_episodes_are_the_five_of_the_model_document() -> None:
    expected = ("october-2014", "september-2019", "march-2020", "march-2023", "april-2025")
    assert episode_names() == expected
    assert [one.key for one in load_episodes() if one.fed_bought] == ["march-2020"]


def test_purchases_add_up_to_the_change_of_holdings(march: EpisodeFigures) -> None:
    # Second route: two levels of the account, nothing in between. Published: $775bn from 15 to
    # 31 March 2020 beside what the weekly account shows from the 16th on.
    bought = march.by_day("fed_purchase")
    assert march.total("fed_purchases") == pytest.approx(
        (2776.04 + 191.72) - (2027.66 + 132.65), abs=0.05
    )
    assert sum(bought[d] for d in bought if d >= date(2020, 3, 16)) == pytest.approx(
        775.0, rel=0.02
    )
    assert bought[date(2020, 3, 12)] == 0.0
    assert bought[date(2020, 3, 13)] > 30.0


@pytest.mark.parametrize("early", [0.0, 0.3, 1.0])
def test_cited_totals_are_kept_however_they_are_spread(early: float, panel_on: Panels) -> None:
    # Property: the split over days moves nothing but days; custody counts once.
    found = measure(load_episode("march-2020"), panel_on(LATE), early)
    assert found.total("custody") + found.total("foreign_rest") == pytest.approx(299.3)
    assert found.total("mutual_funds") == pytest.approx(260.0)
    early_days = sum(d.par_usdbn for d in found["mutual_funds"].days if d.day <= date(2020, 3, 18))
    assert early_days / 260.0 == pytest.approx(0.606 + 0.394 * early, abs=0.01)


def test_what_was_known_by_then_is_apart(march: EpisodeFigures, panel_on: Panels) -> None:
    # Property: cutting a late panel and asking an early one give the same flows.
    day = date(2020, 3, 20)
    cut, asked = march.known_by(day), measure(load_episode("march-2020"), panel_on(day))
    for one, other in zip(cut.flows, asked.flows, strict=True):
        assert one.total_usdbn == pytest.approx(other.total_usdbn)
    assert asked["mutual_funds"].missing
    assert cut.total("custody") > 0
    assert cut.record_on("ust.10y", date(2020, 3, 18)) == 1.18


def test_cash_of_september_2019(panel_on: Panels) -> None:
    found = measure(load_episode("september-2019"), panel_on(LATE))
    drained = found.by_day("cash_drain")
    assert sum(drained.values()) == pytest.approx(303.06 - 183.58, abs=0.02)
    assert drained[date(2019, 9, 16)] == drained[date(2019, 9, 17)] > 0
    assert found.total("fed_repo") + found.total("fed_repo_rise") == pytest.approx(75.0)
    assert found.record_on("sofr", date(2019, 9, 17)) == 5.25


def test_april_2025_counts_china_once(panel_on: Panels) -> None:
    found = measure(load_episode("april-2025"), panel_on(LATE))
    sold = (
        found.total("china") + found.total("other_official_bonds") + found.total("of_which_china")
    )
    assert sold == pytest.approx(3515.8 - 3506.0, abs=0.05)  # all officials' notes and bonds
    assert not found.records["swap_spread.10y"]  # licensed: a place, no figures


def test_refusals() -> None:
    with pytest.raises(UnknownNameError, match="march-2020"):
        load_episode("march-2021")
    good = (
        'key = "x"\ntitle = "x"\nstory = "x"\nopens = 2020-03-09\nlast = 2020-03-31\n'
        "fed_bought = false\nlooked_at = []\n"
    )
    flow = (
        '[[flow]]\nkey = "f"\ntitle = "f"\nrole = "sale"\nseller = "china"\nfirst = 2020-03-10\n'
        'last = 2020-03-12\nrule = "r"\nsource = "s"\nrests_on = "x"\nevidence = "measured"\n'
    )
    assert parse_episode(good, "x.toml").key == "x"
    for text, said in (
        (good + "paces = 1\n", "unknown keys: paces"),
        (good + flow, "either series or amount_usdbn"),
        (good + flow + "amount_usdbn = 1.0\n", "says when it was known"),
        (good + flow.replace('"sale"', '"selling"') + 'series = ["a"]\n', "role one of"),
        (good + flow + 'series = ["a"]\nless = "g"\n', "refers to 'g'"),
        ("key = ", "not valid TOML"),
    ):
        with pytest.raises(BadInputError, match=said):
            parse_episode(text, "x.toml")

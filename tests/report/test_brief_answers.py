"""What the brief says in short: conditions of scenarios, paths left out, amounts with errors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from report.sample import contents, scenario, verdicts
from ustress.report import brief, plans
from ustress.report.brief.sections import broken, first
from ustress.report.figures import Figure, Num
from ustress.report.purchase_tables import given_back, turn
from ustress.scenario import builtin_names, load_scenario
from ustress.scenario.load import scenario_keys
from ustress.workflows.plans import OTHERS, plan
from ustress.workflows.views import _bounds

QUIET = {"business_days", "start_day", "maturity", "lasting_share", "pause_day", "pause_share",
         "retaliation_share", "defend_share"}  # fmt: skip


@pytest.mark.parametrize("name", builtin_names())
def test_a_plan_tells_every_size_of_its_scenario(name: str) -> None:
    """Second route: the keys that differ from their defaults, as `scenarios show` lists them."""
    scenario_, told = load_scenario(name), plan(load_scenario(name))
    assert told.sold_usdbn == pytest.approx(scenario_.total_sale_usdbn)
    tables = ("sale", "basis", "tariff", "yen", "herding", "auctions", "shock", "funding")
    defaults = {k.key: k.default for k in scenario_keys()}
    sizes = {
        key for key, value in scenario_.settings().items()
        if key.split(".")[0] in tables and value != defaults[key]
        and key.split(".")[-1] not in QUIET
    }  # fmt: skip
    assert sizes == {one.key for one in (*told.sales, *told.others)}
    assert (told.buying == "none") is not scenario_.policy.buys_outright


def test_every_size_that_can_be_imposed_has_words() -> None:
    """Property: a new key of a scenario needs its sentence."""
    tables = ("basis", "tariff", "yen", "herding", "auctions", "shock", "funding")
    keys = {k.key for k in scenario_keys() if k.key.split(".")[0] in tables}
    assert {k for k in keys if k.split(".")[-1] not in QUIET} == set(OTHERS)


def test_a_scenario_says_what_it_assumes_and_what_it_shares() -> None:
    three = tuple(scenario(*s) for s in (("a", "A", 0.0, 0.0), ("b", "B", 5.0, 1.0),
                                         ("no-intervention", "C", 5.0, 0.0)))  # fmt: skip
    one, two, third = (str(t).replace("\N{NO-BREAK SPACE}", " ") for t in plans.in_full(three))
    assert "nobody is made to sell" in one
    assert "B (assumed): China sells $150bn, evenly over 20 business days" in two
    assert "at most $600bn" in two
    assert "the same sales and shocks as under “b”. The Fed buys nothing outright" in third


class _Run:
    """Paths of one quantity with some broken: what `_bounds` asks of a run."""

    horizon_days = 1

    def __init__(self, ok: np.ndarray, values: np.ndarray) -> None:
        self.ok, self._values = ok, values

    def quantile(self, name: str, q: tuple[float, ...], day: int) -> np.ndarray:
        found: np.ndarray = np.quantile(self._values[self.ok], q)
        return found


def test_bounds_hold_the_median_wherever_broken_paths_lie() -> None:
    """Limit: all of them far above, then far below."""
    rng = np.random.default_rng(1)
    values, ok = rng.normal(size=4000), np.arange(4000) >= 600
    low, high = _bounds(_Run(ok, values), ("ust.10y",))["ust.10y"]  # type: ignore[arg-type]
    for far, bound in ((-99.0, low), (99.0, high)):
        assert np.median(np.where(ok, values, far)) == pytest.approx(bound, abs=2e-3)
    assert _bounds(_Run(np.ones(4000, bool), values), ("ust.10y",)) == {}  # type: ignore[arg-type]


def test_broken_paths_are_told_on_the_first_screen_with_their_bound() -> None:
    told = str(broken.in_short(contents().scenarios)[0]).replace("\N{NO-BREAK SPACE}", " ")
    assert "60 of 400 paths (15 %)" in told
    assert told.endswith("would be 4.90 or 5.40 %.")
    page = brief.to_markdown(contents()).replace("\N{NO-BREAK SPACE}", " ")
    assert told in page.split("## What is happening")[0]
    assert "60 (15 %) under “prolonged disruption”" in page.split("## What this cannot say")[1]


@pytest.mark.parametrize(
    ("value", "error", "shown"),
    [(102.3, 44.0, "$100bn (40)"), (75.2, 8.1, "$75bn (8)"), (113.0, 11.0, "$110bn (10)"),
     (95.0, None, "$95bn"), (1234.0, 120.0, "$1,200bn (100)")],
)  # fmt: skip
def test_an_amount_is_rounded_to_what_its_error_allows(
    value: float, error: float | None, shown: str
) -> None:
    text = str(Num(Figure("x", value, "usdbn_whole", error=error), "about"))
    assert text.replace("\N{NO-BREAK SPACE}", " ") == shown


def test_old_figures_are_not_this_week_s() -> None:
    """A date beyond the figures says until when they go."""
    later = contents(as_of=date(2030, 1, 1), breakpoint=None, scenarios=())
    assert "the last day known" in str(first.title(later))
    assert str(first.standfirst(later)).startswith("The figures here go to 11")
    assert "in the week" not in str(first.title(later))


def test_claims_made_later_are_one_sentence_and_folded() -> None:
    later = tuple(replace(v, said_on=date(2025, 4, 12)) for v in verdicts())
    page = brief.to_markdown(contents(verdicts=later))
    assert "The 2 claims judged here were made later, on" in page
    assert "cannot be checked from the record" not in page


def test_the_turn_of_a_difference_is_where_its_sign_changes_for_good() -> None:
    """Analytic: a median of t - 50 turns at day 51; one that stays below nought never does."""
    base = contents().purchases
    assert base is not None
    view = base.fans["ust.10y"]
    t = np.arange(len(view.days), dtype=float)
    turned = replace(view, bands=dict.fromkeys(view.bands, t - 50.0))
    found = replace(base, fans={"dysfunction": turned})
    day, end = turn(found, "dysfunction") or (None, None)
    assert day is not None
    assert day.value == 51.0
    assert end is not None
    assert end.value == t[-1] - 50.0
    falling = replace(view, bands=dict.fromkeys(view.bands, -t))
    assert turn(replace(base, fans={"dysfunction": falling}), "dysfunction") is None


def test_what_ran_off_is_bought_less_held() -> None:
    base = contents().purchases
    assert base is not None
    view = base.fans["fed.reserves"]
    half = replace(view, bands={q: v / 2.0 for q, v in view.bands.items()})
    found = replace(base, fans={"fed.bought": view, "fed.purchases": half})
    back = given_back(found)
    assert back is not None
    assert back.value == pytest.approx(view.median[-1] / 2.0)

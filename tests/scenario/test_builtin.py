"""The battery every built-in scenario passes."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ustress.scenario import builtin_names, load_scenario, scenario_keys
from ustress.scenario.jsonschema import json_schema
from ustress.scenario.jsonschema import shipped as shipped_schema
from ustress.scenario.load import family
from ustress.scenario.schema import Scenario

IMPOSED = ("sale", "basis", "tariff", "yen", "herding", "auctions", "shock", "funding")
SIZES = ("usdbn", "bp", "pct", "share", "share_of_holding", "intensity", "pressure", "rate")


@pytest.fixture(params=builtin_names())
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario(request.param)


def test_it_is_titled_described_and_referenced(scenario: Scenario) -> None:
    assert scenario.title
    assert len(scenario.description) > 60
    assert scenario.references


def test_every_imposed_size_says_where_it_comes_from(scenario: Scenario) -> None:
    """Property: amounts, shocks and the programme's size carry a level of evidence and a source."""
    plain = {info.key: info.default for info in scenario_keys()}
    for key, value in scenario.settings().items():
        size = key.startswith(IMPOSED) and key.endswith(SIZES)
        if size and value not in (0.0, plain[key]):
            assert key in scenario.evidence, key
            assert len(scenario.evidence[key].source) > 20
    if scenario.policy.kind != "none":
        assert {"policy.pace_usdbn_per_day", "policy.max_usdbn"} <= set(scenario.evidence)


def test_expected_signs_name_scenarios_that_exist(scenario: Scenario) -> None:
    assert all(one.against in builtin_names() for one in scenario.expected)
    assert all(one.day <= scenario.horizon_days for one in scenario.expected)
    assert bool(scenario.expected) is (scenario.name != "baseline")


def test_sales_end_within_the_horizon(scenario: Scenario) -> None:
    for _, sale in scenario.sale.items():
        assert sale.start_day + sale.business_days - 1 <= scenario.horizon_days


def test_purchases_and_no_purchases_face_the_same_sale() -> None:
    """Property: only the policy differs, so the difference of the two runs is what it does."""
    with_, without = load_scenario("tactical-qe"), load_scenario("no-intervention")
    for part in ("sale", "basis", "shock", "funding", "actors"):
        assert getattr(with_, part) == getattr(without, part)
    assert without.policy.kind == "none"
    assert with_.policy == load_scenario("baseline").policy


def test_the_sale_is_that_of_march_2020_at_todays_size() -> None:
    """Published: about $300bn of foreign net sales (TIC), times GDP 30.5 over 21.5."""
    total = load_scenario("tactical-qe").total_sale_usdbn
    assert total == pytest.approx(300 * 30.5 / 21.5, rel=0.01)


def test_prolonged_sells_for_months_with_doubt_and_open_end() -> None:
    long, short = load_scenario("prolonged-disruption"), load_scenario("tactical-qe")
    assert long.sale.china.business_days > 6 * short.sale.china.business_days
    assert long.policy.kind == "open_ended"
    assert long.policy.belief_share < short.policy.belief_share
    assert long.shock.trust.loss_share > 0


def test_keys_have_description_unit_and_range() -> None:
    keys = scenario_keys()
    assert len({info.key for info in keys}) == len(keys) > 40
    for info in keys:
        assert info.description, info.key
        assert info.unit_words, info.key
        numeric = info.unit not in ("words", "on_off")
        assert (info.low is not None and info.high is not None) is numeric, info.key
        if numeric and info.default is not None:
            assert info.low <= info.default <= info.high, info.key


def test_settings_cover_every_key_that_matters() -> None:
    settings = load_scenario("baseline").settings()
    effective = {k.key for k in scenario_keys()} - {"title", "description", "horizon_days"}
    assert set(settings) == effective


def test_the_fingerprint_follows_numbers_and_not_words() -> None:
    one = load_scenario("baseline")
    assert one.model_copy(update={"title": "Another"}).fingerprint == one.fingerprint
    prints = {load_scenario(name).fingerprint for name in builtin_names()}
    assert len(prints) == len(builtin_names())


def test_what_is_imposed_has_its_own_fingerprint() -> None:
    """Property: tactical purchases and no intervention differ by the policy alone."""
    names = ("tactical-qe", "no-intervention", "baseline")
    with_, without, calm = (load_scenario(name).imposed_fingerprint for name in names)
    assert with_ == without != calm


def test_who_reacts_is_not_counted_beside_a_sale_of_the_record() -> None:
    """Property: March 2020's flows are the record's, so nobody reacts on top of them."""
    march = load_scenario("march-2020")
    assert march.sale.mutual_funds.amount_usdbn == 260
    for actor in ("mutual_funds", "foreign_private", "foreign_officials", "japan", "banks"):
        assert not getattr(march.actors, actor)


def test_the_schema_that_ships_is_the_one_printed() -> None:
    """Second route: the file beside the code against the schema made from the declarations."""
    shipped = Path(urlsplit(shipped_schema()).path).read_text(encoding="utf-8")
    assert json.loads(shipped) == json_schema()


def test_families_list_every_scenario_once() -> None:
    files = {
        path.stem for path in Path(str(resources.files("ustress.scenario"))).glob("builtin/*.toml")
    }
    assert sorted(builtin_names()) == sorted(files)
    assert all(family(name) for name in builtin_names())
    assert family("mine") == ""

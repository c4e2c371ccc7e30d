"""The parameter files, the joint draws, and what each path is given."""

from __future__ import annotations

import numpy as np
import pytest

from model.worlds import SLOW
from ustress.core.errors import BadInputError, UnknownNameError
from ustress.core.evidence import Evidence
from ustress.model.draws import (
    JOINT_DRAWS,
    Dated,
    draw,
    even_uniforms,
    heavy_tail,
    joint_draws,
    joint_index,
    median,
)
from ustress.model.parameters import load_parameters
from ustress.model.parameters.table import parse
from ustress.model.types import Parameters

GOOD = """[k]
symbol = "k"
meaning = "a speed"
unit = "days"
value = 3
low = 1
high = 8
distribution = "joint"
evidence = "assumed"
source = "a choice"
rests_on = "nothing measured"
"""


def test_every_entry_is_complete_and_medians_belong_to_the_draws_property() -> None:
    """Property: the files' medians, 10 and 90 % are those of the 500 draws, rounded."""
    table = load_parameters()
    for name, column in joint_draws().items():
        entry = table[name]
        assert entry.distribution == "joint"
        low, middle, high = np.percentile(column, [10, 50, 90])
        assert entry.value == pytest.approx(middle, rel=0.08)
        assert entry.low == pytest.approx(low, rel=0.2)
        assert entry.high == pytest.approx(high, rel=0.2)


def test_every_parameter_of_the_market_is_declared_property() -> None:
    """Property: no number enters a path's parameters but from a file, the slow layer, or GDP."""
    given = set(SLOW._fields) | {"size_scale", "cross", "cross_risk", "cross_own", "cross_keep"}
    declared = {entry.name for entry in load_parameters()}
    assert set(Parameters._fields) - given <= declared
    unused = declared - set(Parameters._fields) - {"lam0_tail_factor", "wedge_noise_bp"}
    assert unused == {
        "kr",
        "sr",
        "km",
        "sm",
        "kb_slow",
        "sigma_b",
        "a_theta",
        "a_alpha",
        "a",
    }


def test_published_and_measured_parameters_name_their_source() -> None:
    """Every level of evidence is one of the four, and nothing assumed claims to be more."""
    levels = {entry.evidence for entry in load_parameters()}
    assert levels <= set(Evidence)
    assert load_parameters()["threshold"].evidence is Evidence.ASSUMED
    with pytest.raises(UnknownNameError, match="unknown parameter"):
        load_parameters()["lambda"]
    with pytest.raises(BadInputError, match="profile of 7"):
        load_parameters().value("h")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('evidence = "assumed"', 'evidence = "certain"', "evidence 'certain'"),
        ('unit = "days"\n', "", "missing or unknown keys: unit"),
        ("high = 8", "high = 2", "outside low and high"),
        ('distribution = "joint"', 'distribution = "normal"', "distribution 'normal'"),
        ('distribution = "joint"', 'distribution = "lognormal"', "spread belongs"),
        ('source = "a choice"', 'source = " "', "needs a unit, a source"),
        ("[k]", "[k", "not valid TOML"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(old: str, new: str, message: str) -> None:
    """Each kind of mistake names the file and the parameter."""
    assert parse(GOOD, "x.toml")[0].value == 3.0
    with pytest.raises(BadInputError, match=message) as failure:
        parse(GOOD.replace(old, new), "x.toml")
    assert str(failure.value).startswith("x.toml")


def test_any_500_paths_in_a_row_use_each_draw_once_property() -> None:
    """Property: the mapping is a permutation, and fixed."""
    for first in (0, 137, 9500):
        index = joint_index(np.arange(first, first + JOINT_DRAWS))
        assert sorted(index.tolist()) == list(range(JOINT_DRAWS))
    assert joint_index(np.array([0, 1, 500])).tolist() == [97, 308, 97]


def test_one_path_in_ten_has_the_heavy_tail_property() -> None:
    """Property: exactly 50 of any block of 500, and each draw once in 5,000 paths."""
    path = np.arange(5000)
    heavy = heavy_tail(path)
    assert heavy[:500].sum() == heavy[2500:3000].sum() == 50
    assert len(set(joint_index(path)[heavy].tolist())) == 500
    plain = joint_draws()["lam0_bp_per_100bn"][joint_index(path)]
    ratio = draw(path, SLOW).lam0_bp_per_100bn / plain
    np.testing.assert_allclose(ratio, np.where(heavy, 4.0, 1.0))


def test_a_path_has_the_same_parameters_in_any_chunk_property() -> None:
    """Property: bytes equal whether paths are drawn together or alone."""
    together = draw(np.arange(1200), SLOW)
    alone = draw(np.arange(700, 900), SLOW)
    for name in ("u0", "threshold", "basis_usdbn", "lasting_bp_per_100bn", "lam0_bp_per_100bn"):
        assert np.array_equal(getattr(together, name)[700:900], getattr(alone, name))


def test_threshold_and_scales_have_their_distributions_analytic() -> None:
    """Analytic: uniform on .10 to .25; lognormal scales with median 1 and .6; unrelated."""
    p = draw(np.arange(10_000), SLOW)
    assert p.threshold.min() > 0.10
    assert p.threshold.max() < 0.25
    np.testing.assert_allclose(
        np.percentile(p.threshold, [10, 50, 90]), [0.115, 0.175, 0.235], atol=1e-3
    )
    scale = np.log(p.lasting_bp_per_100bn[:, 4] / 3.2)
    assert np.mean(scale) == pytest.approx(0.0, abs=0.01)
    assert np.std(scale) == pytest.approx(0.6, abs=0.01)
    together = np.corrcoef([p.threshold, scale, np.log(p.basis_usdbn), p.u0])
    assert np.abs(together - np.eye(4)).max() < 0.03
    assert p.eta.max() <= 1.5


def test_noise_is_bounded_in_dollars_and_in_basis_points_property() -> None:
    """Property: at most what inventories show, and at most .63 bp a day of wedge."""
    p = draw(np.arange(2000), SLOW)
    assert p.flow_noise_usdbn.max() == 3.5
    assert (p.flow_noise_usdbn * p.lam0_bp_per_100bn / 100).max() == pytest.approx(0.63)


def test_even_uniforms_fill_the_interval_property() -> None:
    """Property: the discrepancy of 10,000 points is far below that of random ones (.014)."""
    for dimension in (0, 1, 2):
        u = np.sort(even_uniforms(np.arange(10_000), dimension))
        assert np.abs(u - (np.arange(10_000) + 0.5) / 10_000).max() < 1e-3


def test_the_date_enters_property() -> None:
    """Property: GDP, dealers' use and the facility are the date's; the rest is not."""
    p = median(3, SLOW, Dated(u0_scale=0.5, gdp_usdbn=61_000.0, facility_cap_bp=1e4))
    assert p.u0.tolist() == [0.5 * load_parameters().value("u0")] * 3
    assert float(p.size_scale) == 0.5
    assert float(p.facility_cap_bp) == 1e4
    assert float(median(3, SLOW).facility_cap_bp) == 10.0

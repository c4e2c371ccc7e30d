"""Who is hit from end to end: runs, differences, a reader's own path, the command line."""

import json
from pathlib import Path

import numpy as np
import pytest

from ustress.cli.main import run as cli
from ustress.core.errors import BadInputError
from ustress.simulate.ensemble import Ensemble
from ustress.workflows.simulation import run
from ustress.workflows.who_is_hit import WhoIsHit, of_path, who_is_hit

DAY, PATHS, HORIZON = "2025-04-11", 120, 15
PATH = """date,ust.2y,ust.10y,ust.30y,credit.ig
2025-04-11,3.96,4.48,4.85,0
2025-04-14,3.84,4.38,4.80,5
2025-04-15,3.84,4.35,4.78,10
2025-04-16,3.77,4.29,4.74,12
2025-04-17,3.81,4.34,4.80,8
2025-04-22,3.80,4.41,4.88,6
"""


@pytest.fixture(scope="module")
def runs() -> tuple[Ensemble, Ensemble]:
    first, second = (run(name, DAY, PATHS, 7, HORIZON) for name in ("china-100-month", "baseline"))
    return first, second


@pytest.fixture(scope="module")
def paired(runs: tuple[Ensemble, Ensemble]) -> WhoIsHit:
    return who_is_hit(*runs)


def test_the_mean_of_a_difference_is_the_difference_of_means(
    runs: tuple[Ensemble, Ensemble], paired: WhoIsHit
) -> None:
    """Second route: where no path broke, apart and paired agree; paired errors are smaller."""
    first, second = (who_is_hit(one) for one in runs)
    assert first.paths == second.paths == paired.paths
    for group in paired.groups:
        a, b = ({r.id: r for r in w.group(group.key).rows} for w in (first, second))
        for row in group.rows:
            if row.value is None or row.paths < PATHS:
                continue
            if row.when.endswith("alone"):
                assert row.value == a[row.id].value
                continue
            one, two = a[row.id].value, b[row.id].value
            assert one is not None
            assert two is not None
            scale = 100.0 if (a[row.id].unit, row.unit) == ("pct", "bp") else 1.0
            apart = scale * (one - two)
            assert row.value == pytest.approx(apart, abs=2e-4 * scale * max(1.0, abs(one)))
    loss = "foreign_reserves.china_loss.d15"
    errors = [w.group("foreign_reserves").row(loss) for w in (first, paired)]
    assert errors[1] is not None
    assert errors[0] is not None
    assert (errors[1].error or 0.0) < (errors[0].error or 0.0)


def test_what_the_fed_buys_decides_who_is_reached() -> None:
    """Property: with the same sales the Fed's doing is all of it; mortgage bonds answer theirs."""
    ratios = (0.0, 0.5, 1.0)
    without = run("no-intervention", DAY, PATHS, 7, HORIZON)
    found = []
    for ratio in ratios:
        bought = run("tactical-qe", DAY, PATHS, 7, HORIZON, (f"policy.mbs_ratio={ratio}",))
        told = who_is_hit(bought, without, groups=("spillover",)).group("spillover")
        found.append({r.id: r.value or 0.0 for r in told.rows})
        assert not any(".sales_" in id_ for id_ in found[-1])
        parts = [found[-1][f"spillover.{p}_mbs.d15"] for p in (
            "purchases_treasuries", "purchases_mortgages", "rest",
        )]  # fmt: skip
        assert sum(parts) == pytest.approx(found[-1]["spillover.yield_mbs.d15"])
    reached = [f["spillover.purchases_mortgages_mbs.d15"] for f in found]
    assert reached[0] == 0.0
    assert reached[2] < reached[1] < 0.0
    assert reached[2] == pytest.approx(2.0 * reached[1], rel=0.05)
    assert found[0]["spillover.purchases_treasuries_mbs.d15"] < 0.0


def test_its_json_has_no_nan(paired: WhoIsHit) -> None:
    from ustress.core.jsonform import dumps

    found = json.loads(dumps(paired.to_json()), parse_constant=pytest.fail)
    assert found["groups"][0]["key"] == "budget"
    assert found["against"] == "baseline"


def test_two_that_do_not_share_shocks_are_refused(runs: tuple[Ensemble, Ensemble]) -> None:
    with pytest.raises(BadInputError, match="differ in seed"):
        who_is_hit(runs[0], run("baseline", DAY, PATHS, 8, HORIZON))


def test_a_path_of_one_s_own(tmp_path: Path) -> None:
    """Analytic: China's loss is its holdings times the loss of the mix, no error, no quantiles."""
    file = tmp_path / "mine.csv"
    file.write_text(PATH)
    found = of_path(file)
    row = found.group("foreign_reserves").row("foreign_reserves.china_loss.d6")
    share = found.group("foreign_reserves").row("foreign_reserves.loss_pct.d6")
    assert row is not None
    assert share is not None
    assert row.error is None
    assert row.quantiles == {}
    # TIC, known on 11 April 2025: China 760.8 $bn in January.
    assert row.value == pytest.approx(7.608 * (share.value or np.nan), rel=1e-3)
    missing = found.group("equity").row("equity.index.d6")
    assert missing is not None
    assert "mine.csv carries no equity.change" in missing.reason
    assert found.notes == (
        "The path gives 6 of 7 business days; the 1 between them lie on straight lines.",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("ust.10y,date\n", "first column `date`"),
        ("date,ust.10x\n2025-04-11,4\n", "ust.10x"),
        ("date,ust.10y\n2025-04-11,4\n2025-04-14,high\n", "line 3"),
        ("date,ust.10y\n2025-04-11,4\n2025-04-14\n", "line 3 has 1 cells"),
        ("date,ust.10y\n2025-04-11,4\nsoon,4\n", "line 3"),
        ("date,ust.10y\n2025-04-11,4\n2025-04-10,4\n", "ascending"),
        ("date,ust.10y\n2025-04-11,4\n2025-04-14,nan\n", "finite"),
        (
            "date,ust.10y\n2025-04-11,448\n2025-04-14,450\n",
            "line 2: ust.10y is 448; expected per cent, yields between -5 and 30",
        ),
        (
            "date,equity.change\n2025-04-11,0\n2025-04-14,5363\n",
            "line 3: equity.change is 5363; expected per cent since the opening",
        ),
        ("date,ust.10y\n2025-04-11,4\n2025-04-18,5\n", "2025-04-18 is no business day"),
    ],
)
def test_a_file_that_is_no_path_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text)
    with pytest.raises(BadInputError, match=said):
        of_path(file)


def one_line(said: str) -> str:
    return " ".join(said.split())


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(PATH)
    assert cli(["outcomes", str(file), "--assume", "households.loan=300000", "--explain"]) == 0
    said = capsys.readouterr().out
    assert "6 of 7 business days" in said
    assert "errors 0.02 and 0.04 drawn by path" in one_line(said)
    assert "standard error 0.0191, 0.0391; sample 2000-01-12 to" in one_line(said)
    assert "one path, without spread" in said
    heads = [line for line in said.splitlines() if line.startswith("Quantity")]
    assert all("Value" in line and "±" not in line and "Mean" not in line for line in heads)
    assert "broke off" not in said
    assert "carries no mbs.spread; not shown: Mortgage-bond spread" in one_line(said)
    assert "Yield of Aaa bonds (Moody's)" in said  # beside those that only ust.5y would give
    assert "carries no ust.5y; not shown: All-in cost (Ba, B); Yield of Ba" in one_line(said)
    assert "$300,000" in said or "Monthly payment" in said
    assert cli(["outcomes", str(tmp_path / "none.csv")]) == 2
    assert cli(["outcomes", str(file), "baseline"]) == 2
    assert cli(["outcomes"]) == 2
    assert cli(["outcomes", "baseline", "--as-of", DAY, "--paths", "20001"]) == 2
    assert cli(["outcomes", str(file), "--assume", "nothing=1"]) == 2
    assert cli(["outcomes", str(file), "--as-of", "2024-01-05"]) == 2
    command = ["-q", "run", "baseline", "--as-of", DAY, "--paths", "120", "--horizon", "15"]
    capsys.readouterr()
    assert cli([*command, "--outcomes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcomes"]["scenario"] == "baseline"

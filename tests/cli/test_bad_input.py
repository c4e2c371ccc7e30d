"""Whatever is typed wrongly gets one sentence, the right exit code, no traceback, no half file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ustress.cli.main import run

WRONG = [  # arguments, exit code, words the sentence must have
    (["montor"], 2, "unknown verb 'montor'; did you mean monitor"),
    (["monitor", "--as-off", "2025-04-11"], 2, "--as-off"),
    (["monitor", "--as-of", "11.4.2025"], 2, "'11.4.2025' is not a date; expected YYYY-MM-DD"),
    (["monitor", "--as-of", "1950-01-01"], 2, "before the figures begin"),
    (["claims", "--as-of", "yesterday"], 2, "is not a date"),
    (["claims", "no-such-file.toml"], 2, "no-such-file.toml"),
    (["series", "tic.holdings.chima"], 2, "did you mean tic.holdings.china"),
    (["series", "ust.par.10y", "--last", "0"], 2, "--last"),
    (["explain", "dislocaton"], 2, "did you mean"),
    (["scenarios", "tactical"], 2, "unknown scenario 'tactical'; did you mean tactical-qe"),
    (["run", "armageddon"], 2, "unknown scenario 'armageddon'"),
    (["run", "baseline", "--as-of", "2025-04-11", "--paths", "0"], 2, "--paths"),
    (["run", "baseline", "--as-of", "2009-04-11"], 2, "2018-04-04"),
    (["run", "baseline", "--as-of", "2026-08-21"], 2, "2026-02-27"),
    (["run", "baseline", "--as-of", "2031-01-02"], 2, "2026-02-27"),
    (
        ["run", "tactical-qe", "--as-of", "2025-04-11", "--set", "sale.chna.amount_usdbn=3"],
        2,
        "sale.china.amount_usdbn",
    ),
    (
        ["run", "tactical-qe", "--as-of", "2025-04-11", "--set", "sale.china.amount_bn=3"],
        2,
        "amount_usdbn",
    ),
    (
        ["run", "tactical-qe", "--as-of", "2025-04-11", "--set", "sale.china.amount_usdbn=lots"],
        2,
        "lots",
    ),
    (
        ["run", "tactical-qe", "--as-of", "2025-04-11", "--set", "sale.china.amount_usdbn=5000"],
        2,
        "760.8",
    ),
    (["run", "tactical-qe", "--as-of", "2025-04-11", "--set", "nonsense"], 2, "nonsense"),
    (["compare", "baseline", "nothing", "--as-of", "2025-04-11"], 2, "unknown scenario 'nothing'"),
    (["compare", "baseline"], 2, "missing argument"),
    (["compare", "baseline", "baseline"], 2, "baseline less itself is nought everywhere"),
    (["outcomes", "baseline", "baseline"], 2, "baseline less itself is nought everywhere"),
    (["breakpoint", "--as-of", "2025-04-11", "--amounts", "100,much"], 2, "much"),
    (["breakpoint", "--as-of", "2025-04-11", "--amounts", "-5,100"], 2, "-5"),
    (["data", "statuss"], 2, "statuss"),
]


@pytest.mark.parametrize(("arguments", "code", "words"), WRONG, ids=lambda v: str(v)[:60])
def test_wrong_input(
    arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    out, err = capsys.readouterr()
    sentences = [line for line in err.splitlines() if line.startswith("ustress: ")]
    assert len(sentences) == 1
    assert words in sentences[0]
    assert "Traceback" not in err + out
    assert out == ""


@pytest.mark.parametrize("verb", [["brief", "-o"], ["run", "baseline", "--out"]])
def test_unwritable_output_is_found_before_the_work(
    verb: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    code = run([*verb, str(blocker / "below" / "out.html"), "--as-of", "2025-04-11"])
    assert code == 1
    assert "ustress: cannot write" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [blocker]


def test_a_brief_in_an_unknown_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["brief", "--as-of", "2025-04-11", "-o", str(tmp_path / "brief.docx")]) == 2
    assert ".html" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


SCENARIO = """
title = "A test"
description = "Nothing happens."
horizon_days = 20
[policy]
kind = "none"
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SCENARIO + "\n[sale.china]\namount_bn = 3\n", "amount_bn"),
        (SCENARIO + "\n[sale.mars]\namount_usdbn = 3\n", "mars"),
        (SCENARIO.replace('kind = "none"', ""), "policy.kind"),
        (SCENARIO + "colour = 'red'\n", "colour"),
        ("title = \n", "line 1"),
    ],
)
def test_wrong_scenario_files(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text)
    assert run(["run", str(file), "--as-of", "2025-04-11", "--paths", "100"]) == 2
    err = capsys.readouterr().err
    assert "mine.toml" in err
    assert words in err

"""Sessions and bond noise from a reader's own files, through the command line."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from ustress.cli.main import run

MAP = """[bars]
name = "own.ust10"
unit = "pct"
time = "time"
zone = "America/New_York"
open = "o"
high = "h"
low = "l"
close = "c"
volume = "v"
"""


@pytest.fixture(scope="module")
def bars(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months of two-hourly bars, New York time."""
    rng, price, moment = np.random.default_rng(1), 4.2, datetime(2025, 1, 5, 18)
    lines = ["time,o,h,l,c,v"]
    while moment < datetime(2025, 4, 11, 17):
        if moment.weekday() < 5 or (moment.weekday() == 6 and moment.hour >= 18):
            opened, price = price, price + rng.normal(0, 0.01)
            low, high = min(opened, price), max(opened, price)
            lines.append(f"{moment:%Y-%m-%d %H:%M},{opened},{high},{low},{price},100")
        moment += timedelta(minutes=60)
    folder = tmp_path_factory.mktemp("bars")
    (folder / "bars.csv").write_text("\n".join(lines))
    (folder / "map.toml").write_text(MAP)
    return folder


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bars: Path) -> None:
    monkeypatch.setenv("USTRESS_HOME", str(tmp_path))
    done = run(["-q", "data", "import", str(bars / "bars.csv"), "--map", str(bars / "map.toml")])
    assert done == 0


@pytest.mark.usefixtures("store")
def test_sessions_add_up_and_end_with_the_day_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Property: sessions and gap are the day's change; nothing after the day enters."""
    capsys.readouterr()
    assert run(["monitor", "--as-of", "2025-04-09", "--sessions", "own.ust10", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    last = found["last_day"]
    assert last["day"] == "2025-04-09"
    parts = [last[name] for name in ("Asia", "London", "New York", "gap")]
    assert sum(parts) == pytest.approx(last["change"], abs=1e-12)
    assert {s["name"] for s in found["sessions"]} == {"Asia", "London", "New York"}
    assert found["clustering"]["days"] == 30
    assert "not who sold" in found["cannot_prove"]
    assert np.isfinite(found["liquidity_beyond_volatility"]["log_points"])


@pytest.mark.usefixtures("store")
def test_the_terminal_shows_them_and_what_they_cannot_prove(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["monitor", "--as-of", "2025-04-09", "--sessions", "own.ust10"]) == 0
    out = capsys.readouterr().out
    assert "not who sold" in " ".join(out.split())
    assert run(
        ["monitor", "--as-of", "2025-04-09", "--sessions", "own.ust10", "--judged-from",
         "2025-04-08"]
    ) == 0  # fmt: skip
    assert "No clustering" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--sessions", "nope"], 1, "data import FILE --map MAP"),
        (["--sessions", "nope", "--since", "2025-01-02"], 2, "one at a time"),
        (["--judged-from", "2025-01-02"], 2, "belongs to --sessions"),
        (["--bonds", "no-such-file.csv"], 2, "there is no such file"),
    ],
)
def test_bad_words_get_one_sentence(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["monitor", *words]) == code
    found = capsys.readouterr().err
    assert said in found
    assert found.count("\n") == 1


def test_noise_of_bonds_on_one_curve_is_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Analytic limit: bonds priced at one flat yield have no noise; shifted ones have theirs."""
    years = np.linspace(1.0, 9.5, 30)
    lines = ["coupon_pct,years,price"]
    for T in years:
        times = np.arange(T, 0, -0.5)[::-1]
        price = float(np.sum(2.0 * 1.02 ** (-2 * times)) + 100 * 1.02 ** (-2 * T))
        lines.append(f"4,{T},{price}")
    file = tmp_path / "bonds.csv"
    file.write_text("\n".join(lines))
    assert run(["monitor", "--bonds", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["noise_bp"] < 0.01
    assert (found["bonds"], found["used"]) == (30, 30)
    assert run(["monitor", "--bonds", str(file)]) == 0
    assert "Hu, Pan and Wang" in capsys.readouterr().out
    file.write_text("coupon_pct,years\n4,5\n")
    assert run(["monitor", "--bonds", str(file)]) == 2
    assert "column price is missing" in capsys.readouterr().err

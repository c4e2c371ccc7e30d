"""Alerts: what fires, what cannot be told, and errors that point at the line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ustress.cli.main import run
from ustress.core.errors import BadInputError
from ustress.core.panel import Panel
from ustress.monitor import build, keys
from ustress.monitor.alerts import State, evaluate, parse_alerts

FiguresOn = Callable[[str], Panel]
TEN = """
[[alert]]
name = "ten-year up"
indicator = "curve.10y"
what = "change"
window = "1w"
above = {above}
unit = "bp"
"""


def told(figures_on: FiguresOn, text: str, day: str = "2025-04-11") -> list[State]:
    return [a.state for a in evaluate(parse_alerts(text, "a.toml"), build(figures_on(day)))]


@pytest.mark.parametrize(("above", "state"), [(46.5, State.FIRED), (47.5, State.QUIET)])
def test_published_table_the_week_of_the_ten_year(
    figures_on: FiguresOn, above: float, state: State
) -> None:
    """US Treasury: 4.01 on 4 April, 4.48 on 11 April 2025."""
    assert told(figures_on, TEN.format(above=above)) == [state]


def test_a_bound_is_passed_strictly(figures_on: FiguresOn) -> None:
    text = '[[alert]]\nindicator = "curve.10y"\n{}\nunit = "pct"\n'
    assert told(figures_on, text.format("above = 4.48")) == [State.QUIET]
    assert told(figures_on, text.format("above = 4.47")) == [State.FIRED]
    assert told(figures_on, text.format("below = 4.48")) == [State.QUIET]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ('indicator = "composite"\nwhat = "percentile"\nabove = 50', State.FIRED),
        ('indicator = "composite"\nabove = 0.999', State.QUIET),
        ('indicator = "curve.30y"\nwhat = "record"', State.FIRED),
        ('indicator = "curve.3m"\nwhat = "record"\nwithin = 1', State.QUIET),
        ('indicator = "curve.10y"\nwhat = "stale"', State.QUIET),
        ('indicator = "credit.ig"\nwhat = "stale"', State.FIRED),
        ('indicator = "credit.ig"\nabove = 1\nunit = "pct"', State.UNKNOWN),
        ('indicator = "auction.3y.bid_to_cover"\nwhat = "deviation"\nbelow = -1', State.FIRED),
        ('indicator = "debt.total"\nwhat = "percentile"\nabove = 1', State.UNKNOWN),
        ('indicator = "funding.sofr_iorb"\nunit = "bp"\nabove = 0', State.QUIET),
    ],
)
def test_kinds_of_rule(figures_on: FiguresOn, text: str, state: State) -> None:
    assert told(figures_on, f"[[alert]]\n{text}\n") == [state]


def test_an_old_figure_fires_nothing_unless_asked(figures_on: FiguresOn) -> None:
    text = '[[alert]]\nindicator = "curve.3m"\nabove = 0.1\nunit = "pct"\n'
    assert told(figures_on, text, "2026-08-21") == [State.UNKNOWN]
    assert told(figures_on, f"{text}even_if_old = true\n", "2026-08-21") == [State.FIRED]


BAD = [
    ("nonsense", "is not TOML"),
    ("", "no alerts; expected at least one"),
    ("x = 1\n[[alert]]\n", "line 1: unknown key 'x'"),
    ('[[alert]]\nname = "a"\n', "line 1, alert 1: 'indicator' is missing"),
    ('[[alert]]\n\nindicator = "curve.10"\n', "line 3, alert 1: unknown indicator"),
    ('[[alert]]\nindicator = "curve.10y"\nabove = "4"\n', "line 3, alert 1: 'above' must be a"),
    ('[[alert]]\nindicator = "curve.10y"\nabove = nan\n', "line 3, alert 1: 'above' must be a"),
    ('[[alert]]\nindicator = "curve.10y"\n', "expected 'above' or 'below'"),
    ('[[alert]]\nindicator = "curve.10y"\nabove = 4\n', "'unit' is needed for a value"),
    ('[[alert]]\nindicator = "curve.10y"\nabove = 4\nunit = "percent"\n', "line 4"),
    ('[[alert]]\nindicator = "curve.10y"\nwhat = "rise"\n', "line 3, alert 1: 'what' must be"),
    (TEN.format(above=1).replace("1w", "2w"), "line 6, alert 1: 'window' of curve.10y must be"),
    ('[[alert]]\nindicator = "composite"\nwhat = "change"\nabove = 1\nwindow = "1w"\n',
     "the composite has a value and a percentile only"),
    ('[[alert]]\nindicator = "curve.10y"\nwhat = "stale"\nabove = 1\n', "takes neither"),
    ('[[alert]]\nindicator = "curve.10y"\nwhat = "record"\nwithin = 0\n', "line 4"),
    ('[[alert]]\nindicator = "curve.10y"\nwhat = "stale"\nwithin = 2\n', "line 4"),
    ('[[alert]]\nindicator = "curve.10y"\nwhat = "stale"\nextra = 2\n', "unknown key 'extra'"),
    ('[[alert]]\nindicator = "curve.10y"\nwhat = "stale"\nunit = "bp"\n', "takes no unit"),
    ('[[alert]]\nindicator = "curve.10y"\nwhat = "stale"\neven_if_old = 1\n', "true or false"),
    ('title = """\n[[alert]]\n"""\n[[alert]]\nindicator = 3\n', "line 5, alert 1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), BAD, ids=range(len(BAD)))
def test_errors_point_at_the_line(text: str, words: str) -> None:
    with pytest.raises(BadInputError) as caught:
        parse_alerts(text, "a.toml")
    assert words in str(caught.value)
    assert str(caught.value).startswith("a.toml")


def test_a_unit_that_does_not_fit_is_refused(figures_on: FiguresOn) -> None:
    text = TEN.format(above=1).replace('"bp"', '"pct"')
    with pytest.raises(BadInputError, match=r"a\.toml, line 2, alert 1: unit 'pct' does not fit"):
        told(figures_on, text)


def test_every_window_of_every_indicator_can_be_named() -> None:
    from ustress.monitor import indicator

    for key in keys():
        for lag in indicator(key).windows:
            unit = "bp"  # the fit of units is told on the day, by the reading
            parse_alerts(
                f'[[alert]]\nindicator = "{key}"\nwhat = "change"\nwindow = "{lag.label}"\n'
                f'above = 1\nunit = "{unit}"\n',
                "a.toml",
            )


def test_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """3: one fired, whatever else; 1: none fired and one could not be told; 0; 2: a bad file."""
    file = tmp_path / "a.toml"
    unknown = '[[alert]]\nname = "spread"\nindicator = "credit.ig"\nabove = 1\nunit = "pct"\n'
    for text, code in (
        (TEN.format(above=40) + unknown, 3),
        (TEN.format(above=50) + unknown, 1),
        (TEN.format(above=50), 0),
        ("[[alert]]\n", 2),
    ):
        file.write_text(text)
        assert run(["-q", "monitor", "--as-of", "2025-04-11", "--alert", str(file)]) == code
        out, err = capsys.readouterr()
        assert ("ustress: alert 'spread' cannot be told" in err) == ("spread" in text)
        assert (out == "") == (code == 2)
    assert run(["monitor", "--alert", str(tmp_path / "none.toml")]) == 2
    file.write_text(TEN.format(above=40))
    capsys.readouterr()
    assert run(["-q", "monitor", "--as-of", "2025-04-11", "--alert", str(file), "--json"]) == 3
    form = json.loads(capsys.readouterr().out)
    assert list(form) == ["as_of", "file", "fired", "cannot_be_told", "alerts"]
    assert form["alerts"][0]["state"] == "fired"
    assert form["alerts"][0]["value"] == pytest.approx(47.0)


def test_since_and_alert_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["monitor", "--since", "2025-04-04", "--alert", "x.toml"]) == 2
    assert "one at a time" in capsys.readouterr().err
    assert run(["monitor", "--since", "2025-04-11", "--as-of", "2025-04-11"]) == 2
    assert "is not before" in capsys.readouterr().err
    assert run(["monitor", "--since", "x", "--as-of", "2025-04-11"]) == 2
    assert "--since 'x' is not a date" in capsys.readouterr().err

"""The configuration file: one place, keys that never show, errors that name what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from ustress.core.errors import BadInputError
from ustress.core.jsonform import dumps
from ustress.data.config import Secret, config_path, find_key, read_config


def test_a_missing_file_says_nothing(tmp_path: Path) -> None:
    config = read_config(tmp_path / "none.toml")
    assert config.keys == {}
    assert config.skip == ()


def test_the_place_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("USTRESS_CONFIG", str(tmp_path / "mine.toml"))
    assert config_path() == tmp_path / "mine.toml"
    monkeypatch.delenv("USTRESS_CONFIG")
    assert config_path().parts[-2:] == ("ustress", "config.toml")


def test_a_key_of_the_environment_goes_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nfred = "from-the-file"\n')
    config, names = read_config(path), ("USTRESS_FRED_KEY", "FRED_API_KEY")
    found = find_key("fred", names, config)
    assert found is not None
    assert found.reveal() == "from-the-file"
    monkeypatch.setenv("FRED_API_KEY", "from-outside")
    assert find_key("fred", names, config) == Secret("from-outside")
    monkeypatch.setenv("USTRESS_FRED_KEY", "ours-first")
    assert find_key("fred", names, config) == Secret("ours-first")
    assert find_key("other", (), config) is None


def test_a_key_shows_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nfred = "hush"\n')
    config = read_config(path)
    key = config.keys["fred"]
    assert "hush" not in f"{key} {key!r} {config!r} {dumps({'key': key})}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[keys\nfred = 'hush'", "expected TOML"),
        ("[kies]\nfred = 'hush'", "unknown section [kies]; expected keys or serve or update"),
        ("[keys]\nfrde = 'hush'", "[keys] has no frde; expected fred"),
        ("[keys]\nfred = 17", "is not a text"),
        ("fred = 'hush'", "unknown section [fred]"),
        ("[update]\nskip = 'all'", "no list of source names"),
    ],
)
def test_mistakes_are_named_without_what_was_written(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(BadInputError) as met:
        read_config(path)
    assert words in str(met.value)
    assert str(path) in str(met.value)
    assert "hush" not in str(met.value)


def test_a_source_to_skip_must_exist(tmp_path: Path) -> None:
    from ustress.workflows.refresh import update

    (tmp_path / "config.toml").write_text('[update]\nskip = ["tic-holder"]\n')
    with pytest.raises(BadInputError, match="did you mean tic-holders"):
        update()

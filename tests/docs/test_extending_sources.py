"""The worked example of docs/extending-sources.md, executed against a server on loopback."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from data.sources.answers import NOW, RECORDED, around
from data.sources.loopback import Publisher
from ustress.data.catalogue import catalogue
from ustress.data.sources.faults import SourceStatus
from ustress.data.store import Store
from ustress.workflows.refresh import check, update

PAGE = (Path(__file__).parents[2] / "docs" / "extending-sources.md").read_text(encoding="utf-8")


def _block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", PAGE, flags=re.DOTALL)
    assert found is not None
    return found[1]


def test_the_worked_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("USTRESS_HOME", str(home))
    monkeypatch.setenv("USTRESS_CONFIG", str(tmp_path / "config.toml"))
    (home / "sources").mkdir(parents=True)
    (home / "sources" / "observatory.toml").write_text(_block("toml"))
    publisher = Publisher(RECORDED)
    try:
        publisher.paths["/flows/weekly.csv"] = _block("csv").encode()
        place = around(publisher, home)
        (looked,) = check("observatory-flows", place)
        assert looked.status is SourceStatus.DONE
        assert looked.new == ("Assets",)
        assert looked.unverified == ("whether `from` is obeyed",)
        report = update(("observatory",), around=place).reports[0]
        again = update(("observatory",), around=place).reports[0]
        asked = [a.query["from"] for a in publisher.asked]
    finally:
        publisher.close()
    assert asked == ["2026-08-02", "2020-01-01", "2026-07-27"]
    assert (report.added, report.unmapped) == (3, ("Crypto (1)",))
    assert (again.added, again.repeated) == (0, 3)
    flows = Store(root=home).series("funds.flow.government", NOW.date())
    assert [flows.at(i).value for i in range(2)] == [1.2505, -0.09]
    assert [flows.at(i).known for i in range(2)] == [date(2026, 8, 21), date(2026, 8, 28)]
    monkeypatch.delenv("USTRESS_HOME")
    assert "funds.flow.government" not in catalogue()


def test_a_wrong_file_of_the_reader_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ustress.core.errors import BadInputError
    from ustress.data.sources.registry import sources

    monkeypatch.setenv("USTRESS_HOME", str(tmp_path))
    (tmp_path / "sources").mkdir()
    path = tmp_path / "sources" / "mine.toml"
    good = _block("toml")
    for wrong, words in (
        (good.replace("https://", "http://"), "must begin with https://"),
        (good.replace('path = "/flows/weekly.csv"\n', ""), "path"),
        (good.replace('window = "since"', 'window = "daily"'), "expected once or year"),
        (good.replace('id = "observatory-flows"', 'id = "treasury-par-yields"'), "stands twice"),
        (good.replace('title = "Weekly', 'titel = "Weekly'), "titel"),
    ):
        assert wrong != good
        path.write_text(wrong)
        with pytest.raises(BadInputError) as met:
            sources()
        assert str(path) in str(met.value)
        assert words in str(met.value)

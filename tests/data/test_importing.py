"""A reader's own file: every form gives the same rows, every mistake is named with its place."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from ustress.core.errors import BadInputError, MissingSeriesError
from ustress.core.evidence import Rights
from ustress.data import quarantine
from ustress.data.bars import bars, held_bars
from ustress.data.catalogue import catalogue
from ustress.data.importing.mapping import BarColumns, Daily, load
from ustress.data.importing.take import Imported, take
from ustress.data.rows import trace
from ustress.data.segments import digest
from ustress.data.store import Store

TODAY = date(2025, 5, 1)
CSV = """Date,Close,Flow,Released
2025-04-09,5456.9,1.0,2025-04-10
2025-04-10,5268.05,,2025-04-11
2025-04-11,5363.36,-3.5,2025-04-14
"""
MAP = """
[date]
column = "Date"
[[series]]
column = "Close"
series = "market.spx"
[[series]]
column = "Flow"
series = "own.flows"
unit = "usdbn_change"
title = "Flows I track"
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home", None)


def bring(
    store: Store, tmp_path: Path, content: str, mapping: str = MAP, name: str = "f.csv"
) -> Imported:
    file, toml = tmp_path / name, tmp_path / "map.toml"
    file.write_text(content)
    toml.write_text(mapping)
    return take(store, file, toml, TODAY)


def shown(store: Store, name: str) -> list[tuple[date, float, date, bool]]:
    return [(r.day, r.value, r.known_from, r.known_exact) for r in store.vintages(name)]


SPX = [
    (date(2025, 4, 9), 5456.9, date(2025, 4, 9), False),
    (date(2025, 4, 10), 5268.05, date(2025, 4, 10), False),
    (date(2025, 4, 11), 5363.36, date(2025, 4, 11), False),
]


def test_a_csv_file(store: Store, tmp_path: Path) -> None:
    found = bring(store, tmp_path, CSV)
    assert (found.names, found.intake.added) == (("market.spx", "own.flows"), 5)
    assert shown(store, "market.spx") == SPX
    assert [r.value for r in store.vintages("own.flows")] == [1.0, -3.5]
    assert trace(store.vintages("market.spx")[0].source) == (
        "file:f.csv", digest(tmp_path / "f.csv")
    )  # fmt: skip
    own = Store(store.root, None).infos["own.flows"]
    assert (own.title, own.unit, own.rights) == ("Flows I track", "usdbn_change", Rights.OWN_FILE)
    assert store.infos["market.spx"].rights is Rights.LICENSED
    assert bring(store, tmp_path, CSV).intake.repeated == 5
    assert store.verify() == ()


def test_parquet_and_excel_say_the_same(tmp_path: Path) -> None:
    """Second route: the same table through three readers."""
    table = pl.read_csv(CSV.encode(), try_parse_dates=True)
    table.write_parquet(tmp_path / "f.parquet")
    excel(table, tmp_path / "f.xlsx")
    (tmp_path / "map.toml").write_text(MAP)
    for name in ("f.parquet", "f.xlsx"):
        store = Store(tmp_path / name.replace(".", "-"), None)
        take(store, tmp_path / name, tmp_path / "map.toml", TODAY)
        assert shown(store, "market.spx") == SPX
        assert [r.value for r in store.vintages("own.flows")] == [1.0, -3.5]


def excel(table: pl.DataFrame, path: Path) -> None:
    """A minimal workbook by hand, since no writer is installed: strings, numbers, ISO dates."""
    import zipfile

    def cell(value: object) -> str:
        if value is None:
            return "<c/>"
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    lines = [table.columns, *table.rows()]
    rows = "".join(f"<row>{''.join(map(cell, line))}</row>" for line in lines)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName='
        f'"/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="a" Type="{office}'
        '/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="S" '
        'sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="b" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')


def test_when_known_by_column_or_by_lag(tmp_path: Path) -> None:
    by_column = Store(tmp_path / "a", None)
    bring(by_column, tmp_path, CSV, MAP + '[known]\ncolumn = "Released"\n')
    assert shown(by_column, "market.spx")[0][2:] == (date(2025, 4, 10), True)
    by_lag = Store(tmp_path / "b", None)
    bring(by_lag, tmp_path, CSV, MAP + '[known]\nlag = "two_business_days"\n')
    assert shown(by_lag, "market.spx")[2][2:] == (date(2025, 4, 15), False)


def test_another_way_of_writing(store: Store, tmp_path: Path) -> None:
    text = "made by me\nTag;Wert\n09.04.2025;5.456,9\n10.04.2025;n.v.\n"
    mapping = """
    [file]
    separator = ";"
    decimal = ","
    skip_rows = 1
    missing = ["n.v."]
    [date]
    column = "Tag"
    format = "%d.%m.%Y"
    [[series]]
    column = "Wert"
    series = "credit.ig.aa"
    scale = 0.001
    """
    bring(store, tmp_path, text, mapping)
    [row] = store.vintages("credit.ig.aa")
    assert (row.day, row.known_from) == (date(2025, 4, 9), date(2025, 4, 10))
    assert row.value == pytest.approx(5.4569)


def test_the_long_form(store: Store, tmp_path: Path) -> None:
    text = "d,what,v\n2025-04-09,SPX,5456.9\n2025-04-09,XAU,3080.0\n"
    mapping = """
    [date]
    column = "d"
    [long]
    names = "what"
    values = "v"
    [[series]]
    column = "SPX"
    series = "market.spx"
    [[series]]
    column = "XAU"
    series = "market.gold"
    """
    bring(store, tmp_path, text, mapping)
    assert [store.vintages(n)[0].value for n in ("market.spx", "market.gold")] == [5456.9, 3080.0]
    with pytest.raises(BadInputError, match="row 2, column what: 'SPY'; expected one of SPX, XAU"):
        bring(store, tmp_path, text.replace("SPX", "SPY"), mapping)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("5268.05", "5,268.05", "f.csv row 3 has 5 values; expected 4, one a column"),
        ("5268.05", "52-68", "f.csv row 3, column Close: '52-68'; expected a number"),
        ("2025-04-10,", "2025-04-31,", "row 3, column Date: '2025-04-31'; expected a date as YYYY"),
        ("2025-04-10,", ",", "row 3, column Date: empty; expected a date"),
        ("-3.5", "inf", "row 4, column Flow: 'inf'; expected a finite number"),
        ("Close", "Last", "has no column 'Close'; it has: Date, Last, Flow, Released"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_stored(
    old: str, new: str, says: str, store: Store, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError, match=re.escape(says)):
        bring(store, tmp_path, CSV.replace(old, new, 1))
    assert not store.root.exists()


def test_known_before_its_day_is_a_mistake(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="row 2, column Released: '2025-04-08'; expected a dat"):
        bring(
            store, tmp_path, CSV.replace("1.0,2025-04-10", "1.0,2025-04-08"),
            MAP + '[known]\ncolumn = "Released"\n',
        )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("market.spx", "market.spz", "number 1: unknown series 'market.spz'; expected one of"),
        ("usdbn_change", "dollars", "number 2: unknown unit 'dollars'"),
        ('unit = "usdbn_change"\n', "", "[[series]] number 2 lacks unit; expected text"),
        ("own.flows", "own.My Flows", "expected lower case words joined by dots"),
        ("own.flows", "market.spx", "market.spx in unit 'usdbn_change'; expected index"),
        ("[date]", "[dates]", "the file has the key 'dates'; expected bars, date"),
        ('column = "Date"', 'colum = "Date"', "[date] has the key 'colum'; expected column"),
        ("[date]", "[known]\nlag = 'soon'\n[date]", "[known]: unknown lag rule 'soon'"),
        ("[date]", "[date", "expected TOML"),
        ("[[series]]", "[[sries]]", "the file has the key 'sries'"),
    ],
)
def test_a_mistake_in_the_mapping_is_named(
    old: str, new: str, says: str, store: Store, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError, match=re.escape(says)):
        bring(store, tmp_path, CSV, MAP.replace(old, new))
    assert not store.root.exists()


def test_files_that_are_none(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"form 'txt' is not known; expected csv, parquet or"):
        bring(store, tmp_path, CSV, name="f.txt")
    with pytest.raises(BadInputError, match=r"cannot read .*f\.parquet as parquet"):
        bring(store, tmp_path, CSV, name="f.parquet")
    with pytest.raises(BadInputError, match=r"cannot read .*f\.xlsx as xlsx"):
        bring(store, tmp_path, CSV, name="f.xlsx")
    with pytest.raises(BadInputError, match="No such file"):
        take(store, tmp_path / "none.csv", tmp_path / "map.toml", TODAY)
    with pytest.raises(BadInputError, match="cannot read the mapping"):
        take(store, tmp_path / "f.txt", tmp_path / "none.toml", TODAY)
    with pytest.raises(BadInputError, match="has no value in the columns of the mapping"):
        bring(store, tmp_path, "Date,Close,Flow\n2025-04-09,,\n")


def test_an_absurd_value_of_a_file_waits(store: Store, tmp_path: Path) -> None:
    mapping = MAP.replace("market.spx", "credit.ig")
    found = bring(store, tmp_path, CSV, mapping)
    assert len(found.intake.quarantined) == 3
    assert len(quarantine.held(store)) == 3
    assert "outside -10 to 50 pct" in quarantine.held(store)[0].reason


BARS = """time,o,h,l,c,v
2025-04-09 09:30,4.30,4.35,4.29,4.33,100
2025-04-09 09:31,4.33,4.36,4.32,4.36,
"""
BAR_MAP = """
[bars]
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


def test_intraday_bars(store: Store, tmp_path: Path) -> None:
    found = bring(store, tmp_path, BARS, BAR_MAP)
    assert (found.bars, found.bars_repeated) == (2, 0)
    read = bars(store, "own.ust10")
    assert read.start.astype(str).tolist() == [
        "2025-04-09T13:30:00.000000", "2025-04-09T13:31:00.000000"
    ]  # fmt: skip
    assert read.high.tolist() == [4.35, 4.36]
    assert read.volume[0] == 100.0
    assert np.isnan(read.volume[1])
    assert len(bars(store, "own.ust10", date(2025, 4, 10))) == 0
    again = bring(store, tmp_path, BARS, BAR_MAP)
    assert (again.bars, again.bars_repeated) == (0, 2)
    bring(store, tmp_path, BARS.replace("4.36,\n", "4.34,\n"), BAR_MAP)
    assert bars(Store(store.root, None), "own.ust10").close.tolist() == [4.33, 4.34]
    [held] = held_bars(store)
    assert (held.bars, held.first) == (2, datetime(2025, 4, 9, 13, 30, tzinfo=timezone.utc))  # noqa: UP017
    with pytest.raises(MissingSeriesError, match=r"no bars of own\.gold"):
        bars(store, "own.gold")
    assert store.verify() == ()


def test_offsets_and_zones_agree(tmp_path: Path) -> None:
    """Second route: the same moments with an offset in every time, and by the zone's name."""
    one, two = Store(tmp_path / "a", None), Store(tmp_path / "b", None)
    bring(one, tmp_path, BARS, BAR_MAP)
    offsets = BARS.replace("09:30,", "09:30:00-04:00,").replace("09:31,", "13:31:00+00:00,")
    bring(two, tmp_path, offsets, BAR_MAP.replace('zone = "America/New_York"\n', ""))
    assert np.array_equal(bars(one, "own.ust10").start, bars(two, "own.ust10").start)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("4.35", "4.31", "row 2, column h: '4.31'; expected the highest price of its bar"),
        ("4.32", "4.34", "row 3, column l: '4.34'; expected the lowest price of its bar"),
        ("09:31", "09:30", "row 2, column time: '2025-04-09 09:30'; expected one bar for each st"),
        ("4.33,100", ",100", "row 2, column c: empty; expected a number"),
        ("2025-04-09 09:30", "2025-03-09 02:30", "expected a time that America/New_York had exac"),
    ],
)
def test_a_mistake_in_a_bar_is_named(
    old: str, new: str, says: str, store: Store, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError, match=re.escape(says)):
        bring(store, tmp_path, BARS.replace(old, new, 1), BAR_MAP)
    assert not store.root.exists()


def test_times_without_a_zone_are_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="times without an offset; expected"):
        bring(store, tmp_path, BARS, BAR_MAP.replace('zone = "America/New_York"\n', ""))
    with pytest.raises(BadInputError, match="zone 'New York'; expected one such as"):
        bring(store, tmp_path, BARS, BAR_MAP.replace("America/New_York", "New York"))


def test_the_examples_of_the_documentation_are_mappings(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "importing.md").read_text()
    blocks = re.findall(r"^```toml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    whole = [b if "[[series]]" in b or "[bars]" in b else b + MAP for b in blocks]
    kinds = []
    for block in whole:
        (tmp_path / "m.toml").write_text(block)
        kinds.append(type(load(tmp_path / "m.toml", catalogue()).content))
    assert kinds == [Daily, Daily, Daily, BarColumns]

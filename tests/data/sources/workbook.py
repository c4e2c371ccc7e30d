"""The smallest Excel workbook that has a sheet of texts, written by hand."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"


def workbook(sheet: str, lines: list[list[str]]) -> bytes:
    """An .xlsx file with one sheet."""
    cells = "".join(
        f'<row r="{r}">' + "".join(_cell(r, c, text) for c, text in enumerate(line)) + "</row>"
        for r, line in enumerate(lines, start=1)
    )
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACK}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACK}/relationships">'
        f'<Relationship Id="a" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}">'
        f'<sheets><sheet name="{escape(sheet)}" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACK}/relationships">'
        f'<Relationship Id="b" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_MAIN}">'
        f"<sheetData>{cells}</sheetData></worksheet>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return packed.getvalue()


def _cell(row: int, column: int, text: str) -> str:
    first, second = divmod(column, 26)
    letters = (chr(64 + first) if first else "") + chr(65 + second)
    return f'<c r="{letters}{row}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'

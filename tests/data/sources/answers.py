"""Which recorded answer each source gets, and a world in which every publisher is on loopback."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from data.sources.loopback import Publisher
from ustress.data.http import Manners
from ustress.workflows.refresh import Surroundings

RECORDED = Path(__file__).parent.parent / "recorded"
NOW = datetime(2026, 9, 1, 22, 0, tzinfo=UTC)
HASTY = Manners(
    per_second=2000.0, timeout_s=0.4, total_s=2.0, attempts=3, first_wait_s=0.01, patience_s=1.5
)
# Sources whose recorded answer has another name than theirs, and the part of them it is for.
SHARED = {
    "fiscaldata-intragov-debt": "fiscaldata-public-debt.json",
    "newyorkfed-repo-operations": "newyorkfed-operations.json",
    "newyorkfed-reverse-repo": "newyorkfed-operations.json",
    "fred-macro-monthly": "fred-vintages.json",
    "fred-macro-quarterly": "fred-vintages.json",
    "fred-money": "fred-monthly.json",
    "fred-policy": "fred-daily.json",
    "fred-balance-sheet": "fred-daily.json",
    "fred-conditions": "fred-daily.json",
    "fred-markets": "fred-daily.json",
    "fred-real-yields": "fred-daily.json",
}


def answer(source_id: str) -> bytes:
    """The recorded answer of a source, as it comes over the wire."""
    if source_id == "newyorkfed-term-premia":
        from data.sources.workbook import workbook

        return workbook("ACM Monthly", _term_premia())
    name = SHARED.get(source_id)
    paths = [RECORDED / name] if name else sorted(RECORDED.glob(f"{source_id}.*"))
    body = paths[0].read_bytes()
    return _zipped(source_id, body) if paths[0].suffix == ".xml" else body


def _zipped(source_id: str, body: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        name = source_id.removeprefix("board-").upper()
        archive.writestr(zipfile.ZipInfo(f"{name}_data.xml"), body)
        archive.writestr(zipfile.ZipInfo(f"{name}_struct.xml"), b"<structure/>")
    return packed.getvalue()


def _term_premia() -> list[list[str]]:
    columns = [f"ACM{kind}{n:02d}" for kind in ("Y", "TP", "RNY") for n in range(1, 11)]
    # Invented values for the form's sake: the fitted value is the sum of the other two.
    values = [f"{v:.4f}" for v in [4.0] * 10 + [0.5] * 10 + [3.5] * 10]
    return [["DATE", *columns], ["30-Jun-2026", *values], ["31-Jul-2026", *values]]


def around(publisher: Publisher, home: Path, now: datetime = NOW) -> Surroundings:
    """Every source asks `publisher`, whose clock is ours, and hurries."""
    publisher.now = lambda: now
    return Surroundings({"*": publisher.base}, lambda: now, home, None, HASTY)

"""The Board's data download program: a release as one ZIP with an SDMX file of all its series.

The series' own multiplier (`UNIT_MULT`) is applied here. Observations whose status is not `A`
(normal) hold a marker instead of a value and are left out. The XML is read as a stream, since
H.4.1 unpacks to more than a hundred megabytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from ustress.data.sources.faults import SourceFault, SourceStatus
from ustress.data.sources.readers import Records
from ustress.data.sources.spec import Source

_COLUMNS = ("series", "day", "value")
_MOST_BYTES = 600_000_000


def read(body: bytes, source: Source) -> Records:
    """Records of series, day and value, for the series that `labels` names.

    Raises:
        SourceFault: BROKEN_OFF or UNREADABLE, for a damaged archive; CHANGED_FORM, if
            none of the series is there (those that are not stand in `lacking`).
    """
    wanted = set(source.labels.words) if source.labels else set()
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive, _member(archive) as stream:
            rows = tuple(_observations(stream, wanted))
    except zipfile.BadZipFile as fault:
        raise SourceFault(SourceStatus.BROKEN_OFF, f"no ZIP archive: {fault}") from None
    except ElementTree.ParseError as fault:
        raise SourceFault(SourceStatus.UNREADABLE, f"no XML: {fault}") from None
    lacking = tuple(sorted(wanted - {row["series"] for row in rows}))
    if not rows:
        raise SourceFault(SourceStatus.CHANGED_FORM, f"no series {', '.join(lacking)}"[:400])
    return Records(_COLUMNS, rows, lacking)


def _member(archive: zipfile.ZipFile) -> IO[bytes]:
    names = [name for name in archive.namelist() if name.lower().endswith("_data.xml")]
    if len(names) != 1:
        raise SourceFault(
            SourceStatus.CHANGED_FORM, f"{len(names)} files *_data.xml in the archive"
        )
    if archive.getinfo(names[0]).file_size > _MOST_BYTES:
        raise SourceFault(SourceStatus.TOO_LARGE, f"{names[0]} unpacks beyond 600 MB")
    return archive.open(names[0])


def _observations(stream: IO[bytes], wanted: set[str]) -> Iterator[dict[str, str]]:
    name, factor = "", 1.0
    for event, element in ElementTree.iterparse(stream, ("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "Series":
            name = element.get("SERIES_NAME", "")
            factor = float(element.get("UNIT_MULT") or 1.0)
        elif event == "end" and tag == "Obs":
            if name in wanted and element.get("OBS_STATUS", "A") == "A":
                value = float(element.get("OBS_VALUE", "nan")) * factor
                yield {
                    "series": name, "day": element.get("TIME_PERIOD", ""), "value": repr(value),
                }  # fmt: skip
            element.clear()
        elif event == "end" and tag == "Series":
            element.clear()

"""What may leave the machine: values of licensed and own series only when the reader says so.

Reading them in a terminal or in Python is the reader's own use. A machine-readable copy (`--json`,
an export) is one that travels, and needs the reader's word.
"""

from __future__ import annotations

from collections.abc import Iterable

from ustress.core.errors import BadInputError
from ustress.core.evidence import Rights
from ustress.core.panel import SeriesInfo

KEPT_BACK = frozenset({Rights.LICENSED, Rights.OWN_FILE})
OPTION = "--include-licensed"


def kept_back(info: SeriesInfo) -> bool:
    """Whether the values of a series stay here unless the reader says otherwise."""
    return info.rights in KEPT_BACK


def check_may_leave(infos: Iterable[SeriesInfo], *, include_licensed: bool) -> None:
    """Nothing, if the values of these series may be written for others to read.

    Raises:
        BadInputError: naming the first that may not, its owner, and the option that allows it.
    """
    if include_licensed:
        return
    for info in infos:
        if kept_back(info):
            words = "licensed by" if info.rights is Rights.LICENSED else "from your own file,"
            raise BadInputError(
                f"{info.name} is {words} {info.publisher}; expected {OPTION} if its values may"
                " leave this machine"
            )

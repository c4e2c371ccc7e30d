"""Output for a terminal that knows no more than ASCII: every sign has a plain stand-in."""

from __future__ import annotations

STAND_INS = {
    **dict(zip("▁▂▃▄▅▆▇█", "_.,-~=^#", strict=True)),
    **dict(zip("●◐◇○", "*%<o", strict=True)),
    **dict(zip("■×◪□", "#xzo", strict=True)),
    **dict(zip("−–—―─━…’‘“”·", "-----=.''\"\".", strict=True)),
    "±": "+/-",
    "≤": "<=",
    "≥": ">=",
    "\N{NO-BREAK SPACE}": " ",
}
_TABLE = str.maketrans(STAND_INS)


def needed(encoding: str | None) -> bool:
    """Whether a stream's encoding cannot write our signs."""
    try:
        "●−▁".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def plain(text: str) -> str:
    """The text in ASCII; a sign without a stand-in becomes a question mark."""
    return text.translate(_TABLE).encode("ascii", "replace").decode()

"""From a Vega-Lite specification to SVG text, drawn once and kept in the user's cache directory."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ustress.core.cache import Keep

Spec = dict[str, Any]
_KEPT = Keep("drawings", 3000, 32 << 20)


def drawn(drawing: Spec, prefix: str) -> str:
    """The drawing of a specification, from disk where it is kept.

    The key is the specification, the prefix, the converter and this file's own text, because it
    cleans what was drawn.

    Args:
        drawing: Vega-Lite.
        prefix: of the ids in it, so that they are unique in a page.
    """
    key = hashlib.sha256(f"{_drawn_by()} {prefix} {json.dumps(drawing)}".encode()).hexdigest()
    found = _KEPT.get(key)
    if found is None:
        import vl_convert

        found = _clean(vl_convert.vegalite_to_svg(drawing), prefix)
        _KEPT.put(key, found)
    return found


@lru_cache(maxsize=1)
def _drawn_by() -> str:
    return f"{version('vl-convert-python')} {Path(__file__).read_text('utf-8')}"


_LONG = re.compile(r"(\d\.\d{2})\d+")  # coordinates; never words
_DROP = (
    re.compile(r' (?:aria-[a-z]+|role|class|pointer-events|xmlns:xlink|version)="[^"]*"'),
    re.compile(r'<path d="[^"]*" display="none"/>|<path d="M0,0h0v0h0Z"/>|<g/>'),
    re.compile(r'<rect width="\d+" height="\d+" fill="transparent"/>'),
)


def _clean(text: str, prefix: str) -> str:
    """The SVG without Vega's bookkeeping, silent for screen readers, its ids unique in a page.

    Vega numbers ids by how much a process drew before; here they count from nought in a drawing.
    """
    numbers: dict[str, int] = {}

    def own(found: re.Match[str]) -> str:
        number = numbers.setdefault(found[2] + found[3], len(numbers))
        return f"{found[1]}{prefix}-{found[2]}{number}"

    for pattern in _DROP:
        text = pattern.sub("", text)
    text = re.sub(r"<[^>]+>", lambda tag: _LONG.sub(r"\1", tag[0]), text)
    text = re.sub(r'(id="|url\(#)(clip|gradient)(\w*)', own, text)
    return text.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)

"""A page of the brief as a reader and a machine see it: ids, marked figures, digits outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser

KINDS = frozenset({"series", "scenario", "parameter", "source", "claim", "rule", "word", "head",
                   "made"})  # fmt: skip
"""Names that may contain digits: printed as they stand in a catalogue or a file."""


class Reader(HTMLParser):
    """Collects ids, figures' ids, visible text outside marks and drawings, and unclosed tags."""

    VOID = frozenset({"meta", "br", "rect", "line", "path", "link", "img", "input"})
    MARKED = frozenset({"time", "svg", "style", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool, str]] = []
        self.ids: list[str] = []
        self.figures: dict[str, set[str]] = {}
        self.bare: list[str] = []
        self.names: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = given.get("data-name") or ""
        marked = tag in self.MARKED or kind in KINDS or "data-figure" in given
        self.ids += [given["id"] or ""] if "id" in given else []
        if "data-figure" in given:
            self.figures.setdefault(given["data-figure"] or "", set()).add(given["value"] or "")
        if tag not in self.VOID:
            self.open.append((tag, marked, kind))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not re.search(r"\d", data):
            return
        if not any(marked for _, marked, _ in self.open):
            self.bare.append(data.strip())
        kind = next((k for _, _, k in reversed(self.open) if k), "")
        if kind:
            self.names.append((kind, data.strip()))


def read(page: str) -> Reader:
    """The page, read."""
    reader = Reader()
    reader.feed(page)
    return reader

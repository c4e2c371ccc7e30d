"""Colours by role, light and dark. A light colour is unique to its role.

The SVG is drawn with the light colours; because each stands for one role, a style sheet can
repaint the same SVG for a dark page (`dark_rules`), and a saved SVG needs no style sheet at all.
Hues avoid the red-green axis and differ in lightness, so that they stay apart for colour-blind
readers and in grey print; every line carries a direct label besides.
"""

from __future__ import annotations

from collections.abc import Iterable

# role: (light, dark)
ROLES = {
    "paper": ("#fefefe", "#14181d"),
    "ink": ("#1b2026", "#e9ecef"),
    "muted": ("#5a646f", "#a6b0bb"),
    "rule": ("#a9b1ba", "#5b6672"),
    "grid": ("#e6e8eb", "#2a3138"),
    "shade": ("#ebe7db", "#262d36"),
    "accent": ("#a8003c", "#ff7d9d"),
    "measured": ("#22303e", "#dbe2e9"),
    "second": ("#0d7680", "#58c4cd"),
    "quiet": ("#8d98a4", "#7a8693"),
    "slate": ("#66717d", "#aab5c0"),
    "blue": ("#1d78c1", "#86c8fb"),
    "amber": ("#c47400", "#f3b34c"),
    "violet": ("#553080", "#a07dea"),
    "brown": ("#7b4a2d", "#d79e7a"),
    "sky": ("#3f9fb5", "#7fd0e2"),
}

_SCENARIOS = {
    "baseline": "slate",
    "tactical-qe": "blue",
    "prolonged-disruption": "amber",
    "no-intervention": "violet",
}
_OTHERS = ("brown", "sky", "second", "measured")


def light(role: str) -> str:
    """The colour of a role on a light page."""
    return ROLES[role][0]


def scenario_role(key: str) -> str:
    """The role whose colour a scenario has everywhere.

    A reader's own scenario gets one of the spare colours by its name alone, so that it does not
    change with the company it is shown in.
    """
    spare = _OTHERS[sum(key.encode()) % len(_OTHERS)]
    return _SCENARIOS.get(key, spare)


def dark_rules(prefix: str) -> str:
    """CSS that repaints an SVG drawn in light colours through the variables `--c-ROLE`."""
    return "\n".join(_repaint(prefix, role, pair[0]) for role, pair in ROLES.items())


def variables(dark: bool) -> str:
    """The CSS variables of one theme."""
    return " ".join(f"--c-{role}: {pair[1 if dark else 0]};" for role, pair in ROLES.items())


def _repaint(prefix: str, role: str, colour: str) -> str:
    pairs: Iterable[str] = ("fill", "stroke")
    return " ".join(f'{prefix} [{p}="{colour}"] {{ {p}: var(--c-{role}); }}' for p in pairs)

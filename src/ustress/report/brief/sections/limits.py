"""What this cannot say."""

from __future__ import annotations

from ustress.report.brief.document import Bullets, Section
from ustress.report.figures import Name, Text, say, words
from ustress.report.views import BriefContents

# Standing limits: true on every date, because they follow from what the figures are.
_STANDING = (
    "Who sold: custody data count where securities are kept, not who owns them, and they are "
    "published weeks later.",
    "Why a price moved: a coincidence in the record is shown as a coincidence.",
    "What the Fed will do: its threshold is inferred from the few times it bought or did not, and "
    "is drawn from a range, never a point.",
    "How likely a scenario is: a scenario is a condition. Probabilities here are given the "
    "scenario, over shocks and parameters.",
)


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    gaps = tuple(
        say("{part}: {why}.", part=Name(part), why=Name(why.rstrip(".")))
        for part, why in contents.missing.items()
    )
    own = tuple(Text((Name(item),)) for item in contents.limits)
    items = (*(words(item) for item in _STANDING), *own, *gaps)
    return Section("limits", "What this cannot say", Text(), (Bullets(items),))

"""What is borrowed from the Fed in need, how dealers finance, and where deliveries fail."""

from __future__ import annotations

from functools import partial

from ustress.core.panel import Panel
from ustress.monitor.indicator import DAILY, WEEKLY, Indicator
from ustress.monitor.track import Track, combine, of


def desk_repo(panel: Panel) -> Track:
    """Repo operations of the Fed's desk, accepted, $bn a day."""
    return of(panel, "fed.repo_operations.accepted")


def fails(panel: Panel) -> Track:
    """Treasury fails to deliver and to receive together, $bn summed over the week."""
    return combine(
        of(panel, "dealers.fails.deliver"),
        of(panel, "dealers.fails.receive"),
        lambda a, b: a + b,
    )


def _use(key: str, title: str, definition: str) -> Indicator:
    return Indicator(
        key,
        title,
        "fed",
        "usdbn",
        definition,
        (key,),
        partial(of, name=key),
        "Board of Governors, H.4.1",
        WEEKLY,
        records=("1w",),  # they mostly stand at nothing: a lowest level says nothing
    )


def _financing(key: str, title: str) -> Indicator:
    return Indicator(
        f"dealers.{key}",
        title,
        "dealers",
        "usdbn",
        f"{title}, Treasuries without inflation-protected ones, Wednesday.",
        (f"dealers.financing.{key}",),
        partial(of, name=f"dealers.financing.{key}"),
        "Federal Reserve Bank of New York, Primary Dealer Statistics",
        WEEKLY,
        records=("level", "1w", "4w"),
        outside=True,
    )


INDICATORS = (
    Indicator(
        "funding.desk_repo",
        "Repo operations of the Fed's desk",
        "funding",
        "usdbn",
        "Repo accepted by the New York Fed's desk on the day, standing facility included, small "
        "value exercises left out.",
        ("fed.repo_operations.accepted",),
        desk_repo,
        "Federal Reserve Bank of New York; Afonso, Cipriani, Copeland, Kovner, La Spada and "
        "Martin 2021",
        DAILY,
        records=("1d",),
    ),
    _use(
        "fed.discount_window",
        "Discount window in use",
        "Primary credit to banks, Wednesday.",
    ),
    _use(
        "fed.fima_repo",
        "Repos with foreign officials (FIMA) in use",
        "Repos through which foreign officials raise dollars on Treasuries without selling them, "
        "Wednesday.",
    ),
    _use(
        "fed.liquidity_swaps",
        "Central bank liquidity swaps",
        "Dollars lent to other central banks against their currency, Wednesday.",
    ),
    _financing("repo", "Primary dealers' repo borrowing"),
    _financing("reverse_repo", "Primary dealers' reverse repo lending"),
    Indicator(
        "dealers.fails",
        "Treasury fails, to deliver and to receive",
        "dealers",
        "usdbn",
        "Deliveries of Treasuries that failed, both sides of primary dealers' books, summed over "
        "the week.",
        ("dealers.fails.deliver", "dealers.fails.receive"),
        fails,
        "Fleming and Garbade 2005",
        WEEKLY,
        records=("level",),
        outside=True,
        note="The survey's form changed in 2013, 2015, 2022 and 2024.",
    ),
)

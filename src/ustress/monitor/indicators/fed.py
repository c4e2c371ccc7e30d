"""The Fed's balance sheet: reserves, holdings, the Treasury's cash; output to scale them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from ustress.core.panel import Panel
from ustress.core.units import show
from ustress.monitor.indicator import WEEKLY, Indicator
from ustress.monitor.records import Lag
from ustress.monitor.track import Track, combine_latest, of

# Debt that stays within 0.15 % for thirty business days: as when the debt limit binds.
FLAT_DAYS, FLAT_SHARE = 30, 0.0015


def reserves(panel: Panel) -> Track:
    """Reserve balances, $bn, with the Treasury's cash and the debt limit in the note."""
    return replace(of(panel, "fed.reserves"), note=_cash_note(panel))


def reserves_gdp(panel: Panel) -> Track:
    """Reserve balances in per cent of the newest nominal output known for the day."""
    track = combine_latest(
        of(panel, "fed.reserves"), of(panel, "macro.gdp"), lambda a, b: 100.0 * a / b
    )
    return replace(track, note=_cash_note(panel))


def _cash_note(panel: Panel) -> str:
    tga = panel.get("fed.tga")
    words = ""
    if tga is not None:
        last = tga.at(-1)
        words = f"Treasury's cash balance {show(last.value, 'usdbn')} on {last.day}."
    return f"{words} {debt_limit_note(panel)}".strip()


def debt_limit_note(panel: Panel) -> str:
    """A sentence if total debt has stood still for thirty business days, else nothing."""
    debt = panel.get("debt.total")
    if debt is None or len(debt) <= FLAT_DAYS:
        return ""
    last = debt.values[-FLAT_DAYS:]
    if float(np.ptp(last) / last[-1]) > FLAT_SHARE:
        return ""
    return (
        "Total debt has stood still for thirty business days, as when the debt limit binds: the "
        "Treasury's cash then falls and reserves rise for a time."
    )


def _balance(
    key: str,
    series: str,
    title: str,
    definition: str,
    reference: str,
    records: tuple[str, ...] = ("level", "1w", "4w"),
) -> Indicator:
    return Indicator(
        key,
        title,
        "fed",
        "usdbn",
        definition,
        (series,),
        partial(of, name=series),
        reference,
        WEEKLY,
        records=records,
    )


INDICATORS = (
    Indicator(
        "fed.reserves",
        "Reserve balances",
        "fed",
        "usdbn",
        "Balances of depository institutions with the Reserve Banks, Wednesday.",
        ("fed.reserves", "fed.tga", "debt.total"),
        reserves,
        "Afonso, Giannone, La Spada and Williams 2022",
        WEEKLY,
        records=("level", "1w", "4w"),
    ),
    Indicator(
        "fed.reserves_gdp",
        "Reserve balances over output",
        "fed",
        "share_pct",
        "Reserve balances over the newest quarter's nominal output at annual rate.",
        ("fed.reserves", "macro.gdp"),
        reserves_gdp,
        "Afonso, Giannone, La Spada and Williams 2022 (theirs over bank assets)",
        WEEKLY,
    ),
    _balance(
        "fed.treasuries",
        "fed.treasuries",
        "Treasuries held by the Fed",
        "Treasury securities held outright by the Reserve Banks, face value, Wednesday.",
        "Board of Governors, H.4.1",
    ),
    _balance(
        "fed.tga",
        "fed.tga",
        "Treasury's cash balance",
        "The Treasury's General Account with the Reserve Banks, Wednesday.",
        "Board of Governors, H.4.1",
    ),
    _balance(
        "fed.srf",
        "fed.srf",
        "Standing repo facility in use",
        "Repos with dealers and banks at the Fed's standing facility, Wednesday level.",
        "Board of Governors, H.4.1",
        records=("1w",),  # it mostly stands at nothing: a lowest level says nothing
    ),
    Indicator(
        "macro.gdp",
        "Nominal output",
        "macro",
        "usdbn",
        "Gross domestic product at current prices, seasonally adjusted annual rate.",
        ("macro.gdp",),
        partial(of, name="macro.gdp"),
        "Bureau of Economic Analysis, National Income and Product Accounts",
        (Lag("1q", months=3), Lag("4q", months=12)),
        relative=True,
        records=("1q",),
        percentile=False,
        note="Latest revision. No percentile: it only grows.",
    ),
)

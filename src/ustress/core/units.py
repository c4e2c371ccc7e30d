"""Units of series, keys and results, and how a reader sees a value in each."""

from __future__ import annotations

from dataclasses import dataclass

from ustress.core.errors import UnknownNameError

MISSING = "—"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its key, the words after a number, decimals shown, and the unit of its changes."""

    key: str
    suffix: str
    decimals: int
    change: str
    signed: bool = False


_UNITS = {
    unit.key: unit
    for unit in (
        Unit("pct", " %", 3, "bp"),
        Unit("pct_simulated", " %", 2, "bp"),  # a third decimal would be false
        Unit("bp", " bp", 0, "bp", signed=True),
        Unit("bp_level", " bp", 1, "bp"),
        Unit("usdbn", " $bn", 1, "usdbn_change"),
        Unit("usdbn_change", " $bn", 1, "usdbn_change", signed=True),
        Unit("usdbn_whole", " $bn", 0, "usdbn_whole"),  # simulated: decimals would be false
        Unit("usdbn_move", " $bn", 0, "usdbn_move", signed=True),
        Unit("count", "", 0, "count"),
        Unit("usdmn", " $mn", 0, "usdmn"),
        Unit("ratio", "", 2, "ratio"),
        Unit("share_pct", " %", 1, "pp"),
        Unit("share_whole", " %", 0, "pp"),
        Unit("pp", " pp", 2, "pp", signed=True),
        Unit("pct_change", " %", 1, "pp", signed=True),
        Unit("years", " years", 2, "years"),
        Unit("days", " days", 0, "days"),
        Unit("index", "", 3, "index"),
        Unit("rate", "", 4, "pct_change"),
        Unit("contracts", " contracts", 0, "contracts"),
        Unit("per_100", " per 100", 2, "per_100"),
        Unit("usd_per_oz", " $/oz", 1, "pct_change"),
        Unit("persons_thousand", " thousand", 0, "persons_thousand"),
        Unit("flag", "", 0, "flag"),
        Unit("sd", " sd", 2, "sd", signed=True),
        Unit("probability", "", 3, "probability"),
        Unit("usd", " $", 0, "usd_change"),
        Unit("usd_change", " $", 0, "usd_change", signed=True),
    )
}


def unit(key: str) -> Unit:
    """The unit named `key`.

    Raises:
        UnknownNameError: if there is no such unit.
    """
    try:
        return _UNITS[key]
    except KeyError:
        raise UnknownNameError("unit", key, tuple(_UNITS)) from None


def unit_keys() -> tuple[str, ...]:
    """Every unit's key."""
    return tuple(_UNITS)


def show(value: float | None, key: str, *, signed: bool | None = None, bare: bool = False) -> str:
    """A value as a reader sees it: its unit's decimals, a thousands comma, an em dash if missing.

    Args:
        value: the number, or None (or NaN) where there is none.
        key: the unit's key.
        signed: force or forbid the plus sign; None follows the unit.
        bare: leave the unit's words out (they stand in the column head).
    """
    if value is None or value != value:
        return MISSING
    u = unit(key)
    with_sign = (u.signed if signed is None else signed) and round(value, u.decimals) != 0
    rounded = round(value, u.decimals) + 0.0  # no minus before a zero
    text = f"{rounded:{'+' if with_sign else ''},.{u.decimals}f}".replace("-", "\N{MINUS SIGN}")
    return text if bare else f"{text}{u.suffix}"


def show_probability(p: float | None, error: float | None) -> str:
    """A probability with its Monte Carlo error, as in `34 % ± 2`; both arguments in [0, 1]."""
    if p is None or p != p:
        return MISSING
    near_an_end = 0.0 < min(abs(p), 1.0 - abs(p)) < 0.01
    spread = "" if error is None else f" ± {max(100 * error, 0.0):.{0 if error >= 0.01 else 1}f}"
    return f"{100 * p:.{1 if near_an_end else 0}f} %{spread}"


def ordinal(n: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"

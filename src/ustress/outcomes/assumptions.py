"""The assumptions of the outcomes that a reader can replace, as `key=value`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ustress.core.errors import BadInputError, UnknownNameError
from ustress.outcomes.debt_record import COUPON_TENORS
from ustress.outcomes.parameters import entry, federal, number, tables


def _relief(i: int) -> float:
    return float(entry("relief")["value"][i])


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a reader may set; defaults are the parameter files'.

    `deficit_pct_gdp` None takes the trailing mean of net borrowing; `bills_pct` the share of net
    borrowing met with bills and `mix_pct` the coupon sales by tenor of `COUPON_TENORS` (None:
    classes keep their shares, coupons the mix of the last twelve months); `fade_years` the
    half-life of the yields' change after the path; `wall_pct` corporate debt falling due in each
    of the next years, per cent of the stock.
    """

    deficit_pct_gdp: float | None = None
    gdp_growth_pct: float = field(default_factory=lambda: federal("gdp_growth"))
    bills_pct: float | None = None
    mix_pct: tuple[float, ...] | None = None
    fade_years: float = field(default_factory=lambda: federal("fade"))
    loan_usd: float = field(default_factory=lambda: float(tables()["loan"]["amount_usd"]))
    wall_pct: tuple[float, ...] = field(default_factory=lambda: tuple(entry("wall")["value"]))
    corporate_debt_usdbn: float = field(default_factory=lambda: number("corporate_debt"))
    window_bp: float = field(default_factory=lambda: number("window"))
    foreign_bonds_usdbn: float = field(default_factory=lambda: number("foreign_bonds"))
    equity_duration: float = field(default_factory=lambda: number("equity_duration"))
    rally_pct: float = field(default_factory=lambda: _relief(0))
    rally_days: float = field(default_factory=lambda: _relief(1))
    correction_days: float = field(default_factory=lambda: _relief(2))


# key: (field, lowest, highest, how many numbers), in the units of the fields
_KEYS: dict[str, tuple[str, float, float, int]] = {
    "budget.deficit": ("deficit_pct_gdp", -20.0, 40.0, 1),
    "budget.gdp_growth": ("gdp_growth_pct", -10.0, 30.0, 1),
    "budget.bills": ("bills_pct", 0.0, 100.0, 1),
    "budget.mix": ("mix_pct", 0.0, 100.0, len(COUPON_TENORS)),
    "budget.fade": ("fade_years", 0.01, float("inf"), 1),
    "households.loan": ("loan_usd", 1.0, 1e9, 1),
    "corporations.wall": ("wall_pct", 0.0, 100.0, 5),
    "corporations.debt": ("corporate_debt_usdbn", 0.0, 1e6, 1),
    "corporations.window": ("window_bp", 0.0, 1000.0, 1),
    "corporations.foreign_bonds": ("foreign_bonds_usdbn", 0.0, 1e6, 1),
    "equity.duration": ("equity_duration", 0.0, 100.0, 1),
    "equity.rally": ("rally_pct", 0.0, 100.0, 1),
    "equity.rally_days": ("rally_days", 1.0, 250.0, 1),
    "equity.correction_days": ("correction_days", 1.0, 1000.0, 1),
}
KEYS = tuple(_KEYS)
"""The keys a reader can set."""


def assume(settings: Iterable[str] = ()) -> Assumptions:
    """The defaults with `key=value` settings; several numbers are separated by commas.

    Raises:
        BadInputError: if a setting has no `=`, is no number, or lies outside its range.
        UnknownNameError: if there is no such key.
    """
    found = Assumptions()
    for text in settings:
        key, equals, value = text.partition("=")
        if not equals:
            raise BadInputError(f"--assume {text}: expected KEY=VALUE")
        if key not in _KEYS:
            raise UnknownNameError("assumption", key, KEYS)
        found = replace(found, **{_KEYS[key][0]: _read(key, value)})  # type: ignore[arg-type]
    return found


def _read(key: str, text: str) -> float | tuple[float, ...]:
    _, low, high, many = _KEYS[key]
    parts = text.split(",")
    try:
        values = tuple(float(p) for p in parts)
    except ValueError:
        values = ()
    good = len(values) == many and all(low <= v <= high for v in values)
    if not good or (key == "budget.mix" and abs(sum(values) - 100.0) > 0.01):
        wanted = f"{many} numbers" if many > 1 else "a number"
        total = " that add up to 100 (2, 3, 5, 7, 10, 20, 30 years)" if key == "budget.mix" else ""
        raise BadInputError(
            f"--assume {key}: '{text}' does not fit; expected {wanted} from {low:g} to {high:g}"
            f"{total}"
        )
    return values if many > 1 else values[0]

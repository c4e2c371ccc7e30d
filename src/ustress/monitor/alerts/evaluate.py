"""Rules on a snapshot: a bound is passed strictly; old figures fire nothing unless asked to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ustress.core.errors import BadInputError
from ustress.core.units import show
from ustress.core.units import unit as unit_of
from ustress.monitor.alerts.rule import COMPOSITE, Alarm, Rule, State
from ustress.monitor.snapshot import Composite, Reading, Snapshot


@dataclass(frozen=True, slots=True)
class _Seen:
    """A quantity as found: a value in a unit, or the reason there is none."""

    value: float | None
    unit: str
    reason: str = ""


def evaluate(rules: Sequence[Rule], snapshot: Snapshot) -> tuple[Alarm, ...]:
    """Every rule on the snapshot's date, in the file's order.

    Raises:
        BadInputError: naming file and line, if a rule names a unit or a window that does not fit
            the indicator.
    """
    return tuple(_one(rule, snapshot) for rule in rules)


def _one(rule: Rule, snapshot: Snapshot) -> Alarm:
    if rule.indicator == COMPOSITE:
        seen = _of_composite(rule, snapshot.composite)
        return _judged(rule, seen, None, snapshot)
    reading = snapshot[rule.indicator]
    check_fit(rule, reading)
    if rule.what == "stale":
        return _stale(rule, reading)
    seen = _of_reading(rule, reading)
    if seen.value is not None and reading.stale and not rule.even_if_old:
        seen = _Seen(None, seen.unit, f"the newest figure is {reading.age_days} days old")
    return _judged(rule, seen, reading, snapshot)


def check_fit(rule: Rule, reading: Reading) -> None:
    """Refuse a unit that is not the quantity's.

    Raises:
        BadInputError: naming file, line and the unit expected.
    """
    fits = {"value": reading.unit, "change": reading.change_unit}.get(rule.what)
    # A level in bp is typed as bp: `bp_level` only differs in how it is shown.
    if fits is not None and rule.unit.removesuffix("_level") != fits.removesuffix("_level"):
        raise BadInputError(
            f"{rule.place}: unit '{rule.unit}' does not fit the {rule.what} of {rule.indicator}; "
            f"expected {fits.removesuffix('_level')}"
        )


def _of_reading(rule: Rule, r: Reading) -> _Seen:
    if r.value is None:
        return _Seen(None, r.unit, r.reason)
    if rule.what == "value":
        return _Seen(r.value, r.unit)
    if rule.what == "change":
        return _change(rule, r)
    if rule.what == "percentile":
        return _Seen(r.percentile, "count", f"no percentile: {r.percentile_window or 'none kept'}")
    if rule.what == "deviation":
        found = r.comparison.deviation_sd if r.comparison else None
        return _Seen(found, "sd", "no past of its own kind to compare with")
    rank = None if r.record is None else float(r.record.rank)
    return _Seen(rank if rank is not None else float("inf"), "count")


def _change(rule: Rule, r: Reading) -> _Seen:
    if rule.window not in r.changes:
        have = ", ".join(r.changes) or "none"
        return _Seen(None, r.change_unit, f"no change over '{rule.window}' (there are: {have})")
    return _Seen(r.changes[rule.window], r.change_unit)


def _of_composite(rule: Rule, found: Composite) -> _Seen:
    if rule.what == "percentile":
        return _Seen(found.percentile, "count", found.reason or "too few earlier values")
    return _Seen(found.value, "index", found.reason)


def _stale(rule: Rule, r: Reading) -> Alarm:
    old = r.stale or r.value is None
    why = r.reason or f"the newest figure is {r.age_days} days old"
    state = State.FIRED if old else State.QUIET
    return _alarm(rule, state, why, float(r.age_days) if r.age_days is not None else None, "days",
                  r)  # fmt: skip


def _judged(rule: Rule, seen: _Seen, reading: Reading | None, snapshot: Snapshot) -> Alarm:
    if seen.value is None:
        return _alarm(rule, State.UNKNOWN, seen.reason, None, seen.unit, reading)
    if rule.what == "record":
        held = seen.value <= rule.within
        text = reading.record.text if reading and reading.record else "no record"
        value = seen.value if seen.value < float("inf") else None
        return _alarm(rule, State.FIRED if held else State.QUIET, text, value, "count", reading)
    beyond = (rule.above is not None and seen.value > rule.above) or (
        rule.below is not None and seen.value < rule.below
    )
    day = reading.day if reading else snapshot.as_of
    because = f"{show(seen.value, seen.unit)} on {day}"
    state = State.FIRED if beyond else State.QUIET
    return _alarm(rule, state, because, seen.value, seen.unit, reading)


def _alarm(
    rule: Rule, state: State, because: str, value: float | None, unit: str, r: Reading | None
) -> Alarm:
    day, known = (r.day, r.known) if r is not None else (None, None)
    return Alarm(
        rule.name, rule.indicator, rule.what, words(rule), state, because, value, unit, day, known
    )


def words(rule: Rule) -> str:
    """The rule as a reader sees it."""
    quantity = {
        "value": "value", "change": f"change over {rule.window}", "percentile": "percentile",
        "deviation": "distance from its past, sd",
        "record": f"record of rank {rule.within} at most", "stale": "figure too old or missing",
    }[rule.what]  # fmt: skip
    unit = f" {unit_of(rule.unit).suffix.strip()}" if rule.unit else ""
    bounds = [
        f"{word} {bound:g}{unit}"
        for word, bound in (("above", rule.above), ("below", rule.below))
        if bound is not None
    ]
    return f"{rule.indicator}: {quantity} {' or '.join(bounds)}".strip()

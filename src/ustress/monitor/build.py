"""The monitor: every indicator over a panel, and the composite, in one frozen snapshot."""

from __future__ import annotations

from collections.abc import Iterable

from ustress.core.panel import Dates, Panel, Values
from ustress.monitor.auctions_to_come import to_come
from ustress.monitor.composite import CompositeHistory, composite
from ustress.monitor.composite import history as composite_over_time
from ustress.monitor.indicator import Indicator
from ustress.monitor.membership import member_keys
from ustress.monitor.reading import take_reading
from ustress.monitor.registry import INDICATORS, indicator
from ustress.monitor.snapshot import Composite, Snapshot
from ustress.monitor.track import Track


def build(panel: Panel, keys: Iterable[str] | None = None) -> Snapshot:
    """The state of the market as the panel knows it.

    Args:
        panel: the past as seen on its date.
        keys: the indicators wanted; None takes all. The composite needs all and is None else.

    Raises:
        UnknownNameError: for a key that no indicator has.
    """
    wanted = INDICATORS if keys is None else tuple(indicator(key) for key in keys)
    _preload(panel, wanted)
    readings, tracks = [], {}
    for each in wanted:
        reading, track = take_reading(each, panel)
        readings.append(reading)
        if track is not None:
            tracks[each.key] = track
    if keys is not None:
        whole = Composite(None, None, (), "", "not computed for a selection of indicators")
        return Snapshot(panel.as_of, panel.latest_known, tuple(readings), whole)
    whole = composite(wanted, tracks, panel.as_of)
    return Snapshot(panel.as_of, panel.latest_known, tuple(readings), whole, to_come(panel))


def history(panel: Panel, key: str) -> Track:
    """The history of one indicator as far as the panel knows it.

    Raises:
        UnknownNameError: for a key that no indicator has.
        MissingSeriesError: if nothing of it was known on the date.
    """
    one = indicator(key)
    _preload(panel, (one,))
    return one.compute(panel)


def composite_history(panel: Panel) -> tuple[Dates, Values]:
    """The composite on every Friday up to the panel's date, from four families on."""
    whole = composite_with_parts(panel)
    return whole.dates, whole.values


def composite_of(panel: Panel) -> Composite:
    """The composite of the panel's date alone, as `build` has it, from its members only."""
    entering = tuple(indicator(key) for key in member_keys())
    _preload(panel, entering)
    tracks = {i.key: t for i in entering if (t := take_reading(i, panel)[1]) is not None}
    return composite(entering, tracks, panel.as_of)


def composite_with_parts(panel: Panel) -> CompositeHistory:
    """The composite's history with every member's score and contribution."""
    entering = tuple(i for i in INDICATORS if i.stress)
    _preload(panel, entering)
    tracks = {i.key: t for i in entering if (t := take_reading(i, panel)[1]) is not None}
    return composite_over_time(entering, tracks, panel.as_of)


def _preload(panel: Panel, wanted: Iterable[Indicator]) -> None:
    panel.preload(dict.fromkeys(name for each in wanted for name in each.sources))

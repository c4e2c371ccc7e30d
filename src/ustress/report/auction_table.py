"""Each tenor's newest auction against its own past twelve, one row a tenor."""

from __future__ import annotations

from dataclasses import replace

from ustress.core.evidence import Evidence
from ustress.monitor.snapshot import AuctionToCome, Reading, Snapshot
from ustress.report.figures import Day, Figure, Name, Num, Text, words
from ustress.report.tables import Cell, Column, Row, Table, cell
from ustress.report.tabular import reading_figure

TENORS = ("2y", "3y", "5y", "7y", "10y", "20y", "30y")
MEASURES = {
    "bid_to_cover": ("Cover", "ratio"),
    "indirect_share": ("Indirect", "%"),
    "dealer_share": ("Dealers", "%"),
    "direct_share": ("Direct", "%"),
    "high_minus_median": ("High − median", "bp"),
    "demand": ("Demand", "sd"),
    "concession_in": ("Into", "bp"),
}
_MINOR = {"direct_share": 2, "concession_in": 1}
FAMILY = "auctions"


def auctions(snapshot: Snapshot) -> Table:
    """Value, and in brackets how many standard deviations it lies from its past twelve's mean."""
    readings = {r.key: r for r in snapshot.readings}
    columns = (
        Column("Auction"),
        Column("Held", align="right"),
        *(Column(head, f"{unit} (sd)" if unit != "sd" else unit, "right", _MINOR.get(measure, 0))
          for measure, (head, unit) in MEASURES.items()),
    )  # fmt: skip
    rows = tuple(_row(tenor, readings) for tenor in TENORS)
    return Table(
        words("Newest auctions against the same tenor's past twelve"), columns, rows, _notes()
    )


def in_table() -> frozenset[str]:
    """Keys of the readings that the table of auctions shows."""
    return frozenset(f"auction.{tenor}.{measure}" for tenor in TENORS for measure in MEASURES)


def without_auctions(snapshot: Snapshot) -> Snapshot:
    """The snapshot without the auctions' readings, for a list beside this table."""
    kept = tuple(r for r in snapshot.readings if not r.key.startswith("auction."))
    return replace(snapshot, readings=kept)


def beside_table(snapshot: Snapshot) -> Snapshot:
    """The snapshot without the readings that have a cell in this table."""
    kept = tuple(r for r in snapshot.readings if r.key not in in_table())
    return replace(snapshot, readings=kept)


def _row(tenor: str, readings: dict[str, Reading]) -> Row:
    found = [readings.get(f"auction.{tenor}.{measure}") for measure in MEASURES]
    day = next((r.day for r in found if r is not None and r.day is not None), None)
    held = Cell(Text((Day(day, "no auction known on this date"),)), faint=True)
    return Row((cell(Name(f"{tenor[:-1]}-year", "series")), held, *(_cell(r) for r in found)))


def _cell(r: Reading | None) -> Cell:
    if r is None or r.value is None:
        gap = Figure("auction.none", None, "ratio", reason="no auction known on this date")
        return cell(Num(gap, "bare"))
    value = Num(reading_figure(r), "bare")
    if r.comparison is None:
        return cell(value)
    off = Figure(
        f"monitor.{r.key}.deviation", r.comparison.deviation_sd, "sd", Evidence.ESTIMATED,
        r.day, r.known, reason="its past did not vary",
    )  # fmt: skip
    unusual = abs(r.comparison.deviation_sd or 0.0) >= 2.0
    return cell(value, " (", Num(off, "bare"), ")", strong=unusual)


def _notes() -> tuple[Text, ...]:
    return (
        words(
            "High − median is the auction's high yield less its median: not the tail, which needs "
            "a when-issued yield. Into is the change of the tenor's par yield over the five "
            "business days to the auction."
        ),
    )


def auctions_ahead(snapshot: Snapshot) -> Table:
    """The auctions of the five weeks ahead, listed or expected."""
    columns = (
        Column("Auction"),
        Column("Day", align="right"),
        Column("Size", "$bn", "right"),
        Column("Kind"),
        Column("From", minor=1),
    )
    rows = tuple(_ahead(a) for a in snapshot.auctions_to_come)
    return Table(words("Auctions to come"), columns, rows)


def _ahead(a: AuctionToCome) -> Row:
    kind = {True: "reopening", False: "new issue", None: ""}[a.reopening]
    size = Figure(
        f"auction.{a.tenor}.to_come", a.size_usdbn, "usdbn_whole", a.evidence, a.day,
        reason="not announced",
    )  # fmt: skip
    name = f"{a.tenor[:-1]}-year"
    day = Cell(Text((Day(a.day),)), a.evidence)
    return Row((cell(Name(name)), day, cell(Num(size, "bare")), cell(kind), cell(Name(a.why))))

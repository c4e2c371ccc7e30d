"""What is happening: the monitor's table and the charts of the record."""

from __future__ import annotations

from dataclasses import replace

from ustress.monitor.snapshot import Snapshot
from ustress.report import tabular
from ustress.report.auction_table import auctions, beside_table, in_table
from ustress.report.brief.document import Charts, Grid, Section
from ustress.report.charts import catalogue
from ustress.report.figures import Figure, say
from ustress.report.views import BriefContents

CHARTS = ("ten-year", "curve", "holdings", "auctions", "funding", "composite")


def _others(snapshot: Snapshot) -> Snapshot:
    """What neither the unusual readings nor the table of auctions has shown."""
    shown = {r.key for r in tabular.unusual(snapshot)} | in_table()
    return replace(snapshot, readings=tuple(r for r in snapshot.readings if r.key not in shown))


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    readings = contents.snapshot.readings
    old = Figure("monitor.stale", float(sum(r.stale for r in readings)), "count")
    gone = Figure("monitor.missing", float(sum(r.value is None for r in readings)), "count")
    total = Figure("monitor.readings", float(len(readings)), "count")
    lead = say(
        "{n} indicators as they could be seen by the end of {d}; {gone} not available; {old} "
        "overdue, that is older than their publisher's usual delay. Percentiles and records use "
        "only what was known.",
        n=total, d=contents.as_of, old=old, gone=gone,
    )  # fmt: skip
    blocks = (
        Charts(catalogue.declare(contents, CHARTS)),
        Grid("unusual", tabular.standing_out(beside_table(contents.snapshot))),
        Grid("auctions", auctions(contents.snapshot)),
        Grid("monitor", tabular.monitor(_others(contents.snapshot), others=True), folded=True),
    )
    return Section("happening", "What is happening", lead, blocks)

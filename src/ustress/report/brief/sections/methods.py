"""How the numbers were made, in words; the documents behind them are named."""

from __future__ import annotations

from ustress.report import spoken
from ustress.report.brief.document import Bullets, Section
from ustress.report.figures import Figure, Name, Text, say, words
from ustress.report.views import BriefContents


def section(contents: BriefContents) -> Section:
    """The section for a brief's contents."""
    lead = words(
        "Two layers carry the simulation, because one cannot do both jobs: who holds which "
        "maturity sets lasting term premia; dealers, slow capital and funding set the dislocation "
        "of days."
    )
    return Section(
        "methods", "Methods", lead, (Bullets((*_RECORD, *_simulation(contents), *_RESULTS)),)
    )


_RECORD = (
    words(
        "The record: every figure carries the day it is for and the day it became known; a brief "
        "of a date reads only what was known by its end in New York. Where a release date is not "
        "in the figures it follows from the publisher's usual delay."
    ),
    words(
        "The composite: indicators ranked against their own past as known, combined through the "
        "correlations of their families, so that stress everywhere counts more than stress in one "
        "place. Contributions add up to it exactly."
    ),
    words(
        "Claims: each is judged by a rule over series and windows that is shown with it, on the "
        "date and again with what is known today; statements about the mechanism are counted over "
        "simulated paths."
    ),
)
_LAYERS = (
    Text((
        "The slow layer: preferred habitat with several factors (",
        Name("Vayanos and Vila 2021, Econometrica", "source"),
        "), solved as a fixed point in the arbitrageurs' pricing of risk; a solution that does "
        "not exist is a named refusal, never a number.",
    )),
    Text((
        "The fast layer: price pressure that slow capital absorbs, dealers' balance sheets, "
        "leverage and repo, session by session; fitted to ",
        *spoken.told("March 2020 and April 2025", "methods.fitted").parts,
        " and to published event studies together.",
    )),
    words(
        "Uncertainty: every path lives with one joint draw of all parameters, the Fed's threshold "
        "among them, and its own shocks. Scenarios meet the same shocks and the same draws, so "
        "that a difference between two of them is due to the scenario alone."
    ),
    words(
        "The point of no return: the chance, over shocks and parameters and with purchases off, "
        "that dysfunction ends above the threshold soon after the last sale. The chance of "
        "purchases under the Fed's own rule is another curve and named apart."
    ),
)  # fmt: skip
_RESULTS = (
    words(
        "Outcomes follow from the paths by rules estimated from data or published, each with its "
        "error; a result carries the weakest level of evidence that entered it."
    ),
)


def _simulation(contents: BriefContents) -> tuple[Text, ...]:
    if not contents.scenarios:
        return ()
    paths = Figure("run.paths", float(contents.scenarios[0].paths), "count")
    return (
        *_LAYERS,
        say("Size: {n} paths a scenario. Probabilities carry their Monte Carlo error.", n=paths),
    )

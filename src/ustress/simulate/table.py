"""Tables of a run: polars inside, pandas and Arrow on request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ustress.simulate.names import OBSERVABLES
from ustress.simulate.probability import Estimate

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Table:
    """A polars frame, one row per observable and day, units in a column."""

    frame: pl.DataFrame

    def to_pandas(self) -> Any:
        """The table as a pandas frame."""
        return self.frame.to_pandas()

    def to_arrow(self) -> Any:
        """The table as an Arrow table."""
        return self.frame.to_arrow()

    def __repr__(self) -> str:
        return repr(self.frame)

    def _repr_html_(self) -> str:
        return self.frame._repr_html_()


class Asked(Protocol):
    """What a table is made from."""

    @property
    def days(self) -> NDArray[np.datetime64]:
        """Business days, day 0 the opening."""

    def mean(self, name: str, day: int | None = None) -> Estimate:
        """Mean and its error."""

    def quantile(self, name: str, q: Any, day: int | None = None) -> NDArray[np.float64]:
        """Quantiles."""


def table(
    run: Asked, names: tuple[str, ...], days: tuple[int, ...], quantiles: tuple[float, ...]
) -> Table:
    """Means with errors and quantiles of `names` at `days`."""
    import polars as pl

    rows = [_row(run, name, day, quantiles) for name in names for day in days]
    return Table(pl.DataFrame(rows))


def _row(run: Asked, name: str, day: int, quantiles: tuple[float, ...]) -> dict[str, Any]:
    middle = run.mean(name, day)
    found = run.quantile(name, quantiles, day)
    columns = {f"q{100 * q:g}": float(v) for q, v in zip(quantiles, found, strict=True)}
    return {
        "observable": name,
        "unit": OBSERVABLES[name].unit,
        "day": day,
        "date": run.days[day].item(),
        "mean": float(middle.value),
        "mean_error": float(middle.error),
        **columns,
    }

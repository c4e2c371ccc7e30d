"""`python -m tools.build_pack --tables DIR`: the pack, written beside the package's code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl

from tools.build_pack import fed, markets, treasury
from tools.build_pack.quoted import quoted
from tools.build_pack.write import stamp, write

READERS: tuple[Callable[[Path], pl.DataFrame], ...] = (
    treasury.par_yields,
    treasury.holders,
    treasury.auctions,
    treasury.debt_to_the_penny,
    treasury.public_debt,
    treasury.average_rates,
    treasury.buybacks,
    fed.balance_sheet,
    fed.portfolio,
    fed.dealers,
    fed.funding,
    fed.repo_operations,
    fed.announcements,
    markets.futures,
    markets.currencies,
    markets.term_premia,
    markets.stress_indices,
    markets.credit,
    markets.macro,
)


def build(tables: Path, out: Path) -> None:
    """The pack of `tables` under `out`: observations.parquet and manifest.json."""
    long_form = pl.concat([reader(tables) for reader in READERS])
    stamped = pl.concat([stamp(long_form), stamp(quoted())])
    # A figure whose release lies beyond the newest day of the tables was not yet released in them:
    # the recession flag, carried on as zero before anybody dated the cycle.
    released = stamped.filter(pl.col("known_from") <= long_form["day"].max())
    written = write(released, out)
    print(f"{written.rows} rows of {written.series} series, {written.bytes / 1e6:.2f} MB")


def main(argv: list[str]) -> None:
    home = Path(__file__).resolve().parents[2] / "src" / "ustress" / "data" / "pack"
    parser = argparse.ArgumentParser(prog="python -m tools.build_pack", description=__doc__)
    parser.add_argument("--tables", type=Path, required=True, help="folder of source tables")
    parser.add_argument("--out", type=Path, default=home, help="where the pack goes")
    chosen = parser.parse_args(argv)
    build(chosen.tables, chosen.out)


if __name__ == "__main__":
    main(sys.argv[1:])

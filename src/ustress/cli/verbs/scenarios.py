"""`scenarios`: what can be simulated, and files of one's own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ustress.cli.output import Json, emit, emit_json, note

if TYPE_CHECKING:
    from ustress.workflows.scenarios import Validated

WORDS = {"show": 1, "diff": 2, "validate": 1, "new": 1, "schema": 0, "keys": 0, "list": 0}
"""What may come first, and how many names follow it."""


def scenarios(
    asked: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME | show NAME | diff A B | validate FILE | new FILE | schema | keys]",
            help="One scenario in full, or what is done with files of your own.",
        ),
    ] = None,
    keys: Annotated[bool, typer.Option("--keys", help="Every key: unit, range, default.")] = False,
    extends: Annotated[
        str | None, typer.Option("--extends", metavar="NAME", help="With new: laid over this one.")
    ] = None,
    as_json: Json = False,
) -> None:
    """What can be simulated.

    The built-in scenarios, one of them in full, two compared, a file checked or begun.
    """
    word, names = _read(asked or [], keys=keys)
    if extends is not None and word != "new":
        from ustress.core.errors import BadInputError

        raise BadInputError("--extends belongs to `ustress scenarios new FILE`")
    _do(word, names, extends, as_json=as_json)


def _read(asked: Sequence[str], *, keys: bool) -> tuple[str, Sequence[str]]:
    """The word and the names after it; a name alone is shown."""
    from ustress.core.errors import BadInputError

    if keys:
        asked = ["keys", *asked]
    if not asked:
        return "list", []
    word, names = (asked[0], asked[1:]) if asked[0] in WORDS else ("show", asked)
    wanted = WORDS[word]
    if len(names) != wanted:
        said = ("no name", "one name", "two names")[wanted]
        raise BadInputError(f"scenarios {word} has {len(names)} names; expected {said} after it")
    return word, names


def _do(word: str, names: Sequence[str], extends: str | None, *, as_json: bool) -> None:
    from ustress.workflows import scenarios as job

    if word == "new":
        note(f"written: {job.new(names[0], extends)}")
        return
    if word == "schema":
        emit_json(job.schema())
        return
    found: object = {
        "list": job.listing, "keys": job.keys, "show": job.show, "diff": job.diff,
        "validate": job.validate,
    }[word](*names)  # type: ignore[operator]  # fmt: skip
    emit_json(found) if as_json else _print(word, found)


def _print(word: str, found: object) -> None:
    from ustress.report import terminal
    from ustress.report.terminal.scenario_pairs import difference

    if word == "validate":
        _say_valid(found)  # type: ignore[arg-type]
        return
    shown = {
        "list": terminal.scenarios, "keys": terminal.scenario_keys, "show": terminal.scenario,
        "diff": difference,
    }[word]  # fmt: skip
    emit(*shown(found))  # type: ignore[operator]


def _say_valid(found: Validated) -> None:
    chain = "".join(f", extends {name}" for name in found.line.extends)
    sys.stdout.write(f"{found.file} is a valid scenario{chain}\n")
    for key in found.unsourced:
        note(f'{key} says not where its size comes from: add [evidence."{key}"]')


def add_to(app: typer.Typer) -> None:
    """Register this file's verb."""
    app.command("scenarios")(scenarios)

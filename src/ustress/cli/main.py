"""Entry point: hands the words typed to a verb and turns every failure into one sentence.

Nothing heavy is imported here; each verb imports its workflow when it is called.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Sequence
from typing import Annotated

import typer

from ustress.cli import output
from ustress.cli.verbs import (
    breaking,
    brief,
    data,
    export,
    outcomes,
    reference,
    replay,
    scenarios,
    serve,
    simulation,
    state,
    store,
    validation,
)
from ustress.core.errors import UnknownNameError, UstressError
from ustress.core.version import VERSION

INTERNAL = 1
INTERRUPTED = 130

app = typer.Typer(
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="How much selling can the market for US Treasuries take before the Fed has to buy, "
    "and what follows? Works offline on embedded figures.",
    epilog="Exit 0 done; 1 asked properly but could not; 2 something is wrong in what was typed; "
    "3 an alert fired.",
)


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notes.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also say what was used and how long it took.")
    ] = False,
) -> None:
    output.settle(quiet=quiet, verbose=verbose)
    if version:
        typer.echo(f"ustress {VERSION}")
        raise typer.Exit


for module in (
    state, simulation, breaking, outcomes, scenarios, replay, validation, brief, export,
    reference, data, store, serve,
):  # fmt: skip
    module.add_to(app)


def run(arguments: Sequence[str]) -> int:
    """Run the command line on `arguments` and return the exit code."""
    if list(arguments) == ["--version"]:  # eager, so that no verb is asked for
        typer.echo(f"ustress {VERSION}")
        return 0
    started = time.monotonic()
    try:
        code = app(args=list(arguments), prog_name="ustress", standalone_mode=False)
    except UstressError as error:
        return _say(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _say("interrupted", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _unexpected(error)
    output.detail(f"done in {time.monotonic() - started:.1f} s")
    return code if isinstance(code, int) else 0


def _unexpected(error: Exception) -> int:
    """A usage error of the parser (which words itself), or a defect of ours."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        sys.stdout.write(f"{error}\n")
        return 0
    if kind == "Abort":
        return _say("interrupted", INTERRUPTED)
    words = getattr(error, "format_message", None)
    if callable(words):
        return _say(_plain_words(str(words())), int(getattr(error, "exit_code", 2)))
    if os.environ.get("USTRESS_DEBUG"):
        raise error
    return _say(
        f"a defect in ustress ({kind}: {error}); set USTRESS_DEBUG=1 to see where", INTERNAL
    )


def _plain_words(text: str) -> str:
    """The parser's message in the form all our sentences have, with the verbs one may type."""
    unknown = re.match(r"No such command '([^']*)'", text)
    if unknown:
        verbs = tuple(sorted(typer.main.get_command(app).commands))  # type: ignore[attr-defined]
        return str(UnknownNameError("verb", unknown[1], verbs))
    return text[:1].lower() + text[1:].rstrip(".")


def _say(text: str, code: int) -> int:
    sys.stderr.write(f"ustress: {' '.join(text.split())}\n")
    return code


def main() -> None:
    """The command `ustress`."""
    sys.exit(run(sys.argv[1:]))

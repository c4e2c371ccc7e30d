"""`serve`: the application in the browser."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Annotated

import typer

from ustress.cli.output import note

ENVIRONMENT = "USTRESS_TOKEN"


def serve(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="0 takes any free one.")
    ] = 8642,
    host: Annotated[
        str, typer.Option("--host", help="Elsewhere than on this machine a token is asked for.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="TOKEN",
            help="Or USTRESS_TOKEN, or [serve] token in the configuration.",
        ),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    openbb: Annotated[
        bool, typer.Option("--openbb", help="Let OpenBB Workspace and its Excel add-in read it.")
    ] = False,
    updates: Annotated[
        bool, typer.Option("--updates", help="Let readers start an update from the publishers.")
    ] = False,
) -> None:
    """The application in the browser.

    On this machine alone unless told otherwise; pages at /, the interface at /api/v1.
    """
    from ustress.core.errors import BadInputError

    _check_installed()
    from ustress.workflows.live import cache_folder, configured_token

    given = os.environ.get(ENVIRONMENT, "") or configured_token() if token is None else token
    if (given or token is not None) and len(given) < SHORTEST:
        raise BadInputError(f"the token has {len(given)} characters; expected at least {SHORTEST}")
    # The application is our sibling and is not known here: it is started by its name.
    server = import_module("ustress.app.server")

    def ready(address: str) -> None:
        typer.echo(address)
        note("Ends with Ctrl-C.")
        if open_:
            typer.launch(address)

    server.serve(server.settings(host, port, given, openbb, updates, cache_folder()), ready)


SHORTEST = 12


def _check_installed() -> None:
    """Nothing, if the application's extra is there.

    Raises:
        CannotError: if it is not.
    """
    from importlib.util import find_spec

    from ustress.core.errors import CannotError

    if find_spec("fastapi") is None or find_spec("uvicorn") is None:
        raise CannotError(
            "the application is not installed; expected its extra: pip install 'ustress[app]'"
        )


def add_to(app: typer.Typer) -> None:
    """Register this file's verb."""
    app.command("serve")(serve)

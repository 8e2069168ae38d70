"""``vcs serve``, the web door, and ``vcs openapi``, what programs may ask of it."""

from __future__ import annotations

import json
from typing import Annotated

import typer
import uvicorn

from api.app import create_app, describe
from api.commands.opening import begun
from vcs.settings import Settings
from vcs.start.checks import Started


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
) -> None:
    """Serve the web pages and the feeds."""
    listen(begun(Settings.load(), host), host, port)


def listen(started: Started, host: str, port: int) -> None:
    """Serve until told to stop. The start-up checks are not made a second time."""
    uvicorn.run(
        create_app(started.settings, started=started),
        host=host,
        port=port,
        log_config=None,  # its logs go where ours go, and each request is logged by us
        access_log=False,
        server_header=False,
    )


def openapi() -> None:
    """Print the OpenAPI description of what programs may ask, as JSON."""
    print(json.dumps(describe(), indent=2, ensure_ascii=False))

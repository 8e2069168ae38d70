"""The ``vcs`` command: one entry; the commands are in the table of ``api/commands``."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from api.commands.deferred import Commands
from api.version import NAME, VERSION
from vcs import logs
from vcs.errors import VcsError

app = typer.Typer(
    name="vcs",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain lines, for screen readers, pipes and a quick answer
)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"{NAME} {VERSION}")
        raise typer.Exit


@app.callback()
def vcs(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Flags every victim who is owed contact after a court sentence."""


def main() -> None:
    """Run the command; an error of ours is one sentence on stderr and exit 1."""
    os.umask(0o077)  # what is written here names people
    logs.configure()
    try:
        app()
    except VcsError as problem:
        for sentence in str(problem).splitlines():
            print(f"vcs: {sentence}", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:  # the reader of our output, such as `head`, went away first
        sys.stderr.close()
        raise SystemExit(0) from None
    except Exception as fault:
        # Never its own words, which may hold what was in a message or a record.
        logs.logger("vcs.command").critical("command.failed", **logs.fault(fault))
        raise SystemExit(1) from None

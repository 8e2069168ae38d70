"""The ``vcs`` command: one entry, one file for each kind of command in ``api/commands``."""

from __future__ import annotations

import os
import sys

import typer

from api.commands import (
    accounting,
    deciding,
    keeping,
    keys,
    people,
    printing,
    reassessing,
    replaying,
    serving,
)
from vcs import logs
from vcs.errors import VcsError

app = typer.Typer(
    name="vcs",
    help="Flags every victim who is owed contact after a court sentence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

for room in (
    deciding,
    keeping,
    accounting,
    serving,
    printing,
    reassessing,
    replaying,
    keys,
    people,
):
    room.add_to(app)


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

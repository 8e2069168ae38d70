"""Our commands in processes of their own that have imported everything already.

A command of a second or two is mostly imports. One process imports them once, and every command is
a fork of it: the same code on its own environment, with its own output, exit and end.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from api.commands.table import COMMANDS, Group

_PATIENCE_SECONDS = 60


def run(arguments: tuple[str, ...], environ: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run ``vcs`` with these arguments and nothing but this environment, to its end."""
    parent = _parent()
    assert parent.stdin
    assert parent.stdout
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        asked = {"arguments": arguments, "environ": dict(environ), "to": [str(out), str(err)]}
        parent.stdin.write(f"{json.dumps(asked)}\n")
        parent.stdin.flush()
        code = int(parent.stdout.readline())
        assert code >= 0, f"vcs {' '.join(arguments)} ended by signal {-code}"
        return subprocess.CompletedProcess(arguments, code, out.read_text(), err.read_text())


@cache
def _parent() -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    parent = subprocess.Popen([sys.executable, "-m", __name__], stdin=pipe, stdout=pipe, text=True)
    atexit.register(_end, parent)
    return parent


def _end(parent: subprocess.Popen[str]) -> None:
    with parent:
        parent.terminate()


def _serve() -> None:
    """Fork for each line that comes in, and answer with the exit code of what ran."""
    for one in COMMANDS:
        for row in one.rows if isinstance(one, Group) else (one,):
            import_module(f"api.commands.{row.function.partition(':')[0]}")
    import_module("api.app")
    # Every command asks which migrations there are, and reads them all.
    import_module("vcs.migrations.upgrade")._is_known("")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _command(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _command(arguments: list[str], environ: dict[str, str], to: list[str]) -> None:
    from api.cli import main

    os.environ.clear()
    os.environ.update(environ)
    for number, file in enumerate((os.devnull, *to)):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), number)
    sys.argv = ["vcs", *arguments]
    signal.alarm(_PATIENCE_SECONDS)
    main()


if __name__ == "__main__":
    _serve()

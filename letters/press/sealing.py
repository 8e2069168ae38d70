"""Closing the press in: no network, no other files, no other programs, hard limits.

Each seal stands without the others. Nothing here can be undone from inside the process.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Final

FILE_BYTES: Final = 4 * 1024**2
FONT_BYTES: Final = 32 * 1024**2
"""The largest file before the first letter: the press lays its fonts in its own folder."""
OPEN_FILES: Final = 64
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_FORBIDDEN: Final = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
    "os.kill", "pty.", "urllib.", "http.", "ftplib.", "smtplib.", "sqlite3.",
)  # fmt: skip


class Sealed(OSError):
    """The press tried to reach something outside itself."""


def limit_resources(memory_bytes: int) -> None:
    """Cap memory, file size and open files, forbid core files, offer to die first."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FONT_BYTES, FONT_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # When the machine runs out of memory this process goes before the one that serves people.
    try:
        Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")
    except OSError:
        return  # no such file here: the other limits stand


def allow_more_processor_time(seconds: int) -> None:
    """Give the next letter its own allowance: the kernel kills the process at the end of it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def leave_network() -> bool:
    """Move this process to a network of its own, with nothing in it; False where not permitted.

    Must be called while the process has one thread.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    ways = (_CLONE_NEWNET, _CLONE_NEWUSER | _CLONE_NEWNET)
    return any(libc.unshare(flags) == 0 for flags in ways)


def seal(folder: Path) -> None:
    """Refuse, from now on, every socket, every program, and every file but code and ``folder``.

    An audit hook sees what the interpreter does beneath any library and cannot be taken out.
    """
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    installed = sysconfig.get_paths()
    paths = {installed[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    code = tuple(_below(Path(path)) for path in (*paths, *sys.path) if path)
    sys.addaudithook(_hook(_below(folder), code))


def _below(folder: Path) -> str:
    return f"{folder.resolve()}{os.sep}"


def _hook(folder: str, code: tuple[str, ...]) -> Callable[[str, tuple[object, ...]], None]:
    def watch(event: str, args: tuple[object, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise Sealed("the press may not do this")
        if event == "open" and isinstance(args[0], (str, bytes)):
            path = os.path.realpath(os.fsdecode(args[0]))
            reading = not (isinstance(args[1], str) and set(args[1]) & set("wax+"))
            if not path.startswith(folder) and not (reading and path.startswith(code)):
                raise Sealed("the press may not open this")

    return watch

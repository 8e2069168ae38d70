"""Files that nobody but their owner may read: looked at, and mended where that can be done."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from vcs.settings import Settings

_OTHERS = 0o077
_OF_SQLITE = ("", "-wal", "-shm", "-journal")
_SIGN_IN = "example-sign-in.txt"
_FOLDERS = ("keys", "mail", "letters")
_NAMED_AT_MOST = 3


def left_open(settings: Settings) -> list[str]:
    """Say in a sentence for each which files others may read and this process cannot close."""
    return [
        f"Others may read {called} and this program cannot change that: make it readable by its "
        "owner only."
        for path, called in _private(settings)
        if _is_open(path) and not _can_close(path)
    ]


def close_to_others(settings: Settings) -> tuple[str, ...]:
    """Take away what rights others have to our files; return a word on it, if there were any."""
    closed: list[str] = []
    for path, called in _private(settings):
        if _is_open(path):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
            closed.append(called)
    return (_word(closed),) if closed else ()


def _word(mended: list[str]) -> str:
    more = len(mended) - _NAMED_AT_MOST
    named = ", ".join(mended[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
    return f"Others could read {named}: closed to them now."


def sqlite_file(settings: Settings) -> Path | None:
    """Return the database file, or None where the database is a server."""
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _private(settings: Settings) -> Iterator[tuple[Path, str]]:
    """Return each path that is private with what it is called: settings' names, no values."""
    folder = settings.data_dir
    yield folder, "the data folder (VCS_DATA_DIR)"
    database = sqlite_file(settings)
    if database is not None:
        for end in _OF_SQLITE:
            yield Path(f"{database}{end}"), f"the database file (VCS_DATABASE_URL){end}"
    yield folder / _SIGN_IN, f"{_SIGN_IN} in the data folder"
    for name in _FOLDERS:
        yield folder / name, f"{name}/ in the data folder"
        for file in _files(folder / name):
            yield file, f"{name}/{file.name} in the data folder"


def _files(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            yield from (Path(entry.path) for entry in entries if not entry.is_symlink())
    except OSError:
        return


def _is_open(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & _OTHERS)
    except OSError:
        return False


def _can_close(path: Path) -> bool:
    """Say whether it is ours to close; a folder that is meant to be shared is nobody's."""
    found = path.stat()
    is_shared = bool(found.st_mode & stat.S_ISVTX) or path.resolve() == Path("/")
    return not is_shared and os.geteuid() in (0, found.st_uid)

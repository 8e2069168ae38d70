"""The key files, where the environment gives no keys: readable by their owner only."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from vcs.errors import NotSetUp


def held_secret(file: Path) -> str:
    """Return the secret in a file; empty where there is no file."""
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as problem:
        raise _unusable(file, problem) from None


def kept_secret(file: Path, fresh: str) -> str:
    """Return the secret held in a file, putting ``fresh`` there first where there is none.

    Two processes that start at once end with the same secret.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            draft = _draft(file, fresh)
            # A link never replaces: whoever comes second keeps the first one's secret.
            with suppress(FileExistsError):
                os.link(draft, file)
            draft.unlink()
            _sync_folder(file)
    except OSError as problem:
        raise _unusable(file, problem) from None
    return held_secret(file)


def replace_secret(file: Path, text: str) -> None:
    """Put another secret in a file: durable when this returns, the old or the new one if killed."""
    try:
        for left in file.parent.glob(f".{file.name}.*"):
            left.unlink()  # by one who was killed here
        _draft(file, text).replace(file)
        _sync_folder(file)
    except OSError as problem:
        raise _unusable(file, problem) from None


class Watch:
    """Gives the content of a key file again each time that it has changed."""

    def __init__(self, file: Path) -> None:
        """Take the file as it is now as known."""
        self._file, self._known = file, _stamp(file)

    def __call__(self) -> str | None:
        """Return what the file holds where it has changed since the last call, else None."""
        stamp = _stamp(self._file)
        if stamp == self._known:
            return None
        self._known = stamp
        # A file that is gone or unreadable changes nothing for a process that has the keys.
        with suppress(NotSetUp):
            return held_secret(self._file) or None
        return None


def _stamp(file: Path) -> tuple[int, ...]:
    try:
        found = file.stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


def _draft(file: Path, text: str) -> Path:
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text + "\n")
        opened.flush()
        os.fsync(opened.fileno())
    return draft


def _sync_folder(file: Path) -> None:
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _unusable(file: Path, problem: Exception) -> NotSetUp:
    why = getattr(problem, "strerror", None) or "it is not text"
    return NotSetUp(f"The key file keys/{file.name} in VCS_DATA_DIR cannot be used: {why}.")

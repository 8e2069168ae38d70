"""One process of the press: how it is started, spoken to and ended."""

from __future__ import annotations

import json
import logging
import signal
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final

from letters.catalogue import ELEMENTS
from letters.press.jobs import LETTER, Job
from letters.press.typefaces.fonts import face_of, font_paths

_LOG = logging.getLogger("vcs.letters")
SECONDS_TO_START: Final = 60.0
_SECONDS_TO_END: Final = 5.0
_MOST_ERROR_TEXT: Final = 4000
_LARGEST_MESSAGE: Final = 16 * 1024**2
_GROWTH_BYTES: Final = 128 * 1024**2
"""How far the press may grow above what its first letter took before it is started afresh."""

# No font but the letter font exists in the press: a character that font lacks cannot be borrowed
# from whatever else this machine has installed, and every machine prints the same letter.
_NO_OTHER_FONTS: Final = "<fontconfig><cachedir>{folder}</cachedir></fontconfig>"
_RUN: Final = "from letters.press.worker import main; main()"


class PressStopped(Exception):
    """The press ended before it answered."""


class Press:
    """One running press process and the pipe to it."""

    def __init__(self, job: Job = LETTER) -> None:
        """Start the process; it is ready once :meth:`begin` returns."""
        self._job = job
        self.folder = TemporaryDirectory(prefix="letters-", ignore_cleanup_errors=True)
        fonts_file = Path(self.folder.name) / "fonts.conf"
        fonts_file.write_text(_NO_OTHER_FONTS.format(folder=self.folder.name), encoding="utf-8")
        self._errors = Path(self.folder.name) / "errors.txt"
        self.pipe, theirs = socket.socketpair()
        with theirs, self._errors.open("wb") as errors:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own code
                [sys.executable, "-c", _RUN, str(theirs.fileno()), job.name],
                env=self._environment(fonts_file),
                cwd=self.folder.name,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        self.timed_out = False
        self.first_resident = 0
        self.alone = False
        self._noted: set[str] = set()

    def begin(self) -> None:
        """Hand over the stylesheet and wait until the press is sealed and ready.

        Raises PressStopped saying why it cannot start.
        """
        fonts = {name: (str(path), face_of(name)) for name, path in font_paths().items()}
        setup = {
            "elements": ELEMENTS.read_text(encoding="utf-8"),
            "stylesheet": self._job.styles(),
            "fonts": fonts,
        }
        header, _ = self.exchange(json.dumps(setup).encode("utf-8"), SECONDS_TO_START)
        if "failed" in header:
            self._end()  # its traceback is then written whole
            raise PressStopped(_why_failed(header))
        self.alone = bool(header["alone"])
        self.note(header)

    def exchange(self, body: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send one message and return the answer; the press is killed when time runs out.

        The pipe itself keeps the time: a thread for each letter would be one more to wait for.
        """
        until = monotonic() + seconds
        try:
            self.pipe.settimeout(seconds)
            self.pipe.sendall(len(body).to_bytes(4, "big") + body)
            return json.loads(self._receive(until)), self._receive(until)
        except TimeoutError as error:
            self.timed_out = True
            self.process.kill()
            raise PressStopped(self._end()) from error
        except (OSError, ValueError) as error:
            raise PressStopped(self._end()) from error

    def note(self, header: dict[str, Any]) -> None:
        """Log, once for each press, what WeasyPrint remarked that makes no letter wrong."""
        for note in header.get("notes", ()):
            if note not in self._noted:
                self._noted.add(note)
                _LOG.warning("the letter press notes: %s", note)

    def error_text(self) -> str:
        """Return what the process wrote to its error output: before its first letter at most."""
        text = self._errors.read_text(encoding="utf-8", errors="replace")
        return text[-_MOST_ERROR_TEXT:].strip()

    def grown(self, resident: int) -> bool:
        """Say whether the press has grown too far since its first letter."""
        self.first_resident = self.first_resident or resident
        return resident > self.first_resident + _GROWTH_BYTES

    def stop(self) -> None:
        """End the process and remove its folder; harmless to repeat."""
        self.process.kill()
        self.process.wait()
        self.pipe.close()
        self.folder.cleanup()

    def _environment(self, fonts_file: Path) -> dict[str, str]:
        """Minimal environment for the worker: no keys, passwords or proxies."""
        return {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": self.folder.name,
            "TMPDIR": self.folder.name,
            "FONTCONFIG_FILE": str(fonts_file),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def _end(self) -> str:
        """Wait for the process to end, and say how it did."""
        try:
            code = self.process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            return "it went silent"
        if code < 0:
            return f"it was ended by {signal.Signals(-code).name}"
        last = self.error_text().rpartition("\n")[2]
        return last or f"it ended with exit code {code}"

    def _receive(self, until: float) -> bytes:
        size = int.from_bytes(self._exactly(4, until), "big")
        if size > _LARGEST_MESSAGE:
            raise ValueError("the press sent too much")
        return self._exactly(size, until)

    def _exactly(self, size: int, until: float) -> bytes:
        parts = []
        while size:
            left = until - monotonic()
            if left <= 0:
                raise TimeoutError
            self.pipe.settimeout(left)
            part = self.pipe.recv(min(size, 1 << 20))
            if not part:
                raise OSError("the press ended")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def _why_failed(header: dict[str, Any]) -> str:
    """Repeat the press's own error, after the packages to install where any is missing."""
    missing: dict[str, str] = header["missing"]
    named = [f"{library} (Debian package {package})" for library, package in missing.items()]
    advice = f"install what cannot be loaded: {', '.join(named)}; it said: " if named else ""
    return f"{advice}{header['failed']}"

"""Our own commands as processes of their own, which a test may kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from vcs.settings import Settings

VCS = Path(sys.executable).with_name("vcs")
_PATIENCE_SECONDS = 60
_LOOK_EVERY_SECONDS = 0.05


def environment(settings: Settings) -> dict[str, str]:
    """Return this process's environment with a test's own settings."""
    return {
        **os.environ,
        "VCS_DATA_DIR": str(settings.data_dir),
        "VCS_DATABASE_URL": settings.database_url,
        "VCS_SEALING_KEYS": settings.sealing_keys,
        "VCS_SIGNING_KEY": settings.signing_key,
    }


def free_port() -> int:
    """Return a port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


class Served:
    """``vcs serve`` as a process. ``start`` it again after a kill: it keeps its port."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [str(VCS), "serve", "--port", str(self.port)]
        log = (self._settings.data_dir / "served.log").open("ab")
        with log:
            self._process = subprocess.Popen(
                command, env=environment(self._settings), stdout=log, stderr=log
            )
        for _ in range(int(_PATIENCE_SECONDS / _LOOK_EVERY_SECONDS)):
            if self._answers():
                return
            assert self._process.poll() is None, "it ended instead of serving"
            time.sleep(_LOOK_EVERY_SECONDS)
        raise AssertionError("it never answered")

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/livez")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Tell it to stop, and wait until it has."""
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(_PATIENCE_SECONDS)
            self._process = None

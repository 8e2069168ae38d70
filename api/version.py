"""The program's name and version, as ``/info`` and ``vcs --version`` give them."""

from __future__ import annotations

from typing import Final

NAME: Final = "victim-contact-tracker"
VERSION: Final = "0.1.0"

"""What the press needs of the machine: C libraries and a font, each with its Debian package.

Standard library only, since the Makefile runs this file before anything is installed. Each
library is looked for by loading it: a file that is there and cannot be loaded is missing too.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Final

# All that WeasyPrint loads (weasyprint/text/ffi.py) but harfbuzz-vector, which only colour emoji
# need and Debian 12 does not have.
LIBRARIES: Final = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
FONT_FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/truetype/liberation2"),
)
FONT_FILES: Final = {"regular": "LiberationSans-Regular.ttf", "bold": "LiberationSans-Bold.ttf"}
FONT_PACKAGE: Final = "fonts-liberation"


def missing_libraries() -> dict[str, str]:
    """Try to load each library. Return those that cannot be loaded, each with its package."""
    return {name: package for name, package in LIBRARIES.items() if not _loads(name)}


def find_fonts(folders: tuple[Path, ...] = FONT_FOLDERS) -> dict[str, Path]:
    """Return the two font files by weight; empty unless one folder has both."""
    for folder in folders:
        found = {weight: folder / name for weight, name in FONT_FILES.items()}
        if all(path.is_file() for path in found.values()):
            return found
    return {}


def missing_packages() -> list[str]:
    """Return the Debian packages to install before a letter can be printed."""
    return [*missing_libraries().values(), *([] if find_fonts() else [FONT_PACKAGE])]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.stdout.write("".join(f"{package}\n" for package in missing_packages()))

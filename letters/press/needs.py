"""What the press needs of the machine: C libraries and fonts, each with its Debian package.

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

WORLD_FOLDERS: Final = (Path("/usr/share/fonts/truetype/noto"),)
WORLD_PACKAGE: Final = "fonts-noto-core"
# Latin with every accent (Vietnamese too), Greek and Cyrillic; then a font for each script that
# people of England and Wales write their names in. None has the letters of another script.
WORLD_SCRIPTS: Final = (
    "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi",
    "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Syriac",
    "Tamil", "Telugu", "Thaana", "Thai", "Tifinagh",
)  # fmt: skip
WORLD_FILES: Final = {
    "latin": "NotoSans-Regular.ttf",
    "latin-bold": "NotoSans-Bold.ttf",
    **{script.lower(): f"NotoSans{script}-Regular.ttf" for script in WORLD_SCRIPTS},
}

HAN_FOLDERS: Final = (Path("/usr/share/fonts/opentype/noto"),)
HAN_PACKAGE: Final = "fonts-noto-cjk"
HAN_FILES: Final = {"han": "NotoSansCJK-Regular.ttc"}

SETS: Final = (
    (FONT_PACKAGE, FONT_FOLDERS, FONT_FILES),
    (WORLD_PACKAGE, WORLD_FOLDERS, WORLD_FILES),
    (HAN_PACKAGE, HAN_FOLDERS, HAN_FILES),
)
"""Each package of fonts, the folders where it may lie, and its files by the name we give them."""


def missing_libraries() -> dict[str, str]:
    """Try to load each library. Return those that cannot be loaded, each with its package."""
    return {name: package for name, package in LIBRARIES.items() if not _loads(name)}


def find_fonts(
    folders: tuple[Path, ...] = FONT_FOLDERS, files: dict[str, str] = FONT_FILES
) -> dict[str, Path]:
    """Return font files by the name we give them; empty unless one folder has them all."""
    for folder in folders:
        found = {name: folder / file for name, file in files.items()}
        if all(path.is_file() for path in found.values()):
            return found
    return {}


def missing_fonts() -> list[str]:
    """Return the Debian packages of the fonts that are not there."""
    return [package for package, folders, files in SETS if not find_fonts(folders, files)]


def missing_packages() -> list[str]:
    """Return the Debian packages to install before a letter can be printed."""
    return [*missing_libraries().values(), *missing_fonts()]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.stdout.write("".join(f"{package}\n" for package in missing_packages()))

"""The fonts as the press takes them in: one face for each file, and the rules that name them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from letters.press.needs import FONT_FILES

_BOLD: Final = "-bold"


def face(path: Path, number: int) -> bytes:
    """Return a font file, or one face of it as a file of its own; -1 for the whole file."""
    if number < 0:
        return path.read_bytes()
    out = BytesIO()
    with TTFont(path, fontNumber=number, lazy=True) as font:
        font.save(out, reorderTables=None)
    return out.getvalue()


def rules(fonts: Mapping[str, bytes]) -> str:
    """Return the style rules for the fonts that follow the letter font where it has no letter.

    Each file is a family of its own: the layout engine tells fonts apart by family and weight
    alone, and would print one file's letters by the numbers of another's. The stylesheets name
    the letter font itself.
    """
    return "".join(
        f'@font-face {{ font-family: "Letter {name.removesuffix(_BOLD)}"; '
        f"font-weight: {'bold' if name.endswith(_BOLD) else 'normal'}; "
        f'src: url("letter-font:{name}"); }}\n'
        for name in fonts
        if name not in FONT_FILES
    )

"""Whether what is drawn is what was written: each character of a text against the glyphs for it.

Asked of the fonts as they are embedded in the finished file, so of what a printer will draw.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from io import BytesIO
from typing import Any, Final

from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.ttLib import TTFont

from letters.press.sheets.orders import NotReadBack

Glyphs = Sequence[tuple[str, int]]

_NOTHING: Final = "Cf"
_DOTTED_CIRCLE: Final = "\u25cc"
"""What a font draws under a mark that has no letter."""
_JOINED: Final = "\u200b"
"""What a part of a letter says that stands for nothing by itself: a space without width."""
_MAPPED: Final = re.compile(rb"<([0-9a-f]{4})> <[0-9a-f]*>")
_BOX: Final = 0
"""The glyph that stands for no character."""


class Embedded:
    """One font of the finished file."""

    def __init__(self, made: Any) -> None:
        """Take a font of the layout engine, whose content is by now what was embedded."""
        self._made = made
        self.to_text: dict[int, str] = made.to_unicode

    @cached_property
    def _font(self) -> TTFont:
        return TTFont(BytesIO(self._made.file_content), lazy=True)

    @cached_property
    def _glyphs(self) -> Any:
        return self._font.getGlyphSet()

    @cached_property
    def characters(self) -> dict[int, str]:
        """Return the characters that each glyph stands for by itself."""
        found: dict[int, str] = defaultdict(str)
        for code, name in self._font.getBestCmap().items():
            found[self._font.getGlyphID(name)] += chr(code)
        return dict(found)

    def mend(self) -> bool:
        """Give each glyph of a cluster its own character, where it has one. Say if any was."""
        wrong = {glyph: text for glyph, text in self.to_text.items() if len(text) != 1}
        for glyph, text in wrong.items():
            own = [one for one in self.characters.get(glyph, "") if not text or one in text]
            self.to_text[glyph] = own[0] if own else text or _JOINED
        return bool(wrong)

    def is_drawn(self, glyph: int) -> bool:
        """Say whether a glyph puts ink on the paper."""
        pen = ControlBoundsPen(self._glyphs)
        self._glyphs[self._font.getGlyphName(glyph)].draw(pen)
        return pen.bounds is not None


def said(glyphs: Glyphs, fonts: dict[str, Embedded]) -> str:
    """Return the text that the file says its glyphs are. Raises NotReadBack for a box."""
    if any(glyph == _BOX for _, glyph in glyphs):
        raise NotReadBack("a character would print as a box")
    return "".join(fonts[font].to_text.get(glyph, "") for font, glyph in glyphs)


def check(text: str, glyphs: Glyphs, fonts: dict[str, Embedded]) -> None:
    """Raise NotReadBack unless every character of a text is drawn, by ink of its own or joined."""
    alone, joined = set[str](), False
    for font, glyph in set(glyphs):
        stands_for = fonts[font].characters.get(glyph, "")
        alone.update(unicodedata.normalize("NFKD", stands_for), stands_for)
        joined = joined or not stands_for
        _check_ink(stands_for, fonts[font], glyph)
    if _DOTTED_CIRCLE in alone and _DOTTED_CIRCLE not in text:
        raise NotReadBack("a mark stands on no letter")
    if not joined and (missing := _written(text) - alone):
        raise NotReadBack(f"{len(missing)} of its characters would not be drawn")


def _written(text: str) -> set[str]:
    parts = unicodedata.normalize("NFKD", text)
    return {one for one in parts if unicodedata.category(one) != _NOTHING and not one.isspace()}


def _check_ink(stands_for: str, font: Embedded, glyph: int) -> None:
    unseen = all(one.isspace() or unicodedata.category(one) == _NOTHING for one in stands_for)
    if stands_for and not unseen and not font.is_drawn(glyph):
        raise NotReadBack("a character would print as nothing")


def mend(pdf: Any, fonts: dict[str, Embedded]) -> None:
    """Let every glyph say what it stands for, in the table of each font in the file.

    The layout engine takes the text of a cluster of glyphs for the last of them, and none for the
    others: the next letter of that shape would then say the whole cluster again.
    """
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Subtype") == "/Type0":
            font = fonts[item["BaseFont"].decode("ascii").strip("/").partition("+")[0]]
            if font.mend():
                _rewrite(pdf.objects[int(item["ToUnicode"].split()[0])].stream, font.to_text)


def _rewrite(table: list[bytes], to_text: dict[int, str]) -> None:
    for at, line in enumerate(table):
        found = _MAPPED.fullmatch(line)
        if found and (text := to_text.get(int(found[1], 16))):
            units = text.encode("utf-16-be").hex().encode("ascii")
            table[at] = b"<%b> <%b>" % (found[1], units)

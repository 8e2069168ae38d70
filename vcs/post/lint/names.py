"""Find names in words: another victim's, the offender's. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from vcs.victims.telling.everyday import EVERYDAY
from vcs.victims.telling.names import parts_of, parts_said


def plain(text: str) -> str:
    """Return text in small letters, without accents, its marks as spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", re.sub(r"['’]s\b", "", bare)).split())


def whole_names(text: str, names: Iterable[str], own: str) -> Iterator[str]:
    """Yield the names that stand whole in a text and are not the reader's own."""
    held, hers = f" {plain(text)} ", plain(own)
    for name in dict.fromkeys(names):
        words = [word for word in plain(name).split() if word not in _TITLES]
        whole = " ".join(words)
        ends = " ".join((words[0], words[-1])) if len(words) > 1 else ""
        for form in dict.fromkeys(filter(None, (whole if len(words) > 1 else "", ends))):
            if form != hers and f" {form} " in held and not _is_part_of(form, hers):
                yield name
                break


def parts_of_names(text: str, names: Iterable[str], own: str) -> Iterator[str]:
    """Yield the words of names that stand in a text and are not the reader's own.

    A word of every day (Park, Hope) in small letters is no name: a second person sees the others.
    """
    hers = parts_of(own)
    for said in parts_said(text, names):
        is_word = not said.is_capital and said.plain in EVERYDAY
        if not is_word and said.plain not in hers:
            yield said.word


def _is_part_of(form: str, hers: str) -> bool:
    return f" {form} " in f" {hers} "


_TITLES: Final = frozenset(("mr", "mrs", "miss", "ms", "mx", "dr", "sir"))

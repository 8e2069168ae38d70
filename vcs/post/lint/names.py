"""Find names in words: another victim's, the offender's. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

_SHORTEST: Final = 3

_NO_NAMES: Final = frozenset(
    ("mr", "mrs", "miss", "ms", "mx", "dr", "sir", "the", "and", "van", "von", "der", "del", "ben")
)


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
    """Yield the words of names that stand in a text with a capital and are not the reader's own."""
    hers = set(plain(own).split())
    capitals = re.findall(r"\b[^\W\d_a-z][\w'’-]*", text)
    held = {plain(word): word for word in capitals}
    for name in names:
        for word in plain(name).split():
            if len(word) >= _SHORTEST and word not in hers | _NO_NAMES and word in held:
                yield held[word]


def _is_part_of(form: str, hers: str) -> bool:
    return f" {form} " in f" {hers} "


_TITLES: Final = frozenset(("mr", "mrs", "miss", "ms", "mx", "dr", "sir"))

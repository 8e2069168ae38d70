"""Find names in words: another victim's, the offender's. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz.distance import OSA

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


def nearly_names(text: str, names: Iterable[str], own: str) -> Iterator[str]:
    """Yield the words of a text that are a part of a name but for one typing error.

    Only what begins with a capital, and is no word of every day.
    """
    parts = {one for name in names for one in parts_of(name) if len(one) >= _LONG}
    hers = parts_of(own) | parts | EVERYDAY | _SEEN_IN_LETTERS
    for word in dict.fromkeys(re.findall(r"[^\W\d_]{4,}", text)):
        said = plain(word)
        if word[:1].isupper() and said not in hers and any(_slips(said, one) for one in parts):
            yield word


def _slips(said: str, part: str) -> bool:
    return OSA.distance(said, part, score_cutoff=1) <= 1


_LONG: Final = 5
"""Letters from which a name is known again with a typing error."""

_SEEN_IN_LETTERS: Final = frozenset(
    re.findall(
        r"\w+",
        """
        january february march april june july august september october november december monday
        tuesday wednesday thursday friday saturday sunday parole board court crown prison police
        officer licence release victim scheme contact hospital health state secretary minister
        """,
    )
)


def _is_part_of(form: str, hers: str) -> bool:
    return f" {form} " in f" {hers} "


_TITLES: Final = frozenset(("mr", "mrs", "miss", "ms", "mx", "dr", "sir"))

"""Whether a text says who somebody is: a part of a name, in any order, however written. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from vcs.victims.places.words import BUILDINGS, STREET_TYPES, in_full
from vcs.victims.places.words import plain as _letters
from vcs.victims.same_person import name_parts
from vcs.victims.telling.everyday import AFTER_A_PLACE, EVERYDAY, LITTLE, NO_NAMES, TITLES

_SHORTEST: Final = 2
_JOINED: Final = 5
"""Letters from which two words are read as one name: O Brien, Mac Donald."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019\u02bc`][^\W\d_]+)*")
_OWNED: Final = re.compile(r"['\u2019\u02bc`]s$", re.IGNORECASE)
_PLACES: Final = STREET_TYPES | BUILDINGS | AFTER_A_PLACE
_SAINT: Final = frozenset(("st", "saint", "sant", "santes"))


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a text that is a part of a name. ``is_sure`` is false where it may be a word."""

    word: str
    is_sure: bool

    @property
    def plain(self) -> str:
        """Return it in the form in which :func:`parts_of` has names."""
        return _plain(self.word)

    @property
    def is_capital(self) -> bool:
        """Say whether it begins with a capital."""
        return _is_capital(self.word)


@dataclass(frozen=True, slots=True)
class _Word:
    raw: str
    plain: str

    @property
    def is_capital(self) -> bool:
        return _is_capital(self.raw)


def parts_said(text: str, names: Iterable[str]) -> Iterator[Said]:
    """Yield each word of a text that is, or may be, a part of one of some names.

    A word of every day that is a name too (Grace, Hope, Park) is sure only beside a title or
    beside another part of the same name, and is passed over in small letters where it is of the
    commonest (will, may), and always where that has two letters (an, so). What follows "St", as a
    church is named, is no name.
    """
    words = [_Word(one, _plain(one)) for one in _WORD.findall(text)]
    for name in dict.fromkeys(names):
        if parts := parts_of(name):
            yield from _of_one_name(words, parts)


def parts_of(name: str) -> frozenset[str]:
    """Return the parts of a name that tell it, without titles, initials and "van", "ap", "de"."""
    found = (_plain(one) for one in name_parts(name))
    return frozenset(one for one in found if len(one) >= _SHORTEST and one not in NO_NAMES)


def _is_capital(word: str) -> bool:
    return word[:1] != word[:1].casefold()


def _plain(word: str) -> str:
    return _letters(_OWNED.sub("", word)).replace(" ", "")


def _of_one_name(words: Sequence[_Word], parts: frozenset[str]) -> Iterator[Said]:
    for at, word in enumerate(words):
        size = _size(words, at, parts)
        if size == 0:
            continue
        before = words[at - 1].plain if at else ""
        after = words[at + size] if at + size < len(words) else None
        is_beside = after is not None and _is_part(after.plain, parts - {word.plain})
        if before in _SAINT and not is_beside:
            continue
        raw = " ".join(one.raw for one in words[at : at + size])
        is_capital = word.is_capital or (is_beside and after is not None and after.is_capital)
        if (before in TITLES and word.is_capital) or (is_beside and is_capital):
            yield Said(raw, is_sure=True)
        elif word.plain not in LITTLE or (word.is_capital and len(word.plain) > _SHORTEST):
            is_place = after is not None and in_full([after.plain])[0] in _PLACES
            is_name = word.is_capital and word.plain not in EVERYDAY and not is_place
            yield Said(raw, is_sure=is_name)


def _size(words: Sequence[_Word], at: int, parts: frozenset[str]) -> int:
    """Return of how many words a part of a name is that begins here; 0 for none."""
    if _is_part(words[at].plain, parts):
        return 1
    joined = "".join(one.plain for one in words[at : at + 2])
    return 2 if len(joined) >= _JOINED and joined in parts and words[at + 1 :] else 0


def _is_part(word: str, parts: frozenset[str]) -> bool:
    """Say whether a word is a part of a name, or one with an s whose apostrophe was left out."""
    stem = word.removesuffix("s")
    return word in parts or (stem in parts and len(stem) > _SHORTEST and stem not in EVERYDAY)

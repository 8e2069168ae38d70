"""Words that leave for the offender manager: without anybody's home, phone or name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from vcs.victims.person import Person
from vcs.victims.places.postcodes import tight
from vcs.victims.places.words import (
    COUNTIES,
    DIRECTIONS,
    POST_TOWNS,
    STREET_TYPES,
    TABLES,
    alike,
    in_full,
    plain,
    translated,
)
from vcs.victims.same_person import name_parts, phone_digits

HOME = (
    "This is, or may be, where this person or another victim of the offender lives. A place around "
    "a home tells the offender where it is. Describe the places as they live in them, or ask a "
    "manager"
)

_TOWNS: Final = POST_TOWNS | COUNTIES | DIRECTIONS | frozenset(TABLES["country"])
_INSIDE: Final = frozenset(
    word for kind in ("unit", "floor", "floor_word", "side") for word in TABLES[kind]
)
_ARTICLES: Final = frozenset(("the", "y", "yr"))
_LONG_NAME: Final = 6
"""Letters from which a name of one word is known again with a typing error."""


def names_home(text: str, person: Person) -> bool:
    """Say whether a text names, or may name, a person's postcode, house, street or village.

    However spelt, also by one word alone. A town that stands after a street is no home: it says
    nothing of where somebody lives in it.
    """
    code = tight(person.postcode)
    if code and code in tight(text):
        return True
    said = _words(text)
    # Welsh puts the kind of a street first, wherever that stands in a sentence.
    forms = (said, *(translated(said[at:]) for at in range(len(said))))
    return any(_stands_in(part, one) for part in _parts(person) for one in forms)


def what_leaks(text: str, person: Person, others: Iterable[Person]) -> str:
    """Return what a text gives away of who somebody is, or how they are reached; "" for nothing.

    ``others`` are everybody else whom the scheme knows of this offender. Where anybody lives is
    another question: see :func:`names_home`.
    """
    digits = "".join(c for c in text if c.isdigit())
    words = f" {' '.join(name_parts(text))} "
    for one in (person, *others):
        if (phone := phone_digits(one.phone)) and phone in digits:
            return "Leave out the telephone number"
        if one.email and one.email.casefold() in text.casefold():
            return "Leave out the email address"
        for name in (one.name, one.name_in_latin):
            parts = name_parts(name)
            if parts and f" {' '.join(parts)} " in words:
                return "Leave out the names of victims"
    return ""


def _words(text: str) -> list[str]:
    return in_full(re.findall(r"[^\W_]+", plain(text)))


def _parts(person: Person) -> Iterator[list[str]]:
    """Yield each part of an address that may tell where it is, without its numbers."""
    texts = [part for line in person.lines for part in line.split(",") if part.strip()]
    found = [words for words in map(_words, texts) if not set(words) <= _TOWNS]
    has_street = any(_is_street(words) for words in found[:-1])
    is_town = has_street and not _is_street(found[-1])
    for words in found[:-1] if is_town else found:
        named = _named(words)
        if named:
            yield named
            if (other := translated(named)) != named:
                yield other


def _is_street(words: Sequence[str]) -> bool:
    """Say whether a part is a street, so that what stands last is a town."""
    return bool(words) and (words[-1] in STREET_TYPES or _is_numbered(words))


def _is_numbered(words: Sequence[str]) -> bool:
    return words[0][0].isdigit() and bool(_named(words))


def _named(words: Sequence[str]) -> list[str]:
    """Return a part without the numbers of doors and flats; empty where it has nothing else."""
    left = list(words)
    while left and (left[0][0].isdigit() or _is_unit(left) or left[0] in _ARTICLES):
        del left[0]
    return [] if all(one in _INSIDE or one[0].isdigit() for one in left) else left


def _is_unit(words: Sequence[str]) -> bool:
    """Say whether a part begins with a flat or a room that has a number or a letter."""
    following = words[1] if words[1:] else ""
    return words[0] in _INSIDE and (not following or following[0].isdigit() or len(following) == 1)


def _stands_in(part: Sequence[str], said: Sequence[str]) -> bool:
    size = len(part)
    runs = [said[at : at + size] for at in range(len(said) - size + 1)]
    if any(_is_said(part, run) for run in runs):
        return True
    # Written in one word, or in two: Canarylane, East Gate.
    joined = "".join(part)
    near = {"".join(said[at : at + n]) for n in (1, size, size + 1) for at in range(len(said))}
    return joined in near


def _is_said(part: Sequence[str], run: Sequence[str]) -> bool:
    if len(part) == 1:
        return part[0] == run[0] or (len(part[0]) >= _LONG_NAME and alike(part[0], run[0]))
    *names, last = zip(part, run, strict=True)
    return _is_one_kind(*last) and all(alike(*pair) for pair in names)


def _is_one_kind(here: str, there: str) -> bool:
    """Say whether two words that end a name may be one; "*" is any kind of street, in Welsh."""
    if "*" in (here, there):
        return here == there or not STREET_TYPES.isdisjoint((here, there))
    return alike(here, there) or (here in STREET_TYPES and _is_short_for(there, here))


def _is_short_for(short: str, word: str) -> bool:
    """Say whether a word may be an abbreviation: its letters in their order, the first first."""
    letters = iter(word)
    return short[0] == word[0] and all(letter in letters for letter in short)

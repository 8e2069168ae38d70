"""Whether a text names, or may name, where somebody lives, however it is spelt. Pure.

**The** one place for this question: conditions, letters and notes ask it here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from vcs.victims.places.postcodes import GARBLED, tight, written
from vcs.victims.places.words import (
    BUILDINGS,
    COUNTIES,
    DIRECTIONS,
    GENERIC,
    POST_TOWNS,
    SAINT,
    SAINTS,
    STREET_TYPES,
    TABLES,
    alike,
    in_full,
    plain,
    translated,
)

_TOWNS: Final = POST_TOWNS | COUNTIES | DIRECTIONS | frozenset(TABLES["country"])
_LONG_TOWNS: Final = frozenset(TABLES["town"])
"""Towns as they stand in an address, of one word or more."""

_UNITS: Final = frozenset(TABLES["unit"])
_INSIDE: Final = frozenset(
    word for kind in ("unit", "floor", "floor_word", "side") for word in TABLES[kind]
)
_ARTICLES: Final = frozenset(("the", "y", "yr"))
_CARE_OF: Final = tuple(tuple(re.findall(r"\w+", one)) for one in TABLES["care_of"])
_KINDS: Final = STREET_TYPES | BUILDINGS
"""The words that end the name of a street or a house."""

_LONG_NAME: Final = 6
"""Letters from which a name of one word is known again with a typing error."""

_LONGEST_WELSH: Final = 6
"""Words of a name in a sentence that are read as Welsh, from the kind of street on."""


def lines_named(text: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of an address of which a part stands in a text: a street, house or village.

    The town alone, a county or a number is no part that tells a home.
    """
    said = _words(text)
    forms = [said, *_from_welsh(said)]
    for line in lines:
        if any(_stands_in(part, one) for part in _parts(line) for one in forms):
            yield line


def holds_line(text: str, line: str) -> bool:
    """Say whether a text has a line of an address, or a part of it, with its number."""
    said = f" {' '.join(_words(text))} "
    parts = (_words(part) for part in line.split(","))
    return any(
        f" {' '.join(part)} " in said
        for part in parts
        if any(one[0].isdigit() for one in part) and _named(part)
    )


def holds_postcode(text: str, code: str) -> bool:
    """Say whether a text has a postcode, however it is spaced."""
    whole = tight(code)
    if not whole:
        return False
    spaced = r"[^A-Z0-9]{0,3}".join(whole)
    apart = rf"(?<![A-Z0-9]){spaced}(?![A-Z0-9])"
    return re.search(rf"{whole}|{apart}", text.upper()) is not None


def holds_district(text: str, code: str) -> bool:
    """Say whether a text has the first half of a postcode, or its sector: not of another one."""
    whole = written(code)
    if not whole or whole.startswith((GARBLED, "BFPO")):
        return False
    other = r"(?!\s*\d\s*[A-Z]{2}\b)(?![A-Z\d])"
    return re.search(rf"(?<![A-Z\d]){whole[:-3]}{other}", text.upper()) is not None


def _words(text: str) -> list[str]:
    return in_full(re.findall(r"[^\W_]+", plain(text)))


def _from_welsh(said: Sequence[str]) -> Iterator[list[str]]:
    """Yield each name in a sentence that begins with a Welsh kind of street, in English."""
    for at in range(len(said)):
        for end in range(at + 2, min(at + _LONGEST_WELSH, len(said)) + 1):
            here = list(said[at:end])
            if (other := translated(here)) != here:
                yield other
                yield _word_by_word(here, start=1)


def _word_by_word(words: Sequence[str], start: int = 0) -> list[str]:
    """Return a name with each of its Welsh words in English, in the order in which they stand."""
    return [*words[:start], *(TABLES["welsh_word"].get(one, one) for one in words[start:])]


def _parts(line: str) -> Iterator[list[str]]:
    """Yield each part of a line that may tell where it is, without its numbers."""
    for text in line.split(","):
        for piece in _pieces(_words(text)):
            yield piece
            for other in (translated(piece), _word_by_word(piece)):
                if other != piece:
                    yield other


def _pieces(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield the names in a part: people leave out the commas between house, street and town."""
    if _is_town(words):
        return
    for run in _between_numbers(_without_care_of(words)):
        whole = _named(run)
        cut = [one for one in map(_without_town, _after_each_kind(whole)) if _tells(one)]
        yield from cut or ([whole] if whole and not _is_town(whole) else [])
        if len(cut) == 1 and cut[0] != whole and cut[0][-1] not in _KINDS:
            yield whole


def _without_care_of(words: Sequence[str]) -> list[str]:
    begun = next((one for one in _CARE_OF if tuple(words[: len(one)]) == one), ())
    return list(words[len(begun) :])


def _between_numbers(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield the words between the numbers of doors and flats, without "flat" before a number."""
    run: list[str] = []
    for word in words:
        if not word[0].isdigit():
            run.append(word)
            continue
        yield run[:-1] if len(run) > 1 and run[-1] in _UNITS else run
        run = []
    yield run


def _after_each_kind(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield words cut after each street or house that is followed by something else.

    Before a house that is named after its street (Mill Lane Cottage) the street is yielded too.
    """
    start = 0
    for at in range(1, len(words) - 1):
        rest = words[at + 1 :]
        if words[at] not in _KINDS or at == start:
            continue
        if _is_another(words[at], rest):
            yield _named(words[start : at + 1])
            start = at + 1
        elif words[at] in STREET_TYPES and rest[0] in BUILDINGS:
            yield _named(words[start : at + 1])
    yield _named(words[start:])


def _is_another(kind: str, rest: Sequence[str]) -> bool:
    """Say whether another name begins behind a kind of street or house: Rose Cottage Mill Lane."""
    if kind == SAINT and rest[0] in SAINTS:
        return False
    return rest[0] not in _KINDS or (len(rest) > 1 and rest[-1] in _KINDS)


def _without_town(words: Sequence[str]) -> list[str]:
    """Return words without the towns and counties that end them, if anything else tells of it."""
    for size in range(1, len(words)):
        if _is_town(words[size:]) and (words[size - 1] in _KINDS or _tells(words[:size])):
            return list(words[:size])
    return list(words)


def _tells(words: Sequence[str]) -> bool:
    return bool(words) and not _is_town(words) and not set(words) <= GENERIC


def _is_town(words: Sequence[str]) -> bool:
    if not words:
        return False
    return set(words) <= _TOWNS or " ".join(words) in _LONG_TOWNS


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

"""Which door an address names: house number, flat, floor. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from vcs.victims.places.words import BUILDINGS, SHORT, TABLES, alike

_NUMBER: Final = re.compile(r"\d{1,4}[a-z]?(?:[~/](?:\d{1,4}[a-z]?|[a-z]))*")
_SCANNED: Final = re.compile(r"[oil]\d{1,3}[a-z]?|\d{1,3}[oil]\d{0,2}")
_FLAT: Final = re.compile(r"\d{1,4}[a-z]?(?:/\d{1,3}[a-z]?)?|[a-z]\d{1,3}[a-z]?|[a-z]")
AS_DIGIT: Final = str.maketrans("oilsbzgq", "01158269"[:8])

_MANY_FLATS: Final = re.compile(r"(\d{1,3})~(\d{1,3})")
_TENEMENT: Final = re.compile(r"(\d{1,2})(?:[~/]|f)(\d{1,2})")
"""A flat by its floor and its number there, as in "3/2", "3-2" and "3F2": Scotland's way."""

_UNITS: Final = TABLES["unit"]
_LONG_UNITS: Final = ("flat", "apartment", "studio", "maisonette")
_BLOCKS: Final = TABLES["block"]
_NUMBER_WORDS: Final = TABLES["number"]
_FLOORS: Final = TABLES["floor"]
_SIDES: Final = TABLES["side"]


@dataclass(frozen=True, slots=True)
class Door:
    """One way to read the numbers of an address.

    ``house`` is the lowest and the highest number of a house; None where it has none. ``flats``
    are the numbers and letters inside it. ``only_flat`` marks a flat without its house.
    """

    house: tuple[int, int] | None = None
    flats: frozenset[str] = frozenset()
    floor: str = ""
    side: str = ""
    only_flat: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number in an address, the part that it stands in, and whether that begins with it."""

    part: int
    is_first: bool
    written: str


@dataclass(slots=True)
class Found:
    """What is found on the way through the parts of an address.

    ``numbers`` are the numbers of houses, and of flats that no word announces.
    """

    numbers: list[Number] = field(default_factory=list)
    flats: list[str] = field(default_factory=list)
    floor: str = ""
    side: str = ""
    has_unit: bool = False


def take_doors(words: list[str], part: int, found: Found) -> list[str]:
    """Take flats, floors and numbers out of a part; return the words that are left."""
    left: list[str] = []
    at = _take_tenement(words, part, found)
    while at < len(words):
        taken = _take_floor(words, at, found) or _take_flat(words, at, found)
        taken = taken or _take_number(words, at, part, found)
        if not taken:
            left.append(words[at])
        at += taken or 1
    return left


def _take_tenement(words: list[str], part: int, found: Found) -> int:
    """Take "3-2" that stands alone after the number of the house, or "3F2" before it."""
    written = _TENEMENT.fullmatch(words[0]) if words else None
    follows_house = len(words) == 1 and any(one.part < part for one in found.numbers)
    if written is None or not ("f" in written[0] or follows_house):
        return 0
    found.flats.append("/".join(written.groups()))
    found.has_unit = True
    return 1


def _take_floor(words: list[str], at: int, found: Found) -> int:
    word, after = words[at], words[at + 1 : at + 3]
    if (
        at == 0
        and word in TABLES["floor_word"]
        and after
        and (after[0] in _FLOORS or after[0].isdigit())
    ):
        found.floor = _FLOORS.get(after[0], after[0])
        return 2 + _take_side(words, at + 2, found)
    if word == "lower" and after[:1] == ["ground"]:
        found.floor, size = "-1", 2
    elif word in TABLES["lone_floor"] or (word in _FLOORS and after and _is_floor(after)):
        found.floor, size = _FLOORS[word], 1
    else:
        return 0
    while at + size < len(words) and words[at + size] in TABLES["floor_word"]:
        size += 1
    size += _take_side(words, at + size, found)
    if at + size < len(words) and words[at + size] in _UNITS:
        found.has_unit = True
        size += not _is_numbered_flat(words[at + size + 1 :])
    return size


def _is_numbered_flat(after: list[str]) -> bool:
    """Say whether a number after "first floor flat" is the flat's, and not that of the house."""
    if not after or not _FLAT.fullmatch(after[0]):
        return False
    return len(after) == 1 or after[1][0].isdigit()


def _is_floor(after: list[str]) -> bool:
    """Say whether what follows "first" or "top" makes it a floor, and no First Avenue."""
    return (
        after[0] in TABLES["floor_word"]
        or after[0] in _UNITS
        or (after[0] in _SIDES and after[-1] in _UNITS)
    )


def _take_side(words: list[str], at: int, found: Found) -> int:
    if at < len(words) and words[at] in _SIDES:
        found.side = _SIDES[words[at]]
        return 1
    return 0


def _take_flat(words: list[str], at: int, found: Found) -> int:
    word = words[at]
    if len(word) == 1 and words[at + 1 : at + 2] and words[at + 1] in _BLOCKS:
        found.flats.append(word)
        return 2
    is_block = word in _BLOCKS and (at == 0 or bool(_FLAT.fullmatch(words[at - 1])))
    is_unit = word in _UNITS or _is_several_units(words, at) or _is_misspelt_unit(words, at)
    if not is_unit and not is_block:
        return _take_lone_unit(words, at, found)
    return _take_numbered(words, at, found)


def _take_numbered(words: list[str], at: int, found: Found) -> int:
    size = 1
    while at + size < len(words) and words[at + size] in TABLES["number_mark"]:
        size += 1
    name = words[at + size] if at + size < len(words) else ""
    name = _NUMBER_WORDS.get(name, name)
    if many := _MANY_FLATS.fullmatch(name):
        found.flats += _several(*map(int, many.groups()))
        found.has_unit = True
        return size + 1
    if not _FLAT.fullmatch(name):
        return _take_lone_unit(words, at, found)
    found.flats.append(name)
    found.has_unit = found.has_unit or words[at] not in _BLOCKS
    return size + 1


def _several(first: int, last: int) -> list[str]:
    """Return each flat of "Flats 1-6", and the one that Scotland calls so."""
    return [f"{first}/{last}", *(str(flat) for flat in range(first, last + 1))]


def _is_several_units(words: list[str], at: int) -> bool:
    """Say whether this is "flats 1-6"; "Mill Flats" is the name of a house."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    return words[at].removesuffix("s") in _UNITS and follows[:1].isdigit()


def _is_misspelt_unit(words: list[str], at: int) -> bool:
    """Say whether this is "falt 2": a typing error, where a number follows."""
    follows = words[at + 1] if at + 1 < len(words) else ""
    is_word = words[at] in SHORT or words[at] in BUILDINGS
    return (
        follows[:1].isdigit() and not is_word and any(alike(words[at], one) for one in _LONG_UNITS)
    )


def _take_lone_unit(words: list[str], at: int, found: Found) -> int:
    """Take "The Annexe", or "Flat" beside nothing else: inside a house, without a number."""
    others = [one for one in words if one != "the"]
    if words[at] not in TABLES["lone_unit"] or len(others) > 1:
        return 0
    found.flats.append(words[at][:5])
    found.has_unit = True
    return 1


def _take_number(words: list[str], at: int, part: int, found: Found) -> int:
    word = words[at]
    if word in TABLES["number_mark"] and at + 1 < len(words) and words[at + 1][0].isdigit():
        return 1 + _take_number(words, at + 1, part, found)
    if _NUMBER.fullmatch(word) or (at == 0 and _SCANNED.fullmatch(word)):
        found.numbers.append(Number(part, at == 0 or words[at - 1] in TABLES["number_mark"], word))
        return 1
    return 0


def doors_of(found: Found) -> tuple[Door, ...]:
    """Return every way to read what was found; the likeliest first."""
    flats = list(found.flats)
    rest: dict[str, Any] = {"floor": found.floor, "side": found.side}
    if not found.numbers:
        inside = frozenset(flats)
        return (Door(None, inside, only_flat=bool(inside), **rest),)
    numbers = _of_the_door(found.numbers)
    number = numbers[-1].written
    flats += [one.written for one in numbers[:-1]]
    ways = [
        Door(house, frozenset((*flats, *inside)), **rest)
        for house, inside in _read(number, bool(flats))
    ]
    if len(numbers) == 2 and "/" in number and "/" not in numbers[0].written:
        first = numbers[0].written  # "14 1/2": a flat of 14, or half a number
        ways.append(Door(_range(first), frozenset((*number.split("/"), *_letter(first))), **rest))
    if len(numbers) == 2 and numbers[0].part == numbers[1].part and not found.flats:
        joined = numbers[0].written + number  # a space inside a number
        ways += [Door(house, frozenset(inside), **rest) for house, inside in _read(joined, False)]
    return tuple(ways)


def _of_the_door(numbers: list[Number]) -> list[Number]:
    """Leave out a number at the end of a town: what is left of a postcode that was misread."""
    first = [one.part for one in numbers if one.is_first]
    return [one for one in numbers if not first or one.part <= first[-1]]


def _read(number: str, has_flat: bool) -> list[tuple[tuple[int, int], tuple[str, ...]]]:
    """Return house and flat for each way to read "14b", "12-14", "14/2"."""
    if "/" in number:
        parts = number.split("/")
        return [
            (_range(one), (*parts[:at], *parts[at + 1 :], *_letter(one)))
            for at, one in enumerate(parts)
            if one[0].isdigit()
        ]
    if "~" in number:
        ends = [_range(one) for one in number.split("~") if one[0].isdigit()]
        return [((min(e[0] for e in ends), max(e[1] for e in ends)), ())]
    ways = [(_range(number), _letter(number))]
    if _SCANNED.fullmatch(number):
        ways.append((_range(number.translate(AS_DIGIT)), ()))
    return ways


def _range(number: str) -> tuple[int, int]:
    digits = re.sub(r"\D", "", number.translate(AS_DIGIT) if number[0] in "oil" else number)
    return int(digits), int(digits)


def _letter(number: str) -> tuple[str, ...]:
    return (number[-1],) if number[-1].isalpha() and number[0].isdigit() else ()

"""An address taken apart: postcode, doors, street, and where that is. Pure.

No list of streets or towns is asked, so a part is told by its words and by where it stands. What
cannot be told stays open: the comparison then says *perhaps*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from vcs.victims.places import postcodes, words
from vcs.victims.places.countries import is_abroad, split_off
from vcs.victims.places.doors import Door, Found, doors_of, take_doors
from vcs.victims.places.words import BUILDINGS, DIRECTIONS, SAINTS, STREET_TYPES, TABLES

_CARE_OF: Final = re.compile(
    rf"(?:^|(?<=,))\s*(?:{'|'.join(map(re.escape, TABLES['care_of']))})\s([^,\d]*)"
)
_NOWHERE: Final = re.compile(rf"(?:^|(?<=,))\s*(?:{'|'.join(TABLES['nowhere'])})\s*(?=,|$)")
_PO_BOX: Final = re.compile(r"\bp\s?o\s?box\s*(\d+)\b")
_PRISON: Final = re.compile(r"\b(?:h m|hm|h(?:er|is) majestys) prison\b")
_DISTRICT: Final = re.compile(r",\s*(?!n[or]\b)[a-z]{1,2} ?\d[\da-z]?[\s,]*$")
_AREA: Final = re.compile(rf"(?<=\d)([^\d].*[ ,])(?:{'|'.join(TABLES['area'])}) ?\d[\da-z]?[\s,]*$")
_LONGEST_NAME: Final = 5
_LE_STREET: Final = re.compile(r"\ble (?:street|st)\b")
_COUNTRY: Final = re.compile(
    r"(?:^|(?<=,))\s*(?:u k|uk|g b|gb|united kingdom|great britain|england|cymru|wales|lloegr"
    r"|y deyrnas unedig|scotland|northern ireland)\s*(?=,|$)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """An address as it is compared.

    ``doors`` are the ways to read its numbers. ``building`` are the words before the street,
    ``street`` its name with the type last, ``towns`` the words after it; ``all_words`` are all of
    these in their order, and ``as_spelt`` the same where a name in Welsh was put in English.
    ``country`` is the code of a country abroad; ``tokens`` are then all words and numbers.
    """

    postcode: str
    doors: tuple[Door, ...]
    building: tuple[str, ...]
    street: tuple[str, ...]
    towns: tuple[str, ...]
    all_words: tuple[str, ...]
    as_spelt: tuple[str, ...] = ()
    po_box: str = ""
    country: str = ""
    tokens: frozenset[str] = frozenset()

    @property
    def is_nowhere(self) -> bool:
        """Say whether nothing is left to compare."""
        return not self.postcode and self.is_code_alone

    @property
    def is_code_alone(self) -> bool:
        """Say whether nothing but a postcode is left to compare."""
        has_door = any(one.house or one.flats for one in self.doors)
        return not (self.all_words or self.po_box or has_door)

    @property
    def has_house(self) -> bool:
        """Say whether it names a house by its number."""
        return any(one.house for one in self.doors)


@dataclass(slots=True)
class _Part:
    """One part of an address: its words, and whether a house number stood in it."""

    words: list[str]
    is_numbered: bool
    as_spelt: list[str] = field(default_factory=list)

    @property
    def is_street(self) -> bool:
        """Say whether it ends as streets do."""
        return _ends_with(self.words, STREET_TYPES) or self.words[-1:] == ["*"]

    @property
    def is_building(self) -> bool:
        """Say whether it ends as buildings do."""
        return _ends_with(self.words, BUILDINGS)


def read_place(lines: Sequence[str], code: str) -> Place:
    """Take an address apart. ``code`` may be a last line where there is no postcode."""
    written = postcodes.written(code)
    told = "" if written or postcodes.is_district(code) else code
    text = words.plain(",".join((*lines, told)))
    in_lines, text = postcodes.found_in(text)
    text = _CARE_OF.sub(_without_name, _AREA.sub(r"\1", _DISTRICT.sub("", text)))
    text = _PRISON.sub("prison", _COUNTRY.sub("", _NOWHERE.sub("", text)))
    box = _PO_BOX.search(text)
    text = words.in_english(_LE_STREET.sub("lestreet", _PO_BOX.sub("", text)))
    found = Found()
    parts = list(_parts([one.split() for one in text.split(",")], found))
    building, street, towns = _sorted_out(parts)
    at = _street_at(parts)
    is_in_building = bool(at) and parts[(at or 0) - 1].is_numbered
    return Place(
        postcode=in_lines if in_lines and written[:1] in ("", postcodes.GARBLED) else written,
        doors=_doors(found, is_in_building),
        building=building,
        street=street,
        towns=towns,
        all_words=tuple(word for part in parts for word in part.words),
        as_spelt=tuple(word for part in parts for word in part.as_spelt),
        po_box=box[1] if box else "",
        country=(country := _country_abroad(lines, written)),
        tokens=_tokens(lines, code) if country or not written else frozenset(),
    )


def read_places(lines: Sequence[str], code: str) -> tuple[Place, ...]:
    """Take apart what may be two addresses in one entry: the whole, and each with its postcode."""
    whole = read_place(lines, code)
    parts = postcodes.parted(words.plain(",".join((*lines, code))))
    places = [one for one in (read_place((part,), "") for part in parts) if not one.is_code_alone]
    return (whole, *places) if len(places) > 1 else (whole,)


def _country_abroad(lines: Sequence[str], written: str) -> str:
    """Return the country that stands last; "" at home, where the postcode is ours."""
    last = [line for line in lines if line.strip()][-1:]
    if postcodes.is_ours(written) or not last:
        return ""
    named = split_off(lines)[1]
    return named if is_abroad(named) else ""


def _tokens(lines: Sequence[str], code: str) -> frozenset[str]:
    without = split_off(lines)[0]
    return frozenset(re.findall(r"[^\W_]+", words.plain(" ".join((*without, code)))))


def _without_name(found: re.Match[str]) -> str:
    """Keep what follows "c/o" only where it is a house, or a whole address, and no person."""
    named = found[1].split()
    is_place = any(one in BUILDINGS for one in named) or len(named) > _LONGEST_NAME
    return f" {found[1]}" if is_place else " "


def _parts(texts: list[list[str]], found: Found) -> list[_Part]:
    parts: list[_Part] = []
    is_alone = False
    for at, text in enumerate(texts):
        numbers = len(found.numbers)
        left = take_doors(text, at, found)
        is_numbered = len(found.numbers) > numbers
        if not left:
            is_alone = is_alone or is_numbered
            continue
        full = words.in_full(left)
        pieces = _pieces(words.translated(full))
        parts.append(_Part(pieces[0], is_numbered or is_alone, full))
        parts.extend(_Part(piece, False) for piece in pieces[1:])
        is_alone = False
    return parts


def _pieces(found: list[str]) -> list[list[str]]:
    """Cut one line into parts after each word for a street or a building."""
    pieces, start = [], 0
    for at in range(1, len(found) - 1):
        if at > start and _ends_part(found[at], found[at + 1]):
            pieces.append(found[start : at + 1])
            start = at + 1
    return [*pieces, found[start:]]


def _ends_part(word: str, following: str) -> bool:
    if word == words.SAINT and following in SAINTS:
        return False
    ends = word in STREET_TYPES or word in BUILDINGS
    return ends and following not in STREET_TYPES | BUILDINGS | DIRECTIONS and following != "*"


def _ends_with(found: Sequence[str], kinds: frozenset[str]) -> bool:
    last = [one for one in found if one not in DIRECTIONS][-1:]
    return len(found) > 1 and bool(last) and last[0] in kinds


def _sorted_out(
    parts: Sequence[_Part],
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the words before the street, the street, and what comes after it."""
    at = _street_at(parts)
    if at is None:
        first, rest = parts[:1], parts[1:]
        return _together(first), (), _together(rest)
    return _together(parts[:at]), tuple(parts[at].words), _together(parts[at + 1 :])


def _street_at(parts: Sequence[_Part]) -> int | None:
    numbered = [at for at, part in enumerate(parts) if part.is_numbered]
    if numbered:
        at = numbered[-1]
        follows = at + 1 < len(parts) and parts[at + 1].is_street
        return at + 1 if parts[at].is_building and follows else at
    streets = [at for at, part in enumerate(parts) if part.is_street]
    if not streets:
        return None
    # Without a number the first part is a name, even where it ends like a street. After it, a
    # town may end like one too.
    if streets == [0] and len(parts) > 1 and parts[0].words[-1] in words.NAMES_TOO:
        return None
    after = streets[1:] if streets[0] == 0 else streets
    plain = [at for at in after if not parts[at].is_building]
    return (plain or after or streets)[0]


def _together(parts: Sequence[_Part]) -> tuple[str, ...]:
    return tuple(word for part in parts for word in part.words)


def _doors(found: Found, is_in_building: bool) -> tuple[Door, ...]:
    doors = doors_of(found)
    if len(found.numbers) == 1 and not found.has_unit and is_in_building:
        # "2 Rose Court, High Street": a house, or a flat of that name in a house without a number.
        doors += tuple(Door(None, _inside(one), only_flat=True) for one in doors[:1])
    return doors


def _inside(door: Door) -> frozenset[str]:
    number = str(door.house[0]) if door.house else ""
    letters = "".join(sorted(door.flats))
    return frozenset({number + letters})

"""Addresses that are more than a house: a prison, a hospital, a refuge, a box, the forces.

What an address is decides what must be asked before a letter goes there. A street named after
one ("Hospital Road") is a street.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vcs.victims.places.countries import country_code, is_abroad, split_off
from vcs.victims.places.postcodes import is_ours, written
from vcs.victims.places.words import STREET_TYPES


class AddressKind(StrEnum):
    """What an address is, where that must be known before a letter goes."""

    PRISON = "prison"
    HOSPITAL = "hospital"
    APPROVED_PREMISES = "approved premises"
    OFFICE = "office"
    REFUGE = "refuge"
    BOX = "box"
    FORCES = "forces"
    ABROAD = "abroad"


@dataclass(frozen=True, slots=True)
class KindPolicy:
    """What follows from a kind: the words that tell it, what to ask, whether one must ask."""

    kind: AddressKind
    words: str
    question: str
    must_ask: bool


KINDS: Final = (
    KindPolicy(
        AddressKind.PRISON,
        r"h\W?m\W?p|hm prison|hm(?:p and)? ?yoi|y\W?o\W?i|prison|young offenders? institution"
        r"|immigration removal centre|secure training centre|secure childrens home",
        "This looks like a prison. Post there is opened. Ask whether they are held there, whether "
        "anybody of the offender's side is, and how they want to be reached",
        must_ask=True,
    ),
    KindPolicy(
        AddressKind.HOSPITAL,
        r"hospital|infirmary|hospice|secure unit|psychiatric unit|mental health (?:unit|centre)",
        "This looks like a hospital. Others may open post there. Ask whether they are staying, "
        "and whether they want letters there",
        must_ask=True,
    ),
    KindPolicy(
        AddressKind.APPROVED_PREMISES,
        r"approved premises|(?:bail|probation) hostel|mangre gymeradwy",
        "This looks like approved premises. People on licence live there, and staff open post. Ask "
        "who lives there, and how this person wants to be reached",
        must_ask=True,
    ),
    KindPolicy(
        AddressKind.OFFICE,
        r"(?<!old )(?<!former )police (?:station|headquarters)|magistrates court|law courts"
        r"|probation (?:service|office|centre)|national probation|solicitors?",
        "This looks like an office. Others open post there, and this person may never see it. Ask "
        "whether letters reach them there, and who reads them",
        must_ask=True,
    ),
    KindPolicy(
        AddressKind.REFUGE,
        r"refuge|womens aid|safe house|womens shelter|hostel",
        "This looks like a refuge or a hostel. Its address may be secret. Ask them and those who "
        "run it whether post is safe, and whether it has a box for post",
        must_ask=True,
    ),
    KindPolicy(
        AddressKind.BOX,
        r"p\W?o\W?box(?: \w+)?|post office box(?: \w+)?",
        "This is a box. Letters go there; nobody can visit",
        must_ask=False,
    ),
    KindPolicy(
        AddressKind.FORCES,
        r"b\W?f\W?p\W?o",
        "This is a forces address. Its letter bears the BFPO number and no country",
        must_ask=False,
    ),
)
"""A row for each kind, for people to check. ``words`` is a pattern of plain small letters."""

ABROAD_QUESTION: Final = "This is abroad. Letters take longer, and come back later or never"


def kinds_of(lines: Sequence[str], code: str = "", country: str = "") -> tuple[AddressKind, ...]:
    """Return what an address is besides a home, in the order of the table."""
    text = [re.sub(r"['’.]", "", line.casefold()) for line in (*lines, code)]
    found = [row.kind for row in KINDS if any(_tells(row, line) for line in text)]
    named = country_code(country) or split_off(lines)[1]
    if is_abroad(named) and AddressKind.FORCES not in found:
        found.append(AddressKind.ABROAD)
    return tuple(found)


# Words for "no address" count where they are the whole of a line: "3 Unknown Soldier Close" is a
# house. Nobody's address begins with the second kind.
_NO_ADDRESS: Final = re.compile(
    r"(?:unknown|not known|address unknown|to be confirmed|tbc|n\W?/?a|none|nil|no address"
    r"|anhysbys|dim cyfeiriad|nfa|as above|see above)\W*"
    r"|(?:of )?no fixed (?:abode|address)\b.*|same (?:address )?as\b.*"
)

_ODD_STARTS: Final = '@()=[]"\\/,<>~;:|*!?_+'

_TWO_LANDS: Final = (
    "This address has a postcode of ours and a country abroad. One of them may be from an address "
    "before it"
)

_READ_IT: Final = "A line of this address reads as if there were none, or is written oddly"


def says_no_address(line: str) -> bool:
    """Say whether a line says that there is no address, in words that are the whole of it."""
    return bool(_NO_ADDRESS.fullmatch(line.strip().casefold()))


def begins_oddly(line: str) -> bool:
    """Say whether a line begins with a sign, as an address seldom does."""
    return line.strip()[:1] in tuple(_ODD_STARTS)


def what_to_ask(lines: Sequence[str], code: str = "", country: str = "") -> tuple[str, ...]:
    """Return what a second person must find out before a letter goes to an address."""
    kinds = kinds_of(lines, code, country)
    asked = tuple(row.question for row in KINDS if row.must_ask and row.kind in kinds)
    if AddressKind.ABROAD in kinds and _is_of_great_britain(code):
        asked += (_TWO_LANDS,)
    is_odd = any(says_no_address(line) or begins_oddly(line) for line in lines if line.strip())
    return (*asked, _READ_IT) if is_odd else asked


def _is_of_great_britain(code: str) -> bool:
    """Say whether a postcode is of this island: people write "Belfast, Ireland", and "Jersey"."""
    found = written(code)
    return is_ours(found) and not found.startswith(("BT", "JE", "GY", "IM", "BF"))


def questions_about(
    lines: Sequence[str], code: str = "", country: str = ""
) -> tuple[tuple[str, bool], ...]:
    """Return what to ask about an address, each with whether a person must have asked it."""
    kinds = kinds_of(lines, code, country)
    rows = tuple((row.question, row.must_ask) for row in KINDS if row.kind in kinds)
    return rows + (((ABROAD_QUESTION, False),) if AddressKind.ABROAD in kinds else ())


def _tells(row: KindPolicy, line: str) -> bool:
    for found in re.finditer(rf"\b(?:{row.words})\b", line):
        following = re.match(r"\s*([a-z]*)", line[found.end() :])
        if following is None or following[1] not in STREET_TYPES | _SHORT_STREETS:
            return True
    return False


_SHORT_STREETS: Final = frozenset(("rd", "st", "ave", "cl", "ln", "dr", "row", "way", "hill"))

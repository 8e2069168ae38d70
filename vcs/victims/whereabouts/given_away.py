"""What surely is an address, a postcode or a telephone number in words that many may read. Pure.

Free text is shown without a reason, and no look at it is recorded: where somebody can be found
belongs in the fields of their details. What may be one stays for a person to judge: for words that
an offender may read see ``vcs/needs/conditions/safe_words.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from vcs.victims.person import Person
from vcs.victims.places.words import STREET_TYPES, in_full, plain
from vcs.victims.same_person import phone_digits

POSTCODE: Final = (
    "Leave out the postcode: many people may read this. An address belongs in the address of their "
    "details, where each look at it is recorded"
)

ADDRESS: Final = (
    "Leave out where they live: many people may read this. It belongs in the address of their "
    "details, where each look at it is recorded"
)

PHONE: Final = (
    "Leave out the telephone number: many people may read this. A number belongs in the telephone "
    "number of their details, where each look at it is recorded"
)

# The last two letters are none of C, I, K, M, O and V; a time or a day is no postcode.
_POSTCODE: Final = re.compile(
    r"(?<![\w/-])(?!gx11)[a-z]{1,2}\d[a-z\d]? ?(?!1st|2nd|3rd|\dth)\d[abd-hjlnp-uw-z]{2}(?![\w/-])",
    re.IGNORECASE,
)

# Eleven digits from 01, 02 or 07, or as they are dialled from abroad: 0800 and 03 are no home's.
_PHONE: Final = re.compile(
    r"(?<![\w/-])(?:(?:\+|00)44[ .-]?(?:\(0\))?[ .-]?|\(?0)[127](?:[ .()-]{0,2}\d){9}(?![\d/])"
)


def given_away(text: str, people: Iterable[Person] = ()) -> str:
    """Return what to leave out of a text; "" where nothing of it surely is where somebody is found.

    ``people`` are those whose own address and telephone number are looked for as well.
    """
    if _POSTCODE.search(text):
        return POSTCODE
    if _PHONE.search(text):
        return PHONE
    digits, said = "".join(c for c in text if c.isdigit()), _words(text)
    for one in people:
        if (phone := phone_digits(one.phone)) and phone in digits:
            return PHONE
        if any(_stands_in(part, said) for part in _streets(one)):
            return ADDRESS
    return ""


def _words(text: str) -> list[str]:
    return in_full(re.findall(r"[^\W_]+", plain(text)))


def _streets(person: Person) -> Iterator[list[str]]:
    """Yield the streets of an address without numbers, and a house of a number as it is written."""
    for part in (part for line in person.lines for part in line.split(",")):
        words = _words(part)
        named = [word for word in words if not word[0].isdigit()]
        if len(named) > 1 and named[-1] in STREET_TYPES:
            yield named
        elif named and words[0][0].isdigit():
            yield words


def _stands_in(part: Sequence[str], said: Sequence[str]) -> bool:
    return any(said[at : at + len(part)] == part for at in range(len(said) - len(part) + 1))

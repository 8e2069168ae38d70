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
from vcs.victims.places.numbers import PHONE, number_in
from vcs.victims.places.words import STREET_TYPES, in_full, plain
from vcs.victims.same_person import phone_digits

ADDRESS: Final = (
    "Leave out where they live: many people may read this. It belongs in the address of their "
    "details, where each look at it is recorded"
)


def given_away(text: str, people: Iterable[Person] = ()) -> str:
    """Return what to leave out of a text; "" where nothing of it surely is where somebody is found.

    ``people`` are those whose own address and telephone number are looked for as well.
    """
    if leave_out := number_in(text):
        return leave_out
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

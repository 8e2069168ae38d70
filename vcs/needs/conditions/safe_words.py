"""Words that leave for the offender manager: without the victim's home, phone or other names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcs.victims.person import Person
from vcs.victims.places.same_place import comparable, tight
from vcs.victims.same_person import name_parts, phone_digits

HOME = (
    "This is, or may be, the person's own address. A place around a home tells the offender where "
    "it is. Describe the places as they live in them, or ask a manager"
)

_SHORTEST = 2


def names_home(text: str, person: Person) -> bool:
    """Say whether a text names a person's postcode, their door or their street, however spelt."""
    code = tight(person.postcode)
    if code and code in tight(text):
        return True
    words = f" {comparable([text], '').strip()} "
    return any(f" {street} " in words for street in _streets(person))


def what_leaks(text: str, person: Person, others: Iterable[Person]) -> str:
    """Return what a text gives away of how a person can be reached, or of others; "" for nothing.

    Their home is another question: see :func:`names_home`.
    """
    digits = "".join(c for c in text if c.isdigit())
    if (phone := phone_digits(person.phone)) and phone in digits:
        return "Leave out the telephone number"
    if person.email and person.email.casefold() in text.casefold():
        return "Leave out the email address"
    words = f" {' '.join(name_parts(text))} "
    for other in others:
        parts = name_parts(other.name)
        if parts and f" {' '.join(parts)} " in words:
            return "Leave out the names of other people in this referral"
    return ""


def _streets(person: Person) -> Iterator[str]:
    """Yield the street and the house of an address, without its number; the last line is a town."""
    lines = person.lines[:-1] or person.lines
    for line in lines:
        words = [one for one in comparable([line], "").split() if not one[0].isdigit()]
        if len(words) >= _SHORTEST:
            yield " ".join(words)

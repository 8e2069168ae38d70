"""The one form in which two spellings of an address, a number or a mailbox are equal. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from vcs.terms import FoundBy
from vcs.victims.person import Person, mailbox_of
from vcs.victims.places.same_place import comparable, in_todays_form

_NUMBER: Final = re.compile(r"\+?\(?\d(?:[ ().\-/]{0,3}\d)+")
_FEWEST: Final = 7
"""Digits without the zero in front: fewer is an extension, or no number."""

_ABROAD: Final = re.compile(r"(?:\+|00)")


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the telephone numbers in a text as they are dialled at home, without the first zero.

    "+44 (0)7700 900123", "0044 7700 900123" and "07700-900123" are one.
    """
    found = (_at_home(one.group()) for one in _NUMBER.finditer(text))
    return tuple(dict.fromkeys(number for number in found if len(number) >= _FEWEST))


def _at_home(written: str) -> str:
    is_abroad = _ABROAD.match(written.lstrip("("))
    digits = re.sub(r"\D", "", written)
    if is_abroad:
        digits = digits.removeprefix("00")
    if digits.startswith("44") and (is_abroad or len(digits) >= len("447700900123")):
        digits = digits.removeprefix("44")
    return digits.removeprefix("0")


def form_of_hers(person: Person, found_by: FoundBy) -> str:
    """Return a person's own in one form; "" where none is held."""
    if found_by is FoundBy.PHONE:
        return _named(found_by, numbers_in(person.phone))
    if found_by is FoundBy.EMAIL:
        return _named(found_by, (mailbox_of(person),))
    return comparable(person.where, person.postcode)


def form_of_lines(lines: Sequence[str], code: str, found_by: FoundBy) -> str:
    """Return what a court told in the same form."""
    if found_by is FoundBy.PHONE:
        return _named(found_by, numbers_in(" ".join(lines)))
    if found_by is FoundBy.EMAIL:
        return _named(found_by, ("".join("".join(lines).split()).casefold(),))
    return comparable(lines, code)


def kind_of_form(form: str) -> FoundBy:
    """Return what a form is of. One that cannot be opened is an address: most are."""
    said = form.partition(": ")[0]
    return next((one for one in (FoundBy.PHONE, FoundBy.EMAIL) if said == one), FoundBy.ADDRESS)


def as_kept(form: str, found_by: FoundBy) -> str:
    """Return a form that was kept with an answer as today's program would have kept it."""
    return in_todays_form(form) if found_by is FoundBy.ADDRESS else form


def _named(found_by: FoundBy, forms: Sequence[str]) -> str:
    """Return a form that begins with its kind, so that it is equal to no address."""
    said = " ".join(sorted(one for one in forms if one))
    return f"{found_by}: {said}" if said else ""

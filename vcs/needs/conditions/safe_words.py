"""Words that leave for the offender manager: without anybody's home, phone or name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vcs.victims.person import Person
from vcs.victims.telling.home import holds_district, holds_postcode, lines_named
from vcs.victims.telling.names import parts_said
from vcs.victims.telling.reached import holds_email, holds_phone

HOME: Final = (
    "This is, or may be, where this person or another victim of the offender lives. A place around "
    "a home tells the offender where it is. Describe the places as they live in them, or ask a "
    "manager"
)

MAY_NAME: Final = (
    "This may be a victim’s name: {}. Say it in other words. Where it is no name here, ask a "
    "manager, who can say why it may be sent"
)


def names_home(text: str, person: Person) -> bool:
    """Say whether a text names, or may name, a person's postcode, house, street or village.

    However spelt, also by one word alone, or by the first half of the postcode. A town is no home:
    it says nothing of where somebody lives in it.
    """
    return (
        holds_postcode(text, person.postcode)
        or holds_district(text, person.postcode)
        or any(lines_named(text, person.lines))
    )


def what_leaks(text: str, person: Person, others: Iterable[Person]) -> str:
    """Return what a text gives away of who somebody is, or how they are reached; "" for nothing.

    ``others`` are everybody else whom the scheme knows of this offender. Where anybody lives is
    another question: see :func:`names_home`. So is a word that may be a name: :func:`may_name`.
    """
    for one in (person, *others):
        if holds_phone(text, one.phone):
            return "Leave out the telephone number"
        if holds_email(text, one.email):
            return "Leave out the email address"
        if any(said.is_sure for said in parts_said(text, _names(one))):
            return "Leave out the names of victims"
    return ""


def may_name(text: str, people: Iterable[Person]) -> frozenset[str]:
    """Return the words of a text that may be somebody's name, or a word of every day: Hope, Park.

    In small letters. A person looks at them; what is a name for sure is in :func:`what_leaks`.
    """
    names = [name for one in people for name in _names(one)]
    return frozenset(said.word.casefold() for said in parts_said(text, names) if not said.is_sure)


def _names(person: Person) -> tuple[str, ...]:
    return tuple(filter(None, (person.name, person.name_in_latin)))

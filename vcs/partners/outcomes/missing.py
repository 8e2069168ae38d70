"""The minimum of a referral: which fields a person still lacks, and why each matters. Rows.

Our own standard (domain document, 4.1): nothing outside requires it. Nothing is refused for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vcs.victims.person import Person

CONFIRMED_WITHIN: Final = timedelta(days=90)
"""An address that was confirmed longer ago is asked for again."""


@dataclass(frozen=True, slots=True)
class Referred:
    """What is known of somebody who was referred."""

    person: Person
    safe_to_post: bool | None
    address_confirmed_on: date | None
    today: date


def _no_channel(one: Referred) -> bool:
    return not (one.person.lines or one.person.phone or one.person.email)


def _no_phone(one: Referred) -> bool:
    return not one.person.phone


def _no_address(one: Referred) -> bool:
    return not one.person.lines


def _not_asked(one: Referred) -> bool:
    return bool(one.person.lines) and one.safe_to_post is None


def _not_confirmed(one: Referred) -> bool:
    last = one.address_confirmed_on
    return bool(one.person.lines) and (last is None or one.today - last > CONFIRMED_WITHIN)


def _no_notes(one: Referred) -> bool:
    return not one.person.safe_contact_notes


MINIMUM: Final[Mapping[str, tuple[Callable[[Referred], bool], str]]] = {
    "contact": (_no_channel, "Nobody can be reached: give an address, a telephone or an email"),
    "phone": (_no_phone, "News of a release within hours can only be told by telephone"),
    "address_lines": (_no_address, "The first letter has nowhere to go"),
    "safe_to_post": (_not_asked, "Not asked is not a yes: no letter goes until somebody has said"),
    "address_confirmed_on": (
        _not_confirmed,
        "An address that nobody confirmed for 90 days may be an old one",
    ),
    "safe_contact_notes": (
        _no_notes,
        "Times, words and people that are not safe: say “asked: none” where there are none",
    ),
}


def missing(one: Referred) -> list[dict[str, str]]:
    """Return each field that is missing, with why it matters."""
    return [{"field": name, "why": why} for name, (lacks, why) in MINIMUM.items() if lacks(one)]

"""What is sealed about a person, opened: who they are, where they can be found, what they said."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from vcs.errors import CannotOpen
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.records import ContactRecord, FormerDetails, PersonRecord, Victim


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is and where they can be found, in every referral that they are in.

    A field that is added gets a default: what was sealed before does not hold it.
    """

    name: str
    salutation: str
    lines: tuple[str, ...]
    postcode: str
    phone: str
    email: str
    safe_contact_notes: str
    address_how_known: str = ""

    def sealed(self, sealer: Sealer) -> bytes:
        """Return all of it, sealed."""
        return sealer.seal_json(asdict(self))


def opened(sealer: Sealer, held: PersonRecord | FormerDetails) -> Person:
    """Open what is or was sealed about a person. Raises CannotOpen."""
    return _person(sealer, held.sealed)


def format_needs(sealer: Sealer, person: PersonRecord) -> str:
    """Open what a person needs to read a letter; "" for nothing. Raises CannotOpen."""
    return sealer.open_text(person.format_needs_sealed)


def acts_for(sealer: Sealer, victim: Victim) -> str:
    """Open whom somebody acts for in a referral; "" for nobody else. Raises CannotOpen."""
    return sealer.open_text(victim.about_sealed)


def acted_for(sealer: Sealer, former: FormerDetails) -> str:
    """Open whom somebody acted for before a change. Raises CannotOpen."""
    if former.about_sealed is not None:
        return sealer.open_text(former.about_sealed)
    # Rows from before migration 0022 hold it beside the rest.
    return str(sealer.open_json(former.sealed).get("about", ""))


def shown_person(sealer: Sealer, person: PersonRecord) -> Person:
    """Open what is sealed about a person for a list; says so in place of the name if it cannot."""
    return shown(lambda sealed: _person(sealer, sealed), person.sealed, _NOT_OPENED)


def _person(sealer: Sealer, sealed: bytes) -> Person:
    told = sealer.open_json(sealed)
    try:
        # What was sealed before migration 0022 also says whom they act for, which is no part of it.
        hers = {name: value for name, value in told.items() if name != "about"}
        return Person(**(hers | {"lines": tuple(told["lines"])}))
    except (AttributeError, KeyError, TypeError):
        # It is sealed by us and yet no person: another row's value was put here.
        raise CannotOpen from None


_NOT_OPENED = Person(UNOPENED, "", (), "", "", "", "")


@dataclass(frozen=True, slots=True)
class Talk:
    """Who was spoken to at a contact or an attempt, and the words written down about it.

    ``emergency`` says why a way was used that the person had forbidden.
    """

    spoke_to: str
    words: str
    emergency: str = ""

    def sealed(self, sealer: Sealer) -> bytes:
        """Return all of it, sealed."""
        return sealer.seal_json(asdict(self))


def talked(sealer: Sealer, record: ContactRecord) -> Talk:
    """Open what was written down about a contact; says so in place of the words if it cannot."""
    told: dict[str, str] = shown(sealer.open_json, record.sealed, {})
    emergency = told.get("emergency", "")
    return Talk(told.get("spoke_to", UNOPENED), told.get("words", UNOPENED), emergency)

"""What is sealed about a victim, opened: who they are, where they can be found, what they said."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from vcs.errors import CannotOpen
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.records import ContactRecord, FormerDetails, Victim


@dataclass(frozen=True, slots=True)
class Person:
    """Who a victim is and where they can be found.

    A field that is added gets a default: what was sealed before does not hold it.
    """

    name: str
    salutation: str
    about: str
    lines: tuple[str, ...]
    postcode: str
    phone: str
    email: str
    safe_contact_notes: str

    def sealed(self, sealer: Sealer) -> bytes:
        """Return all of it, sealed."""
        return sealer.seal_json(asdict(self))


def opened(sealer: Sealer, held: Victim | FormerDetails) -> Person:
    """Open what is or was sealed about a victim. Raises CannotOpen."""
    return _person(sealer, held.sealed)


def format_needs(sealer: Sealer, victim: Victim) -> str:
    """Open what a victim needs to read a letter; "" for nothing. Raises CannotOpen."""
    return sealer.open_text(victim.format_needs_sealed)


def shown_person(sealer: Sealer, victim: Victim) -> Person:
    """Open what is sealed about a victim for a list; says so in place of the name if it cannot."""
    return shown(lambda sealed: _person(sealer, sealed), victim.sealed, _NOT_OPENED)


def _person(sealer: Sealer, sealed: bytes) -> Person:
    told = sealer.open_json(sealed)
    try:
        return Person(**(told | {"lines": tuple(told["lines"])}))
    except (KeyError, TypeError):
        # It is sealed by us and yet no person: another row's value was put here.
        raise CannotOpen from None


_NOT_OPENED = Person(UNOPENED, "", "", (), "", "", "", "")


@dataclass(frozen=True, slots=True)
class Talk:
    """Who was spoken to at a contact or an attempt, and the words written down about it."""

    spoke_to: str
    words: str

    def sealed(self, sealer: Sealer) -> bytes:
        """Return both, sealed."""
        return sealer.seal_json(asdict(self))


def talked(sealer: Sealer, record: ContactRecord) -> Talk:
    """Open what was written down about a contact; says so in place of the words if it cannot."""
    told: dict[str, str] = shown(sealer.open_json, record.sealed, {})
    return Talk(told.get("spoke_to", UNOPENED), told.get("words", UNOPENED))

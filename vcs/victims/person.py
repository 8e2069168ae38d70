"""What is sealed about a person, opened: who they are, where they can be found, what they said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.errors import CannotOpen
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.family.records import BirthRecord, DeathRecord
from vcs.victims.places.countries import with_country
from vcs.victims.preferences.records import PreferenceRecord, Way
from vcs.victims.records import ContactRecord, FormerDetails, PersonRecord, Victim

_WHOSE = "whose"

_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is and where they can be found, in every referral that they are in.

    ``country`` is the code of a country abroad, "" for home. ``name_in_latin`` is the name as they
    would like it where no font has their own letters.

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
    country: str = ""
    name_in_latin: str = ""

    @property
    def where(self) -> tuple[str, ...]:
        """Return the lines of the address, with its country where it is abroad."""
        return with_country(self.lines, self.country)

    def sealed(self, sealer: Sealer, whose: str) -> bytes:
        """Return all of it, sealed with the reference of the person whose it is."""
        return sealer.seal_json(asdict(self) | {_WHOSE: whose})


def mailbox_of(person: Person) -> str:
    """Return a person's email address in the form in which two spellings are equal; "" for none."""
    return "".join(person.email.split()).casefold()


def opened(sealer: Sealer, held: PersonRecord | FormerDetails) -> Person:
    """Open what is or was sealed about a person. Raises CannotOpen, also for somebody else's."""
    whose = held.reference if isinstance(held, PersonRecord) else ""
    return _person(sealer, held.sealed, whose)


def is_theirs(sealer: Sealer, held: PersonRecord) -> bool:
    """Say whether what is sealed about a person opens and is theirs."""
    try:
        opened(sealer, held)
    except CannotOpen:
        return False
    return True


def not_theirs(session: Session, sealer: Sealer) -> Iterator[str]:
    """Yield the reference of each person of whom something is held that is not theirs."""
    query = select(PersonRecord).order_by(col(PersonRecord.id))
    for held in session.exec(query.execution_options(yield_per=_AT_A_TIME)):
        if not is_theirs(sealer, held):
            yield held.reference


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
    whose = person.reference
    return shown(lambda sealed: _person(sealer, sealed, whose), person.sealed, _NOT_OPENED)


def _person(sealer: Sealer, sealed: bytes, whose: str) -> Person:
    """Open a person's details. Raises CannotOpen where they say that they are somebody else's."""
    told = sealer.open_json(sealed)
    try:
        # What was sealed before says nothing of whose it is, until it is changed.
        if told.pop(_WHOSE, whose) != whose and whose:
            raise CannotOpen
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


ADULT_AT = 18


@dataclass(frozen=True, slots=True)
class Life:
    """What is known of a person's birth and death. ``birth_id`` is the row that says the birth.

    ``has_died`` is what somebody said, which stops every letter; ``death_confirmed`` is that a
    second person found the same. ``died_on`` None with ``has_died`` is a day that is not known.
    """

    born_on: date | None = None
    born_how: str = ""
    birth_id: int = 0
    has_died: bool = False
    died_on: date | None = None
    died_how: str = ""
    death_confirmed: bool = False

    @property
    def eighteen_on(self) -> date | None:
        """Return the day on which they turn 18, or turned 18; None where it is not known."""
        return eighteen_on(self.born_on) if self.born_on else None

    def is_child(self, today: date) -> bool:
        """Say whether they are known to be under 18."""
        day = self.eighteen_on
        return day is not None and today < day


def eighteen_on(born_on: date) -> date:
    """Return the 18th birthday. Whoever was born on 29 February turns 18 on 1 March.

    No 18th year after a leap year is one.
    """
    year = born_on.year + ADULT_AT
    leap = (born_on.month, born_on.day) == (2, 29)
    return date(year, 3, 1) if leap else born_on.replace(year=year)


def life_of(session: Session, sealer: Sealer, person_id: int) -> Life:
    """Return what is known of a person, in all records that were joined to theirs.

    The more protective answer counts: a death in any of them, and the later of two births.
    """
    records = records_of(session, person_id)
    born_on, born_how, birth_id = _birth(sealer, _births(session, records))
    deaths = select(DeathRecord).where(
        col(DeathRecord.person_id).in_(records), col(DeathRecord.taken_back_at).is_(None)
    )
    found = session.exec(deaths.order_by(col(DeathRecord.id).desc())).all()
    is_confirmed = any(one.confirmed_at is not None for one in found)
    said: dict[str, str] = shown(sealer.open_json, found[0].sealed, {}) if found else {}
    died_on = date.fromisoformat(said["on"]) if said.get("on") else None
    how = said.get("how", "")
    return Life(born_on, born_how, birth_id, bool(found), died_on, how, is_confirmed)


def _births(session: Session, records: set[int]) -> Iterable[BirthRecord]:
    query = select(BirthRecord).where(col(BirthRecord.person_id).in_(records))
    newest: dict[int, BirthRecord] = {}
    for one in session.exec(query.order_by(col(BirthRecord.id))):
        newest[one.person_id] = one
    return newest.values()


def _birth(sealer: Sealer, births: Iterable[BirthRecord]) -> tuple[date | None, str, int]:
    found = []
    for one in births:
        said: dict[str, str] = shown(sealer.open_json, one.sealed, {})
        if said:
            found.append((date.fromisoformat(said["on"]), said["how"], one.id))
    return max(found, default=(None, "", 0))


def records_of(session: Session, person_id: int) -> set[int]:
    """Return a person's record with every one that was joined to it, one way or another."""
    found: set[int] = set()
    newest = {person_id}
    while newest:
        found |= newest
        joined = select(PersonRecord.id).where(col(PersonRecord.joined_to_id).in_(newest))
        newest = set(session.exec(joined)) - found
    return found


def record_now(session: Session, person_id: int) -> PersonRecord:
    """Return the record that a person has now, after any that it was joined to."""
    record = session.get_one(PersonRecord, person_id)
    while record.joined_to_id is not None:
        record = session.get_one(PersonRecord, record.joined_to_id)
    return record


def wants_nothing(session: Session, person_id: int) -> bool:
    """Say whether a person said that they never want contact about anything."""
    query = select(PreferenceRecord.id).where(
        col(PreferenceRecord.person_id).in_(records_of(session, person_id)),
        PreferenceRecord.way == str(Way.ANYTHING),
        col(PreferenceRecord.ended_at).is_(None),
    )
    return session.exec(query.limit(1)).first() is not None

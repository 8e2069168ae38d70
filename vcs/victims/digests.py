"""Finding people who may be one without opening every row: keyed digests of what is alike.

A digest says nothing of what it was made from, and equal texts have equal digests under one key.
Who has no digests under the keys in use, as after a change of keys, is opened instead: nobody is
missed meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import jellyfish
from sqlalchemy import ColumnElement, and_, delete, or_
from sqlmodel import Session, col, select

from vcs.errors import CannotOpen
from vcs.sealing import Sealer
from vcs.tables import table_of
from vcs.victims.person import Person, mailbox_of, opened, shown_person
from vcs.victims.places.same_place import comparable, tight
from vcs.victims.records import PersonDigest, PersonRecord
from vcs.victims.same_person import name_parts, phone_digits
from vcs.victims.spoken import heard, roots

_FORM: Final = 5

"""Raise it when what is digested changes: everybody is then digested anew by the scheduler."""

_TABLE = table_of(PersonDigest)


def keep_digests(session: Session, sealer: Sealer, record: PersonRecord, person: Person) -> None:
    """Keep the digests of a person as they are now, in place of any from before."""
    session.execute(delete(_TABLE).where(_TABLE.c.person_id == record.id))
    name = ""
    rows = []
    for text in sorted(_kept(person)):
        name, digest = next(iter(sealer.digests(text).items()))
        rows.append({"person_id": record.id, "digest": digest})
    if rows:
        session.execute(_TABLE.insert(), rows)
    record.digested_as = _mark(name or sealer.names[0])
    session.add(record)


@dataclass(frozen=True, slots=True)
class Digested:
    """How many people were digested, and who of them had never been: they are from before."""

    count: int
    first: tuple[PersonRecord, ...]


def digest_some(session: Session, sealer: Sealer, limit: int) -> Digested:
    """Digest people who have no digests under the newest key.

    Whoever is being changed is passed over: the change makes the digests itself.
    """
    newest = _mark(sealer.names[0])
    query = select(PersonRecord).where(_digested_otherwise([newest]))
    some = query.order_by(col(PersonRecord.id)).limit(limit).with_for_update(skip_locked=True)
    done: list[PersonRecord] = []
    first: list[PersonRecord] = []
    for record in session.exec(some).all():
        try:
            person = opened(sealer, record)
        except CannotOpen:
            # An administrator is asked about it. Until then it is opened, and passed over.
            continue
        done.append(record)
        if not record.digested_as:
            first.append(record)
        keep_digests(session, sealer, record, person)
    return Digested(len(done), tuple(first))


def people_like(session: Session, sealer: Sealer, person: Person) -> Iterator[PersonRecord]:
    """Yield the people who may be this person: too many rather than too few. Joined ones are one.

    Whoever asks compares each with :func:`vcs.victims.same_person.likeness`.
    """
    found = select(PersonRecord).where(col(PersonRecord.joined_to_id).is_(None))
    for some in perhaps_same(sealer, person):
        yield from session.exec(found.where(some).order_by(col(PersonRecord.id)))


def people_at(session: Session, sealer: Sealer, address: str) -> Iterator[PersonRecord]:
    """Yield the people who may live at an address: too many rather than too few.

    ``address`` is as ``same_place.comparable`` has it. Whoever asks compares each.
    """
    found = select(PersonRecord).where(col(PersonRecord.joined_to_id).is_(None))
    for some in _fits(sealer, {f"at {address}"}):
        yield from session.exec(found.where(some).order_by(col(PersonRecord.id)))


def people_with_email(session: Session, sealer: Sealer, email: str) -> Iterator[PersonRecord]:
    """Yield the people whose email address is this one, as ``person.mailbox_of`` has it."""
    found = select(PersonRecord).where(col(PersonRecord.joined_to_id).is_(None))
    for some in _fits(sealer, {f"email {email}"}):
        for record in session.exec(found.where(some).order_by(col(PersonRecord.id))):
            if mailbox_of(shown_person(sealer, record)) == email:
                yield record


def perhaps_like(sealer: Sealer, person: Person) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Say of a person on record that a digest fits; and that they have none that could be asked."""
    return _fits(sealer, _asked(person))


def perhaps_same(sealer: Sealer, person: Person) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Say the same also of whoever lives where a person does, under whichever first name.

    Nobody is left out who is probably this person, as ``same_person.likeness`` has it.
    """
    home = {f"at {comparable(person.where, person.postcode)}"} if person.lines else set()
    return _fits(sealer, _asked(person) | home)


def _fits(sealer: Sealer, texts: Iterable[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    wanted = {one for text in texts for one in sealer.digests(text).values()}
    alike = select(PersonDigest.person_id).where(col(PersonDigest.digest).in_(wanted))
    unknown = _digested_otherwise([_mark(name) for name in sealer.names])
    return and_(col(PersonRecord.id).in_(alike), ~unknown), unknown


def _digested_otherwise(marks: Iterable[str]) -> ColumnElement[bool]:
    """Say of a person that their digests were made in none of these ways: in terms of an index."""
    column, ordered = col(PersonRecord.digested_as), sorted(set(marks))
    between = [and_(column > low, column < high) for low, high in pairwise(ordered)]
    return or_(column < ordered[0], *between, column > ordered[-1])


def _mark(key_name: str) -> str:
    return f"{_FORM}:{key_name}"


def _kept(person: Person) -> set[str]:
    parts = name_parts(person.name)
    texts = {*_both(person, parts), *(f"surname {part}" for part in parts[-1:])}
    texts |= {f"surname {sound}" for part in parts[-1:] for sound in _sounds(part)}
    if person.lines:
        texts.add(f"at {comparable(person.where, person.postcode)}")
    return texts | {f"only {part}" for part in parts if len(parts) == 1}


def _asked(person: Person) -> set[str]:
    parts = name_parts(person.name)
    texts = {*_both(person, parts), *(f"only {part}" for part in parts[-1:])}
    if len(parts) == 1:
        texts |= {f"surname {one}" for one in (parts[0], *_sounds(parts[0]))}
    return texts


def _both(person: Person, parts: tuple[str, ...]) -> Iterator[str]:
    """Yield what two people who are one have in common, or at least one line of it.

    A mistake in typing spoils the first name or the last, and seldom both with the postcode. Where
    it spoils both, they often still sound the same.
    """
    if parts:
        first, last = parts[0], parts[-1]
        yield f"name {' '.join(sorted(parts))}"
        yield f"first {first} {last[0]}"
        yield f"last {first[0]} {last}"
        if heard(first) and heard(last):
            yield f"heard {' '.join(sorted((heard(first), heard(last))))}"
        for root in sorted(roots(first)):
            yield from (f"called {root} as {spelt}" for spelt in sorted(roots(last)))
        for one, other in zip(_sounds(first), _sounds(last), strict=False):
            yield f"both {' '.join(sorted((one, other)))}"
        if code := tight(person.postcode):
            yield f"home {code} {first}"
    if phone := phone_digits(person.phone):
        yield f"phone {phone}"
    if email := mailbox_of(person):
        yield f"email {email}"


def _sounds(part: str) -> tuple[str, ...]:
    """Return how a part of a name sounds, in two ways; nothing where that cannot be said."""
    if len(part) == 1 or not (part.isascii() and part.isalpha()):
        return ()
    return (f"sound {jellyfish.metaphone(part)}", f"sounds {jellyfish.soundex(part)}")

"""Which sentences of a case are one person's, under whatever ids and by whatever feed they came.

Two that one message tells apart are two: so are two who are sentenced on one day and were not
taken for one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import Session

from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.history.current import OWED
from vcs.sentences.records import Sentence, SentenceKey, SentenceMark
from vcs.sentences.same_offender import is_one_name, parts_of_name
from vcs.tables import table_of

_SENTENCES, _KEYS = table_of(Sentence), table_of(SentenceKey)

_MARKS = table_of(SentenceMark)

_OF_PERSON = "person:"

_FULL_NAME = 2


def who_of(key: str) -> str:
    """Return the part of a sentence's key that names the person in the case."""
    return key.rpartition(":")[0]


@dataclass(slots=True)
class _Told:
    """One sentence with what tells whose it is. ``who`` are the people that its keys name."""

    its_id: int
    case_key: str
    day: date
    born: date | None
    sealed_name: bytes
    may_be_owed: bool
    who: set[str]
    marks: frozenset[str] = frozenset()
    name: frozenset[str] = frozenset()


_Person = list[_Told]


def by_person(session: Session, sealer: Sealer, cases: Collection[str]) -> list[list[int]]:
    """Return the sentences of each person in these cases, by the key of the case. Ids, sorted."""
    wanted = sorted(one for one in set(cases) if one)
    if not wanted:
        return []
    held: dict[str, list[_Told]] = defaultdict(list)
    for one in _told(session, wanted):
        held[one.case_key].append(one)
    people = [person for case in held.values() for person in _in_case(session, sealer, case)]
    return [sorted(one.its_id for one in person) for person in people]


def _told(session: Session, cases: list[str]) -> list[_Told]:
    columns = (
        _SENTENCES.c.id,
        _SENTENCES.c.key,
        _SENTENCES.c.case_key,
        _SENTENCES.c.sentenced_on,
        _SENTENCES.c.date_of_birth,
        _SENTENCES.c.offender_name,
        _SENTENCES.c.outcome,
    )
    in_them = _SENTENCES.c.case_key.in_(cases)
    rows = session.execute(select(*columns).where(in_them).order_by(_SENTENCES.c.id)).all()
    owed = {str(one) for one in OWED}
    found = {
        row.id: _Told(
            row.id,
            row.case_key,
            row.sentenced_on,
            row.date_of_birth,
            row.offender_name,
            row.outcome in owed,
            {who_of(row.key)},
        )
        for row in rows
    }
    further = select(_KEYS.c.key, _KEYS.c.sentence_id).join_from(
        _KEYS, _SENTENCES, _SENTENCES.c.id == _KEYS.c.sentence_id
    )
    for key, its_id in session.execute(further.where(in_them)):
        if its_id in found:
            found[its_id].who.add(who_of(key))
    return list(found.values())


def _in_case(session: Session, sealer: Sealer, case: list[_Told]) -> list[_Person]:
    """Part the sentences of one case by person: by their keys, then by what stays with a person."""
    people: list[_Person] = []
    for one in case:
        same = [person for person in people if any(one.who & other.who for other in person)]
        people = [person for person in people if person not in same]
        people.append([other for person in same for other in person] + [one])
    if not any(_may_be_one(a, b) for n, a in enumerate(people) for b in people[:n]):
        return people
    _complete(session, sealer, case)
    return _joined(people)


def _may_be_one(one: _Person, other: _Person) -> bool:
    """Say whether two may be one person: nobody is sentenced twice on a day in one case."""
    return {told.day for told in one}.isdisjoint(told.day for told in other)


def _complete(session: Session, sealer: Sealer, case: Iterable[_Told]) -> None:
    """Read the names and the ids of the people of a case."""
    held = {one.its_id: one for one in case}
    query = select(_MARKS.c.sentence_id, _MARKS.c.mark).where(_MARKS.c.sentence_id.in_(held))
    marks: dict[int, set[str]] = defaultdict(set)
    for its_id, mark in session.execute(query):
        if mark.startswith(_OF_PERSON):
            marks[its_id].add(mark)
    for one in held.values():
        name = shown(sealer.open_text, one.sealed_name, UNOPENED)
        one.name = parts_of_name(name) if name != UNOPENED else frozenset()
        one.marks = frozenset(marks[one.its_id])


def _joined(people: list[_Person]) -> list[_Person]:
    """Join those who are certainly one; then what owes nothing with everybody it may be about."""
    left = list(people)
    while pair := next(_that_are_one(left), None):
        one, other = pair
        one += other
        left = [person for person in left if person is not other]
    owed = [person for person in left if any(told.may_be_owed for told in person)]
    loose = [person for person in left if person not in owed]
    asked = [one for one in loose if not any(_fits(person, one) for person in owed)]
    extended = [[*person, *_about(person, loose)] for person in owed]
    return [*extended, *asked]


def _that_are_one(people: list[_Person]) -> Iterator[tuple[_Person, _Person]]:
    for n, one in enumerate(people):
        yield from ((one, other) for other in people[n + 1 :] if _is_one(one, other))


def _about(person: _Person, loose: Iterable[_Person]) -> list[_Told]:
    return [told for one in loose if _fits(person, one) for told in one]


def _is_one(one: _Person, other: _Person) -> bool:
    """Say whether two are certainly one person: by an id of the person, or by name and birth."""
    return _may_be_one(one, other) and any(_is_sure(a, b) for a in one for b in other)


def _is_sure(one: _Told, other: _Told) -> bool:
    if one.born and other.born and one.born != other.born:
        return False
    if one.marks & other.marks:
        return not one.name or not other.name or bool(one.name & other.name)
    full = min(len(one.name), len(other.name)) >= _FULL_NAME
    return full and one.born is not None and one.born == other.born and _alike(one, other)


def _fits(one: _Person, other: _Person) -> bool:
    """Say whether nothing speaks against two being one person: a person is asked, not told."""
    return _may_be_one(one, other) and any(
        _alike(a, b) and (a.born is None or b.born is None or a.born == b.born)
        for a in one
        for b in other
    )


def _alike(one: _Told, other: _Told) -> bool:
    return is_one_name(one.name, other.name)

"""The ids of a person that sentences share: a master id, a PNC, CRO, prison or probation number.

An arrest summons number is of an arrest, and is left out. So is what stands for nobody: a word for
*not known*, and an id that more people have than one person can have been told as.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, bindparam, exists, or_, select, union_all
from sqlmodel import Session

from vcs.sentences.records import CustodyNumber, MergedNumber, Sentence, SentenceMark
from vcs.tables import table_of

OF_PERSON: Final = "person:"
"""How the digest of an id of a person begins."""

ASN: Final = "ASN"
"""The kind of a mark that was made from an arrest summons number."""


def person_mark(text: str) -> str:
    """Return what is kept of an id of a person, like ``pnc:`` with the number in its one form."""
    return f"{OF_PERSON}{digest(text)}"


def digest(text: str) -> str:
    """Return what is kept of an id for comparing: the ids themselves are not."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


_SENTENCES, _MERGED = table_of(Sentence), table_of(MergedNumber)

_TOLD: Final = (table_of(SentenceMark), table_of(CustodyNumber))
"""Where the numbers of a sentence's offender are: as courts told them, and as a person said."""

_MOST_BIRTHS: Final = 3
"""Days of birth that one person may have been told with, by mistake and by a false name."""

_MOST_SENTENCES: Final = 50

_AT_A_TIME: Final = 100

_NOT_KNOWN: Final = ("0", "NA", "NONE", "NIL", "NULL", "NOTKNOWN", "UNKNOWN", "NOTAVAILABLE", "TBC")

_OF_NOBODY: Final = frozenset(
    person_mark(f"{kind}:{word}")
    for kind in ("master", "pnc", "cro")
    for written in (*_NOT_KNOWN, "00000000-0000-0000-0000-000000000000")
    for word in (written, written.lower())
)


def sharing(session: Session, sentence_ids: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Return, by sentence, the other sentences that share an id of the person with it.

    Numbers that were merged are one. Names and births are not compared.
    """
    own = _own(session, sorted(set(sentence_ids)))
    spelt = _spelt(session, own)
    carriers = _carriers(session, sorted({one for some in spelt.values() for one in some}))
    found: dict[int, set[int]] = defaultdict(set)
    for mark, mine in own.items():
        others = {its_id for one in spelt[mark] for its_id in carriers.get(one, ())}
        for its_id in mine:
            found[its_id] |= others - {its_id}
    return {its_id: frozenset(others) for its_id, others in found.items() if others}


def all_spellings(session: Session, marks: Iterable[str]) -> set[str]:
    """Return numbers with those that they were merged with, both ways."""
    found, fresh = set(marks), set(marks)
    while fresh:
        either: ColumnElement[Any] = or_(
            _MERGED.c.old_mark.in_(sorted(fresh)), _MERGED.c.new_mark.in_(sorted(fresh))
        )
        pairs = session.execute(select(_MERGED.c.old_mark, _MERGED.c.new_mark).where(either))
        fresh = {mark for pair in pairs for mark in pair} - found
        found |= fresh
    return found


def _own(session: Session, ids: Sequence[int]) -> Mapping[str, set[int]]:
    """Return the ids of persons that some sentences have and others may have too."""
    found: dict[str, set[int]] = defaultdict(set)
    for query in _OWN if ids else ():
        for sentence_id, mark in session.execute(query, {"ids": ids}):
            found[mark].add(sentence_id)
    return {mark: mine for mark, mine in found.items() if mark not in _OF_NOBODY}


def _is_of_person(table: Table) -> ColumnElement[bool]:
    return table.c.mark.startswith(OF_PERSON) & or_(table.c.kind.is_(None), table.c.kind != ASN)


def _is_shared(table: Table) -> ColumnElement[bool]:
    others = [one.alias() for one in _TOLD]
    held = [
        exists().where(one.c.mark == table.c.mark, one.c.sentence_id != table.c.sentence_id)
        for one in others
    ]
    merged = or_(_MERGED.c.old_mark == table.c.mark, _MERGED.c.new_mark == table.c.mark)
    return or_(*held, exists().where(merged))


def _own_of(table: Table) -> Select[Any]:
    is_asked = table.c.sentence_id.in_(bindparam("ids", expanding=True))
    query = select(table.c.sentence_id, table.c.mark)
    return query.where(is_asked, _is_of_person(table), _is_shared(table))


_OWN: Final = tuple(_own_of(table) for table in _TOLD)
"""Made once: it is asked several times with every act, and takes longer to make than to answer."""


def _spelt(session: Session, own: Collection[str]) -> Mapping[str, Collection[str]]:
    every = all_spellings(session, own) if own else set()
    if len(every) == len(own):
        return {mark: (mark,) for mark in own}
    return {mark: all_spellings(session, [mark]) for mark in own}


def _carriers(session: Session, marks: Sequence[str]) -> Mapping[str, frozenset[int]]:
    """Return the sentences that have each of some ids; none of one that is nobody's own."""
    sentences: dict[str, set[int]] = defaultdict(set)
    births: dict[str, set[Any]] = defaultdict(set)
    for start in range(0, len(marks), _AT_A_TIME):
        for query in _looked_for(marks[start : start + _AT_A_TIME]):
            for mark, sentence_id, born in session.execute(query):
                sentences[mark].add(sentence_id)
                births[mark] |= {born} - {None}
    return {
        mark: frozenset(ids)
        for mark, ids in sentences.items()
        if len(ids) <= _MOST_SENTENCES and len(births[mark]) <= _MOST_BIRTHS
    }


def _looked_for(marks: Iterable[str]) -> Iterator[Any]:
    """Yield one query for each table: of a number that everybody has, no more than are needed."""
    for table in _TOLD:
        yield union_all(*(select(_few(table, mark).subquery()) for mark in marks))


def _few(table: Table, mark: str) -> Select[Any]:
    here = _SENTENCES.c.id == table.c.sentence_id
    query = select(table.c.mark, table.c.sentence_id, _SENTENCES.c.date_of_birth)
    query = query.join_from(table, _SENTENCES, here).where(table.c.mark == mark)
    return query.limit(_MOST_SENTENCES + 1)

"""One sentence told under two keys: an id that changed, a case registered anew, another feed.

What stays is compared: the day, the case, the name, the date of birth, the ids of the person and
of the offences. Only a certain match joins; two people whom one message tells apart never are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session

from vcs.intake import identifiers, person_numbers
from vcs.intake.message import LESS_SURE, Sentenced
from vcs.intake.records import CourtMessage
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.ids_of_person import ASN, OF_PERSON, digest, person_mark
from vcs.sentences.records import Sentence, SentenceMark, SentenceReport
from vcs.sentences.same_offender import is_one_name, parts_of_name
from vcs.tables import table_of

_SENTENCES, _MARKS = table_of(Sentence), table_of(SentenceMark)

_TELLINGS, _MESSAGES = table_of(SentenceReport), table_of(CourtMessage)

_OF_OFFENCE = "offence:"

_FULL_NAME = 2

_COURT = 5

"""Characters of an OU code that name the court; the rest names a room or an office of it."""


class Fit(IntEnum):
    """How sure it is that two occasions are one; a greater one is surer."""

    NO = 0
    MAYBE = 1
    PROBABLY = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an occasion is compared by. ``forms`` are the formats of the feeds that told it.

    ``marks`` are digests of ids of the person, ``lines`` of offences within their hearing.
    ``kinds`` says of which number of the person a mark is the digest, where it is one.

    ``sentence_id`` None is one of the batch in hand, known by its ``key`` alone.
    """

    key: str
    sentence_id: int | None
    sentenced_on: date
    case_key: str
    court: str
    name: frozenset[str]
    born: date | None
    marks: frozenset[str]
    lines: frozenset[str]
    forms: frozenset[str]
    kinds: Mapping[str, str] = field(default_factory=dict)


def occasion_of(key: str, sentenced: Sentenced, form: str | None) -> Occasion:
    """Return an occasion as a message tells it."""
    return Occasion(
        key,
        None,
        sentenced.facts.sentenced_on,
        identifiers.case_reference(sentenced.case_reference),
        (sentenced.court_code or "")[:_COURT],
        parts_of_name(sentenced.offender_name),
        sentenced.facts.date_of_birth,
        frozenset(map(person_mark, sentenced.marks)),
        frozenset(f"{_OF_OFFENCE}{digest(line)}" for line in sentenced.lines),
        frozenset({form or ""}),
        {person_mark(mark): kind for mark in sentenced.marks if (kind := _kind(mark))},
    )


def _kind(mark: str) -> str | None:
    return ASN if mark.startswith(f"{ASN.lower()}:") else person_numbers.kind_of(mark)


def held_occasions(session: Session, sealer: Sealer, one: Occasion) -> list[Occasion]:
    """Return the occasions of that day in the same case or with the same offences, oldest first.

    The same person in another case is another sentence: that alone is no candidate.
    """
    shared: list[ColumnElement[bool]] = []
    if one.case_key:
        shared.append(_SENTENCES.c.case_key == one.case_key)
    if one.lines:
        marked = select(_MARKS.c.sentence_id).where(_MARKS.c.mark.in_(sorted(one.lines)))
        shared.append(_SENTENCES.c.id.in_(marked))
    if not shared:
        return []
    query = select(
        _SENTENCES.c.id,
        _SENTENCES.c.key,
        _SENTENCES.c.sentenced_on,
        _SENTENCES.c.case_key,
        _SENTENCES.c.court_code,
        _SENTENCES.c.offender_name,
        _SENTENCES.c.date_of_birth,
    ).where(_SENTENCES.c.sentenced_on == one.sentenced_on, or_(*shared))
    rows = session.execute(query.order_by(_SENTENCES.c.id)).all()
    ids = [row.id for row in rows]
    marks = _grouped(session, select(_MARKS.c.sentence_id, _MARKS.c.mark), ids)
    told = select(_TELLINGS.c.sentence_id, _MESSAGES.c.format).join_from(
        _TELLINGS, _MESSAGES, _MESSAGES.c.id == _TELLINGS.c.message_id
    )
    forms = _grouped(session, told, ids)
    return [_held(sealer, row, marks[row.id], forms[row.id]) for row in rows]


def _grouped(session: Session, query: Any, ids: list[int]) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    if ids:
        sentence_id = query.selected_columns.sentence_id
        for row_id, value in session.execute(query.where(sentence_id.in_(ids))):
            found[row_id].add(value or "")
    return found


def _held(sealer: Sealer, row: Any, marks: Iterable[str], forms: Iterable[str]) -> Occasion:
    kept = frozenset(marks)
    name = shown(sealer.open_text, row.offender_name, UNOPENED)
    return Occasion(
        row.key,
        row.id,
        row.sentenced_on,
        row.case_key,
        (row.court_code or "")[:_COURT],
        parts_of_name(name) if name != UNOPENED else frozenset(),
        row.date_of_birth,
        frozenset(mark for mark in kept if mark.startswith(OF_PERSON)),
        frozenset(mark for mark in kept if mark.startswith(_OF_OFFENCE)),
        frozenset(forms),
    )


def fit(one: Occasion, other: Occasion) -> Fit:
    """Say how sure it is that two occasions are one. Works in either order."""
    if one.sentenced_on != other.sentenced_on or not is_one_name(one.name, other.name):
        return Fit.NO
    births = {one.born, other.born} - {None}
    if len(births) > 1:
        return Fit.NO
    same_case = bool(one.case_key) and one.case_key == other.case_key
    same_lines = bool(one.lines & other.lines)
    if not same_case and not same_lines:
        return Fit.NO
    marked = same_lines or bool(one.marks & other.marks)
    same_birth = one.born is not None and one.born == other.born
    full = min(len(one.name), len(other.name)) >= _FULL_NAME
    if full and (same_birth or (marked and one.name == other.name)):
        return Fit.CERTAIN
    return Fit.PROBABLY if full and _told_twice(one, other) else Fit.MAYBE


def _told_twice(one: Occasion, other: Occasion) -> bool:
    """Say whether two feeds tell of one name, case and court, and one leaves the birth date out."""
    sure = (one.forms | other.forms).isdisjoint(LESS_SURE)
    apart = one.forms.isdisjoint(other.forms) and sure
    return apart and one.name == other.name and bool(one.court) and one.court == other.court

"""Our side of a list: the sentences of a time, as a list is compared with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlmodel import Session

from vcs.intake.person_numbers import Number
from vcs.lists.matches.held import HeldSentence, WhatWasImposed, family_among
from vcs.lists.matches.matching import Described
from vcs.lists.matches.people import Name, Person, birth_day, cleaned
from vcs.lists.merged import Merged
from vcs.lists.records import ListLine, SentenceNumber
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.ids_of_person import ASN
from vcs.sentences.records import DecisionRecord, Sentence, SentenceMark
from vcs.tables import table_of
from vcs.terms import Outcome, SentenceKind, Term

_SENTENCES, _DECISIONS = table_of(Sentence), table_of(DecisionRecord)

_MARKS, _NUMBERS, _LINES = table_of(SentenceMark), table_of(SentenceNumber), table_of(ListLine)

_COURT = 5

_AT_A_TIME = 1000

Span = tuple[date, date]


def held_between(
    session: Session, sealer: Sealer, span: Span, merged: Merged
) -> list[HeldSentence]:
    """Return our sentences of a time, but those that are gone or part of another one."""
    return held_where(session, sealer, _SENTENCES.c.sentenced_on.between(*span), merged)


def held_where(
    session: Session, sealer: Sealer, which: ColumnElement[bool], merged: Merged
) -> list[HeldSentence]:
    """Return some of our sentences, but those that are gone or part of another one."""
    these = (which, _SENTENCES.c.gone.is_(False), _SENTENCES.c.told_in_id.is_(None))
    numbers = _numbers(session, *these)
    released = _released(session, *these)
    query = _query().where(*these).execution_options(yield_per=_AT_A_TIME)
    return [
        _held(sealer, row, merged, numbers.get(row.id, ()), row.urgent or row.id in released)
        for row in session.execute(query)
    ]


def first_day_held(session: Session) -> date | None:
    """Return the first day of any sentence of ours that stands; None where we hold none."""
    stands = (_SENTENCES.c.gone.is_(False), _SENTENCES.c.told_in_id.is_(None))
    return session.execute(select(func.min(_SENTENCES.c.sentenced_on)).where(*stands)).scalar()


def held_by_day(session: Session) -> Counter[date]:
    """Return how many sentences of ours were passed on each day."""
    stands = (_SENTENCES.c.gone.is_(False), _SENTENCES.c.told_in_id.is_(None))
    query = select(_SENTENCES.c.sentenced_on, func.count()).where(*stands)
    rows = session.execute(query.group_by(_SENTENCES.c.sentenced_on))
    return Counter({row[0]: row[1] for row in rows})


def newest_decision(session: Session) -> int:
    """Return the id of the newest decision; 0 where there is none."""
    return session.execute(select(func.max(_DECISIONS.c.id))).scalar() or 0


def _query() -> Select[Any]:
    newest = select(func.max(_DECISIONS.c.id).label("id")).group_by(_DECISIONS.c.sentence_id)
    newest_ids = newest.subquery()
    return (
        select(
            _SENTENCES.c.id,
            _SENTENCES.c.reference,
            _SENTENCES.c.case_reference,
            _SENTENCES.c.case_key,
            _SENTENCES.c.court_code,
            _SENTENCES.c.offender_name,
            _SENTENCES.c.date_of_birth,
            _SENTENCES.c.sentenced_on,
            _SENTENCES.c.outcome,
            _SENTENCES.c.region_code,
            _DECISIONS.c.facts,
            _DECISIONS.c.urgent,
        )
        .join(_DECISIONS, _DECISIONS.c.sentence_id == _SENTENCES.c.id)
        .join(newest_ids, newest_ids.c.id == _DECISIONS.c.id)
    )


Numbers = Mapping[int, list[tuple[str | None, str]]]


def _numbers(session: Session, *these: ColumnElement[bool]) -> Numbers:
    """Return the digests of numbers of each offender: those that courts told go first."""
    found: dict[int, list[tuple[str | None, str]]] = defaultdict(list)
    of_feeds = select(_MARKS.c.sentence_id, _MARKS.c.kind, _MARKS.c.mark).where(
        _MARKS.c.mark.like("person:%")
    )
    of_lists = select(_NUMBERS.c.sentence_id, _NUMBERS.c.kind, _NUMBERS.c.mark)
    for query, its_id in ((of_feeds, _MARKS.c.sentence_id), (of_lists, _NUMBERS.c.sentence_id)):
        joined = query.join(_SENTENCES, _SENTENCES.c.id == its_id).where(*these)
        for sentence_id, kind, mark in session.execute(joined):
            found[sentence_id].append((kind, mark))
    return found


def _released(session: Session, *these: ColumnElement[bool]) -> frozenset[int]:
    query = (
        select(_LINES.c.sentence_id)
        .join(_SENTENCES, _SENTENCES.c.id == _LINES.c.sentence_id)
        .where(_LINES.c.released_that_day, *these)
    )
    return frozenset(session.execute(query).scalars())


Told = Sequence[tuple[str | None, str]]


def _held(
    sealer: Sealer, row: Row[Any], merged: Merged, numbers: Told, urgent: bool
) -> HeldSentence:
    what = _imposed(row.facts)
    described = Described(
        _person(sealer, row, merged, numbers),
        row.case_key,
        next((mark for kind, mark in numbers if kind == ASN), ""),
        row.sentenced_on,
        (row.court_code or "")[:_COURT],
    )
    return HeldSentence(
        row.reference,
        row.case_reference,
        described,
        Outcome(row.outcome),
        row.sentenced_on,
        what.family,
        what.offence_codes,
        what.terms,
        bool(urgent),
        row.id,
        row.region_code,
        what.counts,
    )


def _person(sealer: Sealer, row: Row[Any], merged: Merged, numbers: Told) -> Person:
    """Return the offender. A name that no key opens is no name: numbers alone find them."""
    name = shown(sealer.open_text, row.offender_name, UNOPENED)
    whole = "" if name == UNOPENED else cleaned(name)
    first, _, surname = whole.rpartition(" ")
    told = dict(_firsts(numbers, merged))
    rest = {merged.one(mark) for _, mark in numbers}
    return Person(
        Name(surname, *first.split(" ", 1)),
        birth_day(row.date_of_birth),
        told,
        whole=whole,
        marks=frozenset(rest - set(told.values())),
    )


def _imposed(facts: str) -> WhatWasImposed:
    """Return what facts say was imposed; alike ones are read once."""
    raw = orjson.loads(facts)
    counts = [
        {"code": one["offence_code"], "sentences": [_alike(each) for each in one["sentences"]]}
        for one in raw["offences"]
    ]
    return _read(orjson.dumps([counts, raw["total_terms"]]))


def _alike(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"kind": raw["kind"], "terms": raw["terms"]}


@lru_cache(maxsize=16_384)
def _read(told: bytes) -> WhatWasImposed:
    counts, totals = orjson.loads(told)
    sentences = [each for count in counts for each in count["sentences"]]
    terms = (term for each in sentences for term in each["terms"])
    return WhatWasImposed(
        family_among(SentenceKind(each["kind"]) for each in sentences),
        frozenset(count["code"] for count in counts if count["code"]),
        frozenset(Term(**term) for term in (*terms, *totals)),
        tuple(count["code"] or "" for count in counts if count["sentences"]),
    )


def _firsts(numbers: Told, merged: Merged) -> Iterator[tuple[Number, str]]:
    """Give one number of each kind: the first that was told stays."""
    for kind, mark in reversed(numbers):
        if kind is not None and kind in Number.__members__:
            yield Number(kind), merged.one(mark)

"""Sentences that wait for the meaning of a result code, which is asked once for the code.

A sentence waits where nothing else in it is open. Its rows here say for which codes, from the day
on which they are asked about until its message is read again by the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, insert, select
from sqlmodel import Session, col

from vcs.law.archive import facts_from_json
from vcs.law.conditions.statutory import BY_COURT_ORDER
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.sentences.enquiries.meanings import code_asked_about, question_key
from vcs.sentences.records import AwaitedCode, DecisionRecord, SentenceReport
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskKind
from vcs.terms import SentenceKind, Term

_AWAITED = table_of(AwaitedCode)

_A_YEAR = (Term(months=12),)


@dataclass(frozen=True, slots=True)
class Awaited:
    """The codes that a sentence's facts hold and that are asked about.

    ``other_questions`` are open whatever the codes mean.
    """

    codes: tuple[str, ...] = ()
    other_questions: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Say whether nothing but the meaning of codes is open."""
        return bool(self.codes) and not self.other_questions


NOTHING_AWAITED = Awaited()


def codes_asked_about(session: Session, codes: Iterable[str]) -> frozenset[str]:
    """Return those of some codes about which a question is open, held until the transaction ends.

    Held, so that no answer is given between this look and what is made of it.
    """
    keys = [question_key(code) for code in codes]
    if not keys:
        return frozenset()
    is_open = (col(Task.key).in_(keys), col(Task.done_at).is_(None))
    found = session.execute(select(col(Task.result_code)).where(*is_open).with_for_update())
    return frozenset(code for code in found.scalars() if code)


def awaited(facts: SentencingFacts, asked: frozenset[str]) -> Awaited:
    """Return what facts wait for, given the codes about which a question is open.

    Found by deciding as if the codes meant nothing custodial, and as if they meant what is owed:
    what is still open either way is a question of its own.
    """
    codes = tuple(code for code in unknown_codes(facts) if code in asked)
    if not codes:
        return NOTHING_AWAITED
    as_if = (_with(facts, codes, custodial=True), _with(facts, codes, custodial=False))
    open_still = (question for one in as_if for question in decide(one).questions)
    return Awaited(codes, tuple(dict.fromkeys(open_still)))


def unknown_codes(facts: SentencingFacts) -> tuple[str, ...]:
    """Return the codes in some facts that no table holds, each once, in one form."""
    each = (code_asked_about(one) for offence in facts.offences for one in offence.sentences)
    return tuple(dict.fromkeys(code for code in each if code))


def _with(facts: SentencingFacts, codes: tuple[str, ...], *, custodial: bool) -> SentencingFacts:
    return replace(facts, offences=tuple(_meant(one, codes, custodial) for one in facts.offences))


def _meant(offence: OffenceFacts, codes: tuple[str, ...], custodial: bool) -> OffenceFacts:
    kind = SentenceKind.NON_CUSTODIAL
    if custodial:
        by_order = offence.finding in BY_COURT_ORDER
        kind = SentenceKind.HOSPITAL_ORDER if by_order else SentenceKind.IMPRISONMENT
    known = SentenceFacts(kind, terms=_A_YEAR if kind is SentenceKind.IMPRISONMENT else ())
    imposed = offence.sentences
    each = (known if code_asked_about(one) in codes else one for one in imposed)
    return replace(offence, sentences=tuple(each))


def keep_awaited(
    session: Session, sentence_ids: Iterable[int], awaits: Mapping[int, tuple[str, ...]]
) -> None:
    """Record which codes some sentences wait for; those not named in ``awaits`` wait for none."""
    ids = list(sentence_ids)
    columns = (_AWAITED.c.sentence_id, _AWAITED.c.code)
    rows = session.execute(select(*columns).where(_AWAITED.c.sentence_id.in_(ids)))
    held = {(row.sentence_id, row.code) for row in rows}
    wanted = {(one, code) for one in ids for code in awaits.get(one, ())}
    for sentence_id, code in held - wanted:
        which = (_AWAITED.c.sentence_id == sentence_id, _AWAITED.c.code == code)
        session.execute(delete(_AWAITED).where(*which))
    if new := sorted(wanted - held):
        added = [{"sentence_id": sentence_id, "code": code} for sentence_id, code in new]
        session.execute(insert(_AWAITED), added)


def with_questions_of_their_own(session: Session) -> list[int]:
    """Return the sentences that are asked about one by one and hold a code that is asked about.

    They were asked about before a code had a question. Reads all open questions: not for a page.
    """
    is_open = col(Task.done_at).is_(None)
    codes = select(col(Task.result_code)).where(is_open, col(Task.kind) == TaskKind.RESULT_CODE)
    asked = {code for code in session.execute(codes).scalars() if code}
    newest = (
        select(func.max(col(DecisionRecord.id)))
        .where(col(DecisionRecord.sentence_id) == col(Task.sentence_id))
        .correlate(Task)
        .scalar_subquery()
    )
    theirs = (
        select(col(DecisionRecord.sentence_id), col(DecisionRecord.facts))
        .join(Task, col(DecisionRecord.id) == newest)
        .where(is_open, col(Task.kind) == TaskKind.DECIDE)
    )
    rows = session.execute(theirs) if asked else ()
    return sorted(its_id for its_id, facts in rows if asked & _codes_in(facts))


def _codes_in(facts: str) -> set[str]:
    try:
        return set(unknown_codes(facts_from_json(facts)))
    except (KeyError, TypeError, ValueError):
        return set()


def waiting_in(session: Session, message_ids: Iterable[int]) -> set[int]:
    """Return the sentences in some messages that wait for a code."""
    query = (
        select(_AWAITED.c.sentence_id)
        .join(SentenceReport, col(SentenceReport.sentence_id) == _AWAITED.c.sentence_id)
        .where(col(SentenceReport.message_id).in_(list(message_ids)))
    )
    return set(session.execute(query).scalars())

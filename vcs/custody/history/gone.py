"""A report or an adjustment that told of danger, and was deleted or is of another kind since.

Danger that was told is never undone in silence, and never goes on being told in silence either: a
person is asked whether it is true. It is the same whichever of the two came first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.custody.matches.match import matched
from vcs.custody.questions import ask
from vcs.custody.readings import SAYS_NOTHING, TELL_OF_DANGER, Does, follows
from vcs.custody.records import CustodyFact, CustodyMark
from vcs.custody.sealed import opened
from vcs.events.catalogue import kind_row
from vcs.events.records import KeyEvent
from vcs.tasks.records import TaskTopic

DOCUMENT: Final = "DOCUMENT"
"""The kind of mark that is no number of a person, but of the report or adjustment of a fact."""

_ASK: Final = (
    "What told us of “{what}” ({reference}) was deleted or changed since: perhaps it is not true, "
    "or not true any more. Ask the prison now where the offender is. Nothing is taken back by "
    "itself: take the event back if it did not happen, so that whoever was told hears it."
)


def document_mark(document: str) -> str:
    """Return the digest of the id of a report or an adjustment."""
    return f"document:{hashlib.sha256(document.encode()).hexdigest()}"


def ask_if_true(work: Work, fact: CustodyFact) -> bool:
    """Ask whether danger is true that was told by a report that now tells another thing.

    Returns whether anything is asked.
    """
    told = [one for one in _told_of_danger(work.session, fact) if one.event_id is not None]
    by_event = {one.event_id: one for one in told}
    asked = [_ask(work, fact, one) for one in by_event.values()]
    return any(asked)


def _told_of_danger(session: Session, fact: CustodyFact) -> Sequence[CustodyFact]:
    """Return the facts of danger to ask about: this one itself where it came after its end."""
    if fact.reading in SAYS_NOTHING:
        return ()
    others = [one for one in _of_one_document(session, fact) if one.reading not in SAYS_NOTHING]
    if fact.reading not in TELL_OF_DANGER:
        return [one for one in others if one.reading in TELL_OF_DANGER]
    return [fact] if any(one.reading not in TELL_OF_DANGER for one in others) else []


def _of_one_document(session: Session, fact: CustodyFact) -> list[CustodyFact]:
    """Return the other facts of the same report or adjustment about the same person.

    What says that it is gone may name nobody; where either names no document, the person decides.
    """
    documents = _documents(session, fact)
    of_one = _with_marks(session, documents) if documents else {}
    same = [
        one
        for one in of_one.values()
        if one.id != fact.id and (_is_gone(fact) or _is_gone(one) or one.person == fact.person)
    ]
    if same or not (_is_gone(fact) or fact.reading in TELL_OF_DANGER):
        return same
    of_person = session.exec(select(CustodyFact).where(CustodyFact.person == fact.person)).all()
    return [one for one in of_person if _may_be_of_one(session, fact, one)]


def _with_marks(session: Session, documents: list[str]) -> dict[int, CustodyFact]:
    query = (
        select(CustodyFact)
        .join(CustodyMark, col(CustodyMark.fact_id) == col(CustodyFact.id))
        .where(col(CustodyMark.mark).in_(documents))
    )
    return {one.id: one for one in session.exec(query)}


def _may_be_of_one(session: Session, fact: CustodyFact, one: CustodyFact) -> bool:
    """Say whether one of two facts of a person is gone, and may have been in the other's report."""
    gone, other = (fact, one) if _is_gone(fact) else (one, fact)
    if one.id == fact.id or not _is_gone(gone) or _is_gone(other):
        return False
    if _documents(session, gone) and _documents(session, other):
        return False
    return _is_report(gone) == _is_report(other) and _is_of_document(other)


def _is_gone(fact: CustodyFact) -> bool:
    return follows(fact.reading).does is Does.IF_TOLD


def _is_report(fact: CustodyFact) -> bool:
    return fact.code.startswith("incident")


def _is_of_document(fact: CustodyFact) -> bool:
    return fact.code.startswith(("incident", "UNLAWFULLY_AT_LARGE", "UAL"))


def _documents(session: Session, fact: CustodyFact) -> list[str]:
    query = select(CustodyMark.mark).where(
        CustodyMark.fact_id == fact.id, CustodyMark.kind == DOCUMENT
    )
    return list(session.exec(query))


def _ask(work: Work, fact: CustodyFact, danger: CustodyFact) -> bool:
    event = work.session.get_one(KeyEvent, danger.event_id)
    if event.taken_back_at is not None:
        return False
    words = _ASK.format(what=kind_row(event.kind).words, reference=event.reference)
    whose = matched(work.session, work.sealer, opened(work.sealer, danger).who).sure
    told = (whose[0] if whose else None, words)
    ask.about_meaning(work.session, fact, told, work.today, TaskTopic.DANGER)
    return True

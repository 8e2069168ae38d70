"""An answer about whose event it was, taken back with the event that was recorded by it."""

from __future__ import annotations

from sqlalchemy import delete
from sqlmodel import col, select

from vcs.access.work import Work
from vcs.custody.facts.receive import LOCK
from vcs.custody.records import CustodyFact, CustodyMark
from vcs.database import lock
from vcs.events.offender import known_sentences
from vcs.events.records import KeyEvent
from vcs.referrals.records import Referral
from vcs.sentences.records import CustodyNumber, Sentence
from vcs.tables import table_of


def forget_numbers(work: Work, event_reference: str) -> int:
    """Forget that the numbers in an event's facts are this offender's, where a person said so.

    For whoever takes the event back: the next event with such a number is asked about anew. Returns
    how many answers were forgotten; the facts themselves stay as they were.
    """
    lock(work.session, LOCK)
    event = work.session.exec(select(KeyEvent).where(KeyEvent.reference == event_reference)).one()
    referral = work.session.get_one(Referral, event.referral_id)
    sentence = work.session.get_one(Sentence, referral.sentence_id)
    ids = [one.id for one in known_sentences(work.session, work.sealer, sentence)]
    marks = (
        select(CustodyMark.mark)
        .join(CustodyFact, col(CustodyFact.id) == col(CustodyMark.fact_id))
        .where(CustodyFact.event_id == event.id)
    )
    table = table_of(CustodyNumber)
    these = (table.c.sentence_id.in_(ids), table.c.mark.in_(marks))
    count = len(work.session.execute(delete(table).where(*these).returning(table.c.mark)).all())
    if count:
        work.note("custody.numbers_forgotten", referral.reference, event_reference)
    return count

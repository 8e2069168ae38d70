"""A victim who may also be an offender known to us: a manager is told, and nothing is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.database import insert_once
from vcs.intake.records import FeedCursor
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import is_one_name, parts_of_name
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind
from vcs.victims.family.records import BirthRecord
from vcs.victims.find import parts_of
from vcs.victims.person import ADULT_AT, life_of, shown_person
from vcs.victims.records import PersonRecord, Victim

_CURSOR = "births compared with offenders"


def ask_about_namesakes(work: Work, victim: Victim, referral: Referral, born_on: date) -> None:
    """Ask a manager about each sentence of somebody with a victim's name and date of birth."""
    born_alike = select(Sentence).where(col(Sentence.date_of_birth) == born_on)
    name = shown_person(work.sealer, victim.person).name
    found = _of_name(work.sealer, name, work.session.exec(born_alike))
    questions = [_question(victim, referral, sentence) for sentence in found]
    open_tasks(work.session, questions, work.today)
    _begin(work.session)


def compare_new_sentences(session: Session, sealer: Sealer, today: date, limit: int) -> int:
    """Compare sentences that came since the last time with every birth; returns what is asked."""
    cursor = session.get_one(FeedCursor, _CURSOR)
    query = select(Sentence).where(col(Sentence.id) > cursor.last_id)
    sentences = list(session.exec(query.order_by(col(Sentence.id)).limit(limit)))
    questions = [one for sentence in sentences for one in _about(session, sealer, sentence)]
    open_tasks(session, questions, today)
    cursor.last_id = sentences[-1].id if sentences else cursor.last_id
    session.add(cursor)
    return len(questions)


def has_new_sentences(session: Session) -> bool:
    """Say whether a sentence came since the last comparison; not before any birth is known."""
    cursor = session.get(FeedCursor, _CURSOR)
    return cursor is not None and _newest(session) > cursor.last_id


def _newest(session: Session) -> int:
    return session.exec(select(func.max(col(Sentence.id)))).first() or 0


def _begin(session: Session) -> None:
    """Compare what comes from now on: a birth is compared with what came before on its own."""
    if session.get(FeedCursor, _CURSOR) is None:
        row = {"name": _CURSOR, "last_id": _newest(session)}
        session.execute(insert_once(session, table_of(FeedCursor), "name"), [row])


def _about(session: Session, sealer: Sealer, sentence: Sentence) -> Iterator[Question]:
    born = sentence.date_of_birth
    if born is None:
        return
    alike = select(BirthRecord.person_id).where(BirthRecord.adult_in == born.year + ADULT_AT)
    for person_id in sorted(set(session.exec(alike))):
        if life_of(session, sealer, person_id).born_on != born:
            continue
        name = shown_person(sealer, session.get_one(PersonRecord, person_id)).name
        if list(_of_name(sealer, name, [sentence])):
            for victim, referral in parts_of(session, person_id):
                if referral.status != ReferralStatus.CLOSED:
                    yield _question(victim, referral, sentence)


def _of_name(sealer: Sealer, name: str, sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    named = parts_of_name(name)
    for sentence in sentences:
        offender = shown(sealer.open_text, sentence.offender_name, "")
        if is_one_name(named, parts_of_name(offender)):
            yield sentence


def _question(victim: Victim, referral: Referral, sentence: Sentence) -> Question:
    text = (
        "A victim of this referral has the name and the date of birth of somebody who was "
        f"sentenced ({sentence.reference}). Find out whether they are one person, and what that "
        "changes about who may see what. Nothing has been changed."
    )
    return Question(
        f"also-offender:{victim.reference}:{sentence.reference}",
        TaskKind.ALSO_OFFENDER,
        text,
        referral.region_code,
        None,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )

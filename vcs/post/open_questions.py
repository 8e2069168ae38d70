"""What people were asked that a letter waits for, and what they decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.post.records import LetterDecision, LetterQuestion, LetterRecord
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.victims.find import Part
from vcs.victims.person import records_of
from vcs.victims.records import PersonRecord

_ABOUT_WHERE_SHE_IS = (
    TaskTopic.WENT_BACK,
    TaskTopic.KEY_REUSED,
    TaskTopic.CORRECTION,
    TaskTopic.WITHDRAWAL,
)


def is_sentence_asked_about(session: Session, sentence: Sentence) -> bool:
    """Say whether a person must still answer whether a sentence was changed or taken back."""
    kinds = [str(TaskKind.SENTENCE_CHANGED), str(TaskKind.SENTENCE_GONE)]
    query = select(Task.id).where(
        Task.sentence_id == sentence.id,
        col(Task.kind).in_(kinds),
        col(Task.done_at).is_(None),
    )
    return session.exec(query).first() is not None


def is_instruction_asked_about(session: Session, parts: Sequence[Part]) -> bool:
    """Say whether a person must still confirm what witness care sent, in whichever referral."""
    topics = [str(topic) for topic in _ABOUT_WHERE_SHE_IS]
    query = select(Task.id).where(
        col(Task.victim_id).in_([part.id for part, _ in parts]),
        col(Task.topic).in_(topics),
        col(Task.done_at).is_(None),
    )
    return session.exec(query).first() is not None


def is_person_asked_about(session: Session, person: PersonRecord, parts: Sequence[Part]) -> bool:
    """Say whether a manager must still answer whether a person is one with somebody else."""
    hers = or_(
        col(Task.victim_id).in_([part.id for part, _ in parts]),
        col(Task.person_id).in_(records_of(session, person.id)),
    )
    query = select(Task.id).where(
        Task.kind == TaskKind.SAME_PERSON, hers, col(Task.done_at).is_(None)
    )
    return session.exec(query).first() is not None


def decided(
    session: Session,
    sealer: Sealer,
    letter: LetterRecord | None,
    subjects: Mapping[LetterQuestion, str],
) -> frozenset[LetterQuestion]:
    """Return what a person decided about a letter that is still about the same facts."""
    if letter is None:
        return frozenset()
    query = select(LetterDecision).where(LetterDecision.letter_id == letter.id)
    return frozenset(
        LetterQuestion(one.question)
        for one in session.exec(query)
        if sealer.open_text(one.subject) == subjects[LetterQuestion(one.question)]
    )

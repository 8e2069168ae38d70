"""What people were asked that a letter waits for, and what they decided about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.post.records import LetterDecision, LetterQuestion, LetterRecord
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.tasks.rules import task_reach
from vcs.victims.contact.contact_reads import asked_whether_safe
from vcs.victims.find import Part
from vcs.victims.person import records_of
from vcs.victims.records import PersonRecord

_ABOUT_WHERE_SHE_IS = (
    TaskTopic.WENT_BACK,
    TaskTopic.KEY_REUSED,
    TaskTopic.CORRECTION,
    TaskTopic.WITHDRAWAL,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The open tasks whose answer a letter waits for, by what they ask about: their ids."""

    sentence: tuple[int, ...] = ()
    instruction: tuple[int, ...] = ()
    person: tuple[int, ...] = ()
    safety: tuple[int, ...] = ()

    def for_case(self) -> dict[str, Any]:
        """Return what of it is asked, for the gate."""
        return {
            "is_sentence_asked_about": bool(self.sentence),
            "is_instruction_asked_about": bool(self.instruction),
            "is_safety_asked_about": bool(self.safety),
            "is_person_asked_about": bool(self.person),
            "waits_for": tuple(self._waits_for()),
        }

    def _waits_for(self) -> Iterator[tuple[LetterQuestion, int]]:
        for question, ids in (
            (LetterQuestion.SENTENCE_ASKED, self.sentence),
            (LetterQuestion.INSTRUCTION_ASKED, (*self.instruction, *self.safety)),
            (LetterQuestion.PERSON_ASKED, self.person),
        ):
            yield from ((question, one) for one in ids)

    def subjects(self) -> dict[LetterQuestion, str]:
        """Return what decisions to go on before they are answered are about."""
        return {
            LetterQuestion.SENTENCE_ASKED: _listed(self.sentence),
            LetterQuestion.INSTRUCTION_ASKED: _listed((*self.instruction, *self.safety)),
            LetterQuestion.PERSON_ASKED: _listed(self.person),
        }


@dataclass(frozen=True, slots=True)
class AskedTask:
    """An open task that a letter waits for, and what could be decided instead of waiting."""

    question: LetterQuestion
    reference: str
    kind: str


def tasks_to_answer(
    session: Session, actor: Actor, waits_for: Sequence[tuple[LetterQuestion, int]]
) -> tuple[AskedTask, ...]:
    """Return the tasks that a letter waits for, those that somebody may see."""
    questions = {task_id: question for question, task_id in waits_for}
    if not questions:
        return ()
    query = (
        select(Task, Sentence, Referral)
        .outerjoin(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .outerjoin(Referral, col(Referral.sentence_id) == col(Task.sentence_id))
        .where(col(Task.id).in_(questions))
        .order_by(col(Task.id))
    )
    reach = task_reach(actor)
    return tuple(
        AskedTask(questions[task.id], task.reference, task.kind)
        for task, sentence, referral in session.execute(query)
        if reach.covers(task, referral or sentence)
    )


def _listed(ids: tuple[int, ...]) -> str:
    return " ".join(str(one) for one in ids)


def asked_about(
    session: Session, sentence: Sentence, person: PersonRecord, parts: Sequence[Part]
) -> Asked:
    """Return what people must still answer before a letter may go."""
    return Asked(
        sentence_asked_about(session, sentence),
        instructions_asked_about(session, parts),
        _about_person(session, person, parts),
        asked_whether_safe(session, [part.id for part, _ in parts]),
    )


def sentence_asked_about(session: Session, sentence: Sentence) -> tuple[int, ...]:
    """Return what asks whether a sentence was changed or taken back."""
    kinds = [str(TaskKind.SENTENCE_CHANGED), str(TaskKind.SENTENCE_GONE)]
    query = select(Task.id).where(
        Task.sentence_id == sentence.id,
        col(Task.kind).in_(kinds),
        col(Task.done_at).is_(None),
    )
    return tuple(session.exec(query.order_by(col(Task.id))))


def instructions_asked_about(session: Session, parts: Sequence[Part]) -> tuple[int, ...]:
    """Return what asks to confirm what witness care sent, in whichever referral."""
    topics = [str(topic) for topic in _ABOUT_WHERE_SHE_IS]
    query = select(Task.id).where(
        col(Task.victim_id).in_([part.id for part, _ in parts]),
        col(Task.topic).in_(topics),
        col(Task.done_at).is_(None),
    )
    return tuple(session.exec(query.order_by(col(Task.id))))


def _about_person(session: Session, person: PersonRecord, parts: Sequence[Part]) -> tuple[int, ...]:
    """Return what asks a manager whether a person is one with somebody else."""
    hers = or_(
        col(Task.victim_id).in_([part.id for part, _ in parts]),
        col(Task.person_id).in_(records_of(session, person.id)),
    )
    query = select(Task.id).where(
        Task.kind == TaskKind.SAME_PERSON, hers, col(Task.done_at).is_(None)
    )
    return tuple(session.exec(query.order_by(col(Task.id))))


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided about a letter that is still about the same facts, and who did.

    ``wordings`` are what the decisions about its wording are about.
    """

    questions: frozenset[LetterQuestion] = frozenset()
    by: frozenset[int] = frozenset()
    wordings: frozenset[str] = frozenset()

    def for_case(self) -> dict[str, Any]:
        """Return the same for the gate."""
        return {
            "decided": self.questions,
            "decided_by": self.by,
            "wordings_decided": self.wordings,
        }


def decided(
    session: Session,
    sealer: Sealer,
    letter: LetterRecord | None,
    subjects: Mapping[LetterQuestion, str],
) -> Decided:
    """Return what people decided about a letter that is still about the same facts."""
    if letter is None:
        return Decided()
    query = select(LetterDecision).where(LetterDecision.letter_id == letter.id)
    opened = [
        (LetterQuestion(one.question), sealer.open_text(one.subject), one.decided_by)
        for one in session.exec(query)
    ]
    wordings = [one for one in opened if one[0] is LetterQuestion.WORDING]
    current = [one for one in opened if subjects.get(one[0]) == one[1]]
    return Decided(
        frozenset(question for question, _, _ in current),
        frozenset(by for _, _, by in (*current, *wordings)),
        frozenset(subject for _, subject, _ in wordings),
    )

"""Ask whether two cases are of one offender, where one is hidden and a date of birth is missing.

The question is about the hidden case: whoever must not see that one never learns of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.consequences.hidden.other_cases import hidden_cases, may_be_born_alike, sorted_out
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import of_one_id
from vcs.tasks.ask import Question, ask_again, open_tasks
from vcs.tasks.records import Task, TaskKind

_OVERTAKEN: Final = "overtaken"

_TEXT: Final = (
    "Some members of staff must not see this case. Another case ({reference}) is of somebody with "
    "the same name, and a date of birth is missing, so nobody can tell whether the offender is the "
    "same. Until you answer, the other case is open to everybody of its region. Ask the court, or "
    "look at numbers that both cases have. If they are one, the other case is closed to the same "
    "people at once."
)


def ask_whether_one(
    session: Session, sealer: Sealer, own: Sentence, others: Iterable[Sentence], today: date
) -> int:
    """Ask the managers of a hidden case whether other cases are of its offender. Returns how many.

    Of several hidden cases of one offender one is asked about, and each pair once for all.
    """
    together = [own, *sorted_out(sealer, own, hidden_cases(session, {own.date_of_birth})).surely]
    if own.id != min(one.id for one in together):
        return 0
    wanted = [one for one in others if all(may_be_born_alike(one, its) for its in together)]
    asked = _asked_about(session, [one.id for one in together])
    new = [one for one in wanted if one.id not in asked]
    questions = [_question(session, own, one) for one in new]
    open_tasks(session, questions, today)
    ask_again(session, questions, today)
    return len(questions)


def end_what_is_known(
    session: Session, sealer: Sealer, sentence_ids: Sequence[int], now: datetime
) -> None:
    """Close the questions that a message has answered: a date of birth or another name was told."""
    either = or_(
        col(Task.sentence_id).in_(sentence_ids), col(Task.other_sentence_id).in_(sentence_ids)
    )
    for task in session.exec(select(Task).where(_OPEN, either).with_for_update()):
        own = session.get_one(Sentence, task.sentence_id)
        other = session.get_one(Sentence, task.other_sentence_id)
        by_id = of_one_id(session, sealer, own).perhaps
        in_doubt = other.id in {one.id for one in by_id}
        if not in_doubt and not sorted_out(sealer, own, [other]).perhaps:
            task.done_at, task.answer = now, _OVERTAKEN
            session.add(task)


_OPEN = (col(Task.kind) == str(TaskKind.SAME_OFFENDER)) & col(Task.done_at).is_(None)


def _asked_about(session: Session, sentence_ids: Sequence[int]) -> set[int]:
    """Return the sentences that are or were asked about beside one of some, unless overtaken."""
    query = select(Task.sentence_id, Task.other_sentence_id).where(
        Task.kind == str(TaskKind.SAME_OFFENDER),
        or_(col(Task.sentence_id).in_(sentence_ids), col(Task.other_sentence_id).in_(sentence_ids)),
        or_(col(Task.done_at).is_(None), col(Task.done_by).is_not(None)),
    )
    return {one for pair in session.exec(query) for one in pair if one is not None}


def _question(session: Session, own: Sentence, other: Sentence) -> Question:
    referral = session.exec(select(Referral).where(Referral.sentence_id == own.id)).first()
    return Question(
        f"{TaskKind.SAME_OFFENDER}:{own.reference}:{other.reference}",
        TaskKind.SAME_OFFENDER,
        _TEXT.format(reference=other.reference),
        referral.region_code if referral else own.region_code,
        sentence_id=own.id,
        referral_id=referral.id if referral else None,
        other_sentence_id=other.id,
    )

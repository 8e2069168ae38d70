"""A manager answers whether two cases are of one offender."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.consequences import answers
from vcs.consequences.hidden import other_cases
from vcs.consequences.hidden.follow import bring
from vcs.consequences.key_events import bring_sets_up_to_date
from vcs.consequences.people.addresses_told import compare_addresses_again
from vcs.errors import NotValid
from vcs.referrals.records import Referral
from vcs.sentences import said_offenders
from vcs.sentences.records import Sentence
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task, TaskKind

LONGEST_NOTE: Final = 2000


class SameOffender(StrEnum):
    """What a manager may answer."""

    ONE = said_offenders.ONE
    TWO = said_offenders.TWO


def decide_same_offender(work: Work, task_reference: str, answer: str, note: str) -> Task:
    """Make two cases one offender's, or keep them apart for good.

    One offender's cases are closed to the same people, also by what is decided of either later.
    Whoever is in an open referral of either is told with the others, and addresses are compared
    again. Raises NotValid for another
    answer, or without a reason.
    """
    task = answers.open_task(work, task_reference, AskedFor.ONE_OFFENDER)
    if answer not in list(SameOffender):
        raise NotValid(
            "Say whether it is one offender.", {"answer": "Select whether it is one offender"}
        )
    if not note.strip():
        raise NotValid("Say what you found.", {"note": "Say what you found"})
    own = work.session.get_one(Sentence, task.sentence_id)
    other = work.session.get_one(Sentence, task.other_sentence_id)
    for asked in (task, *_asked_as_well(work.session, task)):
        answers.finish(work, asked, answer, note[:LONGEST_NOTE])
    if answer == SameOffender.ONE:
        for here, there in ((own, other), (other, own)):
            for one in (here, *other_cases.known(work.session, work.sealer, here)):
                bring(work.session, work.sealer, one, [there], work.now)
        _treat_as_one(work, (own.id, other.id))
    work.note("task.decided", task.reference, answer)
    return task


def _treat_as_one(work: Work, sentence_ids: Collection[int]) -> None:
    """Bring everybody of both cases into what is told, and compare addresses with both."""
    work.session.flush()
    ids = select(Referral.id).where(col(Referral.sentence_id).in_(sentence_ids))
    for referral_id in work.session.exec(ids.order_by(col(Referral.id))).all():
        bring_sets_up_to_date(work.session, work.sealer, referral_id, work.now)
    compare_addresses_again(work.session, work.sealer, sentence_ids, work.now)


def _asked_as_well(session: Session, task: Task) -> list[Task]:
    """Return the other open questions about the same two cases, whichever way they were asked."""
    pair = (task.sentence_id, task.other_sentence_id)
    query = select(Task).where(
        Task.kind == str(TaskKind.SAME_OFFENDER),
        Task.id != task.id,
        col(Task.sentence_id).in_(pair),
        col(Task.other_sentence_id).in_(pair),
        col(Task.done_at).is_(None),
    )
    return list(session.exec(query.with_for_update()))

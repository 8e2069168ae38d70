"""The question who covers, asked of the managers while an officer is away and nobody is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.law.deadlines.duties import in_words
from vcs.referrals.officers.presence import Leave, Presence
from vcs.referrals.officers.reads import hidden_from_cover, presence_from
from vcs.referrals.records import Referral, ReferralStatus
from vcs.tasks.ask import Question, ask_again, open_tasks
from vcs.tasks.records import Task, TaskKind, TaskTopic

_COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Gap:
    """A leave, the first of its days on which nobody who covers is at work, and what is open.

    ``last`` is the leave of whoever should have covered last: it is why nobody is there.
    """

    leave: Leave
    last: Leave
    from_day: date

    @property
    def key(self) -> str:
        """Return what makes its question one of a kind."""
        why = f"{self.last.absence_id}:{self.last.cover_id or 0}"
        return f"{TaskTopic.COVER_NEEDED}:{self.leave.absence_id}:{why}"


@dataclass(frozen=True, slots=True)
class HiddenGap:
    """A referral that whoever covers must not see, and the first day on which they would cover.

    Nothing here, nor in its question, says who that is.
    """

    leave: Leave
    referral: Referral
    cover_id: int
    from_day: date

    @property
    def key(self) -> str:
        """Return what makes its question one of a kind."""
        why = f"{self.leave.absence_id}:{self.referral.reference}:{self.cover_id}"
        return f"{TaskTopic.COVER_NEEDED}:hidden:{why}"


def hidden_gaps(session: Session, presence: Presence, today: date) -> Iterator[HiddenGap]:
    """Yield each referral that somebody covers, today or later, who must not see it."""
    asked: set[tuple[int, int]] = set()
    for day in presence.days_of_change(today):
        for referral in hidden_from_cover(session, presence, day):
            leave = presence.leave_of(referral.vlo_account_id, day)
            cover = presence.answers(referral.vlo_account_id, day)
            if leave and cover and (leave.absence_id, referral.id) not in asked:
                asked.add((leave.absence_id, referral.id))
                yield HiddenGap(leave, referral, cover, day)


def gaps(session: Session, presence: Presence, today: date) -> tuple[Gap, ...]:
    """Return each leave with a day, today or later, that only the managers answer for."""
    busy = _with_open_referrals(session)
    found = ((leave, presence.gap(leave, today)) for leave in presence.leaves)
    return tuple(
        Gap(leave, presence.chain(leave.account_id, day)[-1], day)
        for leave, day in found
        if day is not None and leave.account_id in busy
    )


def cover_to_ask(session: Session, today: date) -> bool:
    """Say whether the open questions differ from the gaps that there are."""
    open_keys = set(session.exec(select(Task.key).where(*_OPEN)))
    presence = presence_from(session, today)
    keys = {one.key for one in gaps(session, presence, today)}
    keys |= {one.key for one in hidden_gaps(session, presence, today)}
    answered = select(col(Task.key)).where(col(Task.key).in_(keys), col(Task.done_by).is_not(None))
    return keys - set(session.execute(answered).scalars()) != open_keys


def ask_for_cover(session: Session, today: date, now: datetime) -> int:
    """Ask the managers about each gap, and close the question about what is covered by now.

    A referral that whoever covers must not see is asked about by itself.

    Returns how many questions are open. A repeat changes nothing.
    """
    presence = presence_from(session, today)
    found, hidden = gaps(session, presence, today), [*hidden_gaps(session, presence, today)]
    away = [one.leave for one in found] + [one.leave for one in hidden]
    named = _officers(session, [leave.account_id for leave in away])
    questions = [_question(one, named[one.leave.account_id], today) for one in found]
    questions += [_of_hidden(one, named[one.leave.account_id], today) for one in hidden]
    open_tasks(session, questions, today)
    ask_again(session, questions, today)
    keys = {one.key for one in questions}
    for task in session.exec(select(Task).where(*_OPEN).with_for_update()):
        if task.key not in keys:
            task.done_at, task.answer = now, _COVERED
            session.add(task)
    return len(questions)


_OPEN = (col(Task.topic) == TaskTopic.COVER_NEEDED, col(Task.done_at).is_(None))


def _with_open_referrals(session: Session) -> frozenset[int]:
    """Return the officers who have any. Nobody is told how many: some may be hidden from them."""
    query = (
        select(Referral.vlo_account_id)
        .where(col(Referral.vlo_account_id).is_not(None), Referral.status != ReferralStatus.CLOSED)
        .distinct()
    )
    return frozenset(officer for officer in session.exec(query) if officer is not None)


def _officers(session: Session, ids: list[int]) -> Mapping[int, Account]:
    found = session.exec(select(Account).where(col(Account.id).in_(ids))).all() if ids else ()
    return {one.id: one for one in found}


def _question(gap: Gap, officer: Account, today: date) -> Question:
    return Question(
        gap.key,
        TaskKind.QUESTION,
        f"{officer.name} is away until {in_words(gap.leave.last_on)}, and from "
        f"{in_words(gap.from_day)} no officer covers. Open referrals are with the managers of the "
        "region from that day. Say who covers on the page Cover, or give the referrals to other "
        "officers: that closes this task. No deadline has changed.",
        officer.region_code,
        max(gap.from_day, today),
        topic=TaskTopic.COVER_NEEDED,
    )


def _of_hidden(gap: HiddenGap, officer: Account, today: date) -> Question:
    return Question(
        gap.key,
        TaskKind.QUESTION,
        f"{officer.name} is away until {in_words(gap.leave.last_on)}. Whoever covers from "
        f"{in_words(gap.from_day)} must not see referral {gap.referral.reference}, so it is with "
        "the managers of the region from that day. Give it to another officer, or let somebody "
        "else cover on the page Cover: that closes this task. Say nothing of it to whoever covers. "
        "No deadline has changed.",
        gap.referral.region_code,
        max(gap.from_day, today),
        gap.referral.sentence_id,
        gap.referral.id,
        topic=TaskTopic.COVER_NEEDED,
    )

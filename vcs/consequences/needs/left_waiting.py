"""Nobody waits unseen: actions without an owner, requests that lie, a statement not offered.

Nothing here has a clock in law. How long each may lie is ours, to be confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import exists, or_
from sqlmodel import Session, col, select

from vcs.events.embargo import is_under_embargo
from vcs.events.planned import planned_release_of
from vcs.events.records import EventKind, EventLine, KeyEvent
from vcs.law.deadlines.working_days import add_working_days
from vcs.needs.actions import staff_of
from vcs.needs.conditions.records import ConditionRequest, StatementRecord, StatementStep
from vcs.needs.records import NeedAction
from vcs.needs.waiting_questions import WaitsFor, key_of
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Choice
from vcs.victims.contact.choices import standing_choice
from vcs.victims.contact.said_no import may_be_asked
from vcs.victims.find import Part
from vcs.victims.records import Victim

DAYS_TO_SEE_TO: Final = 5
"""Working days for what is in our own hands: an overdue action, sending, telling back."""

ANSWERED_WITHIN: Final = timedelta(days=182)
"""How long an offender manager may leave a request unanswered, where no release is near."""

BEFORE_RELEASE: Final = timedelta(weeks=8)
"""How long before a release each request should have its answer."""

ASKED_AGAIN_AFTER: Final = timedelta(days=28)
"""When it is asked again where the task was closed and nothing came of it."""

_WORDS: Final = {
    WaitsFor.OWNER: (
        "An action about a victim’s needs has no owner any more: whoever had it has left the unit, "
        "or must not see the case. Give it to somebody on the page of the victim’s needs: that "
        "closes this task."
    ),
    WaitsFor.OUTCOME: (
        "An action about a victim’s needs is a week or more past its day. Close it with what came "
        "of it, or give it another owner or day, on the page of the victim’s needs: that closes "
        "this task."
    ),
    WaitsFor.SENT: (
        "A victim asked for a licence condition a week ago or longer, and it was not sent to the "
        "offender manager. Send it from the page of their conditions: that closes this task."
    ),
    WaitsFor.ANSWERED: (
        "A victim asked for a licence condition, it was sent, and no answer is recorded. Ask the "
        "offender manager, and record the answer with its reasons: that closes this task."
    ),
    WaitsFor.TOLD: (
        "A licence condition that a victim asked for was answered a week ago or longer, and they "
        "were not told. Tell them in a way that they allow, and record it: that closes this task."
    ),
    WaitsFor.STATEMENT: (
        "There is a parole review, and since it was recorded nothing was recorded about a victim’s "
        "personal statement. Offer it, or see that it is written, in a way that they allow, and "
        "record the step on the page of their conditions: that closes this task."
    ),
}


@dataclass(frozen=True, slots=True)
class Waits:
    """One thing that lies: what it waits for, its reference, whose it is, by when."""

    what: WaitsFor
    reference: str
    part: Part
    due_on: date


def left_waiting(session: Session, sealer: Sealer, now: datetime, today: date) -> list[Waits]:
    """Return what lies too long and nobody is asked about, or was within four weeks."""
    found = [
        *_actions(session, today),
        *_requests(session, sealer, today),
        *_statements(session, sealer, now, today),
    ]
    asked = _asked_lately(session, found, today)
    return [one for one in found if key_of(one.what, one.reference) not in asked]


def ask_about_waiting(session: Session, sealer: Sealer, now: datetime, today: date) -> int:
    """Ask about everything that :func:`left_waiting` finds; returns how many."""
    found = left_waiting(session, sealer, now, today)
    keys = [key_of(one.what, one.reference) for one in found]
    asked = set(session.exec(select(Task.key).where(col(Task.key).in_(keys))))
    open_tasks(session, [_question(one, asked, today) for one in found], today)
    return len(found)


def _question(one: Waits, asked: set[str], today: date) -> Question:
    victim, referral = one.part
    key = key_of(one.what, one.reference)
    return Question(
        f"{key}:{today.isoformat()}" if key in asked else key,
        TaskKind.LEFT_WAITING,
        _WORDS[one.what],
        referral.region_code,
        max(one.due_on, today),
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )


def _asked_lately(session: Session, found: list[Waits], today: date) -> set[str]:
    """Return the keys of what is asked about now, or was closed by a person within four weeks."""
    since = datetime.combine(today - ASKED_AGAIN_AFTER, time(), UTC)
    query = select(Task.key).where(
        col(Task.victim_id).in_({one.part[0].id for one in found}),
        col(Task.kind) == str(TaskKind.LEFT_WAITING),
        or_(col(Task.done_at).is_(None), col(Task.done_at) > since),
    )
    keys = list(session.exec(query))
    wanted = {key_of(one.what, one.reference) for one in found}
    return {one for one in wanted if any(key == one or key.startswith(f"{one}:") for key in keys)}


def _actions(session: Session, today: date) -> Iterator[Waits]:
    query = (
        select(NeedAction, Victim, Referral)
        .join(Victim, col(Victim.id) == col(NeedAction.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(NeedAction.outcome).is_(None), col(Referral.status) != ReferralStatus.CLOSED)
    )
    for action, victim, referral in session.exec(query.order_by(col(NeedAction.id))):
        if action.owner_account_id not in staff_of(session, referral, today):
            yield Waits(WaitsFor.OWNER, action.reference, (victim, referral), today)
        elif add_working_days(action.due_on, DAYS_TO_SEE_TO) <= today:
            yield Waits(WaitsFor.OUTCOME, action.reference, (victim, referral), action.due_on)


def _requests(session: Session, sealer: Sealer, today: date) -> Iterator[Waits]:
    query = (
        select(ConditionRequest, Victim, Referral)
        .join(Victim, col(Victim.id) == col(ConditionRequest.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(ConditionRequest.told_on).is_(None))
        .where(col(Referral.status) != ReferralStatus.CLOSED)
    )
    for request, victim, referral in session.exec(query.order_by(col(ConditionRequest.id))):
        waits = _of_request(session, sealer, request, (victim, referral), today)
        if waits and (waits.what is not WaitsFor.TOLD or may_be_asked(session, sealer, victim)):
            yield waits


def _of_request(
    session: Session, sealer: Sealer, one: ConditionRequest, part: Part, today: date
) -> Waits | None:
    if one.sent_on is None:
        what, due_on = WaitsFor.SENT, add_working_days(one.asked_on, DAYS_TO_SEE_TO)
    elif one.answered_on is None:
        what, due_on = WaitsFor.ANSWERED, one.sent_on + ANSWERED_WITHIN
        if today < due_on:
            sentence = session.get_one(Sentence, part[1].sentence_id)
            release = planned_release_of(session, sealer, sentence, today)
            due_on = min(due_on, release - BEFORE_RELEASE) if release else due_on
            due_on = max(due_on, add_working_days(one.sent_on, DAYS_TO_SEE_TO))
    else:
        what, due_on = WaitsFor.TOLD, add_working_days(one.answered_on, DAYS_TO_SEE_TO)
    return Waits(what, one.reference, part, due_on) if due_on <= today else None


def _statements(session: Session, sealer: Sealer, now: datetime, today: date) -> Iterator[Waits]:
    """Yield who joined, and about whose statement nothing was recorded since a review was."""
    settled = exists().where(
        col(StatementRecord.victim_id) == col(Victim.id),
        col(StatementRecord.recorded_at) >= col(KeyEvent.recorded_at),
        col(StatementRecord.step) != str(StatementStep.WANTED),
    )
    query = (
        select(KeyEvent, Victim, Referral)
        .join(EventLine, col(EventLine.event_id) == col(KeyEvent.id))
        # Whoever is in a set is in it once, until it is undone.
        .where(col(EventLine.undo).is_(False))
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            col(KeyEvent.kind) == str(EventKind.PAROLE_REVIEW),
            col(KeyEvent.happened_on) >= today,
            col(KeyEvent.taken_back_at).is_(None),
            col(Referral.status) != ReferralStatus.CLOSED,
            ~settled,
        )
    )
    for event, victim, referral in session.exec(query.order_by(col(KeyEvent.id))):
        choice = standing_choice(session, victim.id)
        has_joined = choice is not None and choice.choice == Choice.OPT_IN
        if not has_joined or is_under_embargo(event, now):
            continue
        if may_be_asked(session, sealer, victim):
            reference = f"{event.reference}:{victim.reference}"
            due_on = max(today, event.happened_on - BEFORE_RELEASE)
            yield Waits(WaitsFor.STATEMENT, reference, (victim, referral), due_on)

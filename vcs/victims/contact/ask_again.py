"""*Not now* and *no reply*: when the offer is made again, and an officer gets a task."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Choice
from vcs.victims.contact.said_no import is_asked_nothing, may_be_asked
from vcs.victims.records import AskAgainAt as AskAgainAt
from vcs.victims.records import ChoiceRecord, Victim

_TEXT = (
    "This person said “not now”, and that they may be asked again. That time has come. Make the "
    "offer again, in a way that they allow, and record what they chose on the referral: that "
    "closes this task."
)

_AFTER_NO_REPLY = (
    "This person gave no reply to the offer half a year ago. Make the offer again, in a way that "
    "they allow, and record what they chose on the referral: that closes this task."
)

_NOTHING_CHOSEN = (
    "Half a year ago somebody closed the task to make this person the offer again, and no answer "
    "was recorded. Make the offer again, in a way that they allow, and record what they chose on "
    "the referral: that closes this task."
)

_NO_EVENT = (
    "A year ago or longer this person said “not now”, and named an event. None has been recorded "
    "since. Ask the offender manager whether it has come, and record it: if it has, make the "
    "offer again, in a way that they allow. If it is still to come, close this task: it comes "
    "back in a year. Do not contact the person only because of this task."
)

AFTER_NO_REPLY = timedelta(days=182)
"""How long after no reply the offer is made again: ours, to be confirmed."""

LONGEST_SILENCE = timedelta(days=365)
"""How long nothing is asked where somebody named an event and none is recorded: ours as well."""

_KEY: Final = "ask_again:"

_NONE: Final = ":none:"
"""In the key of what is asked because no event was recorded: no offer was made by it."""

Found = tuple[ChoiceRecord, Victim, Referral]


def ask_who_is_due(session: Session, sealer: Sealer, today: date, limit: int) -> int:
    """Ask an officer to make the offer again wherever the day has come. Returns how many.

    Nobody is asked about somebody who wants no contact or has died, nor where a later choice
    stands. Where the task was closed and no choice recorded, it is asked again half a year later.
    """
    found = list(islice(_due(session, sealer, today, limit), limit))
    ask_again(session, found, today)
    return len(found)


def _due(session: Session, sealer: Sealer, today: date, at_once: int) -> Iterator[Found]:
    after = 0
    while True:
        page = session.exec(_candidates(today).where(col(ChoiceRecord.id) > after).limit(at_once))
        rows: Sequence[Found] = page.all()
        yield from (one for one in rows if may_be_asked(session, sealer, one[1]))
        if len(rows) < at_once:
            return
        after = rows[-1][0].id


def _candidates(today: date) -> Any:
    later = aliased(ChoiceRecord)
    is_later = or_(
        col(later.chosen_on) > col(ChoiceRecord.chosen_on),
        (col(later.chosen_on) == col(ChoiceRecord.chosen_on))
        & (col(later.id) > col(ChoiceRecord.id)),
    )
    return (
        select(ChoiceRecord, Victim, Referral)
        .join(Victim, col(Victim.id) == col(ChoiceRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            _is_due(today),
            col(Referral.status) != ReferralStatus.CLOSED,
            ~exists().where(col(later.victim_id) == col(ChoiceRecord.victim_id), is_later),
            ~is_asked_nothing(),
        )
        .order_by(col(ChoiceRecord.id))
    )


def _is_due(today: date) -> ColumnElement[bool]:
    """Return whether the day has come, or nothing came of the last time, half a year ago."""
    choice, named = col(ChoiceRecord.choice), col(ChoiceRecord.ask_again_on)
    is_not_now = choice == str(Choice.NOT_NOW)
    is_silent = and_(
        choice == str(Choice.NO_REPLY), col(ChoiceRecord.chosen_on) <= today - AFTER_NO_REPLY
    )
    was_asked = exists().where(_of_victim(), or_(*_of_choice()))
    is_again = and_(is_not_now, or_(named.is_(None), named <= today), was_asked)
    first = exists().where(_of_victim(), col(Task.key) == _key())
    is_silent_event = and_(is_not_now, named.is_(None), ~was_asked, ~_is_looked_for(today))
    return or_(
        and_(is_silent_event, col(ChoiceRecord.chosen_on) <= today - LONGEST_SILENCE),
        and_(is_not_now, named <= today, ~first),
        and_(or_(is_silent, is_again), ~_is_asked_lately(today)),
    )


def _is_asked_lately(today: date) -> ColumnElement[bool]:
    """Return whether the offer is asked for now, or was within half a year, for any reason."""
    since = datetime.combine(today - AFTER_NO_REPLY, time(), UTC)
    lately = or_(col(Task.done_at).is_(None), col(Task.done_at) > since)
    return exists().where(_of_victim(), or_(*_of_choice()), lately)


def _is_looked_for(today: date) -> ColumnElement[bool]:
    """Return whether somebody is asked whether the event has come, or was within a year."""
    lately = or_(col(Task.done_at).is_(None), col(Task.opened_on) > today - LONGEST_SILENCE)
    return exists().where(_of_victim(), col(Task.key).startswith(_key() + _NONE), lately)


def _of_victim() -> ColumnElement[bool]:
    # By the victim, for which there is an index: a key alone is compared with every task.
    return and_(
        col(Task.victim_id) == col(ChoiceRecord.victim_id),
        col(Task.kind) == str(TaskKind.ASK_AGAIN),
    )


def _of_choice() -> tuple[ColumnElement[bool], ...]:
    is_later = and_(
        col(Task.key).startswith(_key() + ":"), ~col(Task.key).startswith(_key() + _NONE)
    )
    return col(Task.key) == _key(), is_later


def _key() -> ColumnElement[str]:
    return literal(_KEY) + cast(col(ChoiceRecord.id), String)


def ask_again(session: Session, found: Sequence[Found], today: date) -> None:
    """Ask an officer to make the offer again: the day has come, or no answer came."""
    victims = {victim.id for _, victim, _ in found}
    query = select(Task.key).where(
        col(Task.victim_id).in_(victims), Task.kind == TaskKind.ASK_AGAIN
    )
    asked = tuple(session.exec(query)) if victims else ()
    open_tasks(session, [_question(one, asked, today) for one in found], today)


def _question(found: Found, asked: Collection[str], today: date) -> Question:
    choice, victim, referral = found
    key = f"{_KEY}{choice.id}"
    was_asked = any(
        one == key or (one.startswith(f"{key}:") and not one.startswith(key + _NONE))
        for one in asked
    )
    text = _TEXT if choice.choice == Choice.NOT_NOW else _AFTER_NO_REPLY
    due_on = choice.ask_again_on or today
    if choice.choice == Choice.NOT_NOW and choice.ask_again_on is None and not was_asked:
        key, text = f"{key}{_NONE}{today.isoformat()}", _NO_EVENT
    elif key in asked or (choice.choice == Choice.NOT_NOW and choice.ask_again_on is None):
        key, text, due_on = f"{key}:{today.isoformat()}", _NOTHING_CHOSEN, today
    return Question(
        key,
        TaskKind.ASK_AGAIN,
        text,
        referral.region_code,
        due_on,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )


def end_asking(work: Work, victim: Victim) -> None:
    """Close what asks to make the offer again: what they chose is recorded."""
    query = select(Task).where(
        Task.victim_id == victim.id,
        Task.kind == TaskKind.ASK_AGAIN,
        col(Task.done_at).is_(None),
    )
    for task in work.session.exec(query.with_for_update()):
        task.done_at, task.done_by = work.now, work.actor.account_id
        task.answer = "asked again"
        work.session.add(task)

"""When the needs of a victim must have been asked about: counted from the first conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.law.deadlines import duties
from vcs.law.decision import Deadline
from vcs.referrals.open import deadline_row
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic
from vcs.terms import Choice
from vcs.victims.contact.said_no import may_be_asked
from vcs.victims.find import Part
from vcs.victims.person import wants_nothing
from vcs.victims.records import ChoiceRecord, ContactWay, Victim

LIVE = (ContactWay.PHONE, ContactWay.IN_PERSON, ContactWay.VIDEO)
"""The ways in which two people speak with each other: a message or a letter is none."""

_MOVED = (
    "A victim has another address since they were asked about their needs. Ask again what the move "
    "changes: safety, safe ways to reach them, who else is affected."
)

_SAFETY = (
    "What is known of a victim’s safety changed since they were asked about their needs. Ask "
    "again: whether they feel safe, how they may be reached, and what we must not do."
)


def spoke_with(work: Work, victim: Victim, how: str, day: date) -> None:
    """Start the clock for asking about needs where a contact was the first conversation.

    A conversation that is recorded later and happened earlier moves the clock back, until the
    duty was met. What starts on a closed referral starts lifted.
    """
    owed = duties.needs_assessment(day, known_on=work.today) if how in LIVE else None
    if owed is None:
        return
    held = needs_deadline(work.session, victim)
    referral = work.session.get_one(Referral, victim.referral_id)
    if held is None:
        held = DeadlineRecord(**deadline_row(referral.id, victim.id, owed))
        held.lifted_on = work.today if referral.status == ReferralStatus.CLOSED else None
    elif held.met_on is None and day < held.starts_on:
        work.note("deadline.counted_from", referral.reference, f"{held.due_on} to {owed.due_on}")
        for name, value in deadline_row(referral.id, victim.id, owed).items():
            setattr(held, name, value)
    work.session.add(held)


def settle_needs_clock(session: Session, victim: Victim, day: date) -> None:
    """Lift the duty while a victim wants no contact, and owe it again after that.

    On a closed referral it stays lifted.
    """
    for held in open_clocks(session, victim):
        is_closed = session.get_one(Referral, victim.referral_id).status == ReferralStatus.CLOSED
        wants_none = _wants_none(session, victim)
        held.lifted_on = (held.lifted_on or day) if wants_none or is_closed else None
        session.add(held)


def needs_deadline(session: Session, victim: Victim) -> DeadlineRecord | None:
    """Return the first deadline for asking a victim about their needs; None before they spoke."""
    query = select(DeadlineRecord).where(
        DeadlineRecord.victim_id == victim.id, DeadlineRecord.duty == duties.ASSESS_NEEDS
    )
    return session.exec(query.order_by(col(DeadlineRecord.id))).first()


def open_clocks(session: Session, victim: Victim) -> list[DeadlineRecord]:
    """Return the deadlines for asking a victim about their needs that are not met, oldest first."""
    query = select(DeadlineRecord).where(
        DeadlineRecord.victim_id == victim.id,
        DeadlineRecord.duty == duties.ASSESS_NEEDS,
        col(DeadlineRecord.met_on).is_(None),
    )
    return list(session.exec(query.order_by(col(DeadlineRecord.id)).with_for_update()))


def current_clock(session: Session, victim: Victim) -> DeadlineRecord | None:
    """Return the clock that runs, or the newest one; None before any conversation."""
    query = select(DeadlineRecord).where(
        DeadlineRecord.victim_id == victim.id, DeadlineRecord.duty == duties.ASSESS_NEEDS
    )
    is_over = col(DeadlineRecord.met_on).is_not(None) | col(DeadlineRecord.lifted_on).is_not(None)
    return session.exec(query.order_by(is_over, col(DeadlineRecord.id).desc())).first()


@dataclass(frozen=True, slots=True)
class Why:
    """Why a victim is to be asked again, and from which day that counts.

    ``key`` makes the question one of a kind for them. ``before`` is the day by which it must have
    been done, where the clock would end later.
    """

    topic: TaskTopic
    key: str
    words: str
    from_day: date
    before: date | None = None


def ask_again(session: Session, part: Part, why: Why, today: date) -> bool:
    """Open the clock for asking about needs again, with a task that says why. Says if it did.

    Nothing opens before the first assessment is done, nor for somebody who wants no contact: the
    first clock runs, or is owed when they join. A clock that runs already stays as it is.
    """
    victim, referral = part
    held = needs_deadline(session, victim)
    if held is None or held.met_on is None or referral.status == ReferralStatus.CLOSED:
        return False
    if _wants_none(session, victim):
        return False
    owed = duties.needs_assessment(why.from_day, known_on=today)
    days = [day for day in (owed.due_on if owed else None, why.before) if day]
    question = Question(
        again_key(victim, why),
        TaskKind.NEEDS_AGAIN,
        why.words,
        referral.region_code,
        max(min(days), today) if days else today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
        topic=why.topic,
    )
    open_tasks(session, [question], today)
    if owed is not None and not open_clocks(session, victim):
        _start(session, part, owed)
    return True


def again_key(victim: Victim, why: Why) -> str:
    """Return the key of the question that asks for a victim to be asked again."""
    return f"needs:{victim.reference}:{why.topic}:{why.key}"


def _start(session: Session, part: Part, owed: Deadline) -> None:
    victim, referral = part
    row = deadline_row(referral.id, victim.id, owed)
    query = select(DeadlineRecord.id).where(DeadlineRecord.key == row["key"])
    # A clock that began on the same day was met on it: the task alone asks.
    if session.exec(query).first() is None:
        session.add(DeadlineRecord(**row))
        session.flush()


def ask_again_after_change(work: Work, part: Part, *, moved: bool, safety: bool) -> None:
    """Ask for needs to be asked about again after somebody moved, or became less or more safe."""
    if not may_be_asked(work.session, work.sealer, part[0]):
        return
    key = work.now.isoformat()
    if moved:
        why = Why(TaskTopic.MOVED, key, _MOVED, work.today)
        ask_again(work.session, part, why, work.today)
    if safety:
        why = Why(TaskTopic.SAFETY_CHANGED, key, _SAFETY, work.today)
        ask_again(work.session, part, why, work.today)


def _wants_none(session: Session, victim: Victim) -> bool:
    """Say whether the latest that a victim said is no, or they never want contact at all.

    That they did not reply says nothing, and takes back no *no*.
    """
    query = select(ChoiceRecord.choice).where(
        ChoiceRecord.victim_id == victim.id, ChoiceRecord.choice != str(Choice.NO_REPLY)
    )
    newest = query.order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    return session.exec(newest).first() == Choice.OPT_OUT or wants_nothing(
        session, victim.person_id
    )

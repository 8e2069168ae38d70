"""When the needs of a victim must have been asked about: counted from the first conversation."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.law import duties
from vcs.referrals.open import deadline_row
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic
from vcs.terms import Choice
from vcs.victims.records import ChoiceRecord, ContactWay, Victim

LIVE = (ContactWay.PHONE, ContactWay.IN_PERSON, ContactWay.VIDEO)
"""The ways in which two people speak with each other: a message or a letter is none."""

_MOVED = (
    "A victim has another address since they were asked about their needs. Ask again what the move "
    "changes: safety, safe ways to reach them, who else is affected."
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
    """Lift the duty while a victim's latest choice is no contact, and owe it again after that.

    On a closed referral it stays lifted.
    """
    held = needs_deadline(session, victim)
    if held is not None and held.met_on is None:
        is_closed = session.get_one(Referral, victim.referral_id).status == ReferralStatus.CLOSED
        wants_none = _latest_choice(session, victim) == Choice.OPT_OUT
        held.lifted_on = (held.lifted_on or day) if wants_none or is_closed else None
        session.add(held)


def needs_deadline(session: Session, victim: Victim) -> DeadlineRecord | None:
    """Return the deadline for asking a victim about their needs; None before any conversation."""
    query = select(DeadlineRecord).where(
        DeadlineRecord.victim_id == victim.id, DeadlineRecord.duty == duties.ASSESS_NEEDS
    )
    return session.exec(query.order_by(col(DeadlineRecord.id))).first()


def ask_again_after_move(work: Work, referral: Referral, victim: Victim) -> None:
    """Ask for needs to be asked about again where they were asked before somebody moved."""
    held = needs_deadline(work.session, victim)
    if held is None or held.met_on is None:
        return
    question = Question(
        f"needs:{victim.reference}:moved:{work.now.isoformat()}",
        TaskKind.NEEDS_AGAIN,
        _MOVED,
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
        topic=TaskTopic.MOVED,
    )
    open_tasks(work.session, [question], work.today)


def _latest_choice(session: Session, victim: Victim) -> str | None:
    query = select(ChoiceRecord.choice).where(ChoiceRecord.victim_id == victim.id)
    newest = query.order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    return session.exec(newest).first()

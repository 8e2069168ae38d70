"""A victim's address and numbers: what they were before, and whether the court holds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from vcs.access.work import Work
from vcs.clock import london_date
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.victims.entries import VictimEntry, person
from vcs.victims.person import Person, opened
from vcs.victims.places.same_place import comparable
from vcs.victims.records import FormerDetails, Victim
from vcs.victims.whereabouts.numbers import ASKED_ABOUT, NUMBERS, matches_asked_about
from vcs.victims.whereabouts.shared import answered, matches_in_referral

_QUESTIONS: Mapping[TaskKind, str] = {
    TaskKind.ADDRESS_TO_CHECK: (
        "A victim's address may be one that the court ties to the offender, or to somebody in the "
        "same case, now or before. A letter there could reach them, so none goes there until you "
        "have answered. Look at both addresses, find out whether it is right and safe, and say "
        "what you found."
    ),
    TaskKind.PHONE_TO_CHECK: (
        "A court says that a victim's telephone number is the offender's, or of somebody in the "
        "same case. Whoever rings or texts it may reach them, so nobody does until you have "
        "answered. Look at both, find out in another way whose number it is now, and say what you "
        "found."
    ),
    TaskKind.EMAIL_TO_CHECK: (
        "A court says that a victim's email address is the offender's, or of somebody in the same "
        "case. Whoever writes there may reach them, so nothing is emailed until you have "
        "answered. Look at both, find out in another way who reads it now, and say what you found."
    ),
}

_OF_NUMBERS = tuple(kind for kind, by in ASKED_ABOUT.items() if by in NUMBERS)


def keep_former(work: Work, victim: Victim) -> None:
    """Keep what is held about a victim, before it is changed."""
    person = victim.person
    former = FormerDetails(
        person_id=person.id,
        victim_id=victim.id,
        sealed=person.sealed,
        standing=victim.standing,
        about_sealed=victim.about_sealed,
        language=person.language,
        format_needs_sealed=person.format_needs_sealed,
        safe_to_post=person.safe_to_post,
        address_confirmed_on=person.address_confirmed_on,
        replaced_at=work.now,
        replaced_by=work.actor.who,
    )
    work.session.add(former)


def is_another(held: Person, entry: VictimEntry) -> bool:
    """Say whether an entry gives another address than the one held, in more than its spelling."""
    return comparable(held.where, held.postcode) != comparable(entry.where, entry.postcode)


def ask_about_shared(work: Work, referral: Referral, victim: Victim, entry: VictimEntry) -> None:
    """Ask a person where a victim's address may be one of the court's; letters there wait."""
    moment = (work.session, work.now, work.today)
    if matches_in_referral(work, referral, person(entry)):
        _ask(moment, referral, victim, TaskKind.ADDRESS_TO_CHECK)


def ask_about_numbers(work: Work, victim: Victim) -> None:
    """Ask a person where a victim's number or mailbox is one of the court's; nobody uses it."""
    _ask_again(work.session, work.sealer, victim, work.now, _OF_NUMBERS)


def ask_again_about_shared(session: Session, sealer: Sealer, victim: Victim, now: datetime) -> bool:
    """Ask about a victim's address and numbers after a court told new ones; say if it was asked.

    Nothing is asked twice: not while a task is open, and not about what a manager answered.
    """
    return _ask_again(session, sealer, victim, now, tuple(_QUESTIONS))


def _ask_again(
    session: Session,
    sealer: Sealer,
    victim: Victim,
    now: datetime,
    kinds: tuple[TaskKind, ...],
) -> bool:
    referral = session.get_one(Referral, victim.referral_id)
    if referral.status == ReferralStatus.CLOSED:
        return False
    asked = False
    for kind in kinds:
        if not _is_asked(session, victim, kind) and _is_new(session, sealer, victim, kind):
            _ask((session, now, london_date(now)), referral, victim, kind)
            asked = True
    return asked


def _is_new(session: Session, sealer: Sealer, victim: Victim, kind: TaskKind) -> bool:
    # What cannot be opened may be the same: a person looks, and courts' messages go on.
    new: bool = shown(lambda _: _is_unanswered(session, sealer, victim, kind), b"", True)
    return new


def _is_unanswered(session: Session, sealer: Sealer, victim: Victim, kind: TaskKind) -> bool:
    held, by = opened(sealer, victim.person), ASKED_ABOUT[kind]
    referral = session.get_one(Referral, victim.referral_id)
    sentence = session.get_one(Sentence, referral.sentence_id)
    found = matches_asked_about(session, sealer, sentence, held, by)
    known = answered(session, sealer, victim.person_id, held, by).about if found else frozenset()
    return any(match.form not in known for match in found)


def _is_asked(session: Session, victim: Victim, kind: TaskKind) -> bool:
    query = select(Task.id).where(
        Task.victim_id == victim.id,
        Task.kind == kind,
        col(Task.done_at).is_(None),
    )
    return session.exec(query).first() is not None


def _ask(
    moment: tuple[Session, datetime, date], referral: Referral, victim: Victim, kind: TaskKind
) -> None:
    session, now, today = moment
    by = ASKED_ABOUT[kind]
    before = select(func.count()).where(Task.victim_id == victim.id, Task.kind == kind)
    question = Question(
        f"{by}:{victim.reference}:{now.isoformat()}:{session.exec(before).one()}",
        kind,
        _QUESTIONS[kind],
        referral.region_code,
        today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )
    open_tasks(session, [question], today)

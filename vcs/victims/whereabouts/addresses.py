"""A victim's address: what it was before, and whether it is one that the court holds."""

from __future__ import annotations

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
from vcs.victims.whereabouts.shared import answered, matches_in_referral, matches_of

_KIND = TaskKind.ADDRESS_TO_CHECK

_SHARED = (
    "A victim's address may be one that the court ties to the offender, or to somebody in the same "
    "case, now or before. A letter there could reach them, so none goes there until you have "
    "answered. Look at both addresses, find out whether it is right and safe, and say what you "
    "found."
)


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
    if matches_in_referral(work, referral, person(entry)):
        moment = (work.session, work.now, work.today)
        _ask(moment, referral, victim)


def ask_again_about_shared(session: Session, sealer: Sealer, victim: Victim, now: datetime) -> bool:
    """Ask about a victim's address after a court told a new one; say whether it was asked.

    Nothing is asked twice: not while a task is open, and not about what a manager answered.
    """
    referral = session.get_one(Referral, victim.referral_id)
    if referral.status == ReferralStatus.CLOSED or _is_asked(session, victim):
        return False
    # What cannot be opened may be the same: a person looks, and courts' messages go on.
    is_new = shown(lambda _: _is_unanswered(session, sealer, victim, referral), b"", True)
    if not is_new:
        return False
    _ask((session, now, london_date(now)), referral, victim)
    return True


def _is_unanswered(session: Session, sealer: Sealer, victim: Victim, referral: Referral) -> bool:
    held = opened(sealer, victim.person)
    sentence = session.get_one(Sentence, referral.sentence_id)
    found = matches_of(session, sealer, sentence, held)
    known = answered(session, sealer, victim.person_id, held).about if found else frozenset()
    return any(match.form not in known for match in found)


def _is_asked(session: Session, victim: Victim) -> bool:
    query = select(Task.id).where(
        Task.victim_id == victim.id,
        Task.kind == _KIND,
        col(Task.done_at).is_(None),
    )
    return session.exec(query).first() is not None


def _ask(moment: tuple[Session, datetime, date], referral: Referral, victim: Victim) -> None:
    session, now, today = moment
    before = select(func.count()).where(Task.victim_id == victim.id, Task.kind == _KIND)
    question = Question(
        f"address:{victim.reference}:{now.isoformat()}:{session.exec(before).one()}",
        _KIND,
        _SHARED,
        referral.region_code,
        today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )
    open_tasks(session, [question], today)

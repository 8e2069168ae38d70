"""Only named people may see a case, from now on and on every page; or everybody may again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.access.exclusions.hidden import exclusions_among
from vcs.access.exclusions.staff import staff_who_could_see
from vcs.access.restrictions.records import NamedPerson, Restriction
from vcs.access.restrictions.restricted import held_by_somebody, restrictions_of
from vcs.access.rules import MANAGING, Act
from vcs.access.versions import require_version, version_of
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.consequences.hidden.restricting_others import (
    ONE_AT_A_TIME,
    hand_over_case,
    restrict_known,
    with_followers,
)
from vcs.database import lock
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.referrals.find import find_referral
from vcs.referrals.officers.transfers import open_transfer
from vcs.referrals.records import Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind

LONGEST_REASON = 1000

_SAY_WHY = f"Enter why, in {LONGEST_REASON} characters or fewer"

_SOMEBODY = "Select at least one manager or head of public protection who is at work"


@dataclass(frozen=True, slots=True)
class RestrictionEntry:
    """Who alone may see a case, by account, and why.

    ``seen`` is the version of the restrictions of the case that whoever names them was shown.
    """

    named: frozenset[int]
    reason: str
    seen: str


def restrict(work: Work, referral_reference: str, entry: RestrictionEntry) -> Restriction:
    """Let only named people see a case, from now on. A new list of people ends the earlier one.

    It counts for the whole case, and for every other case of the offender that nobody restricted
    yet, those that courts tell later too. Referrals whose officer is not named are handed to those
    who decide about them. Raises NotValid unless one of those who are named decides about cases.
    """
    referral = _held_referral(work, referral_reference)
    if open_transfer(work.session, referral.id) is not None:
        raise Conflict("It is offered to another region. Withdraw the offer, then restrict it.")
    if fields := dict(_problems(work, referral, entry)):
        raise NotValid("Some details need correcting.", fields)
    require_version(entry.seen, restriction_version(work.session, referral.sentence_id))
    before = _end_all(work, referral, entry.reason)
    restriction = Restriction(
        sentence_id=referral.sentence_id,
        restricted_at=work.now,
        restricted_by=work.actor.account_id,
        sealed=work.sealer.seal_text(entry.reason.strip()),
    )
    work.session.add(restriction)
    work.session.flush()
    work.session.add_all(
        NamedPerson(restriction_id=restriction.id, account_id=one) for one in sorted(entry.named)
    )
    work.session.flush()
    named = " ".join(f"account:{one}" for one in sorted(entry.named))
    work.note("restriction.changed" if before else "restriction.added", referral.reference, named)
    restrict_known(work.session, work.sealer, restriction, work.now)
    hand_over_case(work.session, referral.sentence_id, work.actor.who, work.now)
    return restriction


def restriction_version(session: Session, sentence_id: int) -> str:
    """Return the version of what restricts a case now."""
    return version_of(sorted(restrictions_of(session, sentence_id)))


def lift_restriction(work: Work, referral_reference: str, restriction_id: int, reason: str) -> None:
    """Let everybody see a case again whose role and place let them, with a reason.

    Where it was decided, it ends in every case that it followed the offender into; where it
    followed him, it ends there alone.
    """
    referral = _held_referral(work, referral_reference)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise NotValid("Say why.", {"reason": _SAY_WHY})
    if restriction_id not in restrictions_of(work.session, referral.sentence_id):
        raise NotFound("There is no such restriction, or it has ended already.")
    _end_all(work, referral, reason)
    work.note("restriction.lifted", referral.reference)


def left_to_nobody(session: Session, today: date) -> list[int]:
    """Return the restrictions that name nobody who decides about the case and is at work."""
    query = select(Restriction.id).where(col(Restriction.lifted_at).is_(None))
    found = list(session.exec(query))
    return sorted(set(found) - held_by_somebody(session, found, today)) if found else []


def ask_for_others(session: Session, restriction_id: int, now: datetime) -> int:
    """Ask the managers who are let in, once a week, to name somebody else. Says whether it did."""
    restriction, today = session.get_one(Restriction, restriction_id), london_date(now)
    of_case = select(Referral).where(Referral.sentence_id == restriction.sentence_id)
    referral = session.exec(of_case).first()
    year, week, _ = today.isocalendar()
    key = f"restriction_open:{restriction_id}:{year}-{week}"
    if referral is None or session.exec(select(Task.id).where(Task.key == key)).first():
        return 0
    question = Question(
        key,
        TaskKind.QUESTION,
        f"Referral {referral.reference} is restricted to named people, and none of them who "
        "decides about it is at work. Every manager of the region sees it until somebody is. "
        "Name somebody else on its page, or lift the restriction.",
        referral.region_code,
        today,
        referral.sentence_id,
        referral.id,
    )
    open_tasks(session, [question], today)
    trail.note(session, trail.Note(now, SYSTEM, "restriction.open", referral.reference))
    return 1


def _held_referral(work: Work, reference: str) -> Referral:
    work.require_may(Act.RESTRICT)
    lock(work.session, ONE_AT_A_TIME)
    referral = find_referral(work.session, reference, work.actor)
    if referral.sentence_id in work.actor.opened:
        raise NotAllowed("You opened this in an emergency. Another manager decides who sees it.")
    return referral


def _problems(work: Work, referral: Referral, entry: RestrictionEntry) -> Iterator[tuple[str, str]]:
    if not entry.reason.strip() or len(entry.reason) > LONGEST_REASON:
        yield "reason", _SAY_WHY
    could_see = {one.id: one for one in staff_who_could_see(work.session, work.actor, referral)}
    chosen = [could_see[one] for one in entry.named if one in could_see]
    excluded = exclusions_among(work.session, referral.sentence_id, entry.named)
    if excluded or len(chosen) < len(entry.named):
        yield "named", "Select only members of staff who could see this referral"
    elif not any(one.role in MANAGING for one in chosen):
        yield "named", _SOMEBODY


def _end_all(work: Work, referral: Referral, reason: str) -> bool:
    """End what restricts a case now. Returns whether anything did."""
    numbers = restrictions_of(work.session, referral.sentence_id)
    ended = with_followers(work.session, numbers)
    query = select(Restriction).where(col(Restriction.id).in_(ended))
    for found in work.session.exec(query.with_for_update()):
        found.lifted_sealed = work.sealer.seal_text(reason.strip())
        found.lifted_at, found.lifted_by = work.now, work.actor.account_id
        work.session.add(found)
    work.session.flush()
    return bool(numbers)

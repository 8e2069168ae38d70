"""A referral is offered to another region: done when it is accepted and the victims know it.

Until then it stays with the unit that has it: its officer, its clocks, its alerts. No deadline is
counted anew. Whoever accepts names the officer; where the victims do not know that officer yet,
the old one introduces them first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.access.exclusions.hidden import excluded_from
from vcs.access.records import Account
from vcs.access.restrictions.restricted import restrictions_of
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.consequences.moves.place import place_referral
from vcs.consequences.moves.transfer_questions import (
    ANSWER_WITHIN,
    introduce_question,
    offered_question,
    officer_needed_question,
    refused_question,
    waits_question,
)
from vcs.errors import Conflict, NotValid
from vcs.intake.regions import region_named
from vcs.law.deadlines.working_days import add_working_days
from vcs.referrals.find import _refuse_closed, find_referral
from vcs.referrals.officers.records import Transfer, TransferDecision
from vcs.referrals.officers.transfers import close_questions, end_transfer, open_transfer
from vcs.referrals.records import Referral
from vcs.tasks.ask import open_tasks
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task
from vcs.terms import Role
from vcs.victims.person import Person, shown_person
from vcs.victims.records import Victim
from vcs.victims.whereabouts.given_away import given_away

LONGEST_NOTE = 4000

_WRONG = "Some details need correcting."

_ENDED = "The offer ended meanwhile. Load the page again."


@dataclass(frozen=True, slots=True)
class Introduction:
    """On which day the victims came to know the new officer, and how; nothing while they do not."""

    on: date | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class TransferAnswer:
    """The answer of the other region. ``why`` must be filled where it refuses."""

    decision: str
    vlo_account_id: int | None = None
    introduced: Introduction = Introduction()
    why: str = ""


def offer_transfer(work: Work, referral_reference: str, to_region: str, note: str) -> Transfer:
    """Offer a referral to another region with a hand-over note, and ask its managers.

    Raises Conflict where an offer waits already, and NotValid without a note or another region.
    """
    work.require_may(Act.TRANSFER_REFERRAL)
    referral = find_referral(work.session, referral_reference, work.actor)
    _refuse_closed(referral)
    if referral.region_code is None:
        raise Conflict("This referral has no region yet. Answer the task that asks for it.")
    if restrictions_of(work.session, referral.sentence_id):
        raise Conflict("Only named people may see this. Lift the restriction, then offer it.")
    if open_transfer(work.session, referral.id) is not None:
        raise Conflict("It is offered to another region already. Load the page again to see it.")
    fields = dict(_problems(referral, to_region, note))
    if leave_out := given_away(note, _people(work, referral)):
        # The other region reads it before it may see the referral, and no look is recorded.
        fields["note"] = leave_out
    if fields:
        raise NotValid(_WRONG, fields)
    transfer = Transfer(
        referral_id=referral.id,
        from_region=referral.region_code,
        to_region=to_region,
        sealed=work.sealer.seal_text(note.strip()),
        offered_at=work.now,
        offered_by=work.actor.account_id,
        ask_again_on=add_working_days(work.today, ANSWER_WITHIN, known_on=work.today),
    )
    work.session.add(transfer)
    work.session.flush()
    open_tasks(work.session, [offered_question(referral, transfer)], work.today)
    work.note("transfer.offered", referral.reference, to_region)
    return transfer


def withdraw_transfer(work: Work, referral_reference: str) -> Referral:
    """Take back an offer that was not carried out. Again is harmless."""
    work.require_may(Act.TRANSFER_REFERRAL)
    referral = find_referral(work.session, referral_reference, work.actor)
    transfer = open_transfer(work.session, referral.id)
    if transfer is not None:
        end_transfer(work.session, transfer, TransferDecision.WITHDRAWN, work.now)
        work.note("transfer.withdrawn", referral.reference, transfer.to_region)
    return referral


def answer_transfer(work: Work, task_reference: str, answer: TransferAnswer) -> Task:
    """Accept an offered referral for an officer of this region, or refuse it with a reason.

    Raises Conflict where the offer ended meanwhile.
    """
    referral = _referral_of_task(work.session, task_reference)
    task = open_task(work, task_reference, AskedFor.TRANSFER)
    transfer = open_transfer(work.session, referral.id) if referral else None
    if referral is None or transfer is None or transfer.decision is not None:
        raise Conflict(_ENDED)
    if fields := dict(_answer_problems(work, transfer, answer)):
        raise NotValid(_WRONG, fields)
    is_accepted = answer.decision == TransferDecision.ACCEPTED
    transfer.to_vlo_id = answer.vlo_account_id if is_accepted else None
    transfer.decided_by, transfer.decided_at = work.actor.account_id, work.now
    transfer.decision = answer.decision
    work.session.add(transfer)
    finish(work, task, answer.decision, "")
    work.note(f"transfer.{answer.decision}", referral.reference, transfer.to_region)
    close_questions(work.session, referral.id, work.now)
    if is_accepted:
        _accept(work, referral, transfer, answer.introduced)
    else:
        _refuse(work, referral, transfer, answer.why)
    return task


def introduce_officer(work: Work, task_reference: str, introduced: Introduction) -> Task:
    """Record that the victims know the new officer: the referral moves to the other region."""
    referral = _referral_of_task(work.session, task_reference)
    task = open_task(work, task_reference, AskedFor.INTRODUCTION)
    transfer = open_transfer(work.session, referral.id) if referral else None
    if referral is None or transfer is None or transfer.decision != TransferDecision.ACCEPTED:
        raise Conflict(_ENDED)
    fields = dict(_introduction_problems(introduced, work.today))
    if introduced.on is None:
        fields["introduced_on"] = "Enter the day on which they came to know the new officer"
    if fields:
        raise NotValid(_WRONG, fields)
    finish(work, task, "introduced", "")
    _carry_out(work, referral, transfer, introduced)
    return task


def ask_old_unit(session: Session, transfer_id: int, today: date, now: datetime) -> bool:
    """Ask the old unit about an offer that nobody answered, once for each wait. Says if it did."""
    query = select(Transfer).where(Transfer.id == transfer_id)
    transfer = session.exec(query.with_for_update(skip_locked=True)).first()
    if transfer is None or transfer.decision is not None or transfer.ask_again_on >= today:
        return False
    referral = session.get_one(Referral, transfer.referral_id)
    open_tasks(session, [waits_question(referral, transfer, today)], today)
    transfer.ask_again_on = add_working_days(today, ANSWER_WITHIN, known_on=today)
    session.add(transfer)
    trail.note(session, trail.Note(now, SYSTEM, "transfer.waits", referral.reference))
    return True


def _problems(referral: Referral, to_region: str, note: str) -> Iterator[tuple[str, str]]:
    if region_named(to_region) is None or to_region == referral.region_code:
        yield "to_region", "Select another region"
    if not note.strip() or len(note) > LONGEST_NOTE:
        yield "note", f"Enter the hand-over note, in {LONGEST_NOTE} characters or fewer"


def _answer_problems(
    work: Work, transfer: Transfer, answer: TransferAnswer
) -> Iterator[tuple[str, str]]:
    if answer.decision == TransferDecision.REFUSED:
        if not answer.why.strip() or len(answer.why) > LONGEST_NOTE:
            yield "why", "Enter why your region does not take it"
        return
    if answer.decision != TransferDecision.ACCEPTED:
        yield "answer", "Select whether your region takes it"
        return
    # Locked, so that nobody is named whose account is being disabled.
    vlo = work.session.get(Account, answer.vlo_account_id or 0, with_for_update=True)
    if vlo is None or not _is_officer_of(vlo, transfer.to_region):
        yield "vlo_account_id", "Select a victim liaison officer of this region"
    yield from _introduction_problems(answer.introduced, work.today)


def _introduction_problems(introduced: Introduction, today: date) -> Iterator[tuple[str, str]]:
    if introduced.on is not None and introduced.on > today:
        yield "introduced_on", "The day cannot be in the future"
    if introduced.on is not None and not introduced.how.strip():
        yield "how", "Enter how they came to know the new officer"
    if len(introduced.how) > LONGEST_NOTE:
        yield "how", f"Enter {LONGEST_NOTE} characters or fewer"


def _is_officer_of(account: Account, region_code: str) -> bool:
    return account.active and account.role == Role.VLO and account.region_code == region_code


def _refuse(work: Work, referral: Referral, transfer: Transfer, why: str) -> None:
    transfer.decided_sealed = work.sealer.seal_text(why.strip())
    transfer.ended_on = work.today
    work.session.add(transfer)
    work.session.flush()
    open_tasks(work.session, [refused_question(referral, transfer, work.today)], work.today)


def _accept(work: Work, referral: Referral, transfer: Transfer, introduced: Introduction) -> None:
    if introduced.on is None and _has_victims(work.session, referral):
        open_tasks(work.session, [introduce_question(work, referral, transfer)], work.today)
        return
    _carry_out(work, referral, transfer, introduced)


def _carry_out(
    work: Work, referral: Referral, transfer: Transfer, introduced: Introduction
) -> None:
    """Move an accepted referral, with its unsent alerts and open tasks, to its new officer."""
    transfer.introduced_on = introduced.on
    if introduced.how.strip():
        transfer.introduced_sealed = work.sealer.seal_text(introduced.how.strip())
    end_transfer(work.session, transfer, TransferDecision.ACCEPTED, work.now)
    work.session.flush()
    vlo = work.session.get_one(Account, transfer.to_vlo_id, with_for_update=True)
    is_hidden = excluded_from(work.session, referral.sentence_id, [vlo.id], work.today)
    is_there = _is_officer_of(vlo, transfer.to_region) and not is_hidden
    referral.vlo_account_id = vlo.id if is_there else None
    place = (transfer.to_region, referral.police_area)
    place_referral(work.session, referral, place, work.now)
    work.note("transfer.done", referral.reference, transfer.to_region)
    if not is_there:
        open_tasks(
            work.session, [officer_needed_question(referral, transfer, work.today)], work.today
        )


def _people(work: Work, referral: Referral) -> list[Person]:
    query = select(Victim).where(Victim.referral_id == referral.id)
    return [shown_person(work.sealer, one.person) for one in work.session.exec(query)]


def _has_victims(session: Session, referral: Referral) -> bool:
    query = select(Victim.id).where(Victim.referral_id == referral.id)
    return session.exec(query.limit(1)).first() is not None


def _referral_of_task(session: Session, task_reference: str) -> Referral | None:
    """Lock the referral before its task, as every other act on a referral does."""
    asked = select(Task.referral_id).where(Task.reference == task_reference)
    query = select(Referral).where(col(Referral.id).in_(asked))
    return session.exec(query.with_for_update()).first()

"""What people record, with the letters that it brings drafted in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from vcs.access.work import Work
from vcs.consequences.drafts.draft import (
    draft_for_victim,
    draft_one,
    end_taken_back,
)
from vcs.errors import CannotOpen
from vcs.events import take_back as events
from vcs.events.find import hold_event
from vcs.events.records import KeyEvent
from vcs.needs.conditions import requests
from vcs.needs.conditions.records import ConditionAnswer, ConditionRequest
from vcs.post import catalogue, opening
from vcs.post.records import LetterRecord
from vcs.post.subjects.find import was_begun
from vcs.post.subjects.subject import Around, Subject
from vcs.referrals.officers.share import ToGive
from vcs.referrals.records import Referral
from vcs.terms import Choice
from vcs.victims import officer_name
from vcs.victims.contact import choices
from vcs.victims.contact.choices import ChoiceEntry
from vcs.victims.records import ChoiceRecord, PostedLetter, Victim


def choose(work: Work, victim_reference: str, entry: ChoiceEntry) -> ChoiceRecord:
    """Record what a victim chose, as ``choices.choose`` does; the letter about it is drafted."""
    return _drafted(work, choices.choose(work, victim_reference, entry))


def relay_opt_out(work: Work, victim_reference: str, said_on: date, how: str) -> ChoiceRecord:
    """Record a no that witness care passes on; the letter that confirms it is drafted."""
    return _drafted(work, choices.relay_opt_out(work, victim_reference, said_on, how))


def record_answer(
    work: Work, reference: str, answer: ConditionAnswer, words: str, answered_on: date
) -> None:
    """Record the answer to a condition; the letter that tells of it is drafted."""
    requests.record_answer(work, reference, answer, words, answered_on)
    query = select(ConditionRequest.victim_id).where(ConditionRequest.reference == reference)
    _draft(work, work.session.exec(query).one())


def take_back(work: Work, event_reference: str, reason: str) -> KeyEvent:
    """Take an event back; letters about it that were only drafted are withdrawn.

    Whoever a letter about it has left for is told that it was a mistake, too.
    """
    held = hold_event(work, event_reference)
    event = events.take_back(work, event_reference, reason, _written_to(work, held))
    end_taken_back(work.session, work.now)
    return event


def _written_to(work: Work, event: KeyEvent) -> frozenset[int]:
    """Return the victims to whom a letter about an event has left, and did not come back."""
    query = (
        select(PostedLetter.victim_id)
        .join(LetterRecord, col(LetterRecord.id) == col(PostedLetter.letter_id))
        .where(
            LetterRecord.event_id == event.id,
            col(PostedLetter.victim_id).is_not(None),
            col(PostedLetter.came_back_on).is_(None),
        )
    )
    return frozenset(one for one in work.session.exec(query) if one is not None)


def give_to_officer(
    work: Work, referral_reference: str, account_id: int, reason: str = "", seen: str | None = None
) -> Referral:
    """Give a referral to an officer; the letter that names the new one is drafted.

    ``seen`` is as in :func:`vcs.referrals.officers.assign.assign_vlo`.
    """
    had = _officers(work, [referral_reference])
    referral = officer_name.give_to_officer(work, referral_reference, account_id, reason, seen)
    _draft_new_officers(work, had)
    return referral


def take_as_officer(work: Work, referral_reference: str) -> Referral:
    """Take a referral that no officer has; the letter that names the new one is drafted."""
    had = _officers(work, [referral_reference])
    referral = officer_name.take_as_officer(work, referral_reference)
    _draft_new_officers(work, had)
    return referral


def give_many_to_officers(work: Work, gives: Sequence[ToGive]) -> tuple[str, ...]:
    """Give many referrals; the letters that name the new officers are drafted."""
    had = _officers(work, [one.reference for one in gives])
    left = officer_name.give_many_to_officers(work, gives)
    _draft_new_officers(work, had)
    return left


def _drafted(work: Work, choice: ChoiceRecord) -> ChoiceRecord:
    _withdraw_untrue(work, choice.victim_id)
    _draft(work, choice.victim_id)
    return choice


def _withdraw_untrue(work: Work, victim_id: int) -> None:
    """Withdraw the letters that a choice ends now, so that nobody is told to send one of them."""
    work.session.flush()
    victim, by = work.session.get_one(Victim, victim_id), opening.By(work.actor.who, work.now)
    # What no key opens keeps no choice from being recorded: a sweep looks again.
    with suppress(CannotOpen):
        opening.withdraw_outdated(work.session, work.sealer, victim, by)


def _draft(work: Work, victim_id: int) -> None:
    victim = work.session.get_one(Victim, victim_id)
    draft_for_victim(work.session, work.sealer, victim, work.now)


def _officers(work: Work, references: Sequence[str]) -> dict[int, int | None]:
    query = select(Referral.id, Referral.vlo_account_id).where(
        col(Referral.reference).in_(references)
    )
    return dict(work.session.exec(query).all())


def _is_in_touch() -> ColumnElement[bool]:
    """Say of a victim that they were reached, or chose for themselves, for example by a slip."""
    chose = select(ChoiceRecord.id).where(
        ChoiceRecord.victim_id == Victim.id, ChoiceRecord.choice != str(Choice.NO_REPLY)
    )
    return or_(col(Victim.contacted_on).is_not(None), chose.exists())


def _draft_new_officers(work: Work, had: dict[int, int | None]) -> None:
    """Draft the letter about another officer to everybody who was reached before."""
    work.session.flush()
    query = (
        select(Victim)
        .where(col(Victim.referral_id).in_(had), _is_in_touch())
        .order_by(col(Victim.id))
    )
    row = catalogue.letter("officer-changed")
    for victim in work.session.exec(query).all():
        around = Around.of(work.session, work.sealer, victim, work.now)
        officer, before = around.referral.vlo_account_id, had[victim.referral_id]
        if officer in (None, before):
            continue
        subject = Subject(f"officer {officer}", work.today, officer_id=before)
        if not was_begun(around, row, subject.occasion):
            draft_one(around, row, subject)

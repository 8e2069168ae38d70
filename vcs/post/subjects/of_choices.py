"""Letters about joining: the first letter, a reminder, what somebody chose, each year after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import takewhile
from typing import Final

from sqlmodel import col, select

from vcs.clock import london_date
from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.law.deadlines.working_days import add_working_days
from vcs.needs.conditions.records import ConditionRequest
from vcs.post.records import LetterRecord
from vcs.post.rows.policy import Trigger
from vcs.post.subjects.subject import Around, Subject
from vcs.post.subjects.times import REMIND_AFTER, YEAR
from vcs.referrals.records import Basis, ReferralStatus
from vcs.sentences.records import DecisionRecord
from vcs.terms import Choice, Route
from vcs.victims.records import ChoiceRecord, ContactRecord, PostedLetter

_BASES: Final[Mapping[Trigger, Basis]] = {
    Trigger.REFERRAL_ACCEPTED: Basis.STATUTORY,
    Trigger.NOTIFICATION_ACCEPTED: Basis.NOTIFICATION_SCHEME,
    Trigger.DISCRETIONARY_ACCEPTED: Basis.DISCRETIONARY,
}

_HOSPITAL: Final = (Route.HOSPITAL_UNRESTRICTED, Route.TRANSFER_UNRESTRICTED)


def accepted(around: Around, trigger: Trigger) -> Iterator[Subject]:
    """Yield that a victim was referred, for the first letter of the referral's own basis.

    Whoever was reached already needs none by itself.
    """
    if around.referral.basis != _BASES[trigger] or was_asked(around):
        return
    is_open = around.referral.status == ReferralStatus.REFERRED
    is_due = is_open and around.victim.contacted_on is None
    yield Subject("", around.victim.referred_on, is_due)


def no_reply(around: Around, _: Trigger) -> Iterator[Subject]:
    """Yield that a first letter was posted; due once time has passed without any word."""
    posted = first_posted(around)
    if posted is None:
        return
    until = add_working_days(posted, REMIND_AFTER.count)
    if not was_asked(around) and not _was_reached(around, posted):
        yield Subject("", until, until <= around.today and around.is_recent(until))


def chose(around: Around, trigger: Trigger) -> Iterator[Subject]:
    """Yield the choice that stands, where it is the one of a trigger."""
    wanted = Choice.OPT_OUT if trigger is Trigger.OPTED_OUT else Choice.OPT_IN
    latest = latest_choice(around)
    if latest is not None and latest.choice == wanted:
        yield _of_choice(around, latest)


def hospital_wish(around: Around, _: Trigger) -> Iterator[Subject]:
    """Yield that a victim of an unrestricted patient wishes to be told.

    Known from the day of the choice, or of the decision that made the offender such a patient
    where that is later, as after a transfer direction.
    """
    latest = latest_choice(around)
    if latest is not None and latest.choice == Choice.OPT_IN and around.sentence.route in _HOSPITAL:
        known_on = max(latest.chosen_on, _patient_since(around))
        # One hand-over in a referral.
        yield Subject("", known_on, around.is_recent(known_on), choice_id=latest.id)


def _patient_since(around: Around) -> date:
    """Return the day of the first of the decisions without a break that have a hospital route."""
    query = select(DecisionRecord).where(DecisionRecord.sentence_id == around.sentence.id)
    newest_first = around.session.exec(query.order_by(col(DecisionRecord.id).desc()))
    of_patient = takewhile(lambda one: one.route in _HOSPITAL, newest_first)
    days = [london_date(one.made_at) for one in of_patient]
    return days[-1] if days else around.sentence.sentenced_on


def year_passed(around: Around, _: Trigger) -> Iterator[Subject]:
    """Yield the year since somebody joined, or since the last annual letter was posted."""
    latest = latest_choice(around)
    if latest is None or latest.choice != Choice.OPT_IN:
        return
    from_day = max(filter(None, (latest.chosen_on, _last_annual(around))))
    until = a_year_after(from_day)
    is_open = around.referral.status != ReferralStatus.CLOSED
    # It stays owed however late it is.
    yield Subject(f"since {from_day.isoformat()}", until, is_open and until <= around.today)


def conditions_decided(around: Around, _: Trigger) -> Iterator[Subject]:
    """Yield each condition that was answered, the newest answer first."""
    query = (
        select(ConditionRequest)
        .where(
            ConditionRequest.victim_id == around.victim.id,
            col(ConditionRequest.answered_on).is_not(None),
        )
        .order_by(col(ConditionRequest.answered_on).desc(), col(ConditionRequest.id).desc())
    )
    for one in around.session.exec(query):
        if one.answered_on is not None:
            is_due = around.is_recent(one.answered_on)
            yield Subject(one.reference, one.answered_on, is_due, request_id=one.id)


def latest_choice(around: Around) -> ChoiceRecord | None:
    """Return the choice of a victim that stands. That they did not reply is none."""
    query = (
        select(ChoiceRecord)
        .where(
            ChoiceRecord.victim_id == around.victim.id,
            ChoiceRecord.choice != str(Choice.NO_REPLY),
        )
        .order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    )
    return around.session.exec(query).first()


def was_asked(around: Around) -> bool:
    """Say whether it is on record what a victim chose, or that they did not reply."""
    query = select(ChoiceRecord.id).where(ChoiceRecord.victim_id == around.victim.id)
    return around.session.exec(query.limit(1)).first() is not None


def first_posted(around: Around) -> date | None:
    """Return the day on which a first letter was posted that has not come back."""
    query = select(col(PostedLetter.posted_on)).where(
        PostedLetter.victim_id == around.victim.id,
        PostedLetter.duty == FIRST_CONTACT,
        col(PostedLetter.came_back_on).is_(None),
    )
    return around.session.exec(query.order_by(col(PostedLetter.posted_on).desc())).first()


def a_year_after(day: date) -> date:
    """Return the same day of the next year; 1 March where there is none."""
    year = day.year + YEAR.count // 12
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _of_choice(around: Around, choice: ChoiceRecord) -> Subject:
    is_due = around.is_recent(choice.chosen_on)
    return Subject(f"choice {choice.id}", choice.chosen_on, is_due, choice_id=choice.id)


def _was_reached(around: Around, since: date) -> bool:
    query = select(ContactRecord.id).where(
        ContactRecord.victim_id == around.victim.id,
        col(ContactRecord.reached).is_(True),
        ContactRecord.happened_on >= since,
    )
    return around.session.exec(query).first() is not None


def _last_annual(around: Around) -> date | None:
    query = (
        select(col(PostedLetter.posted_on))
        .join(LetterRecord, col(LetterRecord.id) == col(PostedLetter.letter_id))
        .where(
            PostedLetter.victim_id == around.victim.id,
            LetterRecord.kind == "annual",
            col(PostedLetter.came_back_on).is_(None),
        )
    )
    return max(around.session.exec(query), default=None)

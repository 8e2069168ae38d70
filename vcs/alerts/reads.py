"""Which alerts are owed, what each may say, and to whom it goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, or_, select

from vcs.access.exclusions.hidden import excluded_from
from vcs.access.records import Account
from vcs.alerts.kinds import About, Audience, policy_of
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.events.now_reads import officers_of_set, sentences_of_event
from vcs.intake.regions import region_named
from vcs.law.working_days import working_days_between
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.referrals.states import is_being_decided
from vcs.sentences.records import Sentence
from vcs.terms import Role

_OF_AN_EVENT = (AlertKind.DANGER, AlertKind.TELL_SOON, AlertKind.TELL_LATE)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member of staff whom an email is to."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What an alert email may say: references, dates and regions; nothing about any person.

    ``message_id`` is the fixed part of its Message-ID; ``late_by`` counts working days.
    """

    message_id: str
    owed_at: datetime
    reference: str
    region_name: str | None
    duty: str
    due_on: date
    late_by: int
    met_on: date | None
    recipients: tuple[Recipient, ...]
    kind: AlertKind = AlertKind.MISSED_DEADLINE


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What an alert about no deadline may say. ``values`` fill the template of its kind."""

    message_id: str
    owed_at: datetime
    kind: AlertKind
    subject: str
    region_name: str | None
    values: Mapping[str, str | int]
    recipients: tuple[Recipient, ...]


def owed_alert_ids(session: Session, now: datetime, limit: int = 500) -> list[int]:
    """Return alerts that are owed, due for a try and in nobody's hand, oldest first.

    An alert about a sentence that a person is deciding on waits for the decision.
    """
    free = or_(col(AlertRecord.claimed_until).is_(None), col(AlertRecord.claimed_until) < now)
    being_decided = (
        select(DeadlineRecord.id)
        .join(Referral, col(Referral.id) == col(DeadlineRecord.referral_id))
        .where(is_being_decided())
    )
    held = col(AlertRecord.deadline_id).is_not(None) & col(AlertRecord.deadline_id).in_(
        being_decided
    )
    query = (
        select(AlertRecord.id)
        .where(
            col(AlertRecord.sent_at).is_(None),
            col(AlertRecord.failed_reason).is_(None),
            col(AlertRecord.withdrawn_at).is_(None),
            col(AlertRecord.next_try_at) <= now,
            free,
            ~held,
        )
        .order_by(col(AlertRecord.owed_at), col(AlertRecord.id))
        .limit(limit)
    )
    return list(session.exec(query))


def alert_facts(session: Session, alert_id: int, today: date) -> AlertFacts | NoticeFacts:
    """Return what an alert says on a day, and whom it is to."""
    alert = session.get_one(AlertRecord, alert_id)
    policy = policy_of(alert.kind)
    recipients = _recipients(session, policy.to, alert, today)
    if policy.to is Audience.WHO_TELLS:
        recipients = _with_officers(session, recipients, alert)
    if policy.about is About.DEADLINE:
        return _about_a_deadline(session, alert, recipients, today)
    return NoticeFacts(
        alert.message_id,
        alert.owed_at,
        AlertKind(alert.kind),
        alert.subject,
        _region_name(alert),
        json.loads(alert.told),
        recipients,
    )


def _with_officers(
    session: Session, recipients: tuple[Recipient, ...], alert: AlertRecord
) -> tuple[Recipient, ...]:
    """Return some recipients, with the officers of the alert's region who tell people of it."""
    officers = officers_of_set(session, alert.subject, alert.region_code)
    theirs = (Recipient(one.name, one.email) for one in officers)
    return tuple(dict.fromkeys((*recipients, *theirs)))


def _about_a_deadline(
    session: Session, alert: AlertRecord, recipients: tuple[Recipient, ...], today: date
) -> AlertFacts:
    deadline = session.get_one(DeadlineRecord, alert.deadline_id)
    referral = session.get_one(Referral, deadline.referral_id)
    return AlertFacts(
        alert.message_id,
        alert.owed_at,
        referral.reference,
        _region_name(alert),
        deadline.duty,
        deadline.due_on,
        max(0, working_days_between(deadline.due_on, deadline.met_on or today)),
        deadline.met_on,
        recipients,
        AlertKind(alert.kind),
    )


def _region_name(alert: AlertRecord) -> str | None:
    region = region_named(alert.region_code)
    return region.name if region else None


def _recipients(
    session: Session, to: Audience, alert: AlertRecord, today: date
) -> tuple[Recipient, ...]:
    """Return who gets an alert, but nobody who may see no case that it is about.

    Where a region has no manager who may, its heads do; where it has none either, administrators.
    """
    sentences = _sentences_of(session, alert)
    for condition in _in_turn(to, alert):
        query = select(Account).where(condition, col(Account.active)).order_by(col(Account.email))
        found = session.exec(query).all()
        ids = [one.id for one in found]
        hidden = [excluded_from(session, one, ids, today) for one in sentences]
        if hidden:
            found = [one for one in found if any(one.id not in some for some in hidden)]
        if found:
            return tuple(Recipient(one.name, one.email) for one in found)
    return ()


def _sentences_of(session: Session, alert: AlertRecord) -> list[int]:
    """Return the sentences that an alert is about; none for one about no case."""
    if alert.deadline_id is not None:
        of_deadline = (
            select(Referral.sentence_id)
            .join(DeadlineRecord, col(DeadlineRecord.referral_id) == col(Referral.id))
            .where(DeadlineRecord.id == alert.deadline_id)
        )
        return list(session.exec(of_deadline))
    if alert.kind == AlertKind.DECISION_LATE:
        named = select(Sentence.id).where(Sentence.reference == alert.subject)
        return list(session.exec(named))
    if alert.kind in _OF_AN_EVENT:
        return sentences_of_event(session, alert.subject, alert.region_code)
    if alert.kind == AlertKind.EMERGENCY:
        of_referral = select(Referral.sentence_id).where(Referral.reference == alert.subject)
        return list(session.exec(of_referral))
    return []


def _in_turn(to: Audience, alert: AlertRecord) -> tuple[ColumnElement[bool], ...]:
    managers, heads = _of_region(alert, Role.MANAGER), _of_region(alert, Role.HEAD)
    administrators = col(Account.role) == Role.ADMINISTRATOR
    others = col(Account.id) != alert.account_id
    ways: Mapping[Audience, tuple[ColumnElement[bool], ...]] = {
        Audience.MANAGERS: (managers, heads, administrators),
        Audience.ADMINISTRATORS: (administrators,),
        Audience.WHO_TELLS: (managers, heads, administrators),
        Audience.OTHER_MANAGERS: tuple(
            and_(one, others) for one in (managers, heads, administrators)
        ),
        Audience.WHO_ANSWERS: (
            col(Account.id) == alert.account_id,
            managers,
            heads,
            administrators,
        ),
        Audience.WHO_IT_IS_ABOUT: (col(Account.id) == alert.account_id,),
    }
    return ways[to]


def _of_region(alert: AlertRecord, role: Role) -> ColumnElement[bool]:
    return and_(
        col(Account.role) == role,
        col(Account.region_code) == alert.region_code,
        col(Account.region_code).is_not(None),
    )

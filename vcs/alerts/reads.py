"""Which alerts are owed, what each may say, and to whom it goes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from vcs import logs
from vcs.access.exclusions.hidden import excluded_from
from vcs.access.records import Account
from vcs.alerts.digest.facts import DigestFacts, from_json
from vcs.alerts.digest.records import Digest
from vcs.alerts.kinds import NOBODY_ELSE, Audience, When, kinds_that, policy_of
from vcs.alerts.owe import KNOWS, OFFICERS
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.alerts.stand_ins import Staff, refused_copies
from vcs.alerts.waits import is_due, is_free
from vcs.database import is_passing
from vcs.events.sets.now_reads import officers_of_set, sentences_of_event
from vcs.intake.regions import region_named
from vcs.referrals.officers.reads import hands
from vcs.referrals.records import Referral
from vcs.tasks.records import Task
from vcs.victims.records import Victim

_LOG = logs.logger("vcs.alerts")

_OF_AN_EVENT = (
    AlertKind.DANGER,
    AlertKind.TELL_SOON,
    AlertKind.TELL_LATE,
    AlertKind.STOP_TELLING,
)

_OF_A_REFERRAL = (AlertKind.EMERGENCY, AlertKind.RELEASE_NEAR, AlertKind.SAFETY_WARNING)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member of staff whom an email is to: always somebody of the staff directory."""

    name: str
    email: str
    account_id: int = 0


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What an alert may say: nothing about a victim. ``values`` fill the template of its kind.

    ``message_id`` is the fixed part of its Message-ID.
    """

    message_id: str
    owed_at: datetime
    kind: AlertKind
    subject: str
    region_name: str | None
    values: Mapping[str, str | int]
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class DigestMail:
    """A digest on its way to its reader, or its counts alone while the rest is held."""

    message_id: str
    owed_at: datetime
    kind: AlertKind
    facts: DigestFacts
    recipients: tuple[Recipient, ...]


def owed_alert_ids(session: Session, now: datetime, limit: int = 500) -> list[int]:
    """Return alerts that are owed, due for a try and in nobody's hand, oldest first.

    What waits for a digest is no email of its own, and is not among them.
    """
    query = (
        select(AlertRecord.id)
        .where(
            col(AlertRecord.sent_at).is_(None),
            col(AlertRecord.failed_reason).is_(None),
            col(AlertRecord.withdrawn_at).is_(None),
            is_due(col(AlertRecord.next_try_at), now),
            col(AlertRecord.kind).not_in(kinds_that(When.WITH_THE_DIGEST)),
            is_free(col(AlertRecord.claimed_until), now),
        )
        .order_by(col(AlertRecord.owed_at), col(AlertRecord.id))
        .limit(limit)
    )
    return list(session.exec(query))


def owed_already(session: Session, keys: Sequence[str]) -> frozenset[str]:
    """Return those of some keys under which an email was owed."""
    if not keys:
        return frozenset()
    return frozenset(session.exec(select(AlertRecord.key).where(col(AlertRecord.key).in_(keys))))


def alerts_of_matters() -> SelectOfScalar[AlertRecord]:
    """Return the alerts about anything: a digest only says on which morning they were told."""
    return select(AlertRecord).where(col(AlertRecord.kind).not_in(kinds_that(When.AS_THE_DIGEST)))


def alerts_facts(
    session: Session, alert_ids: Sequence[int], today: date
) -> dict[int, NoticeFacts | DigestMail]:
    """Return what some alerts say on a day, and whom each is to.

    One that cannot be worked out is left out and logged: those beside it must go.
    """
    staff = Staff(session, today, refused_copies(session, alert_ids))
    query = select(AlertRecord).where(col(AlertRecord.id).in_(alert_ids))
    held = {one.id: one for one in session.exec(query)}
    found: dict[int, NoticeFacts | DigestMail] = {}
    for one in alert_ids:
        try:
            with session.begin_nested():
                found[one] = _facts(staff, held[one])
        except Exception as fault:
            if isinstance(fault, DBAPIError) and is_passing(fault):
                raise  # the fault is the database's: another sweep finds them all
            _LOG.error("alerts.not_worked_out", alert=one, **logs.fault(fault))
    return found


def _facts(staff: Staff, alert: AlertRecord) -> NoticeFacts | DigestMail:
    session, today = staff.session, staff.today
    policy = policy_of(alert.kind)
    recipients = _recipients(staff, policy.to, alert)
    if policy.to is Audience.WHO_TELLS:
        recipients = _with_officers(session, recipients, alert, today)
    if policy.to is Audience.OFFICER_FIRST:
        recipients = _officers_first(session, recipients, alert, today)
    if policy.when is When.AS_THE_DIGEST:
        return _digest(session, alert, recipients)
    return NoticeFacts(
        alert.message_id,
        alert.owed_at,
        AlertKind(alert.kind),
        alert.subject,
        _region_name(alert),
        json.loads(alert.told),
        recipients,
    )


def _digest(session: Session, alert: AlertRecord, recipients: tuple[Recipient, ...]) -> DigestMail:
    digest = session.exec(select(Digest).where(Digest.alert_id == alert.id)).one()
    kind = AlertKind(alert.kind)
    return DigestMail(alert.message_id, alert.owed_at, kind, from_json(digest.facts), recipients)


def _with_officers(
    session: Session, recipients: tuple[Recipient, ...], alert: AlertRecord, today: date
) -> tuple[Recipient, ...]:
    """Return the officers who tell people of it, with whoever covers, and then its recipients."""
    held = hands(session, today)
    officers = officers_of_set(session, alert.subject, alert.region_code)
    told = dict.fromkeys(by for one in officers for by in held.told(one.id))
    found = [session.get_one(Account, one) for one in told]
    may_know = _who_may_know(session, found, sentences_of_alert(session, alert), today)
    theirs = (_as_recipient(one) for one in may_know if one.active)
    return tuple(dict.fromkeys((*theirs, *recipients)))


def _who_may_know(
    session: Session, people: list[Account], sentences: list[int], today: date
) -> list[Account]:
    """Return those of some people who may see any of the cases that an email is about."""
    ids = [one.id for one in people]
    hidden = [excluded_from(session, one, ids, today) for one in sentences]
    return [one for one in people if not hidden or any(one.id not in some for some in hidden)]


def _officers_first(
    session: Session, recipients: tuple[Recipient, ...], alert: AlertRecord, today: date
) -> tuple[Recipient, ...]:
    """Return the officers whom an email is for, and then its recipients, but who knows already."""
    told = json.loads(alert.told)
    ids = [int(one) for one in str(told.get(OFFICERS, alert.account_id or "")).split()]
    query = select(Account).where(col(Account.id).in_(ids), col(Account.active))
    found = sorted(session.exec(query), key=lambda one: ids.index(one.id))
    officers = map(_as_recipient, found)
    kept_out = {int(told.get(KNOWS) or 0)}
    for sentence_id in sentences_of_alert(session, alert):
        kept_out |= excluded_from(session, sentence_id, ids, today)
    everybody = dict.fromkeys((*officers, *recipients))
    return tuple(one for one in everybody if one.account_id not in kept_out)


def _region_name(alert: AlertRecord) -> str | None:
    region = region_named(alert.region_code)
    return region.name if region else None


def _recipients(staff: Staff, to: Audience, alert: AlertRecord) -> tuple[Recipient, ...]:
    """Return who gets an alert, but nobody who may see no case that it is about.

    Where a region has no manager at work who may, its heads do; where it has none either,
    administrators. Those who are away then get it as well. Whoever's copy of it was refused for
    good counts as away, as does whomever email does not reach.
    """
    away = staff.away | staff.refused.get(alert.id, frozenset())
    sentences = sentences_of_alert(staff.session, alert)
    passed_over: list[Account] = []
    for asked in staff.in_turn(to, alert):
        found = _who_may_know(staff.session, asked, sentences, staff.today)
        if at_work := [one for one in found if one.id not in away and _is_reached(staff, to, one)]:
            return tuple(map(_as_recipient, (*at_work, *passed_over)))
        passed_over += found
    return tuple(map(_as_recipient, passed_over))


def _is_reached(staff: Staff, to: Audience, account: Account) -> bool:
    return to in NOBODY_ELSE or staff.is_reached(account.id)


def _as_recipient(account: Account) -> Recipient:
    return Recipient(account.name, account.email, account.id)


def sentences_of_alert(session: Session, alert: AlertRecord) -> list[int]:
    """Return the sentences that an alert is about; none for one about no case."""
    if alert.kind in _OF_AN_EVENT:
        return sentences_of_event(session, alert.subject, alert.region_code)
    if alert.kind == AlertKind.CANNOT_WAIT:
        return _sentences_of_task(session, alert.subject)
    if alert.kind in _OF_A_REFERRAL:
        of_referral = select(Referral.sentence_id).where(Referral.reference == alert.subject)
        return list(session.exec(of_referral))
    return []


def _sentences_of_task(session: Session, reference: str) -> list[int]:
    """Return the sentences that a question is about, also by its referral or its victim."""
    task = session.exec(select(Task).where(Task.reference == reference)).one()
    of_victim = select(Victim.referral_id).where(Victim.id == task.victim_id)
    query = select(Referral.sentence_id).where(
        (col(Referral.id) == task.referral_id) | col(Referral.id).in_(of_victim)
    )
    found = set(session.exec(query)) | ({task.sentence_id} if task.sentence_id else set())
    return sorted(found)

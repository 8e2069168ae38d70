"""What must hold of how people are reached, of their needs, and of their families."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from vcs.law.deadlines.duties import ASSESS_NEEDS
from vcs.needs.records import AnswerKind, NeedAnswer
from vcs.needs.standard import items_on
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.sealing import Sealer
from vcs.tasks.records import Task, TaskKind
from vcs.victims.family.records import FamilyLink
from vcs.victims.person import talked
from vcs.victims.preferences.allowed import WAY_OF_CONTACT, Preference, Preferences
from vcs.victims.preferences.records import HowKnown, PreferenceRecord, Rule, Way
from vcs.victims.records import ContactRecord, ContactWay, PersonRecord, Victim

_NAMED_AT_MOST = 5


def against_wishes(session: Session, sealer: Sealer) -> list[str]:
    """Name the referrals with a contact by a way forbidden at that moment, kept without a reason.

    What a record said that was joined to the person's later is left out: nobody knew it then.
    """
    said: dict[int, tuple[str, ContactRecord, list[PreferenceRecord]]] = {}
    for reference, contact, preference in session.execute(_contacts_with_wishes()):
        said.setdefault(contact.id, (reference, contact, []))[2].append(preference)
    found = {
        reference
        for reference, contact, rows in said.values()
        if _is_barred(contact, rows) and not talked(sealer, contact).emergency
    }
    words = "Referrals with a contact by a forbidden way and no reason for it"
    return _named(words, sorted(found))


def met_and_not_asked(session: Session) -> list[str]:
    """Name the referrals whose duty about needs counts as met with an item never asked about."""
    asked: dict[int, set[str]] = defaultdict(set)
    answers = select(col(NeedAnswer.victim_id), col(NeedAnswer.item)).where(
        col(NeedAnswer.answer) != str(AnswerKind.BROUGHT)
    )
    for victim_id, item in session.execute(answers.distinct()):
        asked[victim_id].add(item)
    query = (
        select(col(Referral.reference), col(DeadlineRecord.victim_id), col(DeadlineRecord.met_on))
        .join(Referral, col(Referral.id) == col(DeadlineRecord.referral_id))
        .where(col(DeadlineRecord.duty) == ASSESS_NEEDS, col(DeadlineRecord.met_on).is_not(None))
    )
    found = {
        reference
        for reference, victim_id, met_on in session.execute(query)
        if not {item.id for item in items_on(met_on)} <= asked[victim_id]
    }
    return _named("Referrals whose needs count as asked about and are not", sorted(found))


def _named(words: str, found: list[str]) -> list[str]:
    more = " and more" if len(found) > _NAMED_AT_MOST else ""
    return [f"{words}: {', '.join(found[:_NAMED_AT_MOST])}{more}."] if found else []


def _contacts_with_wishes() -> Any:
    """Return each contact with every answer about ways that its person had given by then."""
    joined_to = aliased(PersonRecord)
    was_joined = exists().where(col(joined_to.joined_to_id) == col(Victim.person_id))
    is_theirs = or_(
        col(PreferenceRecord.victim_id) == col(ContactRecord.victim_id),
        and_(col(PreferenceRecord.person_id) == col(Victim.person_id), ~was_joined),
    )
    counted = and_(
        col(PreferenceRecord.recorded_at) < col(ContactRecord.recorded_at),
        or_(
            col(PreferenceRecord.ended_at).is_(None),
            col(PreferenceRecord.ended_at) > col(ContactRecord.recorded_at),
        ),
    )
    return (
        select(col(Referral.reference), ContactRecord, PreferenceRecord)
        .join(Victim, col(Victim.id) == col(ContactRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .join(PreferenceRecord, and_(is_theirs, counted))
    )


def _is_barred(contact: ContactRecord, rows: Iterable[PreferenceRecord]) -> bool:
    way = WAY_OF_CONTACT.get(ContactWay(contact.how))
    lines = tuple(
        Preference(
            one.id,
            one.person_id,
            Way(one.way),
            Rule(one.rule),
            one.since_on,
            HowKnown(one.how_known),
        )
        for one in rows
    )
    return way is not None and Preferences(lines).bar(way) is not None


def _linked_to_another_referral() -> Select[Any]:
    """Return the referrals in which somebody speaks, tells or leads who is not in them."""
    named, by = aliased(Victim), aliased(Victim)
    query: Select[Any] = select(col(Referral.reference)).join(
        FamilyLink, col(FamilyLink.referral_id) == col(Referral.id)
    )
    return (
        query.join(named, col(named.id) == col(FamilyLink.victim_id))
        .outerjoin(by, col(by.id) == col(FamilyLink.by_victim_id))
        .where(
            or_(
                col(named.referral_id) != col(Referral.id),
                and_(col(by.id).is_not(None), col(by.referral_id) != col(Referral.id)),
            )
        )
        .distinct()
    )


def _running_and_not_asked() -> Select[Any]:
    """Return the referrals with a clock that opened again and that no task ever asked about."""
    earlier = aliased(DeadlineRecord)
    is_again = exists().where(
        col(earlier.victim_id) == col(DeadlineRecord.victim_id),
        col(earlier.duty) == ASSESS_NEEDS,
        col(earlier.id) < col(DeadlineRecord.id),
    )
    was_asked = exists().where(
        col(Task.victim_id) == col(DeadlineRecord.victim_id),
        col(Task.kind) == TaskKind.NEEDS_AGAIN,
    )
    query: Select[Any] = select(col(Referral.reference)).join(
        DeadlineRecord, col(DeadlineRecord.referral_id) == col(Referral.id)
    )
    return query.where(
        col(DeadlineRecord.duty) == ASSESS_NEEDS,
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
        is_again,
        ~was_asked,
    ).distinct()


PEOPLE_CHECKS: tuple[tuple[str, Callable[[], Select[Any]]], ...] = (
    ("Referrals in which somebody speaks for a person of another one", _linked_to_another_referral),
    ("Referrals whose needs are due again and nobody is asked", _running_and_not_asked),
)

"""Who can still lead a family, speak for a child or tell others, as was agreed with them once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import case, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.victims.contact.said_no import is_asked_nothing, may_be_asked
from vcs.victims.family.reads import can_speak
from vcs.victims.family.records import FamilyLink, LinkKind
from vcs.victims.person import life_of
from vcs.victims.records import PersonRecord, Victim

_KEY: Final = "family_link:"

_CLOSED: Final = "overtaken: somebody else was agreed"


class Unable(StrEnum):
    """Why somebody can no longer do what was agreed."""

    DIED = "died"
    NO_CONTACT = "no_contact"
    UNSAFE = "unsafe"


_WHO: Final = {
    LinkKind.LEAD: "Whoever was agreed to lead the family of this referral",
    LinkKind.SPEAKS: "Whoever speaks for a child of this referral",
    LinkKind.TELLS: "Whoever was agreed to tell another person of this referral",
}

_WHY: Final = {
    Unable.DIED: "has died, as somebody recorded",
    Unable.NO_CONTACT: "wants no contact now",
    Unable.UNSAFE: "may not be written to safely now",
}

_UNTIL_THEN: Final = {
    LinkKind.LEAD: "Until then nobody is told first.",
    LinkKind.SPEAKS: "Until then ask who may be reached for the child, and use nobody unsafe.",
    LinkKind.TELLS: "Until then the officer tells that person.",
}

_ASKS: Final = (
    "{who} {why}. Agree with the family who does it now, and record it on the page of the family: "
    "that closes this task. {until_then}"
)


def can_tell(session: Session, sealer: Sealer, victim: Victim) -> bool:
    """Say whether somebody can lead, or tell others: whoever wants no contact is told nothing."""
    return can_speak(session, sealer, victim) and may_be_asked(session, sealer, victim)


def links_to_ask(session: Session, sealer: Sealer, today: date) -> list[Question]:
    """Return what is to be asked about those who can no longer do what was agreed."""
    found = [
        _question(link, referral, unable, today)
        for link, victim, referral in session.exec(_candidates())
        if (unable := _unable(session, sealer, link, victim))
        and not _is_grown(session, sealer, link, today)
    ]
    keys = [one.key for one in found]
    asked = set(session.exec(select(Task.key).where(col(Task.key).in_(keys))))
    return [one for one in found if one.key not in asked]


def ask_about_links(session: Session, sealer: Sealer, today: date) -> int:
    """Open the tasks of :func:`links_to_ask`; returns how many."""
    found = links_to_ask(session, sealer, today)
    open_tasks(session, found, today)
    return len(found)


def close_link_questions(work: Work, link: FamilyLink) -> None:
    """Close what is asked about earlier links of the kind of one that was recorded just now."""
    earlier = select(FamilyLink.id).where(
        FamilyLink.referral_id == link.referral_id,
        FamilyLink.kind == link.kind,
        FamilyLink.id != link.id,
    )
    if link.kind != LinkKind.LEAD:
        earlier = earlier.where(FamilyLink.victim_id == link.victim_id)
    keys = [f"{_KEY}{one}:{why}" for one in work.session.exec(earlier) for why in Unable]
    query = select(Task).where(col(Task.key).in_(keys), col(Task.done_at).is_(None))
    for task in work.session.exec(query.with_for_update()):
        task.done_at, task.done_by, task.answer = work.now, work.actor.account_id, _CLOSED
        work.session.add(task)


def _candidates() -> Any:
    """Return the current links of open referrals, with whom each names, where they may be unable.

    What was said in another referral is found where the person may not be asked there.
    """
    later = aliased(FamilyLink)
    is_lead = col(FamilyLink.kind) == str(LinkKind.LEAD)
    same_kind = (
        col(later.referral_id) == col(FamilyLink.referral_id),
        col(later.kind) == col(FamilyLink.kind),
        or_(is_lead, col(later.victim_id) == col(FamilyLink.victim_id)),
        col(later.id) > col(FamilyLink.id),
    )
    named = case((is_lead, col(FamilyLink.victim_id)), else_=col(FamilyLink.by_victim_id))
    return (
        select(FamilyLink, Victim, Referral)
        .join(Victim, col(Victim.id) == named)
        .join(PersonRecord, col(PersonRecord.id) == col(Victim.person_id))
        .join(Referral, col(Referral.id) == col(FamilyLink.referral_id))
        .where(
            col(Referral.status) != ReferralStatus.CLOSED,
            ~exists().where(*same_kind),
            or_(is_asked_nothing(), col(PersonRecord.safe_to_post).is_(False)),
        )
        .order_by(col(FamilyLink.id))
    )


def _unable(session: Session, sealer: Sealer, link: FamilyLink, victim: Victim) -> Unable | None:
    return next(_reasons(session, sealer, victim), None) if link.kind in _WHO else None


def _reasons(session: Session, sealer: Sealer, victim: Victim) -> Iterator[Unable]:
    if life_of(session, sealer, victim.person_id).has_died:
        yield Unable.DIED
    if not may_be_asked(session, sealer, victim):
        yield Unable.NO_CONTACT
    if victim.person.safe_to_post is False:
        yield Unable.UNSAFE


def _is_grown(session: Session, sealer: Sealer, link: FamilyLink, today: date) -> bool:
    """Say whether nobody speaks for a child any more: their own choice is asked for instead."""
    if link.kind != LinkKind.SPEAKS:
        return False
    child = session.get_one(Victim, link.victim_id)
    day = life_of(session, sealer, child.person_id).eighteen_on
    return day is not None and today >= day


def _question(link: FamilyLink, referral: Referral, why: Unable, today: date) -> Question:
    kind = LinkKind(link.kind)
    text = _ASKS.format(who=_WHO[kind], why=_WHY[why], until_then=_UNTIL_THEN[kind])
    return Question(
        f"{_KEY}{link.id}:{why}",
        TaskKind.FAMILY_DOUBT,
        text,
        referral.region_code,
        today,
        referral.sentence_id,
        referral.id,
        victim_id=link.victim_id,
    )

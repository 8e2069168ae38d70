"""What a unit's program is told, after a cursor: only of what is its own, in order, replayable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlmodel import Session, col

from vcs.access.records import ClientKind, FeedClient
from vcs.access.restrictions.restricted import restricted_sentences
from vcs.errors import NotSignedIn, NotValid
from vcs.intake.inbox import DISABLED
from vcs.partners.outcomes.of_units import without
from vcs.partners.outcomes.records import OutcomeKind, OutcomeSource, ReferralOutcome
from vcs.partners.records import ReferralRequest, RequestVictim
from vcs.referrals.records import Referral
from vcs.victims.records import ChoiceRecord, Victim

AT_A_TIME = 200

_LONGEST_CURSOR = 18


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that became of a referral."""

    cursor: str
    kind: str
    referral: str | None
    happened_on: date
    told_at: datetime
    detail: Mapping[str, Any]


def outcomes_after(session: Session, client_id: str, after: str) -> tuple[list[Outcome], str]:
    """Return the next of what a program may know, and the cursor to ask with next.

    An empty cursor begins at the beginning. Asking again with the same one gives the same again.
    """
    last = _read(after)
    query = select(FeedClient).where(col(FeedClient.client_id) == client_id)
    client = session.execute(query).scalars().first()
    if client is None or not client.active or client.kind != ClientKind.WITNESS_CARE:
        raise NotSignedIn(DISABLED)
    hidden = _hidden(session)
    rows = session.execute(
        select(ReferralOutcome, col(Referral.reference))
        .outerjoin(Referral, col(Referral.id) == col(ReferralOutcome.referral_id))
        .where(col(ReferralOutcome.id) > last, _its_own(session, client))
        .order_by(col(ReferralOutcome.id))
        .limit(AT_A_TIME)
    )
    found = [
        Outcome(
            str(one.id),
            one.kind,
            reference,
            one.happened_on,
            one.told_at,
            _seen(one, hidden),
        )
        for one, reference in rows
    ]
    return found, found[-1].cursor if found else after


def _hidden(session: Session) -> frozenset[str]:
    """Return the references of referrals that only named people may see now."""
    restricted = col(Referral.sentence_id).in_(restricted_sentences(session))
    return frozenset(session.execute(select(col(Referral.reference)).where(restricted)).scalars())


def _seen(one: ReferralOutcome, hidden: frozenset[str]) -> dict[str, Any]:
    """Return a detail; of a chase without what is hidden now: the next one asks for it again."""
    detail: dict[str, Any] = json.loads(one.detail)
    is_chase = one.kind == OutcomeKind.CHASED
    return without(detail, hidden, one.happened_on) if is_chase else detail


def _read(after: str) -> int:
    if not after:
        return 0
    if not after.isascii() or not after.isdecimal() or len(after) > _LONGEST_CURSOR:
        words = "Send the cursor that came as next, or none to begin at the beginning"
        raise NotValid("This is no cursor.", {"after": words})
    return int(after)


def _its_own(session: Session, client: FeedClient) -> ColumnElement[bool]:
    """Return what is a program's own: what it sent, whom it sent, and its area.

    What is of a restricted case comes when the restriction has ended. What a program sent itself is
    answered as ever: an answer that stays away would say that somebody hides it.
    """
    sent = col(ReferralOutcome.client_id) == client.client_id
    of_everybody = col(ReferralOutcome.client_id).is_(None)
    its_area = of_everybody & _whom_it_sent(client)
    if client.police_area is not None:
        its_area |= col(ReferralOutcome.police_area) == client.police_area
    return or_(sent, its_area & ~_is_restricted(session))


def _is_restricted(session: Session) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            col(Referral.id) == col(ReferralOutcome.referral_id),
            col(Referral.sentence_id).in_(restricted_sentences(session)),
        )
        .correlate(ReferralOutcome)
    )


def _whom_it_sent(client: FeedClient) -> ColumnElement[bool]:
    """Return what is of people whom a program sent, and of referrals that any of them is in."""
    source, source_id = col(ReferralOutcome.source), col(ReferralOutcome.source_id)
    by_it = exists().where(
        col(ReferralRequest.client_id) == client.client_id,
        col(RequestVictim.request_id) == col(ReferralRequest.id),
    )
    person = by_it.where(col(RequestVictim.victim_id) == source_id)
    choice = by_it.where(
        col(ChoiceRecord.id) == source_id,
        col(RequestVictim.victim_id) == col(ChoiceRecord.victim_id),
    )
    referral = by_it.where(
        col(Victim.id) == col(RequestVictim.victim_id),
        col(Victim.referral_id) == col(ReferralOutcome.referral_id),
    )
    of_somebody = [str(OutcomeSource.VICTIM), str(OutcomeSource.CHOICE)]
    return or_(
        (source == of_somebody[0]) & person.correlate(ReferralOutcome),
        (source == of_somebody[1]) & choice.correlate(ReferralOutcome),
        source.not_in(of_somebody) & referral.correlate(ReferralOutcome),
    )

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
from vcs.access.restrictions.records import Restriction
from vcs.errors import NotSignedIn, NotValid
from vcs.intake.inbox import DISABLED
from vcs.partners.outcomes.records import ReferralOutcome
from vcs.partners.records import ReferralRequest, RequestVictim
from vcs.referrals.records import Referral
from vcs.victims.records import Victim

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
    rows = session.execute(
        select(ReferralOutcome, col(Referral.reference))
        .outerjoin(Referral, col(Referral.id) == col(ReferralOutcome.referral_id))
        .where(col(ReferralOutcome.id) > last, _its_own(client))
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
            json.loads(one.detail),
        )
        for one, reference in rows
    ]
    return found, found[-1].cursor if found else after


def _read(after: str) -> int:
    if not after:
        return 0
    if not after.isascii() or not after.isdecimal() or len(after) > _LONGEST_CURSOR:
        words = "Send the cursor that came as next, or none to begin at the beginning"
        raise NotValid("This is no cursor.", {"after": words})
    return int(after)


def _its_own(client: FeedClient) -> ColumnElement[bool]:
    """Return what is a program's own: what it sent, and its area but for restricted cases."""
    sent = col(ReferralOutcome.client_id) == client.client_id
    added = (
        exists()
        .where(
            col(Victim.referral_id) == col(ReferralOutcome.referral_id),
            col(RequestVictim.victim_id) == col(Victim.id),
            col(ReferralRequest.id) == col(RequestVictim.request_id),
            col(ReferralRequest.client_id) == client.client_id,
        )
        .correlate(ReferralOutcome)
    )
    of_area = col(ReferralOutcome.police_area) == client.police_area
    if client.police_area is None:
        has_none = col(ReferralOutcome.client_id).is_(None)
        return or_(sent, has_none & added)
    restricted = (
        exists()
        .where(
            col(Referral.id) == col(ReferralOutcome.referral_id),
            col(Restriction.sentence_id) == col(Referral.sentence_id),
            col(Restriction.lifted_at).is_(None),
        )
        .correlate(ReferralOutcome)
    )
    return or_(sent, of_area & ~restricted)

"""A manager or head draws a random sample of referrals for an inspector, once."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from vcs.access.exclusions.hidden import hidden_from
from vcs.access.inspection.records import InspectionSample, SampledReferral
from vcs.access.records import Account
from vcs.access.rules import Act, seen_by
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.referrals.records import Referral
from vcs.tables import free_reference
from vcs.terms import Role

LARGEST = 50

OPEN_FOR = timedelta(days=90)
"""For how long an inspector reads a sample: policy of ours, to be confirmed."""

_EARLIEST = date(2001, 4, 1)


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """For which inspector, how many referrals, opened from which day to which."""

    account_id: int
    size: int
    from_on: date
    to_on: date


def draw_sample(work: Work, entry: SampleEntry) -> InspectionSample:
    """Draw referrals of the actor's region at random. All of them, where there are no more.

    Those are left out that the inspector may not see. Raises NotValid where there is none.
    """
    work.require_may(Act.DRAW_SAMPLE)
    if work.actor.region_code is None:
        raise Conflict("You work for no region, so there is nothing to draw from.")
    if fields := dict(_problems(work, entry)):
        raise NotValid("Some details need correcting.", fields)
    found = _to_draw_from(work, entry)
    if not found:
        words = "No referral was opened between these days. Choose other days"
        raise NotValid(words + ".", {"from_on": words})
    drawn = secrets.SystemRandom().sample(found, min(entry.size, len(found)))
    sample = InspectionSample(
        reference=free_reference(work.session, InspectionSample),
        account_id=entry.account_id,
        region_code=work.actor.region_code,
        from_on=entry.from_on,
        to_on=entry.to_on,
        size=len(drawn),
        out_of=len(found),
        open_until=work.today + OPEN_FOR,
        drawn_at=work.now,
        drawn_by=work.actor.account_id,
    )
    work.session.add(sample)
    work.session.flush()
    work.session.add_all(
        SampledReferral(sample_id=sample.id, place=place, referral_id=one)
        for place, one in enumerate(drawn, start=1)
    )
    detail = f"account:{entry.account_id} {len(drawn)} of {len(found)}"
    work.note("sample.drawn", sample.reference, detail)
    return sample


def inspectors(session: Session) -> dict[int, str]:
    """Return the inspectors whose account is open, by name."""
    query = select(Account.id, Account.name).where(
        Account.role == Role.INSPECTOR, col(Account.active)
    )
    return dict(session.exec(query.order_by(col(Account.name), col(Account.id))).all())


def _problems(work: Work, entry: SampleEntry) -> Iterator[tuple[str, str]]:
    if entry.account_id not in inspectors(work.session):
        yield "account_id", "Select an inspector"
    if not 1 <= entry.size <= LARGEST:
        yield "size", f"Enter a number from 1 to {LARGEST}"
    if entry.from_on < _EARLIEST:
        yield "from_on", "Enter a day since the scheme began, in April 2001"
    if entry.to_on > work.today:
        yield "to_on", "Enter a day that is not in the future"
    elif entry.to_on < entry.from_on:
        yield "to_on", "Enter a day that is not before the first one"


def _to_draw_from(work: Work, entry: SampleEntry) -> list[int]:
    """Return the referrals of the region and days, in one order, that both may see."""
    hidden = hidden_from(work.session, entry.account_id, work.today).referrals
    query = select(Referral.id).where(
        seen_by(work.actor, Referral),
        col(Referral.region_code) == work.actor.region_code,
        col(Referral.opened_on).between(entry.from_on, entry.to_on),
    )
    return [one for one in work.session.exec(query.order_by(col(Referral.id))) if one not in hidden]

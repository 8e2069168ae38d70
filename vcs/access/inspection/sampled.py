"""What an inspector reads: the sentences of the samples that are open for them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.access.exclusions.cases import table
from vcs.access.inspection.records import InspectionSample, SampledReferral


def sampled_for(session: Session, account_id: int, today: date) -> frozenset[int]:
    """Return the sentences that an inspector may read on a day."""
    referral = table("referral")
    query = (
        select(referral.c.sentence_id)
        .join(SampledReferral, col(SampledReferral.referral_id) == referral.c.id)
        .join(InspectionSample, col(InspectionSample.id) == col(SampledReferral.sample_id))
        .where(
            col(InspectionSample.account_id) == account_id,
            col(InspectionSample.open_until) >= today,
        )
    )
    return frozenset(session.execute(query).scalars())

"""What an inspector reads: the sentences of the samples that are open for them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.access.inspection.records import InspectionSample, SampledSentence


def sampled_for(session: Session, account_id: int, today: date) -> frozenset[int]:
    """Return the sentences that an inspector may read on a day."""
    query = (
        select(col(SampledSentence.sentence_id))
        .join(InspectionSample, col(InspectionSample.id) == col(SampledSentence.sample_id))
        .where(
            col(InspectionSample.account_id) == account_id,
            col(InspectionSample.open_until) >= today,
        )
    )
    return frozenset(session.execute(query).scalars())

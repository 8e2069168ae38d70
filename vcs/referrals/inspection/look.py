"""An inspector opens a referral of a sample: the look is kept before anything is shown."""

from __future__ import annotations

from sqlmodel import col, select

from vcs.access.inspection.records import SampledReferral
from vcs.access.reading.looks import Look, keep_look
from vcs.access.rules import Act, seen_by
from vcs.access.work import Work
from vcs.errors import NotFound
from vcs.referrals.inspection.reads import find_sample
from vcs.referrals.records import Referral


def note_inspected(work: Work, sample_reference: str, referral_reference: str) -> Referral:
    """Keep that an inspector opens a referral. Raises NotFound where it is in no sample of theirs.

    Raises TooManyOpened where they opened too many: nothing may be shown then.
    """
    work.require_may(Act.INSPECT)
    sample = find_sample(work.session, work.actor, sample_reference)
    drawn = select(SampledReferral.referral_id).where(SampledReferral.sample_id == sample.id)
    query = select(Referral).where(
        Referral.reference == referral_reference, seen_by(work.actor, Referral)
    )
    referral = work.session.exec(query.where(col(Referral.id).in_(drawn))).first()
    if referral is None:
        raise NotFound("There is no such referral in this sample.")
    look = Look(
        "referral.inspected",
        referral.reference,
        whose=f"referral:{referral.id}",
        reason="for an inspection",
        thing=sample.reference,
    )
    keep_look(work, look)
    return referral

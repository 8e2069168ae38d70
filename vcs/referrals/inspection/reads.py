"""The samples that somebody may see, and the referrals in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.inspection.records import InspectionSample, SampledReferral
from vcs.access.reads import names_of
from vcs.access.rules import Act, may, seen_by
from vcs.errors import NotAllowed, NotFound
from vcs.intake.regions import region_named
from vcs.referrals.records import Referral

_MOST = 100


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One sample. ``is_open`` says that the inspector may still read it."""

    reference: str
    region: str
    inspector: str
    from_on: date
    to_on: date
    size: int
    out_of: int
    drawn_at: datetime
    drawn_by: str
    open_until: date
    is_open: bool


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A sample with the references in it that the reader may see, as they were drawn."""

    sample: SampleRow
    referrals: tuple[tuple[int, str, date], ...]


def samples(session: Session, actor: Actor, today: date) -> tuple[SampleRow, ...]:
    """Return the samples drawn for an inspector, or in a manager's region, the newest first."""
    query = select(InspectionSample).where(_theirs(actor)).limit(_MOST)
    names = names_of(session)
    found = session.exec(query.order_by(col(InspectionSample.id).desc()))
    return tuple(_row(one, names, today) for one in found)


def sample_page(session: Session, actor: Actor, reference: str, today: date) -> SamplePage:
    """Return one sample. Raises NotFound where it is not theirs."""
    sample = find_sample(session, actor, reference)
    query = (
        select(SampledReferral, Referral)
        .join(Referral, col(Referral.id) == col(SampledReferral.referral_id))
        .where(SampledReferral.sample_id == sample.id, seen_by(actor, Referral))
        .order_by(col(SampledReferral.place))
    )
    found = session.exec(query)
    rows = tuple((drawn.place, one.reference, one.opened_on) for drawn, one in found)
    return SamplePage(_row(sample, names_of(session), today), rows)


def find_sample(session: Session, actor: Actor, reference: str) -> InspectionSample:
    """Return a sample. Raises NotFound where it is not theirs."""
    query = select(InspectionSample).where(InspectionSample.reference == reference, _theirs(actor))
    sample = session.exec(query).first()
    if sample is None:
        raise NotFound("There is no such sample.")
    return sample


def _theirs(actor: Actor) -> ColumnElement[bool]:
    own = col(InspectionSample.account_id) == actor.account_id
    of_region = col(InspectionSample.region_code) == actor.region_code
    if may(actor, Act.INSPECT):
        return own
    if not may(actor, Act.DRAW_SAMPLE):
        raise NotAllowed("You are signed in, but this is not yours to see or do.")
    return of_region


def _row(sample: InspectionSample, names: dict[int, str], today: date) -> SampleRow:
    region = region_named(sample.region_code)
    return SampleRow(
        sample.reference,
        region.name if region else sample.region_code,
        names.get(sample.account_id, ""),
        sample.from_on,
        sample.to_on,
        sample.size,
        sample.out_of,
        sample.drawn_at,
        names.get(sample.drawn_by, ""),
        sample.open_until,
        today <= sample.open_until,
    )

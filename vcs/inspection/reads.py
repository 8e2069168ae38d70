"""The samples that somebody may see, and the sentences in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists
from sqlalchemy import select as sql
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.inspection.records import InspectionSample, SampledSentence, SampleStratum
from vcs.access.reads import names_of
from vcs.access.rules import Act, may, reach
from vcs.errors import NotAllowed, NotFound
from vcs.inspection.draw import Drawn
from vcs.intake.regions import region_named
from vcs.referrals.records import Referral
from vcs.referrals.states import joined, state, within
from vcs.sentences.records import Sentence
from vcs.tables import table_of
from vcs.victims.records import Victim

_MOST = 100


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One sample. ``is_open`` says that the inspector may still read it.

    ``size`` and ``out_of`` are what was drawn from how many: None for whoever only draws, who might
    tell from them that a case is kept from them.
    """

    reference: str
    region: str
    inspector: str
    from_on: date
    to_on: date
    size: int | None
    out_of: int | None
    drawn_at: datetime
    drawn_by: str
    open_until: date
    is_open: bool


@dataclass(frozen=True, slots=True)
class SampledCase:
    """One sentence of a sample. ``was_referred`` says whether anybody ever was."""

    place: int
    reference: str
    sentenced_on: date
    state: str
    was_referred: bool


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A sample: how many there were of each kind, and the cases that the reader may see."""

    sample: SampleRow
    seed: str
    strata: tuple[SampleStratum, ...]
    cases: tuple[SampledCase, ...]


def samples(session: Session, actor: Actor, today: date) -> tuple[SampleRow, ...]:
    """Return the samples drawn for an inspector, or in a manager's region, the newest first."""
    query = select(InspectionSample).where(_theirs(actor)).limit(_MOST)
    names = names_of(session)
    found = session.exec(query.order_by(col(InspectionSample.id).desc()))
    return tuple(_row(one, actor, names, today) for one in found)


def sample_page(session: Session, actor: Actor, reference: str, today: date) -> SamplePage:
    """Return one sample. Raises NotFound where it is not theirs.

    How many there were of each kind is for the inspector. Whoever drew it has the cases that they
    may see, numbered without gaps.
    """
    sample = find_sample(session, actor, reference)
    row, cases = _row(sample, actor, names_of(session), today), _cases(session, actor, sample)
    if not may(actor, Act.INSPECT):
        numbered = (replace(one, place=place) for place, one in enumerate(cases, start=1))
        return SamplePage(row, sample.seed, (), tuple(numbered))
    strata = select(SampleStratum).where(SampleStratum.sample_id == sample.id)
    kinds = tuple(session.exec(strata.order_by(col(SampleStratum.state))))
    return SamplePage(row, sample.seed, kinds, tuple(cases))


def _cases(session: Session, actor: Actor, sample: InspectionSample) -> Iterator[SampledCase]:
    sentences, referrals = table_of(Sentence), table_of(Referral)
    drawn = table_of(SampledSentence)
    query = (
        sql(
            drawn.c.place,
            sentences.c.reference,
            sentences.c.sentenced_on,
            state(),
            exists().where(table_of(Victim).c.referral_id == referrals.c.id),
        )
        .select_from(joined().join(drawn, drawn.c.sentence_id == sentences.c.id))
        .where(drawn.c.sample_id == sample.id, within(reach(actor)))
        .order_by(drawn.c.place)
    )
    for place, its_reference, sentenced_on, its_state, was_referred in session.execute(query):
        yield SampledCase(place, its_reference, sentenced_on, str(its_state), bool(was_referred))


def strata_of(session: Session, actor: Actor, reference: str) -> Drawn:
    """Return how many there were of each kind when a sample was drawn, as a pack counts them."""
    sample = find_sample(session, actor, reference)
    query = select(SampleStratum).where(SampleStratum.sample_id == sample.id)
    found = {(one.state, sample.region_code): one for one in session.exec(query)}
    return Drawn(
        (),
        {key: one.eligible for key, one in sorted(found.items())},
        {key: one.drawn for key, one in found.items()},
        {key: one.restricted for key, one in found.items()},
    )


def sampled_ids(session: Session, actor: Actor, sample: InspectionSample) -> tuple[int, ...]:
    """Return the sentences of a sample that the reader may see, in its order."""
    seen = {one.reference for one in _cases(session, actor, sample)}
    query = (
        select(Sentence.id, Sentence.reference)
        .join(SampledSentence, col(SampledSentence.sentence_id) == col(Sentence.id))
        .where(SampledSentence.sample_id == sample.id)
        .order_by(col(SampledSentence.place))
    )
    return tuple(its_id for its_id, its_reference in session.exec(query) if its_reference in seen)


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


def _row(sample: InspectionSample, actor: Actor, names: dict[int, str], today: date) -> SampleRow:
    region, inspects = region_named(sample.region_code), may(actor, Act.INSPECT)
    return SampleRow(
        sample.reference,
        region.name if region else sample.region_code,
        names.get(sample.account_id, ""),
        sample.from_on,
        sample.to_on,
        sample.size if inspects else None,
        sample.out_of if inspects else None,
        sample.drawn_at,
        names.get(sample.drawn_by, ""),
        sample.open_until,
        today <= sample.open_until,
    )

"""Samples of letters: what is still to be read, and what two readers found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may, seen_by
from vcs.clock import london_date
from vcs.post.records import LetterRecord
from vcs.quality.dip import READERS, dip_sample
from vcs.quality.records import DippedLetter, DipReading, DipSample
from vcs.quality.rubric import GOOD, RUBRIC, kappa
from vcs.referrals.records import Referral
from vcs.victims.records import Victim

_MOST = 100


@dataclass(frozen=True, slots=True)
class DipRow:
    """One letter of a sample. ``scores`` are shown once two people have read it."""

    place: int
    letter_reference: str
    victim_reference: str
    kind: str
    readers: int
    is_own: bool
    may_read: bool
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DipView:
    """One sample. ``good`` letters had three of four from both readers; ``agreement`` is kappa."""

    sample: DipSample
    rows: tuple[DipRow, ...]
    read_by_two: int
    good: int
    agreement: float | None
    out_of: int | None


def dip_samples(session: Session, actor: Actor) -> tuple[DipSample, ...]:
    """Return the samples of the actor's region, newest first."""
    require_may(actor, Act.READ_DIP)
    query = select(DipSample).where(DipSample.region_code == actor.region_code)
    return tuple(session.exec(query.order_by(col(DipSample.id).desc()).limit(_MOST)))


def dip_view(session: Session, actor: Actor, reference: str) -> DipView:
    """Return a sample, without letters from cases that the actor may not see, nor counts of them.

    From how many it was drawn is for whoever drew it, from what they could see.
    """
    require_may(actor, Act.READ_DIP)
    sample = dip_sample(session, reference, actor.region_code)
    readings = _readings(session, sample.id)
    rows = tuple(_rows(session, actor, sample, readings))
    seen = [readings.get(row.place, []) for row in rows]
    pairs = [found for found in seen if len(found) >= READERS]
    answers = ((getattr(a, line), getattr(b, line)) for a, b, *_ in pairs for line in RUBRIC)
    return DipView(
        sample,
        rows,
        len(pairs),
        sum(all(one.score >= GOOD for one in found) for found in pairs),
        kappa(answers),
        sample.out_of if sample.drawn_by == actor.account_id else None,
    )


def _readings(session: Session, sample_id: int) -> dict[int, list[DipReading]]:
    by_place: dict[int, list[DipReading]] = {}
    query = select(DipReading).where(DipReading.sample_id == sample_id)
    for one in session.exec(query.order_by(col(DipReading.read_at))):
        by_place.setdefault(one.place, []).append(one)
    return by_place


def _rows(
    session: Session, actor: Actor, sample: DipSample, readings: dict[int, list[DipReading]]
) -> Iterator[DipRow]:
    query = (
        select(DippedLetter.place, LetterRecord, Victim.reference)
        .join(LetterRecord, col(LetterRecord.id) == col(DippedLetter.letter_id))
        .join(Victim, col(Victim.id) == col(LetterRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(DippedLetter.sample_id == sample.id, seen_by(actor, Referral))
        .order_by(col(DippedLetter.place))
    )
    for place, letter, victim in session.exec(query):
        found = readings.get(place, [])
        is_own = actor.account_id in (letter.drafted_by, letter.approved_by)
        has_read = any(one.account_id == actor.account_id for one in found)
        scores = tuple(one.score for one in found) if len(found) >= READERS else ()
        may_read = not is_own and not has_read and len(found) < READERS
        yield DipRow(
            place,
            letter.reference,
            victim,
            letter.kind,
            len(found),
            is_own,
            may_read,
            scores,
        )


def both_read(session: Session) -> Iterator[tuple[int, date, bool]]:
    """Yield each letter that two people read: its victim, the day, and whether both found it good.

    The measures count these.
    """
    query = (
        select(DipReading, LetterRecord.victim_id)
        .join(
            DippedLetter,
            (col(DippedLetter.sample_id) == col(DipReading.sample_id))
            & (col(DippedLetter.place) == col(DipReading.place)),
        )
        .join(LetterRecord, col(LetterRecord.id) == col(DippedLetter.letter_id))
        .order_by(col(DipReading.read_at))
    )
    found: dict[tuple[int, int], list[tuple[DipReading, int]]] = {}
    for reading, victim_id in session.exec(query):
        if victim_id is not None:
            found.setdefault((reading.sample_id, reading.place), []).append((reading, victim_id))
    for pair in found.values():
        if len(pair) >= READERS:
            day = london_date(pair[-1][0].read_at)
            yield pair[0][1], day, all(one.score >= GOOD for one, _ in pair)

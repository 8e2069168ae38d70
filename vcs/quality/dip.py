"""Draw a seeded sample of letters; save each reader's findings before they see the other's."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sqlmodel import Session, col, select

from vcs.access.rules import Act, seen_by
from vcs.access.work import Work
from vcs.clock import LONDON
from vcs.errors import Conflict, NotFound, NotValid
from vcs.post.records import LetterRecord, LetterStatus
from vcs.quality.records import DippedLetter, DipReading, DipSample
from vcs.quality.rubric import RUBRIC
from vcs.referrals.records import Referral
from vcs.tables import free_reference
from vcs.victims.records import Victim

LARGEST = 50

READERS = 2


@dataclass(frozen=True, slots=True)
class DipEntry:
    """How many letters, approved from which day to which."""

    size: int
    from_on: date
    to_on: date


def draw_dip(work: Work, entry: DipEntry) -> DipSample:
    """Draw approved letters of the actor's region; all, where there are no more."""
    work.require_may(Act.DRAW_DIP)
    region = work.actor.region_code
    if region is None:
        raise Conflict("You work for no region, so there is nothing to draw from.")
    if not 1 <= entry.size <= LARGEST:
        raise NotValid("Not that many.", {"size": f"Enter a number from 1 to {LARGEST}"})
    if not entry.from_on <= entry.to_on <= work.today:
        raise NotValid("Not that day.", {"to_on": "Enter a day from the first one to today"})
    found = _letters(work, entry)
    if not found:
        words = "No letter was approved between these days. Choose other days"
        raise NotValid(words + ".", {"from_on": words})
    seed = secrets.token_hex(8)
    drawn = Random(seed).sample(found, min(entry.size, len(found)))  # noqa: S311 - repeatable
    sample = DipSample(
        reference=free_reference(work.session, DipSample),
        region_code=region,
        from_on=entry.from_on,
        to_on=entry.to_on,
        seed=seed,
        out_of=len(found),
        drawn_at=work.now,
        drawn_by=work.actor.account_id,
    )
    work.session.add(sample)
    work.session.flush()
    for place, letter_id in enumerate(drawn, start=1):
        work.session.add(DippedLetter(sample_id=sample.id, place=place, letter_id=letter_id))
    work.note("dip.drawn", sample.reference, f"{len(drawn)} of {len(found)}")
    return sample


def _letters(work: Work, entry: DipEntry) -> list[int]:
    begin = datetime.combine(entry.from_on, time(), LONDON)
    end = datetime.combine(entry.to_on + timedelta(days=1), time(), LONDON)
    query = (
        select(LetterRecord.id)
        .join(Victim, col(Victim.id) == col(LetterRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            LetterRecord.status == LetterStatus.APPROVED,
            col(LetterRecord.approved_at) >= begin,
            col(LetterRecord.approved_at) < end,
            seen_by(work.actor, Referral),
            Referral.region_code == work.actor.region_code,
        )
    )
    return list(work.session.exec(query.order_by(col(LetterRecord.id))))


def dip_sample(session: Session, reference: str, region: str | None) -> DipSample:
    """Return a sample of a region. Raises NotFound where there is none."""
    query = select(DipSample).where(DipSample.reference == reference)
    sample = session.exec(query.where(DipSample.region_code == region)).first()
    if sample is None:
        raise NotFound("There is no such sample in your region.")
    return sample


def read_letter(work: Work, reference: str, letter: str, met: frozenset[str]) -> DipReading:
    """Save one reader's findings about a letter, by its reference.

    ``met`` names the lines of the rubric that the letter meets. Each letter is read by two people,
    neither of whom drafted or approved it.
    """
    work.require_may(Act.READ_DIP)
    sample = dip_sample(work.session, reference, work.actor.region_code)
    place, held = _letter_of(work, sample, letter)
    _require_other(work, held)
    query = select(DipReading.account_id).where(DipReading.sample_id == sample.id)
    readers = list(work.session.exec(query.where(DipReading.place == place)))
    if work.actor.account_id in readers or len(readers) >= READERS:
        raise Conflict("You have read this letter, or two others have.")
    lines = {line: line in met for line in RUBRIC}
    reading = DipReading(
        sample_id=sample.id,
        place=place,
        account_id=work.actor.account_id,
        read_at=work.now,
        **lines,
    )
    work.session.add(reading)
    work.note("dip.read", sample.reference, held.reference)
    return reading


def _letter_of(work: Work, sample: DipSample, reference: str) -> tuple[int, LetterRecord]:
    """Return a letter of a sample, and its place. Raises NotFound if its case is hidden."""
    query = (
        select(DippedLetter.place, LetterRecord)
        .join(DippedLetter, col(DippedLetter.letter_id) == col(LetterRecord.id))
        .join(Victim, col(Victim.id) == col(LetterRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(DippedLetter.sample_id == sample.id, LetterRecord.reference == reference)
        .where(seen_by(work.actor, Referral))
    )
    found = work.session.exec(query).first()
    if found is None:
        raise NotFound("There is no such letter in this sample.")
    return found


def _require_other(work: Work, letter: LetterRecord) -> None:
    if work.actor.account_id in (letter.drafted_by, letter.approved_by):
        raise Conflict("You drafted or approved this letter: somebody else reads it.")

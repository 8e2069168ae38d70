"""Begin a batch, and put approved letters into it, a few in each transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, func, or_
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reading.records import PersonalRead
from vcs.access.rules import Act, reach
from vcs.access.work import Work
from vcs.errors import NotFound, NotValid
from vcs.intake.regions import REGIONS
from vcs.post.batches.leaving import held_with_concern, why_not_leave
from vcs.post.batches.records import BatchLetter, PrintBatch
from vcs.post.concern import Concern
from vcs.post.gate import Step
from vcs.post.notify.records import MAY_BE_THERE, NotifyLetter
from vcs.post.opening import TO_POST
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.returned.records import ReturnedLetter
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.tables import free_reference
from vcs.terms import LetterFormat
from vcs.victims.records import PostedLetter, Victim

EVERYWHERE: Final = "*"

AT_A_TIME: Final = 20

_ON_ITS_WAY: Final = "It is on its way already, or has left."

_OPENED: Final = (
    "It was opened by itself, to be printed and posted. Post it by hand, and record on its page "
    "the day on which it was posted."
)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A letter that stays out of a batch, or comes out of it, and why."""

    reference: str
    why: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What one step did. ``last`` is the id of the last letter looked at; None at the end."""

    taken: int
    held_back: tuple[HeldBack, ...]
    last: int | None


def may_batch(work: Work) -> None:
    """Raise NotAllowed unless the actor may make batches; the operator may."""
    if work.actor.client_id is None:
        work.require_may(Act.PRINT_BATCH)


def begin(work: Work, region_code: str | None) -> PrintBatch:
    """Return the open batch of a region, or of all; begin one where there is none.

    Raises NotValid for a region that does not exist.
    """
    existing = open_batch(work, region_code)
    if existing is not None:
        return existing
    batch = PrintBatch(
        reference=free_reference(work.session, PrintBatch, LetterRecord, Referral),
        region_code=region_code,
        open_for=region_code or EVERYWHERE,
        begun_at=work.now,
        begun_by=work.actor.who,
    )
    work.session.add(batch)
    work.session.flush()
    work.note("batch.begun", batch.reference, region_code or "every region")
    return batch


def open_batch(work: Work, region_code: str | None) -> PrintBatch | None:
    """Return the open batch of a region, or of all; None where there is none."""
    may_batch(work)
    if region_code is not None and all(region_code != one.code for one in REGIONS):
        raise NotValid(f"There is no region with the code {region_code[:10]}.")
    query = select(PrintBatch).where(PrintBatch.open_for == (region_code or EVERYWHERE))
    return work.session.exec(query).first()


def waiting(session: Session, actor: Actor | None, region_code: str | None) -> int:
    """Return how many approved letters are in no batch and have not left."""
    return len(session.exec(candidates(actor, region_code)).all())


def fill(work: Work, reference: str, after: int = 0) -> Filled:
    """Put the next few letters into a batch. Repeat with ``last`` until it is None.

    Each is looked at by the gate. A batch that was filled or closed takes no more.
    """
    may_batch(work)
    batch = held_batch(work, reference)
    if batch.filled_at is not None or batch.closed_at is not None:
        return Filled(0, (), None)
    query = candidates(seer(work), batch.region_code).where(col(LetterRecord.id) > after)
    ids = work.session.exec(query.order_by(col(LetterRecord.id)).limit(AT_A_TIME)).all()
    if not ids:
        batch.filled_at = work.now
        work.session.add(batch)
        return Filled(0, (), None)
    held = tuple(back for one in ids if (back := _take(work, batch, one)))
    return Filled(len(ids) - len(held), held, ids[-1])


def held_batch(work: Work, reference: str) -> PrintBatch:
    """Return a batch, held until the transaction ends. Raises NotFound."""
    query = select(PrintBatch).where(PrintBatch.reference == reference, of_actor(seer(work)))
    batch = work.session.exec(query.with_for_update()).first()
    if batch is None:
        raise NotFound("There is no such batch.")
    return batch


def of_actor(actor: Actor | None) -> ColumnElement[bool]:
    """Return which batches somebody sees: those of their region; all for the operator (None)."""
    if actor is None:
        return col(PrintBatch.id).is_not(None)
    return col(PrintBatch.region_code) == (actor.region_code or "")


def seer(work: Work) -> Actor | None:
    """Return whose view counts: the actor's, or None for the operator, who sees all."""
    return work.actor if work.actor.client_id is None else None


def _take(work: Work, batch: PrintBatch, letter_id: int) -> HeldBack | None:
    letter, concern = held_with_concern(work, letter_id)
    why = why_not_leave(work, letter, Step.OPEN) or why_on_its_way(work, letter, concern)
    if why:
        return HeldBack(letter.reference, why)
    row = BatchLetter(
        batch_id=batch.id, letter_id=letter.id, held_letter_id=letter.id, taken_at=work.now
    )
    work.session.add(row)
    work.session.flush()
    work.note("letter.batched", concern.subject, f"{letter.reference} {batch.reference}")
    return None


def candidates(actor: Actor | None, region_code: str | None) -> Any:
    """Return a query for the ids of approved letters that have not left and are on no way out.

    A letter in plain text is for email, or to be read out: nobody prints it (``unprinted.py``).
    """
    return not_left(actor, region_code, LetterRecord.id).where(
        LetterRecord.format != LetterFormat.TEXT
    )


def not_left(actor: Actor | None, region_code: str | None, *columns: Any) -> Any:
    """Return a query for approved letters that have not left and are on no way out."""
    query = select(*columns).where(*_on_no_way_out())
    return of_anybody(query, actor, region_code)


def why_on_its_way(work: Work, letter: LetterRecord, concern: Concern) -> str:
    """Return by which other way a letter goes that is held; "" where by none.

    Asked once it is held: another batch, or Notify, may have taken it since it was found.
    """
    free = select(LetterRecord.id).where(LetterRecord.id == letter.id, *_on_no_way_out())
    if work.session.exec(free).first() is None:
        return _ON_ITS_WAY
    opened = select(PersonalRead.id).where(
        PersonalRead.subject == concern.subject,
        PersonalRead.thing == letter.reference,
        PersonalRead.reason == TO_POST,
        col(PersonalRead.refused).is_(False),
    )
    is_opened = letter.opened_at is not None
    return _OPENED if is_opened and work.session.exec(opened.limit(1)).first() else ""


def _on_no_way_out() -> tuple[ColumnElement[bool], ...]:
    letter = col(LetterRecord.id)
    return (
        col(LetterRecord.status) == LetterStatus.APPROVED,
        col(LetterRecord.pdf).is_not(None),
        *(~exists().where(one == letter) for one in _GONE),
        ~exists().where(
            col(NotifyLetter.letter_id) == letter, col(NotifyLetter.status).in_(MAY_BE_THERE)
        ),
    )


def of_anybody(query: Any, actor: Actor | None, region_code: str | None = None) -> Any:
    """Narrow a query over letters, to victims and to others, to what somebody may see.

    A letter to others is placed by its referral, or by its sentence where that has none.
    """
    query = with_case(query)
    place = func.coalesce(col(Referral.region_code), col(Sentence.region_code))
    if region_code is not None:
        query = query.where(place == region_code)
    if actor is None:
        return query
    area = func.coalesce(col(Referral.police_area), col(Sentence.police_area))
    return query.where(reach(actor).covering(place, area, ABOUT))


def with_case(query: Any) -> Any:
    """Join a query over letters, to victims and to others, to what each is about."""
    theirs = or_(
        col(Referral.id) == col(Victim.referral_id),
        col(Referral.sentence_id) == col(LetterRecord.sentence_id),
    )
    return (
        query.outerjoin(Victim, col(Victim.id) == col(LetterRecord.victim_id))
        .outerjoin(Referral, theirs)
        .outerjoin(Sentence, col(Sentence.id) == col(LetterRecord.sentence_id))
    )


ABOUT: Final = func.coalesce(col(Referral.sentence_id), col(LetterRecord.sentence_id))
"""The id of the sentence that a letter of such a query is about."""

_GONE: Final = (
    col(PostedLetter.letter_id),
    col(ReturnedLetter.letter_id),
    col(BatchLetter.held_letter_id),
)
"""A letter that is named in one of these has left, or is on its way."""

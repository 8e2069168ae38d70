"""Record that the letters of a batch left: each by itself, once, and none that may not leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.post.batches.fill import held_batch, may_batch, seer
from vcs.post.batches.kept import printed, require_not_kept
from vcs.post.batches.leaving import held_with_concern
from vcs.post.batches.pull import pull
from vcs.post.batches.reads import NOT_MADE
from vcs.post.batches.records import BatchLetter
from vcs.post.posting import Despatch, MustNotLeave, keep_despatch
from vcs.post.records import LetterRecord
from vcs.post.returned.near import NoSuchLetter, letter_named, tidy
from vcs.post.returned.records import ReturnedLetter
from vcs.victims.records import PostedLetter


class Left(StrEnum):
    """What became of one row of a manifest."""

    RECORDED = "recorded"
    BEFORE = "recorded before"
    PULL = "pull"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RowDone:
    """What became of one row, and why where it was refused."""

    reference: str
    became: Left
    why: str = ""


@dataclass(frozen=True, slots=True)
class But:
    """References of a batch's letters of which another thing is so than of its others.

    ``stayed`` did not leave. ``pulled_and_left`` left although they were to be pulled.
    """

    stayed: frozenset[str] = frozenset()
    pulled_and_left: frozenset[str] = frozenset()


NO_OTHER: Final = But()


def despatch_row(work: Work, batch_reference: str, typed: str, despatch: Despatch) -> RowDone:
    """Record that one letter of a batch left, unless it may not leave now: then it is pulled.

    A row that was recorded before stays as it was, whatever day is given. One that left on an
    earlier day cannot be stopped any more, said or not. The batch alone says which letter it is:
    whose case it is may have changed since it was printed.
    """
    may_batch(work)
    despatch = despatch.as_at(work.today)
    batch = held_batch(work, batch_reference)
    reference = tidy(typed)
    row = _row(work.session, batch.id, reference)
    if row is None:
        return RowDone(reference, Left.UNKNOWN, _why_unknown(work, typed))
    if row.left_on is not None:
        return RowDone(reference, Left.BEFORE, f"It left on {row.left_on}.")
    why = _leave(work, row, despatch)
    return RowDone(reference, Left.PULL if why else Left.RECORDED, why)


def batch_left(
    work: Work, batch_reference: str, despatch: Despatch, but: But = NO_OTHER
) -> tuple[RowDone, ...]:
    """Record that the printed letters of a batch left, and close it.

    A letter that no file held stays for the next batch. Raises Conflict while no file was made,
    NotValid for a reference of ``but`` that is not among the printed letters.
    """
    may_batch(work)
    batch = held_batch(work, batch_reference)
    require_not_kept(work, batch)
    if batch.filled_at is None or batch.made_at is None:
        raise Conflict(NOT_MADE)
    rows = _printed(work.session, batch.id)
    pulled = {reference for row, reference in rows if row.pulled_at is not None}
    waits = {reference for _, reference in rows} - pulled
    _check(but.stayed - waits, "stayed")
    _check(but.pulled_and_left - pulled, "pulled_and_left")
    gone = replace(despatch, already_left=True)
    went = [despatch_row(work, batch_reference, one, gone) for one in sorted(but.pulled_and_left)]
    went += [
        despatch_row(work, batch_reference, one, despatch) for one in sorted(waits - but.stayed)
    ]
    close(work, batch_reference)
    return tuple(went)


def _check(unknown: frozenset[str], field: str) -> None:
    if unknown:
        words = f"Not in this batch: {', '.join(sorted(unknown))}"
        raise NotValid("Some details need correcting.", {field: words})


def _printed(session: Session, batch_id: int) -> Sequence[tuple[BatchLetter, str]]:
    """Return the letters held for a batch that a file of it held, with their references."""
    rows = session.exec(printed(select(BatchLetter, LetterRecord.reference), batch_id))
    return [(row, reference) for row, reference in rows]


def close(work: Work, batch_reference: str) -> int:
    """Close a batch of which letters left. The others wait for the next one. Returns how many."""
    may_batch(work)
    batch = held_batch(work, batch_reference)
    require_not_kept(work, batch)
    query = select(BatchLetter).where(
        BatchLetter.batch_id == batch.id, col(BatchLetter.held_letter_id).is_not(None)
    )
    rows = work.session.exec(query).all()
    for row in rows:
        row.held_letter_id = None
        work.session.add(row)
    if batch.closed_at is None:
        batch.open_for, batch.closed_at = None, work.now
        work.session.add(batch)
        work.note("batch.left", batch.reference, f"{len(rows)} stayed")
    return len(rows)


def _why_unknown(work: Work, typed: str) -> str:
    try:
        letter_named(work.session, typed, seer(work))
    except NoSuchLetter as unknown:
        return str(unknown)
    return "It is not in this batch. Nothing was recorded."


def _row(session: Session, batch_id: int, reference: str) -> BatchLetter | None:
    query = (
        select(BatchLetter)
        .join(LetterRecord, col(LetterRecord.id) == col(BatchLetter.letter_id))
        .where(BatchLetter.batch_id == batch_id, LetterRecord.reference == reference)
        .order_by(col(BatchLetter.id).desc())
    )
    return session.exec(query).first()


def _leave(work: Work, row: BatchLetter, despatch: Despatch) -> str:
    """Record one letter as gone; return why not where it must be pulled."""
    letter, concern = held_with_concern(work, row.letter_id)
    work.session.refresh(row)
    why = _already(work.session, letter.id)
    if not why and row.pulled_at is not None and not despatch.already_left:
        why = row.pulled_reason or ""
    if why:
        pull(work.session, letter.id, why, work.now)
        return why
    try:
        keep_despatch(work, letter, concern, despatch)
    except MustNotLeave as held:
        pull(work.session, letter.id, held.why, work.now)
        return held.why
    row.left_on, row.held_letter_id, row.pulled_at, row.pulled_reason = (
        despatch.left_on, None, None, None,
    )  # fmt: skip
    work.session.add(row)
    return ""


def _already(session: Session, letter_id: int) -> str:
    posted = select(PostedLetter).where(PostedLetter.letter_id == letter_id)
    back = select(ReturnedLetter).where(ReturnedLetter.letter_id == letter_id)
    if gone := session.exec(posted).first():
        return f"It is recorded as posted already, on {gone.posted_on}: this copy must not go too."
    if came := session.exec(back).first():
        return f"It came back already, on {came.came_back_on}."
    return ""

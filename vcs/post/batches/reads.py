"""Batches as pages and commands show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.orm import load_only
from sqlmodel import Session, col, func, select

from vcs.access.actors import Actor
from vcs.access.reads import name_of, names_of
from vcs.errors import Conflict, NotFound
from vcs.post.batches.fill import of_actor
from vcs.post.batches.kept import ForAColleague, is_kept_from, not_kept_from
from vcs.post.batches.records import BatchLetter, PrintBatch
from vcs.post.records import LetterRecord

_MOST = 50

_SHOWN: Final[tuple[Any, ...]] = (
    LetterRecord.reference,
    LetterRecord.kind,
    LetterRecord.language,
    LetterRecord.format,
    LetterRecord.opened_at,
    LetterRecord.victim_id,
)
"""What is read of a letter: its PDF stays where it is."""


NOT_MADE: Final = (
    "The file of this batch was not made yet, so none of its letters can have left. Put the "
    "letters into the batch, open its file and print them first."
)


class RowState(StrEnum):
    """What became of a letter of a batch."""

    WAITS = "waits"
    LEFT = "left"
    PULLED = "pulled"
    STAYED = "stayed"


@dataclass(frozen=True, slots=True)
class BatchView:
    """One batch, with how many of its letters wait, left, were pulled, and stayed for the next.

    ``holds`` is how many no other batch may take: those that wait, and those that were pulled
    after they were printed, until somebody records what became of them. It counts letters that
    the reader may not see, and is for no page. ``is_kept``: a colleague goes on with this batch.
    """

    id: int
    reference: str
    region_code: str | None
    begun_at: datetime
    begun_by: str
    is_filled: bool
    made_at: datetime | None
    closed_at: datetime | None
    counts: Mapping[RowState, int]
    holds: int
    is_kept: bool = False

    @property
    def is_made(self) -> bool:
        """Return whether every letter that was to go was in it, and a file of it was made."""
        return self.is_filled and self.made_at is not None

    def check_recordable(self) -> None:
        """Raise Conflict where the reader cannot record that it left, saying what to do."""
        if self.is_kept:
            raise ForAColleague
        if not self.is_made:
            raise Conflict(NOT_MADE)

    @property
    def waits(self) -> int:
        """Return how many of its letters have neither left nor been pulled."""
        return self.counts[RowState.WAITS]

    @property
    def left(self) -> int:
        """Return how many of its letters left."""
        return self.counts[RowState.LEFT]

    @property
    def pulled(self) -> int:
        """Return how many of its letters were pulled."""
        return self.counts[RowState.PULLED]

    @property
    def stayed(self) -> int:
        """Return how many of its letters stayed for the next batch."""
        return self.counts[RowState.STAYED]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One letter of a batch. It names nobody."""

    reference: str
    kind: str
    language: str
    format: str
    state: RowState
    pages: int | None
    first_page: int | None
    was_opened: bool
    left_on: date | None
    pulled_reason: str
    is_to_others: bool = False
    is_held: bool = False

    @property
    def sheets(self) -> int:
        """Return how many sheets it takes, printed on both sides; 0 where nobody counted yet."""
        return ((self.pages or 0) + 1) // 2


def batches(session: Session, actor: Actor | None) -> tuple[BatchView, ...]:
    """Return the batches that somebody may see, the newest first; all for the operator (None)."""
    query = select(PrintBatch).where(of_actor(actor)).order_by(col(PrintBatch.id).desc())
    names = names_of(session)
    found = session.exec(query.limit(_MOST)).all()
    return tuple(_view(session, actor, one, names) for one in found)


def batch_named(session: Session, actor: Actor | None, reference: str) -> BatchView:
    """Return one batch. Raises NotFound."""
    query = select(PrintBatch).where(PrintBatch.reference == reference, of_actor(actor))
    batch = session.exec(query).first()
    if batch is None:
        raise NotFound("There is no such batch.")
    return _view(session, actor, batch, names_of(session))


def batch_rows(session: Session, batch_id: int, actor: Actor | None) -> tuple[BatchRow, ...]:
    """Return the letters of a batch that are not kept from somebody, in the order of its file.

    Where one is kept from them, on which page each begins is not told: a gap would show it.
    """
    query = (
        select(BatchLetter, LetterRecord)
        .options(load_only(*_SHOWN))
        .join(LetterRecord, col(LetterRecord.id) == col(BatchLetter.letter_id))
        .where(BatchLetter.batch_id == batch_id)
        .order_by(col(BatchLetter.first_page), col(BatchLetter.id))
    )
    seen = session.exec(not_kept_from(query, actor)).all()
    is_whole = len(seen) == session.exec(_all_of(batch_id)).one()
    return tuple(
        BatchRow(
            letter.reference,
            letter.kind,
            letter.language,
            letter.format,
            _state(row),
            row.pages,
            row.first_page if is_whole else None,
            letter.opened_at is not None,
            row.left_on,
            row.pulled_reason or "",
            letter.victim_id is None,
            row.held_letter_id is not None,
        )
        for row, letter in seen
    )


def _all_of(batch_id: int) -> Any:
    return select(func.count(col(BatchLetter.id))).where(BatchLetter.batch_id == batch_id)


def _state(row: BatchLetter) -> RowState:
    if row.left_on is not None:
        return RowState.LEFT
    if row.pulled_at is not None:
        return RowState.PULLED
    return RowState.STAYED if row.held_letter_id is None else RowState.WAITS


def _view(
    session: Session, actor: Actor | None, batch: PrintBatch, names: Mapping[int, str]
) -> BatchView:
    left, pulled = col(BatchLetter.left_on).is_not(None), col(BatchLetter.pulled_at).is_not(None)
    held = col(BatchLetter.held_letter_id).is_not(None)
    query = (
        select(left, pulled, held, func.count())
        .select_from(BatchLetter)
        .join(LetterRecord, col(LetterRecord.id) == col(BatchLetter.letter_id))
        .where(BatchLetter.batch_id == batch.id)
        .group_by(left, pulled, held)
    )
    counts = dict.fromkeys(RowState, 0)
    for has_left, was_pulled, is_held, count in session.exec(not_kept_from(query, actor)):
        waits = RowState.WAITS if is_held else RowState.STAYED
        counts[RowState.LEFT if has_left else RowState.PULLED if was_pulled else waits] += count
    return BatchView(
        batch.id,
        batch.reference,
        batch.region_code,
        batch.begun_at,
        name_of(batch.begun_by, names),
        batch.filled_at is not None,
        batch.made_at,
        batch.closed_at,
        counts,
        _holds(session, batch.id),
        is_kept_from(session, batch.id, actor),
    )


def _holds(session: Session, batch_id: int) -> int:
    held = select(func.count(col(BatchLetter.held_letter_id)))
    return session.exec(held.where(BatchLetter.batch_id == batch_id)).one()

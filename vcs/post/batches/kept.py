"""Which letters of a batch somebody may see. One kept from them looks as if it did not exist.

The batch is its region's: a letter whose referral has moved since is still named to whoever
printed it, so that it is found in the pile. Its file is made of what they may see today.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.access.actors import Actor, Reach
from vcs.access.work import Work
from vcs.errors import Conflict
from vcs.post.batches.fill import ABOUT, of_anybody, seer, with_case
from vcs.post.batches.records import BatchLetter, PrintBatch
from vcs.post.records import LetterRecord

FOR_A_COLLEAGUE: Final = (
    "This batch is not yours to open or to record. Ask a colleague of your unit to open its file "
    "and to record that it left."
)


class ForAColleague(Conflict):
    """A batch of which a printed letter is kept from whoever asks."""

    title = "A colleague goes on with this batch"

    def __init__(self) -> None:
        """Say what to do, and not why."""
        super().__init__(FOR_A_COLLEAGUE)


def not_kept_from(query: Any, actor: Actor | None) -> Any:
    """Narrow a query over letters to those of no case that is kept from somebody."""
    if actor is None:
        return query
    seen = Reach(everywhere=True, hidden=actor.hidden, opened=actor.opened)
    return with_case(query).where(seen.covering(None, None, ABOUT))


def printed(query: Any, batch_id: int) -> Any:
    """Narrow a query over a batch's rows to the letters held for it that a file of it held."""
    return query.join(LetterRecord, col(LetterRecord.id) == col(BatchLetter.letter_id)).where(
        BatchLetter.batch_id == batch_id,
        col(BatchLetter.held_letter_id).is_not(None),
        col(BatchLetter.first_page).is_not(None),
    )


def is_kept_from(session: Session, batch_id: int, actor: Actor | None) -> bool:
    """Return whether a letter that is kept from somebody may lie printed for a batch."""
    if actor is None or not actor.hidden.sentences:
        return False
    query = printed(select(BatchLetter.id), batch_id)
    return set(session.exec(query)) != set(session.exec(not_kept_from(query, actor)))


def require_not_kept(work: Work, batch: PrintBatch) -> None:
    """Raise Conflict where a letter that may lie printed for a batch is kept from the actor."""
    if is_kept_from(work.session, batch.id, seer(work)):
        raise ForAColleague


def within_reach(work: Work, letters: Collection[int]) -> set[int]:
    """Return those of some letters that the actor may see today, by their ids."""
    query = select(LetterRecord.id).where(col(LetterRecord.id).in_(letters))
    return set(work.session.exec(of_anybody(query, seer(work))))

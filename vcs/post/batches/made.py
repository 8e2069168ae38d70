"""The letters of a batch in the printer's order, and what its finished file holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.post.batches.fill import HeldBack, held_batch, of_anybody
from vcs.post.batches.kept import require_not_kept, within_reach
from vcs.post.batches.leaving import held_with_concern, why_not_leave
from vcs.post.batches.pull import pull
from vcs.post.batches.records import BatchLetter
from vcs.post.gate import Step
from vcs.post.opening import TO_POST
from vcs.post.records import LetterRecord
from vcs.sealing import Sealer

AT_A_TIME: Final = 20

_IN_A_QUESTION: Final = 500

_MOVED: Final = "Its referral is with another region now, which writes to this person itself."


@dataclass(frozen=True, slots=True)
class LetterToPrint:
    """One letter of a batch for the printer, byte for byte as it was made."""

    reference: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class LookedAgain:
    """What one step did. ``last`` is the id of the last row that was looked at; None at the end."""

    pulled: tuple[HeldBack, ...]
    last: int | None


def unmeasured(session: Session, sealer: Sealer, batch_id: int) -> Iterator[LetterToPrint]:
    """Yield the letters of a batch of which nobody has counted the pages yet."""
    query = _letters(batch_id).where(col(BatchLetter.pages).is_(None))
    yield from _opened(session, sealer, session.exec(query.order_by(col(BatchLetter.id))).all())


def to_print(
    session: Session, sealer: Sealer, batch_id: int, actor: Actor | None
) -> Iterator[LetterToPrint]:
    """Yield the letters of a batch that somebody may see, in the printer's order.

    That is by sheets, then format, language and reference. All of them for the operator (None).

    One letter at a time is in memory.
    """
    sheets = (col(BatchLetter.pages) + 1) // 2
    kind = (col(LetterRecord.format), col(LetterRecord.language))
    order = (sheets, *kind, col(LetterRecord.reference))
    query = of_anybody(_letters(batch_id), actor)
    yield from _opened(session, sealer, session.exec(query.order_by(*order)).all())


def keep_pages(work: Work, reference: str, pages: Mapping[str, int]) -> None:
    """Keep how many pages some letters of a batch have, by the letters' references."""
    batch = held_batch(work, reference)
    for row, letter in _rows(work.session, batch.id, pages):
        row.pages = pages[letter]
        work.session.add(row)


def pull_unreadable(work: Work, reference: str, back: HeldBack) -> int:
    """Take a letter out of a batch that cannot be printed. Returns the letter's id."""
    batch = held_batch(work, reference)
    ((row, _),) = _rows(work.session, batch.id, [back.reference])
    pull(work.session, row.letter_id, back.why, work.now)
    return row.letter_id


def look_again(work: Work, reference: str, after: int = 0) -> LookedAgain:
    """Ask the gate again about the next letters of a batch, and pull what may not leave now.

    One that the actor may not see, and that no file held, stays for a colleague's batch. Raises
    Conflict where one that may lie printed is kept from them.
    """
    batch = held_batch(work, reference)
    require_not_kept(work, batch)
    query = select(BatchLetter).where(
        BatchLetter.batch_id == batch.id,
        col(BatchLetter.held_letter_id).is_not(None),
        col(BatchLetter.pulled_at).is_(None),
        col(BatchLetter.id) > after,
    )
    rows = work.session.exec(query.order_by(col(BatchLetter.id)).limit(AT_A_TIME)).all()
    seen, pulled = within_reach(work, [row.letter_id for row in rows]), []
    for row in rows:
        is_seen = row.letter_id in seen
        if not is_seen and row.first_page is None:
            row.held_letter_id = None
            work.session.add(row)
            continue
        letter, _ = held_with_concern(work, row.letter_id)
        if why := why_not_leave(work, letter, Step.DESPATCH) if is_seen else _MOVED:
            pull(work.session, letter.id, why, work.now)
            pulled.append(HeldBack(letter.reference, why))
    return LookedAgain(tuple(pulled), rows[-1].id if rows else None)


def record_made(work: Work, reference: str, first_pages: Mapping[str, int]) -> None:
    """Record on which page each letter of a finished file begins."""
    batch = held_batch(work, reference)
    if batch.made_at is None:
        work.note("batch.made", batch.reference, f"{len(first_pages)} letters")
    batch.made_at = batch.made_at or work.now
    work.session.add(batch)
    for row, letter in _rows(work.session, batch.id, first_pages):
        if row.first_page != first_pages[letter]:
            row.first_page = first_pages[letter]
            work.session.add(row)


def note_opened(work: Work, reference: str) -> None:
    """Record that somebody opens the file of a batch, before they are given it."""
    batch = held_batch(work, reference)
    require_not_kept(work, batch)
    work.note("batch.opened", batch.reference, TO_POST)


def _letters(batch_id: int) -> Any:
    return (
        select(LetterRecord.id)
        .join(BatchLetter, col(BatchLetter.held_letter_id) == col(LetterRecord.id))
        .where(BatchLetter.batch_id == batch_id, col(BatchLetter.pulled_at).is_(None))
    )


def _opened(session: Session, sealer: Sealer, ids: Sequence[int]) -> Iterator[LetterToPrint]:
    for one in ids:
        query = select(LetterRecord.reference, LetterRecord.pdf).where(LetterRecord.id == one)
        reference, pdf = session.exec(query).one()
        yield LetterToPrint(reference, sealer.open(pdf or b""))


def _rows(
    session: Session, batch_id: int, references: Iterable[str]
) -> Iterator[tuple[BatchLetter, str]]:
    given = list(references)
    for at in range(0, len(given), _IN_A_QUESTION):
        query = (
            select(BatchLetter, LetterRecord.reference)
            .join(LetterRecord, col(LetterRecord.id) == col(BatchLetter.letter_id))
            .where(
                BatchLetter.batch_id == batch_id,
                col(LetterRecord.reference).in_(given[at : at + _IN_A_QUESTION]),
            )
        )
        yield from session.exec(query).all()

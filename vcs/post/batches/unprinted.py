"""Approved letters in plain text: no printer has them, so a person sends or reads out each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.clock import london_date
from vcs.post.batches.fill import not_left
from vcs.post.records import LetterRecord
from vcs.terms import LetterFormat


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A letter that waits for somebody to send it by email, or to read it out."""

    reference: str
    kind: str
    language: str
    approved_on: date


def unprinted(
    session: Session, actor: Actor | None, region_code: str | None
) -> tuple[Unprinted, ...]:
    """Return the approved letters in plain text that have not left, the oldest first.

    All of them for the operator (``actor`` None). Recording that one was posted says it left.
    """
    columns = (
        LetterRecord.reference,
        LetterRecord.kind,
        LetterRecord.language,
        LetterRecord.approved_at,
    )
    query = not_left(actor, region_code, *columns).where(LetterRecord.format == LetterFormat.TEXT)
    return tuple(
        Unprinted(reference, kind, language, london_date(approved_at))
        for reference, kind, language, approved_at in session.exec(
            query.order_by(col(LetterRecord.approved_at), col(LetterRecord.id))
        )
    )

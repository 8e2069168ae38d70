"""The letters of a case as they were sent: the files themselves, or only what tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.errors import CannotOpen
from vcs.post.records import LetterRecord
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.terms import LetterFormat
from vcs.victims.records import PostedLetter, Victim


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that left. ``file`` is the very bytes; None where they are left out or do not open.

    Every letter names somebody, so the file goes only to those who may read names.
    """

    kind: str
    language: str
    format: str
    posted_on: date
    sha256: str
    file: bytes | None

    @property
    def ending(self) -> str:
        """Return how the name of its file ends."""
        return "txt" if self.format == LetterFormat.TEXT else "pdf"


def sent_letters(
    session: Session, sentence_id: int, sealer: Sealer | None
) -> tuple[SentLetter, ...]:
    """Return the letters of a case that left, in order; their files only where a sealer is given.

    One that was withdrawn and left all the same is among them: it was sent.
    """
    victims = (
        select(Victim.id)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(Referral.sentence_id) == sentence_id)
    )
    query = (
        select(LetterRecord, col(PostedLetter.posted_on))
        .join(PostedLetter, col(PostedLetter.letter_id) == col(LetterRecord.id))
        .where(
            or_(
                col(LetterRecord.sentence_id) == sentence_id,
                col(LetterRecord.victim_id).in_(victims),
            )
        )
        .order_by(col(PostedLetter.posted_on), col(LetterRecord.id))
    )
    return tuple(
        SentLetter(
            letter.kind,
            letter.language,
            letter.format,
            posted_on,
            letter.sha256 or "",
            _opened(letter.pdf, sealer),
        )
        for letter, posted_on in session.exec(query)
    )


def _opened(sealed: bytes | None, sealer: Sealer | None) -> bytes | None:
    if sealed is None or sealer is None:
        return None
    try:
        return sealer.open(sealed)
    except CannotOpen:
        return None

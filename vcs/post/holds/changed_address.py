"""Whether an address was changed since somebody was referred, and no letter has gone there yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import Session, col, select

from vcs.access.reading.records import PersonalRead
from vcs.clock import london_date
from vcs.post.cases.letter_case import ChangedAddress
from vcs.post.records import LOOKED_AT, TO_POST, LetterRecord
from vcs.post.returned.reads import printed_address
from vcs.post.returned.records import ReturnedLetter
from vcs.sealing import Sealer
from vcs.terms import LetterFormat
from vcs.victims.find import Part, former_rows
from vcs.victims.person import Person, opened
from vcs.victims.places.same_place import comparable
from vcs.victims.records import FormerDetails, PostedLetter, Victim


def changed_address(
    session: Session, sealer: Sealer, victim: Victim, person: Person, parts: Sequence[Part]
) -> ChangedAddress | None:
    """Return how an address came to be another than before; None where it did not, or is known.

    It is known once a letter that was approved after the change left, or was opened to be posted:
    a second person saw the address and let that one go. A look at a letter says nothing. An address
    that was entered where none was held is no change of one.
    """
    here = comparable(person.where, person.postcode)
    others = [
        (row, held)
        for row in former_rows(session, victim)
        if comparable((held := opened(sealer, row)).where, held.postcode) != here
    ]
    if not person.lines or not any(held.lines for _, held in others):
        return None
    last: FormerDetails = others[-1][0]
    if _has_gone_since(session, parts, last.replaced_at):
        return None
    return ChangedAddress(london_date(last.replaced_at), last.replaced_by, f"{last.id} {here}")


def has_gone_there(session: Session, sealer: Sealer, parts: Sequence[Part], address: str) -> bool:
    """Say whether a letter to this person left for an address and did not come back."""
    query = select(LetterRecord).where(
        col(LetterRecord.victim_id).in_([part.id for part, _ in parts]),
        _has_left(parts),
        col(LetterRecord.id).not_in(select(ReturnedLetter.letter_id)),
    )
    return any(printed_address(sealer, one) == address for one in session.exec(query))


def _has_gone_since(session: Session, parts: Sequence[Part], changed_at: datetime) -> bool:
    query = select(LetterRecord.id).where(
        col(LetterRecord.victim_id).in_([part.id for part, _ in parts]),
        col(LetterRecord.approved_at) >= changed_at,
        # Plain text goes by email: it says nothing of whether a letter reaches a door.
        col(LetterRecord.format) != LetterFormat.TEXT,
        _has_left(parts),
        col(LetterRecord.id).not_in(select(ReturnedLetter.letter_id)),
    )
    return session.exec(query).first() is not None


def _has_left(parts: Sequence[Part]) -> ColumnElement[bool]:
    """Say of a letter whether it was posted, or opened by somebody who was to post it."""
    opened_to_post = exists().where(
        col(PersonalRead.subject).in_([referral.reference for _, referral in parts]),
        col(PersonalRead.event) == LOOKED_AT,
        col(PersonalRead.thing) == col(LetterRecord.reference),
        col(PersonalRead.reason) == TO_POST,
        col(PersonalRead.refused).is_(False),
    )
    return or_(opened_to_post, col(LetterRecord.id).in_(select(PostedLetter.letter_id)))

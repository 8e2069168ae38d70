"""Letters to a person that came back, in whichever referral, beside what is held now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from vcs.post.cases.letter_case import CameBack
from vcs.post.records import LetterRecord
from vcs.post.returned.reasons import ReturnReason
from vcs.post.returned.records import ReturnedLetter
from vcs.sealing import Sealer
from vcs.tasks.records import Task, TaskKind
from vcs.victims.find import Part
from vcs.victims.person import opened
from vcs.victims.places.same_place import comparable, in_todays_form
from vcs.victims.records import PersonRecord


def returned_to(
    session: Session, sealer: Sealer, held: PersonRecord, parts: Sequence[Part]
) -> tuple[CameBack, ...]:
    """Return every letter to a person that came back, the oldest first."""
    query = (
        select(ReturnedLetter, LetterRecord)
        .join(LetterRecord, col(LetterRecord.id) == col(ReturnedLetter.letter_id))
        .where(col(ReturnedLetter.victim_id).in_([part.id for part, _ in parts]))
        .order_by(col(ReturnedLetter.id))
    )
    found = session.exec(query).all()
    if not found:
        return ()
    person = opened(sealer, held)
    now_at, asked = comparable(person.where, person.postcode), _asked(session, parts)
    return tuple(
        CameBack(
            letter.reference,
            ReturnReason(back.reason),
            back.came_back_on,
            is_here=printed_address(sealer, letter) in (now_at, None)
            and not _confirmed_since(held, back.came_back_on),
            is_asked=back.victim_id in asked,
        )
        for back, letter in found
    )


def printed_address(sealer: Sealer, letter: LetterRecord) -> str | None:
    """Return the address on a letter, in the form in which two spellings are equal; or None.

    One that left by email alone had no address on it.
    """
    if letter.made_from is not None:
        made_from = sealer.open_json(letter.made_from)
        return None if made_from.get("mailbox") else in_todays_form(made_from["address"])
    if letter.contents is None:
        return None
    window = json.loads(sealer.open_text(letter.contents)).get("window")
    return comparable(window[1:-1], window[-1]) if window else None


def subject_of_returned(back: Sequence[CameBack], address: str) -> str:
    """Return what a decision about letters that came back is about."""
    return f"{' '.join(one.letter_reference for one in back)}|{address}" if back else ""


def _asked(session: Session, parts: Sequence[Part]) -> frozenset[int | None]:
    """Return the parts about which a letter of theirs that came back is still asked."""
    query = select(Task.victim_id).where(
        Task.kind == TaskKind.LETTER_RETURNED,
        col(Task.topic).is_(None),
        col(Task.victim_id).in_([part.id for part, _ in parts]),
        col(Task.done_at).is_(None),
    )
    return frozenset(session.exec(query))


def _confirmed_since(held: PersonRecord, day: date) -> bool:
    return held.address_confirmed_on is not None and held.address_confirmed_on > day

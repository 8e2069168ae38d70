"""Early requests whose case reference may be miswritten: looked at as the sentences come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.database import Database
from vcs.errors import CannotOpen, NotReadable, NotValid
from vcs.intake.cursors import came_to, held_cursor
from vcs.intake.witness_care.reading import read_request
from vcs.partners.matching import Candidate, fits_offender, may_be_case_of
from vcs.partners.records import ReferralRequest, RequestStatus
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import DecisionRecord, Sentence

_CURSOR: Final = "early referrals miswritten"

_AT_A_TIME: Final = 2_000

_Early = tuple[int, str, bytes]


def newest_decision(session: Session) -> int:
    """Return the id of the newest decision; 0 before there is one."""
    return session.exec(select(func.max(col(DecisionRecord.id)))).first() or 0


def has_news(session: Session) -> bool:
    """Say whether anything was decided since the last look."""
    return came_to(session, _CURSOR) < newest_decision(session)


def look(session: Session, sealer: Sealer, newest: int) -> tuple[list[int], int]:
    """Return the early requests that a new sentence may be for, and how far this has looked.

    Their case may be that of the sentence; the offender's name and date of birth are the same.
    """
    since = came_to(session, _CURSOR)
    early = _early(session)
    if not early:
        return [], newest
    until = min(newest, since + _AT_A_TIME)
    decided = select(DecisionRecord.sentence_id).where(
        col(DecisionRecord.id).between(since + 1, until)
    )
    query = (
        select(Sentence, Referral)
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(col(Sentence.id).in_(decided), col(Sentence.date_of_birth).is_not(None))
    )
    found = {
        request_id
        for row in session.exec(query)
        for request_id in _near(sealer, Candidate(*row), early)
    }
    return sorted(found), until


def keep_look(db: Database, until: int) -> None:
    """Keep how far was looked, once what was found has been dealt with."""
    with db.writing() as session:
        cursor = held_cursor(session, _CURSOR)
        cursor.last_id = max(cursor.last_id, until)
        session.add(cursor)


def _early(session: Session) -> list[_Early]:
    columns: tuple[Any, ...] = (ReferralRequest.id, ReferralRequest.case_key, ReferralRequest.body)
    query = select(*columns).where(
        ReferralRequest.status == RequestStatus.EARLY, col(ReferralRequest.case_key).is_not(None)
    )
    return [(one[0], one[1], one[2]) for one in session.exec(query)]


def _near(sealer: Sealer, one: Candidate, early: list[_Early]) -> Iterator[int]:
    for request_id, case_key, body in early:
        if case_key != one.sentence.case_key and _may_be_of(sealer, case_key, body, one):
            yield request_id


def _may_be_of(sealer: Sealer, case_key: str, body: bytes, one: Candidate) -> bool:
    if not may_be_case_of(case_key, None, one):
        return False
    try:
        asked = read_request(sealer.open(body))
    except (CannotOpen, NotReadable, NotValid):
        return True  # its turn leaves it to a person
    offender, day = getattr(asked, "offender", None), getattr(asked, "sentenced_on", None)
    is_described = offender and offender.name and offender.date_of_birth
    if not is_described or not may_be_case_of(case_key, day, one):
        return False
    return fits_offender(sealer, offender, one.sentence)

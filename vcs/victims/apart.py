"""Two people who are not one, as somebody decided: nobody is asked about them again."""

from __future__ import annotations

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.database import insert_once
from vcs.tables import table_of
from vcs.victims.records import KeptApart

_APART = table_of(KeptApart)


def keep_apart(work: Work, one_id: int, other_id: int) -> None:
    """Remember that two people are not one."""
    low, high = sorted((one_id, other_id))
    row = {
        "one_id": low,
        "other_id": high,
        "decided_at": work.now,
        "decided_by": work.actor.account_id,
    }
    work.session.execute(insert_once(work.session, _APART, "one_id", "other_id"), [row])


def apart_from(session: Session, person_id: int) -> set[int]:
    """Return the people who are not this one, as somebody decided."""
    either = or_(col(KeptApart.one_id) == person_id, col(KeptApart.other_id) == person_id)
    rows = session.exec(select(KeptApart).where(either))
    return {one.one_id if one.other_id == person_id else one.other_id for one in rows}


def are_apart(session: Session, one_id: int, other_id: int) -> bool:
    """Say whether somebody decided that two people are not one."""
    return other_id in apart_from(session, one_id)

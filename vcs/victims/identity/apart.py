"""Two people who are not one, as somebody decided: nobody is asked about them again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.access.rules import MANAGING
from vcs.access.work import Work
from vcs.database import insert_once
from vcs.tables import table_of
from vcs.victims.records import KeptApart

_APART = table_of(KeptApart)


def keep_apart(work: Work, one_id: int, other_id: int) -> None:
    """Remember that two people are not one. A manager's word stands above another's."""
    low, high = sorted((one_id, other_id))
    row = {
        "one_id": low,
        "other_id": high,
        "decided_at": work.now,
        "decided_by": work.actor.account_id,
    }
    work.session.execute(insert_once(work.session, _APART, "one_id", "other_id"), [row])
    if work.actor.role in MANAGING:
        these = (_APART.c.one_id == low, _APART.c.other_id == high)
        by = {"decided_at": work.now, "decided_by": work.actor.account_id}
        work.session.execute(update(_APART).where(*these).values(by))


def apart_by_manager(session: Session, person_id: int) -> set[int]:
    """Return the people who are not this one, as a manager decided."""
    found = _apart_from(session, person_id)
    deciders = select(Account.id).where(
        col(Account.id).in_({one.decided_by for one in found}),
        col(Account.role).in_([str(role) for role in MANAGING]),
    )
    managers = set(session.exec(deciders)) if found else set()
    return {_other(one, person_id) for one in found if one.decided_by in managers}


def apart_from(session: Session, person_id: int) -> set[int]:
    """Return the people who are not this one, as somebody decided."""
    return {_other(one, person_id) for one in _apart_from(session, person_id)}


def _apart_from(session: Session, person_id: int) -> Sequence[KeptApart]:
    either = or_(col(KeptApart.one_id) == person_id, col(KeptApart.other_id) == person_id)
    return session.exec(select(KeptApart).where(either)).all()


def _other(pair: KeptApart, person_id: int) -> int:
    return pair.one_id if pair.other_id == person_id else pair.other_id


def are_apart(session: Session, one_id: int, other_id: int) -> bool:
    """Say whether somebody decided that two people are not one."""
    return other_id in apart_from(session, one_id)

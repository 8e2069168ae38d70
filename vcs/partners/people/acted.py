"""Whether the unit has acted on a victim whom witness care referred.

Whatever points at the victim counts, so that a table that comes later counts too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, or_
from sqlmodel import Session, SQLModel, col, select

from vcs.access.reading.records import PersonalRead
from vcs.access.records import Account
from vcs.clocks.records import ClockRecord
from vcs.post.records import LetterDecision, LetterLook, LetterRecord
from vcs.referrals.records import DeadlineMove, DeadlineRecord, Referral, ReferralStatus
from vcs.tables import table_of
from vcs.tasks.records import Task
from vcs.terms import Role
from vcs.victims.contact.records import NoteRecord
from vcs.victims.records import FormerDetails, KeptApart, PersonDigest, PersonRecord, Victim
from vcs.victims.warnings.records import SafetyWarning

_GO_WITH_VICTIM = (
    DeadlineRecord,
    ClockRecord,
    LetterRecord,
    LetterLook,
    Task,
    FormerDetails,
    NoteRecord,
    SafetyWarning,
)

_GO_WITH_PERSON = (Victim, Task, FormerDetails, PersonDigest, KeptApart)


def is_acted_on(session: Session, victim: Victim, referral: Referral) -> bool:
    """Say whether anybody but witness care did, looked at or was told something about a victim."""
    if referral.status == ReferralStatus.CLOSED:
        return True
    return any(
        (
            _is_looked_at(session, victim),
            _is_noted(session, victim),
            _is_changed(session, victim),
            _is_answered(session, victim),
            _is_late(session, victim),
            _is_written_to(session, victim),
            _is_pointed_at(session, Victim, [victim.id], _GO_WITH_VICTIM),
            is_only_part(session, victim)
            and _is_pointed_at(session, PersonRecord, [victim.person_id], _GO_WITH_PERSON),
        )
    )


def is_only_part(session: Session, victim: Victim) -> bool:
    """Say whether the person of a victim is in no other referral."""
    others = select(Victim.id).where(Victim.person_id == victim.person_id, Victim.id != victim.id)
    return session.exec(others.limit(1)).first() is None


def tasks_about(session: Session, victim: Victim) -> ColumnElement[bool]:
    """Return which tasks are about a victim, and about the person where this is their only part."""
    of_person = col(Task.person_id) == victim.person_id
    mine = col(Task.victim_id) == victim.id
    return or_(mine, of_person) if is_only_part(session, victim) else mine


def _is_looked_at(session: Session, victim: Victim) -> bool:
    opened = or_(
        col(PersonalRead.thing) == victim.reference,
        col(PersonalRead.whose) == f"person:{victim.person_id}",
    )
    return session.exec(select(PersonalRead.id).where(opened).limit(1)).first() is not None


def _is_noted(session: Session, victim: Victim) -> bool:
    """Say whether somebody outside witness care wrote a note about a victim."""
    query = (
        select(NoteRecord.id)
        .join(Account, col(Account.id) == col(NoteRecord.noted_by))
        .where(NoteRecord.victim_id == victim.id, Account.role != Role.WITNESS_CARE)
    )
    return session.exec(query.limit(1)).first() is not None


def _is_changed(session: Session, victim: Victim) -> bool:
    """Say whether the unit changed the details; of a shared record, whether anybody did."""
    through = select(FormerDetails.id).where(FormerDetails.victim_id == victim.id)
    if is_only_part(session, victim):
        staff = session.exec(select(Account.id).where(Account.role == Role.WITNESS_CARE))
        own = [f"account:{number}" for number in staff]
        through = through.where(col(FormerDetails.replaced_by).not_in(own))
    return session.exec(through.limit(1)).first() is not None


def _is_answered(session: Session, victim: Victim) -> bool:
    """Say whether a person answered a question about a victim, or a program sent something."""
    by_somebody = or_(col(Task.done_by).is_not(None), col(Task.request_receipt).is_not(None))
    query = select(Task.id).where(tasks_about(session, victim), by_somebody)
    return session.exec(query.limit(1)).first() is not None


def _is_late(session: Session, victim: Victim) -> bool:
    """Say whether a deadline of a victim was met or missed, or somebody was alerted about it."""
    of_victim = select(DeadlineRecord).where(DeadlineRecord.victim_id == victim.id)
    found = session.exec(of_victim).all()
    if any(one.met_on or one.missed_on for one in found):
        return True
    return _is_pointed_at(session, DeadlineRecord, [one.id for one in found], (DeadlineMove,))


def _is_written_to(session: Session, victim: Victim) -> bool:
    """Say whether somebody began a letter or decided about one: a draft alone is nobody's act."""
    decided = select(LetterDecision.letter_id)
    touched = or_(col(LetterRecord.drafted_by).is_not(None), col(LetterRecord.id).in_(decided))
    hers = or_(
        col(LetterRecord.victim_id) == victim.id, col(LetterRecord.about_victim_id) == victim.id
    )
    query = select(LetterRecord.id).where(hers, touched)
    return session.exec(query.limit(1)).first() is not None


def _is_pointed_at(
    session: Session,
    model: type[SQLModel],
    ids: Collection[int],
    but: tuple[type[SQLModel], ...],
) -> bool:
    return any(
        session.execute(_some(column, ids)).first() is not None
        for column in _columns_to(table_of(model), frozenset(map(table_of, but)))
    )


def _some(column: Column[Any], ids: Collection[int]) -> Any:
    return select(column).where(column.in_(ids)).limit(1)


def _columns_to(target: Table, but: frozenset[Table]) -> Iterator[Column[Any]]:
    """Yield every column of the database that points at a table, but those of some tables."""
    for table in SQLModel.metadata.sorted_tables:
        if table not in but:
            yield from (key.parent for key in table.foreign_keys if key.column.table is target)

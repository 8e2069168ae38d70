"""What was recorded of a person while two were one: whose it is, as far as that can be told."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, SQLModel, col, select

from vcs.access.records import AuditEntry
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.referrals.records import Referral
from vcs.tasks.records import Task, TaskKind
from vcs.victims.family.records import BirthRecord, DeathRecord
from vcs.victims.records import PersonJoin, PersonRecord, Victim

Parts = Collection[tuple[Victim, Referral]]

_IF_OUT = "if_out_answer"
"""What somebody asked for if the offender is out: a table of a room above, asked by name."""


def give_back_records(work: Work, kept: PersonRecord, theirs: Parts, joined_at: datetime) -> bool:
    """Give back what was recorded through the parts that are given back; all else stays.

    Returns whether something was recorded of which nothing says through which part.
    """
    back_id = next(victim.person_id for victim, _ in theirs)
    ids = {victim.id for victim, _ in theirs}
    table = SQLModel.metadata.tables[_IF_OUT]
    answers = (
        table.c.person_id == kept.id,
        table.c.victim_id.in_(ids),
        table.c.recorded_at >= joined_at,
    )
    work.session.execute(update(table).where(*answers).values(person_id=back_id))
    is_unclear = False
    for record, through in _lives(work.session, kept.id, joined_at):
        is_unclear = is_unclear or through is None
        if through in ids:
            record.person_id = back_id
            work.session.add(record)
    work.session.flush()
    return is_unclear


def came_since(session: Session, kept: PersonRecord, joined: Collection[PersonJoin]) -> bool:
    """Say whether somebody was referred as either of two people while they were one."""
    first = min(joined, key=lambda one: one.joined_at)
    query = select(Victim.id).where(
        Victim.person_id == kept.id,
        col(Victim.id) > max(one.victim_id for one in joined),
        Victim.referred_on >= london_date(first.joined_at),
    )
    return session.exec(query).first() is not None


def _lives(
    session: Session, person_id: int, since: datetime
) -> Iterator[tuple[BirthRecord | DeathRecord, int | None]]:
    """Yield each birth and death recorded since, with the part that it was recorded through."""
    deaths = select(DeathRecord).where(
        DeathRecord.person_id == person_id, DeathRecord.recorded_at >= since
    )
    for death in session.exec(deaths).all():
        key = f"death:{death.id}"
        asked = select(Task.victim_id).where(
            Task.key == key, Task.kind == TaskKind.DEATH_TO_CONFIRM
        )
        yield death, session.exec(asked).first()
    births = select(BirthRecord).where(
        BirthRecord.person_id == person_id, BirthRecord.recorded_at >= since
    )
    for birth in session.exec(births).all():
        yield birth, _through(session, birth)


def _through(session: Session, birth: BirthRecord) -> int | None:
    """Return the part that the trail names for a birth; None where it names none, or two."""
    query = (
        select(Victim.id)
        .join(AuditEntry, col(AuditEntry.detail) == col(Victim.reference))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            col(AuditEntry.subject) == col(Referral.reference),
            AuditEntry.event == "birth.recorded",
            AuditEntry.at == birth.recorded_at,
            AuditEntry.who == f"account:{birth.recorded_by}",
        )
    )
    found = set(session.exec(query))
    return found.pop() if len(found) == 1 else None

"""Staff and feed clients as lists, and the audit trail of one thing as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.records import Account, AuditEntry, FeedClient, Unit
from vcs.access.rules import Act, require_may
from vcs.intake.regions import REGIONS

_LONGEST_HISTORY = 200


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One member of staff. ``locked_until`` is set after too many wrong passwords."""

    account_id: int
    name: str
    email: str
    role: str
    region_code: str | None
    police_area: str | None
    active: bool
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One feed client."""

    client_id: str
    name: str
    kind: str
    active: bool
    police_area: str | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """How the Victim Liaison Unit of a region is reached."""

    region: str
    name: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done."""

    at: datetime
    who: str
    event: str
    detail: str


def names_of(session: Session) -> dict[int, str]:
    """Return the name of every member of staff by account."""
    return dict(session.exec(select(Account.id, Account.name)).all())


def list_accounts(session: Session, actor: Actor | None) -> tuple[StaffRow, ...]:
    """Return every account of a person, by name; programs are listed as clients.

    ``actor`` None is the operator at the command line, here and in :func:`list_clients`.
    """
    if actor is not None:
        require_may(actor, Act.MANAGE_ACCESS)
    programs = select(col(FeedClient.account_id)).where(col(FeedClient.account_id).is_not(None))
    people = select(Account).where(col(Account.id).not_in(programs))
    found = session.exec(people.order_by(col(Account.name), col(Account.id)))
    return tuple(_row(one) for one in found)


def list_clients(session: Session, actor: Actor | None) -> tuple[ClientRow, ...]:
    """Return every feed client, by name."""
    if actor is not None:
        require_may(actor, Act.MANAGE_ACCESS)
    found = session.exec(select(FeedClient).order_by(col(FeedClient.name), col(FeedClient.id)))
    return tuple(
        ClientRow(one.client_id, one.name, one.kind, one.active, one.police_area) for one in found
    )


def units_to_consult(session: Session, actor: Actor) -> tuple[UnitRow, ...]:
    """Return the units that said how they are reached, by region: for whoever asks alike."""
    require_may(actor, Act.CONSULT)
    return units_for_programs(session)


def units_for_programs(session: Session) -> tuple[UnitRow, ...]:
    """Return the same for a program of offender managers, which the door let in."""
    units = {one.region_code: one for one in session.exec(select(Unit))}
    return tuple(
        UnitRow(region.name, one.name, one.phone, one.email)
        for region in sorted(REGIONS, key=lambda region: region.name)
        if (one := units.get(region.code)) is not None
    )


def _row(account: Account) -> StaffRow:
    return StaffRow(
        account.id,
        account.name,
        account.email,
        account.role,
        account.region_code,
        account.police_area,
        account.active,
        account.locked_until,
    )


def history(
    session: Session, subjects: tuple[str, ...], names: Mapping[int, str]
) -> tuple[HistoryLine, ...]:
    """Return what was done to some references, newest first; 200 lines at most."""
    query = (
        select(AuditEntry)
        .where(col(AuditEntry.subject).in_(subjects))
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.seq).desc())
        .limit(_LONGEST_HISTORY)
    )
    entries = session.exec(query).all()
    programs = _programs(session, {entry.who for entry in entries})
    return tuple(
        HistoryLine(
            entry.at,
            programs.get(entry.who) or name_of(entry.who, names),
            entry.event,
            entry.detail,
        )
        for entry in entries
    )


def _programs(session: Session, actors: set[str]) -> Mapping[str, str]:
    """Return the programs among those whom a trail names, each with what it is called."""
    ids = {who.removeprefix("client:") for who in actors if who.startswith("client:")}
    if not ids:
        return {}
    called = select(FeedClient.client_id, FeedClient.name).where(col(FeedClient.client_id).in_(ids))
    return {f"client:{client_id}": name for client_id, name in session.exec(called)}


def name_of(who: str, names: Mapping[int, str]) -> str:
    """Return who an entry of the trail names, in words: a person, "The system" or a program."""
    kind, _, number = who.partition(":")
    if kind == "account" and number.isdigit():
        return names.get(int(number), who)
    return "The system" if who == "system" else who

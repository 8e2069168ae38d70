"""Staff and feed clients, as lists for those who look after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.records import Account, FeedClient
from vcs.access.rules import Act, require_may


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

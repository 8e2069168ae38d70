"""What disabling an account would do, for the administrator who is asked to confirm it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from vcs.access.actors import Actor
from vcs.access.records import Account, FeedClient
from vcs.access.rules import Act, require_may
from vcs.errors import Conflict, NotFound
from vcs.referrals.records import Referral, ReferralStatus
from vcs.terms import Role


@dataclass(frozen=True, slots=True)
class Leaving:
    """An account that may be disabled: a count of its open referrals, and none of their names.

    ``is_alone`` where nobody else has an open account with the same role in the same place.
    """

    name: str
    role: str
    region_code: str | None
    police_area: str | None
    open_referrals: int
    is_alone: bool


@dataclass(frozen=True, slots=True)
class LeavingClient:
    """A program that may be disabled. ``is_alone`` where no other open one is of its kind."""

    name: str
    kind: str
    is_alone: bool


def leaving(session: Session, actor: Actor, account_id: int) -> Leaving:
    """Return what disabling an account would do.

    Raises NotFound where there is none, and Conflict where it cannot be disabled.
    """
    require_may(actor, Act.MANAGE_ACCESS)
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    if not account.active:
        raise Conflict("This account is disabled already.")
    is_alone = not _others(session, account)
    if account.role == Role.ADMINISTRATOR and is_alone:
        raise Conflict("This is the only administrator. Add another one first.")
    return Leaving(
        account.name,
        account.role,
        account.region_code,
        account.police_area,
        _open_referrals(session, account),
        is_alone,
    )


def leaving_client(session: Session, actor: Actor, client_id: str) -> LeavingClient:
    """Return what disabling a program would do; raises as :func:`leaving` does."""
    require_may(actor, Act.MANAGE_ACCESS)
    clients = session.exec(select(FeedClient).where(col(FeedClient.active))).all()
    client = next((one for one in clients if one.client_id == client_id), None)
    if client is None:
        raise NotFound("There is no such client, or it is disabled already.")
    alike = [one for one in clients if one.kind == client.kind]
    return LeavingClient(client.name, client.kind, is_alone=len(alike) == 1)


def _others(session: Session, account: Account) -> int:
    query = select(func.count(col(Account.id))).where(
        col(Account.active),
        Account.id != account.id,
        Account.role == account.role,
        col(Account.region_code).is_not_distinct_from(account.region_code),
        col(Account.police_area).is_not_distinct_from(account.police_area),
    )
    return session.exec(query).one()


def _open_referrals(session: Session, account: Account) -> int:
    query = select(func.count(col(Referral.id))).where(
        Referral.vlo_account_id == account.id, Referral.status != ReferralStatus.CLOSED
    )
    return session.exec(query).one()

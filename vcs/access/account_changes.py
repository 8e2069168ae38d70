"""An administrator changes an account: its name, how to reach it, its role and where it works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.accounts import AccountEntry, normal, other_administrators, problems
from vcs.access.actors import Actor
from vcs.access.records import Account, FeedClient
from vcs.access.rules import OF_A_REGION, Act, require_may
from vcs.access.versions import require_version, version_of
from vcs.errors import Conflict, NotFound, NotValid
from vcs.terms import Role

_KEPT = ("name", "email", "phone", "role", "region_code", "police_area")

_PLACED = ("role", "region_code", "police_area")


@dataclass(frozen=True, slots=True)
class Changed:
    """An account after a change. ``is_placed_anew`` where its role or place is another one."""

    account: Account
    is_placed_anew: bool


def account_to_change(session: Session, actor: Actor, account_id: int) -> Account:
    """Return an account that may be changed: not a program's, nor one that is disabled."""
    require_may(actor, Act.MANAGE_ACCESS)
    programs = select(col(FeedClient.account_id)).where(col(FeedClient.account_id).is_not(None))
    query = select(Account).where(Account.id == account_id, col(Account.id).not_in(programs))
    account = session.exec(query).first()
    if account is None:
        raise NotFound("There is no such account.")
    if not account.active:
        raise Conflict("This account is disabled. Whoever runs the service can open it again.")
    return account


def account_version(account: Account) -> str:
    """Return the version of what is changed of an account."""
    return version_of([getattr(account, name) for name in _KEPT])


def change_account(
    session: Session, actor: Actor, account_id: int, asked: tuple[AccountEntry, str], now: datetime
) -> Changed:
    """Change an account; ``asked`` is what it shall be, and the version that was shown.

    Another email, role or place ends its sign-ins, so that the change counts at once. Doors call
    ``vcs.consequences.moves.handover``, which also hands its referrals over. Raises NotValid naming
    the fields to correct. The password stays.
    """
    entry, seen = asked
    account = account_to_change(session, actor, account_id)
    others = other_administrators(session, account)
    session.refresh(account, with_for_update=True)
    require_version(seen, account_version(account))
    if fields := dict(_problems(session, actor, (account, entry), others)):
        raise NotValid("Some details need correcting.", fields)
    wanted = _wanted(entry)
    changed = [name for name in _KEPT if getattr(account, name) != wanted[name]]
    for name in changed:
        setattr(account, name, wanted[name])
    if {"email", *_PLACED} & set(changed):
        account.epoch += 1
    session.add(account)
    session.flush()
    if changed:
        note = trail.Note(
            now, actor.who, "account.changed", f"account:{account.id}", " ".join(changed)
        )
        trail.note(session, note)
    return Changed(account, bool(set(_PLACED) & set(changed)))


def _wanted(entry: AccountEntry) -> dict[str, object]:
    return {
        "name": entry.name.strip(),
        "email": normal(entry.email),
        "phone": entry.phone.strip(),
        "role": str(entry.role),
        "region_code": entry.region_code if entry.role in OF_A_REGION else None,
        "police_area": entry.police_area if entry.role is Role.WITNESS_CARE else None,
    }


def _problems(
    session: Session, actor: Actor, change: tuple[Account, AccountEntry], others: list[int]
) -> Iterator[tuple[str, str]]:
    account, entry = change
    # The password stays, and is not asked again.
    yield from (one for one in problems(entry) if one[0] != "password")
    same = select(Account.id).where(Account.email == normal(entry.email), Account.id != account.id)
    if session.exec(same).first() is not None:
        yield "email", "There is an account with this email already"
    if account.role == entry.role:
        return
    if account.id == actor.account_id:
        yield "role", "You cannot change your own role. Ask another administrator"
    elif account.role == Role.ADMINISTRATOR and not others:
        yield "role", "This is the only administrator. Add another one first"

"""Staff accounts, and the Victim Liaison Units that letters name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM, Actor
from vcs.access.records import Account, FeedClient, Unit
from vcs.access.rules import OF_A_REGION, Act, require_may
from vcs.access.signing_in.passwords import hash_of, password_problem
from vcs.access.versions import require_version, version_of
from vcs.database import lock
from vcs.errors import Conflict, NotFound, NotValid
from vcs.intake.regions import POLICE_AREAS, region_named
from vcs.terms import Role

# Plain ASCII addresses only: nothing that could break out of a mail's header line.
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")

_LONGEST = 200

_ONE_UNIT_AT_A_TIME = 0x76637555


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """A new member of staff. Witness care works for a police area, all others for a region."""

    email: str
    name: str
    password: str
    role: Role
    region_code: str | None = None
    police_area: str | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """How letters name the Victim Liaison Unit of a region. ``address`` is lines of text."""

    region_code: str
    name: str
    email: str
    phone: str = ""
    address: str = ""


def add_account(
    session: Session, actor: Actor | None, entry: AccountEntry, now: datetime
) -> Account:
    """Add a member of staff; ``actor`` None is the operator at the command line.

    Raises NotValid naming the fields to mend, Conflict where the email has an account.
    """
    _require_administrator(actor)
    fields = dict(problems(entry))
    if fields:
        raise NotValid("Some details need correcting.", fields)
    email = normal(entry.email)
    if session.exec(select(Account.id).where(Account.email == email)).first() is not None:
        raise Conflict("There is an account with this email already.")
    account = Account(
        email=email,
        name=entry.name.strip(),
        phone=entry.phone.strip(),
        password_hash=hash_of(entry.password),
        role=entry.role,
        region_code=entry.region_code if entry.role in OF_A_REGION else None,
        police_area=entry.police_area if entry.role is Role.WITNESS_CARE else None,
    )
    session.add(account)
    session.flush()
    trail.note(
        session,
        trail.Note(now, _who(actor), "account.added", f"account:{account.id}", account.role),
    )
    return account


def normal(email: str) -> str:
    """Return an email as accounts keep it."""
    return email.strip().lower()


def problems(entry: AccountEntry) -> Iterator[tuple[str, str]]:
    """Yield each field of an account that is wrong, with what to enter."""
    if not is_email(entry.email):
        yield "email", "Enter an email address, like name@example.com"
    if not entry.name.strip() or len(entry.name) > _LONGEST or not entry.name.isprintable():
        yield "name", f"Enter the person's name, in {_LONGEST} characters or fewer"
    if problem := password_problem(entry.password):
        yield "password", problem
    if entry.role is Role.WITNESS_CARE and entry.police_area not in POLICE_AREAS:
        yield "police_area", "Select the police area this unit works for"
    if entry.role in OF_A_REGION and region_named(entry.region_code) is None:
        yield "region_code", "Select the probation region this person works in"


def is_email(text: str) -> bool:
    """Say whether text is an email address that mail may be sent to."""
    return len(text) <= 254 and _EMAIL.fullmatch(text.strip()) is not None


def disable_account(
    session: Session, actor: Actor | None, account_id: int, now: datetime
) -> Account:
    """Disable an account and end its sign-ins; one that is disabled already stays as it was.

    Doors call ``vcs.consequences.moves.handover``, which also hands the account's referrals
    to managers.
    Raises Conflict for the last active administrator.
    """
    _require_administrator(actor)
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("There is no such account.")
    others = other_administrators(session, account)
    session.refresh(account, with_for_update=True)
    if not account.active:
        return account
    if account.role == Role.ADMINISTRATOR and not others:
        raise Conflict("This is the only administrator. Add another one first.")
    account.active = False
    account.epoch += 1
    session.add(account)
    trail.note(session, trail.Note(now, _who(actor), "account.disabled", f"account:{account.id}"))
    return account


def other_administrators(session: Session, account: Account) -> list[int]:
    """Lock the active administrators and return those other than an account that is one.

    All are locked, in one order: of two who disable each other at the same moment, the second
    sees what the first did.
    """
    if account.role != Role.ADMINISTRATOR:
        return []
    query = select(Account.id).where(Account.role == Role.ADMINISTRATOR, col(Account.active))
    held = session.exec(query.order_by(col(Account.id)).with_for_update())
    return [account_id for account_id in held if account_id != account.id]


def account_named(session: Session, email: str) -> Account:
    """Return a member of staff by email. Raises NotFound for anybody else, programs included."""
    programs = select(col(FeedClient.account_id)).where(col(FeedClient.account_id).is_not(None))
    query = select(Account).where(Account.email == normal(email), col(Account.id).not_in(programs))
    account = session.exec(query.with_for_update()).first()
    if account is None:
        raise NotFound("There is no account with this email.")
    return account


def set_password(
    session: Session, actor: Actor | None, email: str, password: str, now: datetime
) -> None:
    """Give an account a new password, open it if it was locked, and end its sign-ins.

    A disabled account stays disabled: see :func:`enable_account`.
    """
    _require_administrator(actor)
    account = account_named(session, email)
    if problem := password_problem(password):
        raise NotValid(problem + ".", {"password": problem})
    account.password_hash = hash_of(password)
    account.epoch += 1
    account.failed_tries, account.locked_until = 0, None
    session.add(account)
    trail.note(
        session, trail.Note(now, _who(actor), "account.password_set", f"account:{account.id}")
    )


def enable_account(session: Session, actor: Actor | None, email: str, now: datetime) -> None:
    """Open a disabled account again; its old sign-ins stay ended. An open one is left alone."""
    _require_administrator(actor)
    account = account_named(session, email)
    if account.active:
        return
    account.active = True
    session.add(account)
    trail.note(session, trail.Note(now, _who(actor), "account.enabled", f"account:{account.id}"))


def unit_version(unit: Unit | None) -> str:
    """Return the version of how letters name a unit; that of none is one too."""
    return version_of(unit and (unit.name, unit.email, unit.phone, unit.address))


def save_unit(
    session: Session, actor: Actor | None, entry: UnitEntry, now: datetime, seen: str = ""
) -> Unit:
    """Set how letters name the Victim Liaison Unit of a region, and where it is reached.

    ``seen`` is the version that an administrator was shown: raises NotValid where another one is
    held now. ``actor`` None is the operator, who is shown none.
    """
    _require_administrator(actor)
    fields = {}
    if region_named(entry.region_code) is None:
        fields["region_code"] = "Select a probation region"
    if not entry.name.strip() or len(entry.name) > _LONGEST:
        fields["name"] = "Enter the name of the unit"
    if not is_email(entry.email):
        fields["email"] = "Enter an email address, like name@example.com"
    if fields:
        raise NotValid("Some details need correcting.", fields)
    lock(session, _ONE_UNIT_AT_A_TIME)
    held = session.get(Unit, entry.region_code, populate_existing=True)
    if actor is not None:
        require_version(seen, unit_version(held))
    unit = held or Unit(region_code=entry.region_code, name="", email="")
    unit.name, unit.email = entry.name.strip(), entry.email.strip()
    unit.phone, unit.address = entry.phone.strip(), entry.address.strip()
    session.add(unit)
    trail.note(session, trail.Note(now, _who(actor), "unit.saved", entry.region_code))
    return unit


def _require_administrator(actor: Actor | None) -> None:
    if actor is not None:
        require_may(actor, Act.MANAGE_ACCESS)


def _who(actor: Actor | None) -> str:
    return actor.who if actor else SYSTEM

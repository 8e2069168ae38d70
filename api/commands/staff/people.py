"""``vcs users`` and ``vcs clients``: add, list, disable and reset staff accounts and feed clients.

A password or secret is printed once, where it is made, and never listed.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any

import typer

from api.commands.opening import opened, opened_for_real
from api.commands.options import takes
from vcs import clock
from vcs.access import clients as access_clients
from vcs.access import reads
from vcs.access.accounts import (
    AccountEntry,
    account_named,
    add_account,
    enable_account,
    set_password,
)
from vcs.access.clients import ClientEntry, NewClient, client_named, enable_client
from vcs.access.reads import list_accounts
from vcs.access.records import ClientKind
from vcs.consequences.moves.handover import disable_account
from vcs.errors import Conflict, NotValid
from vcs.terms import Role

_FEED_KINDS = tuple(str(kind) for kind in ClientKind)

_USER_COLUMNS = ("email", "name", "role", "region", "police_area", "state")

_CLIENT_COLUMNS = ("client_id", "name", "kind", "police_area", "state")

_EMAIL = typer.Argument(help="The email address they sign in with.")

_CLIENT = typer.Argument(metavar="NAME_OR_ID", help="The client's id, or its name.")

_AS_JSON = typer.Option("--json", help="Print JSON instead of a table.")

_ENABLE = typer.Option("--enable", help="Also open one that is disabled.")

_DISABLED = "It is disabled. Give --enable as well to open it again."


@dataclass(frozen=True, slots=True)
class NewUser:
    """What ``vcs users add`` takes."""

    email: Annotated[str, _EMAIL]
    name: Annotated[str, typer.Option(help="Their name, as letters show it.")]
    role: Annotated[Role, typer.Option(help="What they do.")]
    region: Annotated[str, typer.Option(help="Probation region code, such as N07.")] = ""
    police_area: Annotated[str, typer.Option(help="Police area code, such as 01.")] = ""
    phone: Annotated[str, typer.Option(help="Their phone, as letters show it.")] = ""
    password: Annotated[str, typer.Option(help="Read from standard input when left out.")] = ""

    def entry(self) -> AccountEntry:
        """Return the account, with the password that was typed, or that standard input holds."""
        secret = self.password or sys.stdin.readline().rstrip("\n")
        if not secret:
            raise NotValid("Give a password with --password or on standard input.")
        region, area = self.region or None, self.police_area or None
        return AccountEntry(self.email, self.name, secret, self.role, region, area, self.phone)


@takes(NewUser)
def add_user(new: NewUser) -> None:
    """Add a member of staff."""
    entry = new.entry()
    db, _ = opened()
    with db.writing() as session:
        add_account(session, None, entry, clock.now())
    print(f"Added {new.email} as {new.role.replace('_', ' ')}.")


def list_users(as_json: Annotated[bool, _AS_JSON] = False) -> None:
    """List the staff accounts, by name."""
    db, _ = opened()
    with db.reading() as session:
        found = list_accounts(session, None)
    now = clock.now()
    rows = [
        asdict(row)
        | {"region": row.region_code, "state": _state(row.active, row.locked_until, now)}
        for row in found
    ]
    _print_rows(rows, _USER_COLUMNS, as_json=as_json)


def disable_user(email: Annotated[str, _EMAIL]) -> None:
    """Disable an account: its sign-ins end at once, its open referrals go to managers."""
    db, _ = opened()
    with db.writing() as session:
        account = account_named(session, email)
        was_active = account.active
        left = disable_account(session, None, account.id, clock.now())
    print(f"Disabled {account.email}." if was_active else f"{account.email} was disabled already.")
    if left:
        print(
            f"Open referrals that now need another officer: {left}. Each is a task for a manager."
        )


def reset_user(
    email: Annotated[str, _EMAIL],
    password: Annotated[str, typer.Option(help="Made and printed when left out.")] = "",
    enable: Annotated[bool, _ENABLE] = False,
) -> None:
    """Give an account a new password, unlock it and end its sign-ins."""
    made = password or secrets.token_urlsafe(16)
    db, _ = opened()
    with db.writing() as session:
        account = account_named(session, email)
        if not account.active and not enable:
            raise Conflict(_DISABLED)
        set_password(session, None, email, made, clock.now())
        enable_account(session, None, email, clock.now())
    print(f"Reset {account.email}: unlocked, and every sign-in has ended.")
    if not password:
        print(f"New password, shown this once: {made}")


def add_client(
    name: Annotated[str, typer.Argument(help="A name for the feed client.")],
    kind: Annotated[
        str, typer.Option(help="court, witness_care, custody or offender_manager.")
    ] = "court",
    police_area: Annotated[
        str, typer.Option(help="Keep a witness care client to one police area, such as 13.")
    ] = "",
) -> None:
    """Add a feed client; its secret is printed once and kept nowhere."""
    if kind not in _FEED_KINDS:
        raise typer.BadParameter(f"A client is of kind {', '.join(_FEED_KINDS)}.")
    db, _ = opened_for_real()
    with db.writing() as session:
        client = ClientEntry(name, kind, police_area or None)
        made = access_clients.add_client(session, None, client, clock.now())
    _print_secret(made)


def list_clients(as_json: Annotated[bool, _AS_JSON] = False) -> None:
    """List the feed clients, by name."""
    db, _ = opened()
    with db.reading() as session:
        found = reads.list_clients(session, None)
    rows = [asdict(row) | {"state": _state(row.active)} for row in found]
    _print_rows(rows, _CLIENT_COLUMNS, as_json=as_json)


def disable_client(name_or_id: Annotated[str, _CLIENT]) -> None:
    """Disable a feed client: its secret and the tokens it has stop at once."""
    db, _ = opened()
    with db.writing() as session:
        client = client_named(session, name_or_id)
        was_active = client.active
        access_clients.disable_client(session, None, client.client_id, clock.now())
    done = "Disabled" if was_active else "Already disabled:"
    print(f"{done} {client.name} ({client.client_id}).")


def reset_client(
    name_or_id: Annotated[str, _CLIENT], enable: Annotated[bool, _ENABLE] = False
) -> None:
    """Give a feed client a new secret, printed once; the old one stops."""
    db, _ = opened_for_real()
    with db.writing() as session:
        client = client_named(session, name_or_id)
        if not client.active and not enable:
            raise Conflict(_DISABLED)
        made = access_clients.reset_client(session, None, client.client_id, clock.now())
        enable_client(session, None, client.client_id, clock.now())
    _print_secret(made)


def _print_secret(made: NewClient) -> None:
    print(json.dumps({"client_id": made.client_id, "client_secret": made.client_secret}))


def _state(active: bool, locked_until: datetime | None = None, now: datetime | None = None) -> str:
    if not active:
        return "disabled"
    return "locked" if locked_until and now and now < locked_until else "active"


def _print_rows(rows: Sequence[dict[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        kept = [{name: row[name] for name in columns} for row in rows]
        print(json.dumps(kept, indent=2, ensure_ascii=False))
        return
    cells = [[name.replace("_", " ").upper() for name in columns]]
    cells += [[str(row[name] or "-") for name in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        print("  ".join(map(str.ljust, line, widths)).rstrip())

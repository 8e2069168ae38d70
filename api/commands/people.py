"""Commands for staff accounts and feed clients."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from api.commands.opening import opened
from vcs import clock
from vcs.casework import accounts
from vcs.errors import NotValid
from vcs.terms import Role

_FEED_KINDS = ("court", "witness_care")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    users = typer.Typer(help="Staff accounts.", no_args_is_help=True)
    users.command(name="add")(add_user)
    users.callback()(lambda: None)
    app.add_typer(users, name="users")
    clients = typer.Typer(help="Feed clients.", no_args_is_help=True)
    clients.command(name="add")(add_client)
    clients.callback()(lambda: None)
    app.add_typer(clients, name="clients")


def add_user(
    email: Annotated[str, typer.Argument(help="The email address they sign in with.")],
    name: Annotated[str, typer.Option(help="Their name, as letters show it.")],
    role: Annotated[Role, typer.Option(help="What they do.")],
    region: Annotated[str, typer.Option(help="Probation region code, such as N07.")] = "",
    police_area: Annotated[str, typer.Option(help="Police area code, such as 01.")] = "",
    phone: Annotated[str, typer.Option(help="Their phone, as letters show it.")] = "",
    password: Annotated[str, typer.Option(help="Read from standard input when left out.")] = "",
) -> None:
    """Add a member of staff."""
    secret = password or sys.stdin.readline().rstrip("\n")
    if not secret:
        raise NotValid("Give a password with --password or on standard input.")
    entry = accounts.AccountEntry(
        email, name, secret, role, region or None, police_area or None, phone
    )
    db, _ = opened()
    with db.writing() as session:
        accounts.add_account(session, None, entry, clock.now())
    print(f"Added {email} as {role.replace('_', ' ')}.")


def add_client(
    name: Annotated[str, typer.Argument(help="A name for the feed client.")],
    kind: Annotated[str, typer.Option(help="court or witness_care.")] = "court",
    police_area: Annotated[
        str, typer.Option(help="Keep a witness care client to one police area, such as 13.")
    ] = "",
) -> None:
    """Add a feed client; its secret is printed once and kept nowhere."""
    if kind not in _FEED_KINDS:
        raise typer.BadParameter("A client is of kind court or witness_care.")
    db, _ = opened()
    with db.writing() as session:
        made = accounts.add_client(session, None, name, kind, clock.now(), police_area or None)
    print(json.dumps({"client_id": made.client_id, "client_secret": made.client_secret}))

"""Feed clients: programs of courts and witness care units that send to us."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM, Actor
from vcs.access.records import Account, ClientKind, FeedClient
from vcs.access.rules import Act, require_may
from vcs.errors import Conflict, NotFound, NotSignedIn, NotValid
from vcs.intake.inbox import DISABLED
from vcs.intake.regions import POLICE_AREAS
from vcs.terms import Role

_LONGEST_NAME = 100

_NO_SECRET = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class NewClient:
    """A new client. The secret is shown this once and kept nowhere."""

    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class ClientEntry:
    """A new feed client.

    ``police_area`` keeps a witness care unit's program to the sentences of one area.
    """

    name: str
    kind: str
    police_area: str | None = None


def add_client(
    session: Session,
    actor: Actor | None,
    entry: ClientEntry,
    now: datetime,
) -> NewClient:
    """Add a feed client; ``actor`` None is the operator at the command line."""
    if actor is not None:
        require_may(actor, Act.MANAGE_ACCESS)
    name, kind, police_area = entry.name, entry.kind, entry.police_area
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise NotValid("Name the client.", {"name": f"Enter a name of 1 to {_LONGEST_NAME}"})
    if kind not in list(ClientKind):
        raise NotValid(
            "Say what kind of client it is.", {"kind": "Select what kind of system it is"}
        )
    if police_area is not None:
        _check_area(kind, police_area)
    made = NewClient(f"client-{secrets.token_hex(8)}", secrets.token_urlsafe(32))
    session.add(
        FeedClient(
            client_id=made.client_id,
            name=name.strip(),
            secret_hash=_hash_of(made.client_secret),
            kind=kind,
            police_area=police_area,
        )
    )
    trail.note(session, trail.Note(now, _who(actor), "client.added", made.client_id, kind))
    return made


def _check_area(kind: str, police_area: str) -> None:
    if kind != ClientKind.WITNESS_CARE:
        raise NotValid(
            "Only a witness care unit's program has a police area.",
            {"police_area": "Leave the police area out for a court system"},
        )
    if police_area not in POLICE_AREAS:
        raise NotValid("Select a police area.", {"police_area": "Select a police area"})


def acting_client(session: Session, client_id: str) -> Actor:
    """Return a witness care unit's program as who acts, for casework.

    The first time, an account is made that nobody can sign in to: what is referred must be in
    somebody's name. Raises NotSignedIn for a client that is not known or was disabled.
    """
    query = select(FeedClient).where(FeedClient.client_id == client_id).with_for_update()
    client = session.exec(query).first()
    if client is None or not client.active or client.kind != ClientKind.WITNESS_CARE:
        raise NotSignedIn(DISABLED)
    if client.account_id is None:
        client.account_id = _account_of(session, client)
        session.add(client)
        session.flush()
    return as_actor(client)


def custody_actor(session: Session, client_id: str) -> Actor:
    """Return a prison's or licence system as who tells of custody, disabled since or not.

    Files that an operator loads are in the name of a client of their own, which cannot sign in.
    """
    query = select(FeedClient).where(FeedClient.client_id == client_id).with_for_update()
    client = session.exec(query).first()
    if client is None:
        client = FeedClient(
            client_id=client_id,
            name="Files of custody events",
            secret_hash=_NO_SECRET,
            kind=ClientKind.CUSTODY,
            active=False,
        )
        session.add(client)
    if client.account_id is None:
        client.account_id = _account_of(session, client, Role.PRACTITIONER)
        session.add(client)
    session.flush()
    return Actor(client.account_id, client.name, Role.PRACTITIONER, client_id=client.client_id)


def as_actor(client: FeedClient) -> Actor:
    """Return a program that has an account as who acts, disabled since or not."""
    return Actor(
        client.account_id or 0,
        client.name,
        Role.WITNESS_CARE,
        police_area=client.police_area,
        client_id=client.client_id,
    )


def _account_of(session: Session, client: FeedClient, role: Role = Role.WITNESS_CARE) -> int:
    account = Account(
        email=f"{client.client_id}@program.invalid",
        name=client.name,
        password_hash="no password fits this",  # noqa: S106  # and it is not active
        role=role,
        police_area=client.police_area,
        active=False,
    )
    session.add(account)
    session.flush()
    return account.id


def disable_client(session: Session, actor: Actor | None, client_id: str, now: datetime) -> None:
    """Disable a client: its secret and the tokens it holds stop at once. Repeating is harmless."""
    client = _found(session, actor, client_id)
    if not client.active:
        return
    client.active = False
    session.add(client)
    trail.note(session, trail.Note(now, _who(actor), "client.disabled", client_id))


def reset_client(session: Session, actor: Actor | None, client_id: str, now: datetime) -> NewClient:
    """Give a client a new secret; the old one stops. A disabled client stays disabled.

    Tokens made with the old secret run out by themselves, within a quarter of an hour.
    """
    client = _found(session, actor, client_id)
    made = NewClient(client_id, secrets.token_urlsafe(32))
    client.secret_hash = _hash_of(made.client_secret)
    session.add(client)
    trail.note(session, trail.Note(now, _who(actor), "client.secret_set", client_id))
    return made


def enable_client(session: Session, actor: Actor | None, client_id: str, now: datetime) -> None:
    """Let a disabled client in again; one that is not disabled is left alone."""
    client = _found(session, actor, client_id)
    if client.active:
        return
    client.active = True
    session.add(client)
    trail.note(session, trail.Note(now, _who(actor), "client.enabled", client_id))


def client_named(session: Session, name_or_id: str) -> FeedClient:
    """Return a client by its id, or by its name where one client alone has that name."""
    client = _named(session, name_or_id)
    if client is not None:
        return client
    query = select(FeedClient).where(FeedClient.name == name_or_id.strip())
    found = session.exec(query.limit(2)).all()
    if not found:
        raise NotFound("There is no client with this name or id.")
    if len(found) > 1:
        raise Conflict("More than one client has this name. Give the client id instead.")
    return found[0]


def _found(session: Session, actor: Actor | None, client_id: str) -> FeedClient:
    if actor is not None:
        require_may(actor, Act.MANAGE_ACCESS)
    query = select(FeedClient).where(FeedClient.client_id == client_id)
    client = session.exec(query.with_for_update()).first()
    if client is None:
        raise NotFound("There is no such client.")
    return client


def _who(actor: Actor | None) -> str:
    return actor.who if actor else SYSTEM


def require_active(session: Session, client_id: str) -> None:
    """Raise NotSignedIn for a client that was disabled after its token was made."""
    client = _named(session, client_id)
    if client is not None and not client.active:
        raise NotSignedIn(DISABLED)


def disabled_among(session: Session, client_ids: set[str]) -> set[str]:
    """Return which of these clients are disabled."""
    query = select(FeedClient.client_id).where(
        col(FeedClient.client_id).in_(client_ids), col(FeedClient.active).is_(False)
    )
    return set(session.exec(query))


def verify_client(session: Session, client_id: str, secret: str) -> FeedClient | None:
    """Return the client whose secret this is, or None; an unknown id takes the same work.

    The secret is 256 random bits, so a plain hash of it can be neither guessed nor reversed.
    """
    client = _named(session, client_id)
    held = client.secret_hash if client else _NO_SECRET
    fits = hmac.compare_digest(_hash_of(secret), held)
    return client if client is not None and client.active and fits else None


def _named(session: Session, client_id: str) -> FeedClient | None:
    return session.exec(select(FeedClient).where(FeedClient.client_id == client_id)).first()


def _hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()

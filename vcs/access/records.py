"""Staff, their sign-ins, the feeds' clients, and forms that were already taken."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint, false
from sqlmodel import Field

from vcs.tables import Record, moment, one_of
from vcs.terms import Role


class ClientKind(StrEnum):
    """What a program may do: send court messages, refer victims, tell of custody, consult."""

    COURT = "court"
    WITNESS_CARE = "witness_care"
    CUSTODY = "custody"
    OFFENDER_MANAGER = "offender_manager"


class Account(Record, table=True):
    """One member of staff. ``epoch`` grows when every open sign-in must end."""

    __tablename__ = "account"
    __table_args__ = (one_of("role", Role),)

    id: int = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    phone: str = ""
    password_hash: str
    role: str
    region_code: str | None = Field(default=None, index=True)
    police_area: str | None = None
    active: bool = True
    epoch: int = 0
    failed_tries: int = 0
    locked_until: datetime | None = moment(default=None)


class Unit(Record, table=True):
    """The Victim Liaison Unit of a probation region, as its letters name it."""

    __tablename__ = "unit"

    region_code: str = Field(primary_key=True)
    name: str
    email: str
    phone: str = ""
    address: str = ""


class SignIn(Record, table=True):
    """One sign-in. ``id`` is unguessable; it holds the epoch that the account had."""

    __tablename__ = "sign_in"

    id: str = Field(primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    epoch: int
    started_at: datetime = moment()
    ended_at: datetime | None = moment(default=None)


class FeedClient(Record, table=True):
    """One program that may send to us. The secret is kept as its SHA-256 only.

    A witness care unit's program refers for its ``police_area``, or for every area where it has
    none. What it refers is in the name of ``account_id``, to which nobody can sign in.
    """

    __tablename__ = "feed_client"
    __table_args__ = (one_of("kind", ClientKind),)

    id: int = Field(default=None, primary_key=True)
    client_id: str = Field(unique=True)
    name: str
    secret_hash: str
    kind: str = ClientKind.COURT
    active: bool = True
    police_area: str | None = None
    account_id: int | None = Field(default=None, foreign_key="account.id")


class FormReceipt(Record, table=True):
    """A form that was already taken, and where it led: sending it twice is one action."""

    __tablename__ = "form_receipt"

    token: str = Field(primary_key=True)
    used_at: datetime = moment()
    result: str = ""


class KeptForm(Record, table=True):
    """A form that was sent after its sign-in had ended, sealed, until it is sent again.

    ``is_draft`` marks one that its account left on purpose, to go on with in any browser.
    ``browser`` is the SHA-256 of the value in the browser's cookie. ``account_id`` is the account
    that the form was shown to; None where that is not known.
    """

    __tablename__ = "kept_form"
    __table_args__ = (UniqueConstraint("browser", "path"),)

    id: int = Field(default=None, primary_key=True)
    browser: str
    path: str
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    sealed: bytes
    kept_at: datetime = moment(index=True)
    is_draft: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class AuditEntry(Record, table=True):
    """One entry of the trail. ``hash`` covers the entry and the hash before it.

    ``seq`` counts from 1 without gaps. ``who`` is ``account:<id>``, ``client:<id>`` or ``system``.
    """

    __tablename__ = "audit_entry"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = moment()
    who: str
    event: str
    subject: str = Field(index=True)
    detail: str = ""
    previous_hash: str
    hash: str = Field(unique=True)


class TrailHead(Record, table=True):
    """The newest entry of the trail, kept apart from it: one row, so that a cut-off end is seen."""

    __tablename__ = "trail_head"

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int
    hash: str

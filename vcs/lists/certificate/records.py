"""Certificates as they were proposed and confirmed."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from vcs.tables import Record, moment


class CertificateRecord(Record, table=True):
    """One month's certificate. ``body`` is canonical JSON, and names no offender and no victim.

    ``signature`` is made over the bytes of ``body`` when a second person confirms it, with the key
    whose public half is kept beside it as PEM.
    """

    __tablename__ = "certificate"

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    month: str = Field(index=True)
    body: str
    proposed_at: datetime = moment()
    proposed_by: int = Field(foreign_key="account.id")
    confirmed_at: datetime | None = moment(default=None)
    confirmed_by: int | None = Field(default=None, foreign_key="account.id")
    signature: str | None = None
    public_key: str | None = None

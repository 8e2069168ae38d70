"""The version of what a certificate says: a second person signs the one that they saw."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.access.versions import version_of
from vcs.errors import NotFound
from vcs.lists.certificate.records import CertificateRecord


@dataclass(frozen=True, slots=True)
class ToSign:
    """A certificate as a second person is asked to sign it."""

    month: str
    version: str


def certificate_version(made: CertificateRecord) -> str:
    """Return the version of what a certificate says."""
    return version_of(made.reference, made.body)


def record_of(session: Session, reference: str) -> CertificateRecord:
    """Return a certificate as it is kept. Raises NotFound where there is none."""
    query = select(CertificateRecord).where(CertificateRecord.reference == reference)
    found = session.exec(query).first()
    if found is None:
        raise NotFound("There is no such certificate.")
    return found


def to_sign(session: Session, actor: Actor, reference: str) -> ToSign:
    """Return the month of a certificate, and the version of what it says."""
    require_may(actor, Act.SEE_FIGURES)
    found = record_of(session, reference)
    return ToSign(found.month, certificate_version(found))

"""Certificates, for pages and for whoever takes one away."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.access.rules import Act, require_may
from vcs.errors import NotFound
from vcs.law.archive import canonical
from vcs.lists.certificate.confirm import overtaken
from vcs.lists.certificate.contents import Keys, Month, contents, signed_before
from vcs.lists.certificate.records import CertificateRecord
from vcs.lists.certificate.signing import Signer, key_id_of
from vcs.lists.certificate.versions import certificate_version, record_of
from vcs.sealing import Sealer


@dataclass(frozen=True, slots=True)
class CertificateView:
    """One certificate. ``told`` is what it says; ``is_own`` is set for who proposed it.

    ``version`` is that of what is shown. ``is_overtaken``: it waits, and its month has another list
    or certificate since. ``replaced_by`` is the next one of its month that was signed, or "".
    """

    reference: str
    month: str
    told: Mapping[str, Any]
    proposed_at: datetime
    proposed_by: str
    confirmed_at: datetime | None
    confirmed_by: str
    is_own: bool
    version: str
    is_overtaken: bool
    replaced_by: str


@dataclass(frozen=True, slots=True)
class Signed:
    """The bytes of a certificate with their signature and the key that it is checked by."""

    month: str
    content: bytes
    signature: bytes
    public_pem: str

    @property
    def told(self) -> Mapping[str, Any]:
        """Return what it says."""
        said: Mapping[str, Any] = json.loads(self.content)
        return said


def certificates(session: Session, actor: Actor) -> tuple[CertificateView, ...]:
    """Return every certificate, the newest first."""
    require_may(actor, Act.SEE_FIGURES)
    names = names_of(session)
    query = select(CertificateRecord).order_by(col(CertificateRecord.id).desc())
    return tuple(_view(session, one, names, actor) for one in session.exec(query))


def certificate(session: Session, actor: Actor, reference: str) -> CertificateView:
    """Return one certificate. Raises NotFound where there is none."""
    require_may(actor, Act.SEE_FIGURES)
    return _view(session, record_of(session, reference), names_of(session), actor)


def signed(session: Session, actor: Actor, reference: str) -> Signed:
    """Return a confirmed certificate to take away. Raises NotFound for one that is not."""
    require_may(actor, Act.SEE_FIGURES)
    found = record_of(session, reference)
    if found.signature is None:
        raise NotFound("This certificate has not been confirmed yet.")
    return _signed(found)


def public_keys(session: Session, signer: Signer) -> str:
    """Return every public key that certificates were signed with, as PEM: today's first.

    Before each stands which certificates it signed: what was signed under an earlier key is
    checked with that one.
    """
    query = select(CertificateRecord.public_key, CertificateRecord.month).where(
        col(CertificateRecord.public_key).is_not(None)
    )
    months: dict[str, list[str]] = {signer.public_pem: []}
    for pem, month in session.exec(query.order_by(CertificateRecord.month)):
        months.setdefault(str(pem), []).append(month)
    return "\n".join(
        f"Key {key_id_of(pem)}, certificates: {', '.join(signed) or 'none yet'}\n{pem}"
        for pem, signed in months.items()
    )


def signed_of(
    session: Session, sealer: Sealer, signer: Signer, month: Month, now: datetime
) -> tuple[Signed, bool]:
    """Return the newest certificate of a month that two people confirmed.

    Where there is none, what it would say now, signed by the service's key alone: the second value
    says whether two people confirmed it.
    """
    if found := signed_before(session, month):
        return _signed(found[-1]), True
    told = contents(session, Keys(sealer, signer), month, now)
    told |= {"key_id": signer.key_id, "algorithm": "Ed25519"}
    body = canonical(told).encode("utf-8")
    return Signed(month.name, body, signer.sign(body), signer.public_pem), False


def _signed(found: CertificateRecord) -> Signed:
    signature = base64.b64decode(found.signature or "")
    return Signed(found.month, found.body.encode("utf-8"), signature, found.public_key or "")


def _view(
    session: Session, one: CertificateRecord, names: Mapping[int, str], actor: Actor
) -> CertificateView:
    signed = signed_before(session, Month.named(one.month))
    later = [each.reference for each in signed if each.signature and each.id > one.id]
    return CertificateView(
        one.reference,
        one.month,
        json.loads(one.body),
        one.proposed_at,
        names.get(one.proposed_by, ""),
        one.confirmed_at,
        names.get(one.confirmed_by or 0, ""),
        one.proposed_by == actor.account_id,
        certificate_version(one),
        one.confirmed_at is None and overtaken(session, one),
        later[0] if later and one.signature else "",
    )

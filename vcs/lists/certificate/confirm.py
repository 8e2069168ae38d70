"""Propose a month's certificate, and confirm it as a second person: then it is signed."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotFound, NotValid
from vcs.law.archive import canonical
from vcs.lists.certificate.contents import Month, contents
from vcs.lists.certificate.records import CertificateRecord
from vcs.lists.certificate.signing import Signer
from vcs.tables import free_reference


def propose(work: Work, month: Month) -> CertificateRecord:
    """Propose the certificate of a month, as it stands now.

    Raises NotValid for a month to come, and Conflict where one is confirmed or waits.
    """
    work.require_may(Act.RECONCILE)
    waiting = select(CertificateRecord).where(
        CertificateRecord.month == month.name, col(CertificateRecord.confirmed_at).is_(None)
    )
    if work.session.exec(waiting).first() is not None:
        raise Conflict("A certificate of this month waits for a second person already.")
    made = CertificateRecord(
        reference=free_reference(work.session, CertificateRecord),
        month=month.name,
        body=canonical(contents(work.session, work.sealer, month, work.now)),
        proposed_at=work.now,
        proposed_by=work.actor.account_id,
    )
    work.session.add(made)
    work.note("certificate.proposed", made.reference, month.name)
    return made


def confirm(work: Work, reference: str, signer: Signer) -> CertificateRecord:
    """Confirm a certificate as another person than who proposed it, and sign it.

    What it said when it was proposed is what is signed, with both names.
    """
    work.require_may(Act.RECONCILE)
    query = select(CertificateRecord).where(CertificateRecord.reference == reference)
    made = work.session.exec(query.with_for_update()).first()
    if made is None:
        raise NotFound("There is no such certificate.")
    if made.confirmed_at is not None:
        raise Conflict("This certificate has been confirmed already.")
    if made.proposed_by == work.actor.account_id:
        raise NotValid("You proposed this: another person confirms it.")
    signed_by = [
        _signatory(work.session, made.proposed_by, "proposed", made.proposed_at),
        _signatory(work.session, work.actor.account_id, "confirmed", work.now),
    ]
    told = json.loads(made.body) | {"reference": made.reference, "signed_by": signed_by}
    made.body = canonical(told | {"key_id": signer.key_id, "algorithm": "Ed25519"})
    made.signature = base64.b64encode(signer.sign(made.body.encode("utf-8"))).decode("ascii")
    made.public_key = signer.public_pem
    made.confirmed_at, made.confirmed_by = work.now, work.actor.account_id
    work.session.add(made)
    work.note("certificate.confirmed", made.reference, made.month)
    return made


def _signatory(session: Session, account_id: int, what: str, at: datetime) -> dict[str, Any]:
    account = session.get_one(Account, account_id)
    when = at.isoformat(timespec="seconds")
    return {"name": account.name, "role": account.role, "what": what, "at": when}

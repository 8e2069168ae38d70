"""Propose a month's certificate, and confirm it as a second person: then it is signed."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.access.one_person import SAME_NAME, are_perhaps_one_person
from vcs.access.records import Account
from vcs.access.rules import Act
from vcs.access.versions import require_version
from vcs.access.work import Work
from vcs.errors import Conflict, NotFound, NotValid
from vcs.law.archive import canonical
from vcs.lists.certificate.contents import Keys, Month, contents, runs_of, signed_before
from vcs.lists.certificate.records import CertificateRecord
from vcs.lists.certificate.signing import Signer
from vcs.lists.certificate.versions import certificate_version
from vcs.tables import free_reference

_OVERTAKEN: Final = (
    "Since this was proposed a list was matched in its month, or another certificate of it was "
    "signed. Propose it again, so that what is signed says so."
)


def propose(work: Work, month: Month, signer: Signer) -> CertificateRecord:
    """Propose the certificate of a month, as it stands now.

    One that waits and that a list has overtaken is proposed again in its place. Raises NotValid for
    a month to come, and Conflict where one waits that is as the month is.
    """
    work.require_may(Act.RECONCILE)
    query = select(CertificateRecord).where(
        CertificateRecord.month == month.name, col(CertificateRecord.confirmed_at).is_(None)
    )
    waiting = work.session.exec(query.with_for_update()).first()
    if waiting is not None and not overtaken(work.session, waiting):
        raise Conflict("A certificate of this month waits for a second person already.")
    body = canonical(contents(work.session, Keys(work.sealer, signer), month, work.now))
    made = waiting or CertificateRecord(
        reference=free_reference(work.session, CertificateRecord),
        month=month.name,
        body=body,
        proposed_at=work.now,
        proposed_by=work.actor.account_id,
    )
    made.body, made.proposed_at = body, work.now
    made.proposed_by = work.actor.account_id
    work.session.add(made)
    work.note("certificate.proposed", made.reference, month.name)
    return made


def overtaken(session: Session, made: CertificateRecord) -> bool:
    """Say whether a list was matched, or a certificate signed, since one was proposed."""
    month, told = Month.named(made.month), json.loads(made.body)
    lists = [one["reference"] for one in told["lists"]]
    signed = [one.reference for one in signed_before(session, month)]
    # What was proposed by an earlier version says nothing of what it replaces.
    return (lists, told.get("replaces", [])) != (
        [run.reference for run in runs_of(session, month)],
        signed,
    )


def confirm(work: Work, reference: str, signer: Signer, seen: str) -> CertificateRecord:
    """Confirm a certificate as another person than who proposed it, and sign it.

    What it said when it was proposed is what is signed, with both names; ``seen`` is the version
    that the second person was shown. Raises Conflict where the month has another list since.
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
    if are_perhaps_one_person(work.session, made.proposed_by, work.actor.account_id):
        raise NotValid(SAME_NAME)
    if overtaken(work.session, made):
        raise Conflict(_OVERTAKEN)
    require_version(seen, certificate_version(made))
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

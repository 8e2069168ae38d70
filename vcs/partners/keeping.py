"""Keep first: a request is durable before it is answered, and a repeat is the same receipt."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session

from vcs.access import trail
from vcs.access.clients import acting_client
from vcs.clock import london_date
from vcs.database import insert_once
from vcs.errors import Conflict, NotValid
from vcs.intake.regions import region_of_area
from vcs.intake.witness_care.reading import read_request
from vcs.intake.witness_care.request import AnyRequest
from vcs.law.working_days import add_working_days
from vcs.partners.asked import case_of, check_asked
from vcs.partners.records import ReferralRequest, RequestStatus
from vcs.sealing import Sealer
from vcs.tables import table_of

LONGEST_WAIT = 40

"""Working days that a request waits for its sentence before a person is asked.

Our own choice and no rule of law: no source gives a time between referral and sentence.
"""

_TABLE = table_of(ReferralRequest)

_OTHER_CONTENT = (
    "This key came before with other content. Nothing was changed. Send the same content again, "
    "or give the new request a key of its own."
)


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """The receipt of a request that is durable once the transaction in hand has ended."""

    receipt: str
    already_held: bool


@dataclass(frozen=True, slots=True)
class CheckedRequest:
    """A request as it was sent and as it was read, with the key that makes a repeat harmless."""

    body: bytes
    asked: AnyRequest
    key: str | None


def read_and_check(body: bytes, key: str | None, today: date) -> CheckedRequest:
    """Read a request and check it as the web form would. Raises NotReadable or NotValid."""
    asked = read_request(body)
    if key is not None and asked.request_id not in (None, key):
        raise NotValid(
            "Two different keys were sent. Nothing was kept.",
            {"request_id": "Send the same key as in Idempotency-Key, or one of the two only"},
        )
    check_asked(asked, today)
    return CheckedRequest(body, asked, asked.request_id or key)


def keep_request(
    session: Session, sealer: Sealer, client_id: str, checked: CheckedRequest, now: datetime
) -> KeptRequest:
    """Keep a request, whole and sealed. Raises Conflict for a known key with other content."""
    actor, asked = acting_client(session, client_id), checked.asked
    content = _content_of(asked)
    identity = f"key:{checked.key}" if checked.key else f"sha256:{content}"
    row = {
        "receipt": secrets.token_urlsafe(18),
        "client_id": client_id,
        "identity": identity,
        "content_hash": content,
        "kind": asked.kind,
        "received_at": now,
        "received_on": london_date(now),
        "ask_on": add_working_days(london_date(now), LONGEST_WAIT),
        "body": sealer.seal(checked.body),
        "status": str(RequestStatus.WAITING),
        "case_reference": case_of(asked),
        "region_code": _region(actor.police_area, case_of(asked)),
    }
    session.execute(insert_once(session, _TABLE, "client_id", "identity").values(row))
    same = (_TABLE.c.client_id == client_id, _TABLE.c.identity == identity)
    held = session.execute(select(_TABLE.c.receipt, _TABLE.c.content_hash).where(*same)).one()
    if held.content_hash != content:
        raise Conflict(_OTHER_CONTENT)
    is_new = held.receipt == row["receipt"]
    if is_new:
        trail.note(session, now, actor.who, "request.received", held.receipt, asked.kind)
    return KeptRequest(held.receipt, not is_new)


def _content_of(asked: AnyRequest) -> str:
    """Return a digest of what is asked, however it was spaced and whichever key came with it."""
    told = asked.model_dump(mode="json", exclude={"request_id"}, exclude_unset=True)
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _region(police_area: str | None, case_reference: str | None) -> str | None:
    """Return whose people look after a request: the program's area, or the police's in the case."""
    region = region_of_area(police_area or (case_reference or "")[:2])
    return region.code if region else None

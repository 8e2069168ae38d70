"""Keep first: a request is durable before it is answered, and a repeat is the same receipt."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from vcs.access.clients import acting_client
from vcs.access.work import Work
from vcs.database import insert_once
from vcs.errors import NotValid
from vcs.intake.regions import region_of_area
from vcs.intake.witness_care.reading import read_request
from vcs.intake.witness_care.request import AnyRequest
from vcs.law.deadlines.working_days import add_working_days
from vcs.partners.asked import case_key_of, case_of, check_asked
from vcs.partners.receiving import repeats, used_keys
from vcs.partners.records import ReferralRequest, RequestStatus
from vcs.sealing import Sealer
from vcs.tables import table_of

LONGEST_WAIT = 40

"""Working days that a request waits for its sentence before a person is asked.

Our own choice and no rule of law: no source gives a time between referral and sentence.
"""

_TABLE = table_of(ReferralRequest)


@dataclass(frozen=True, slots=True)
class KeptRequest:
    """The receipt of a request that is durable once the transaction in hand has ended.

    ``key_reused`` says that it came under a key that came before with other content: it was kept
    for a person, and nothing was done.
    """

    receipt: str
    already_held: bool
    key_reused: bool = False


class KeyReused(NotValid):
    """A request under a key that came before with other content."""

    def __init__(self, receipt: str) -> None:
        """Name the receipt under which it was kept."""
        super().__init__(
            f"This key came before with other content. This request was kept under receipt "
            f"{receipt}, and nothing was done: a person is asked. Send it again with a key of its "
            "own, or send the same content as before.",
            {"request_id": "Give each new request a key of its own"},
        )


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
    """Keep a request, whole and sealed. What repeats an earlier one is counted and not kept again.

    The sender's own key is the identity where there is one. Without one, see
    :mod:`vcs.partners.receiving.repeats`.
    """
    work = Work(session, sealer, acting_client(session, client_id), now)
    asked = checked.asked
    content, key = _content_of(asked), asked.request_id or checked.key
    if key is None:
        held = repeats.repeated(session, sealer, client_id, content, asked)
        if held is not None:
            repeats.count_repeat(work, held)
            return KeptRequest(held, already_held=True)
    row = _row(work, client_id, asked, content) | {
        "body": sealer.seal(checked.body),
        "identity": f"key:{key}" if key else repeats.new_identity(session, client_id, content),
    }
    session.execute(insert_once(session, _TABLE, "client_id", "identity").values(row))
    same = (_TABLE.c.client_id == client_id, _TABLE.c.identity == row["identity"])
    found = session.execute(select(_TABLE.c.receipt, _TABLE.c.content_hash).where(*same)).one()
    if found.content_hash != content:
        return KeptRequest(used_keys.keep_aside(work, row), already_held=False, key_reused=True)
    if found.receipt != row["receipt"]:
        repeats.count_repeat(work, found.receipt)
        return KeptRequest(found.receipt, already_held=True)
    used_keys.close_questions(work, client_id, content)
    work.note("request.received", found.receipt, asked.kind)
    return KeptRequest(found.receipt, already_held=False)


def _row(work: Work, client_id: str, asked: AnyRequest, content: str) -> dict[str, Any]:
    key = case_key_of(asked)
    return {
        "receipt": secrets.token_urlsafe(18),
        "client_id": client_id,
        "content_hash": content,
        "kind": asked.kind,
        "received_at": work.now,
        "received_on": work.today,
        "ask_on": add_working_days(work.today, LONGEST_WAIT),
        "status": str(RequestStatus.WAITING),
        "case_reference": case_of(asked),
        "case_key": key,
        "region_code": _region(work.actor.police_area, key),
        "about": repeats.about(asked),
    }


def _content_of(asked: AnyRequest) -> str:
    """Return a digest of what is asked, however it was spaced and whichever key came with it."""
    told = asked.model_dump(mode="json", exclude={"request_id"}, exclude_unset=True)
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _region(police_area: str | None, case_key: str | None) -> str | None:
    """Return whose people look after a request: the program's area, or the police's in the case."""
    region = region_of_area(police_area or (case_key or "")[:2])
    return region.code if region else None

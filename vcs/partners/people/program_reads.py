"""What the programs of a witness care unit sent, as its people see it: no details of anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.records import FeedClient
from vcs.access.rules import Act, require_may
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.partners.receiving.receipts import request_receipt
from vcs.partners.records import ReferralRequest
from vcs.sealing import Sealer

_A_PAGE = 20
"""Each row is asked what became of it: fewer are shown at once."""


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One request with what became of it in words."""

    receipt: str
    kind: str
    case_reference: str
    received_on: date
    status: str
    because: str


def requests_sent(
    session: Session, sealer: Sealer, actor: Actor, asked: Slice = FIRST
) -> Page[SentRequest]:
    """Return a page of what the programs of this unit sent, the newest first."""
    del sealer
    require_may(actor, Act.MESSAGE_UNIT)
    query: Select[Any] = (
        select(ReferralRequest)
        .join(FeedClient, col(FeedClient.client_id) == col(ReferralRequest.client_id))
        .where(
            col(FeedClient.police_area) == actor.police_area,
            col(ReferralRequest.receipt).not_in(actor.hidden.requests),
        )
        .order_by(col(ReferralRequest.id).desc())
    )
    part = Slice(asked.page, min(asked.size, _A_PAGE))
    return one_page(session, query, part, lambda found: _rows(session, found))


def _rows(session: Session, found: Iterable[Any]) -> Iterator[SentRequest]:
    for (request,) in found:
        receipt = request_receipt(session, request.client_id, request.receipt)
        yield SentRequest(
            request.receipt,
            request.kind,
            request.case_reference or "",
            request.received_on,
            receipt.status if receipt else request.status,
            receipt.because if receipt else "",
        )

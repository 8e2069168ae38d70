"""What became of referrals, for the program of the unit that sent them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse

from api.guards.session import App
from api.openapi.problems import PROBLEMS
from vcs.partners.outcomes.reads import outcomes_after

router = APIRouter(tags=["Referrals by program"])


After = Annotated[str, Query(max_length=40)]
"""The cursor that came as `next`; none begins at the beginning."""


class ReferralEvent(BaseModel):
    """One thing that became of a referral.

    `detail` has, by kind: *accepted* the receipt and each victim's reference; *incomplete* the
    fields that are missing and why each matters; *returned* why; *contacted*, *answered* and
    *no_reply* whose turn it was, never what was said or chosen; *closed* the reason's code;
    *chased* what was due; *dispute_answered* what it was about and the decision. Other kinds may
    be added.
    """

    cursor: str
    kind: Literal[
        "accepted",
        "incomplete",
        "returned",
        "contacted",
        "answered",
        "no_reply",
        "closed",
        "chased",
        "dispute_answered",
    ]
    referral: str | None
    happened_on: date
    told_at: datetime
    detail: dict[str, Any]


class ReferralEvents(BaseModel):
    """The next events, oldest first, and the cursor to ask with next."""

    events: list[ReferralEvent]
    next: str


@router.get(
    "/referrals/events",
    response_model=ReferralEvents,
    responses=PROBLEMS(401, 403, 422, 503),
)
def events(request: Request, app: App, after: After = "") -> JSONResponse:
    """Report what became of this unit's referrals after a cursor: oldest first, at most 200.

    Keep `next`, and ask with it again; where `events` is empty there is nothing new. The same
    cursor always gives the same events again, so that none is lost: treat each `cursor` as done
    once. An event may come once more under a later cursor. A client of a police area hears of its
    unit's referrals, and every client of the people whom it sent.
    """
    with app.db.reading() as session:
        found, following = outcomes_after(session, request.state.client_id, after)
    told = ReferralEvents(
        events=[
            ReferralEvent(
                cursor=one.cursor,
                kind=one.kind,
                referral=one.referral,
                happened_on=one.happened_on,
                told_at=one.told_at,
                detail=dict(one.detail),
            )
            for one in found
        ],
        next=following,
    )
    return JSONResponse(told.model_dump(mode="json"))

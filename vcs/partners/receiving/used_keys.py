"""A key that comes again with other content: kept whole, not acted on, and asked about."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from vcs.access.rules import may_see
from vcs.access.work import Work
from vcs.database import insert_once
from vcs.partners.receiving.repeats import REFUSED_KEY, count_repeat, victims_named
from vcs.partners.records import ReferralRequest, RequestStatus
from vcs.partners.turn import OVERTAKEN, ask_person, context_of
from vcs.referrals.records import Referral
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskTopic

_TABLE, _TASKS = table_of(ReferralRequest), table_of(Task)

PROBLEM = (
    "This came under a key that had come before with other content, so nothing was done. A person "
    "looks at it. Send it again with a key of its own."
)

_QUESTION = (
    "Witness care’s program sent a request under a key that it had used for another one, so it was "
    "kept and not acted on. Find out from witness care what was meant. Where a victim is named, no "
    "letter to them is approved or printed until you have answered."
)


def keep_aside(work: Work, row: dict[str, Any]) -> str:
    """Keep a request that nothing is done about, and ask a person once. Returns its receipt."""
    identity = f"{REFUSED_KEY}{row['identity']}:{row['content_hash']}"
    values = row | {
        "identity": identity,
        "status": str(RequestStatus.REFUSED),
        "problem": PROBLEM,
        "read_at": work.now,
    }
    insert = insert_once(work.session, _TABLE, "client_id", "identity")
    work.session.execute(insert.values(values))
    query = select(ReferralRequest).where(
        ReferralRequest.client_id == row["client_id"], ReferralRequest.identity == identity
    )
    request = work.session.exec(query).one()
    if request.receipt != row["receipt"]:
        count_repeat(work, request.receipt)
        return request.receipt
    work.note("request.key_reused", request.receipt, request.kind)
    _ask(work, request)
    return request.receipt


def _ask(work: Work, request: ReferralRequest) -> None:
    turn = context_of(work.session, work.sealer, request, work.now)
    asked = False
    for victim in victims_named(work.session, request.client_id, turn.asked):
        referral = work.session.get_one(Referral, victim.referral_id)
        if may_see(work.actor, referral):
            ask_person(turn, TaskTopic.KEY_REUSED, _QUESTION, referral, victim)
            asked = True
    if not asked:
        ask_person(turn, TaskTopic.KEY_REUSED, _QUESTION)


def close_questions(work: Work, client_id: str, content: str) -> None:
    """Close what was asked about a request that has come again since, under a key of its own."""
    refused = select(ReferralRequest.receipt).where(
        ReferralRequest.client_id == client_id,
        ReferralRequest.content_hash == content,
        col(ReferralRequest.identity).startswith(REFUSED_KEY),
    )
    still_asked = (
        _TASKS.c.request_receipt.in_(refused),
        _TASKS.c.topic == str(TaskTopic.KEY_REUSED),
        _TASKS.c.done_at.is_(None),
    )
    closed = {"done_at": work.now, "answer": OVERTAKEN}
    work.session.execute(update(_TASKS).where(*still_asked).values(closed))

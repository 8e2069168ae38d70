"""What became of a request, for the program that sent it: references and reasons, no people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from vcs.partners.records import ReferralRequest, RequestKind, RequestStatus, RequestVictim
from vcs.referrals.records import ClosingProposal, ProposalDecision, Referral
from vcs.tasks.records import Task, TaskTopic
from vcs.victims.records import Victim
from vcs.victims.whereabouts.numbers import ASKED_ABOUT

A_PERSON_DECIDES = "a_person_decides"
_DECIDED = (
    TaskTopic.MATCH,
    TaskTopic.CLOSED,
    TaskTopic.OFFER,
    TaskTopic.SAYS,
    TaskTopic.FAULT,
    TaskTopic.SAFETY,
    TaskTopic.WENT_BACK,
)

WHY = {
    RequestStatus.WAITING: "It was kept and will be read within seconds.",
    RequestStatus.EARLY: "No sentence that it could be for has come yet. It attaches itself when "
    "one comes.",
    RequestStatus.ATTACHED: "The victims were added to the referrals named here.",
    RequestStatus.RECORDED: "It was recorded.",
    A_PERSON_DECIDES: "A person at the victim liaison unit looks at it. Send nothing again.",
}

OVERTAKEN = (
    "Another system has since changed something about the same person, so what you sent may be "
    "held no longer. If it is right, send it again with a key of its own (Idempotency-Key): it is "
    "then a new instruction."
)

_CHANGES = (RequestKind.CORRECTION, RequestKind.CHANGE_OF_ADDRESS)

PROPOSED = {
    None: "The victim liaison unit has not decided yet whether it agrees that there is no victim "
    "to refer. Until then the referral is still owed.",
    ProposalDecision.CONFIRMED: "The victim liaison unit agrees: the referral was closed.",
    ProposalDecision.REFUSED: "The victim liaison unit does not agree: the referral is still owed. "
    "Its reason is on the page of the referral.",
    ProposalDecision.OVERTAKEN: "It was recorded. The victim liaison unit had no need to decide.",
}

"""What a program is told about its proposal to close a referral, by the unit's decision."""


@dataclass(frozen=True, slots=True)
class RequestReceipt:
    """What became of a request. ``victims`` pairs each one's place in the request with ours.

    ``repeats`` counts how often the same came again; it was acted on once.
    """

    receipt: str
    received_at: datetime
    kind: str
    status: str
    because: str
    referrals: tuple[str, ...]
    victims: tuple[tuple[int, str], ...]
    repeats: int
    repeated_at: datetime | None


def request_receipt(session: Session, client_id: str, receipt: str) -> RequestReceipt | None:
    """Return what became of a client's request; None where it sent none with this receipt."""
    query = select(ReferralRequest).where(
        ReferralRequest.receipt == receipt, ReferralRequest.client_id == client_id
    )
    request = session.exec(query).first()
    if request is None:
        return None
    linked = _linked(session, request)
    proposal = _proposal(session, request)
    status = _status(session, request, [reference for _, reference, _ in linked])
    if proposal is not None and proposal.decision is None:
        status = A_PERSON_DECIDES
    referrals = {referral for _, _, referral in linked} | _named(session, request)
    return RequestReceipt(
        request.receipt,
        request.received_at.astimezone(UTC),
        request.kind,
        status,
        request.problem
        or (PROPOSED[_decision(proposal)] if proposal else _why(session, request, status)),
        tuple(sorted(referrals)),
        tuple((number, reference) for number, reference, _ in linked),
        request.repeats,
        request.repeated_at.astimezone(UTC) if request.repeated_at else None,
    )


def _why(session: Session, request: ReferralRequest, status: str) -> str:
    """Say what became of a request, and whether another system spoke of the same people since."""
    overtaken = status == RequestStatus.RECORDED and _is_overtaken(session, request)
    return f"{WHY[status]} {OVERTAKEN}" if overtaken else WHY[status]


def _is_overtaken(session: Session, request: ReferralRequest) -> bool:
    """Say whether another client has changed something about the same people since."""
    if request.kind not in _CHANGES:
        return False
    people = select(RequestVictim.victim_id).where(RequestVictim.request_id == request.id)
    query = (
        select(ReferralRequest.id)
        .join(RequestVictim, col(RequestVictim.request_id) == col(ReferralRequest.id))
        .where(
            col(RequestVictim.victim_id).in_(people),
            col(ReferralRequest.id) > request.id,
            ReferralRequest.client_id != request.client_id,
            col(ReferralRequest.kind).in_(_CHANGES),
        )
    )
    return session.exec(query.limit(1)).first() is not None


def _proposal(session: Session, request: ReferralRequest) -> ClosingProposal | None:
    """Return the proposal to close a referral that a request made."""
    return session.exec(
        select(ClosingProposal).where(ClosingProposal.request_id == request.id)
    ).first()


def _decision(proposal: ClosingProposal) -> ProposalDecision | None:
    return ProposalDecision(proposal.decision) if proposal.decision else None


def _linked(session: Session, request: ReferralRequest) -> Sequence[tuple[int, str, str]]:
    query = (
        select(col(RequestVictim.number), col(Victim.reference), col(Referral.reference))
        .join(Victim, col(Victim.id) == col(RequestVictim.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(RequestVictim.request_id) == request.id)
        .order_by(col(RequestVictim.number), col(Victim.id))
    )
    return session.exec(query).all()


def _named(session: Session, request: ReferralRequest) -> set[str]:
    named = select(Referral.reference).where(Referral.id == request.referral_id)
    return set(session.exec(named))


def _status(session: Session, request: ReferralRequest, victims: list[str]) -> str:
    if request.status in (RequestStatus.WAITING, RequestStatus.REFUSED):
        return request.status
    of_victims = select(Victim.id).where(col(Victim.reference).in_(victims))
    of_address = and_(
        col(Task.kind).in_([str(kind) for kind in ASKED_ABOUT]),
        col(Task.victim_id).in_(of_victims),
    )
    of_request = col(Task.request_receipt) == request.receipt
    asked = or_(and_(of_request, col(Task.topic).in_(_DECIDED)), of_address)
    open_one = select(Task.id).where(asked, col(Task.done_at).is_(None))
    return A_PERSON_DECIDES if session.exec(open_one).first() is not None else request.status


def late_requests(session: Session, today: date, limit: int) -> list[int]:
    """Return the requests whose sentence is long in coming and about which nobody was asked."""
    is_late = and_(
        col(Task.request_receipt) == col(ReferralRequest.receipt), col(Task.topic) == TaskTopic.LATE
    )
    query = (
        select(ReferralRequest.id)
        .outerjoin(Task, is_late)
        .where(
            ReferralRequest.status == RequestStatus.EARLY,
            col(ReferralRequest.parent_id).is_(None),
            col(ReferralRequest.ask_on) < today,
            col(Task.id).is_(None),
        )
        .order_by(col(ReferralRequest.id))
        .limit(limit)
    )
    return list(session.exec(query))

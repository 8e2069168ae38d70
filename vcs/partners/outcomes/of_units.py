"""What a unit was asked for, and how its disputes were answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from vcs.clock import london_date
from vcs.partners.chase.reads import from_json
from vcs.partners.chase.records import Chase
from vcs.partners.outcomes.records import OutcomeKind, OutcomeSource
from vcs.partners.outcomes.row import Books, Row, new, row
from vcs.partners.people.records import MessageKind, UnitMessage
from vcs.referrals.records import ClosingProposal, ProposalDecision, Referral
from vcs.terms import Role


def chased(books: Books) -> Iterator[Row]:
    """Give each email that asked a unit for what is due."""
    query = select(Chase).where(
        col(Chase.sent_at).is_not(None),
        new(OutcomeKind.CHASED, OutcomeSource.CHASE, col(Chase.id)),
    )
    for chase in books.session.execute(query.order_by(col(Chase.id)).limit(books.limit)).scalars():
        facts = from_json(chase.facts)
        due = [{"referral": one.reference, "due_on": str(one.due_on)} for one in facts.rows]
        detail = {"late": facts.late, "today": facts.today, "soon": facts.soon, "due": due}
        source = (OutcomeSource.CHASE, chase.id)
        area = {"police_area": chase.police_area, "happened_on": chase.day}
        yield row(books, OutcomeKind.CHASED, source, detail=detail, **area)


def without(detail: dict[str, Any], hidden: Collection[str], on: date) -> dict[str, Any]:
    """Return what a chase of a day asked for without some referrals, in its list and its counts."""
    taken = [one for one in detail["due"] if one["referral"] in hidden]
    counts = Counter(_how_late(date.fromisoformat(one["due_on"]), on) for one in taken)
    left = [one for one in detail["due"] if one["referral"] not in hidden]
    return {
        **detail,
        **{name: detail[name] - count for name, count in counts.items()},
        "due": left,
    }


def _how_late(due_on: date, on: date) -> str:
    return "late" if due_on < on else "today" if due_on == on else "soon"


def messages(books: Books) -> Iterator[Row]:
    """Give how the unit answered that a referral is not theirs, or was sent already."""
    query = (
        select(UnitMessage, Referral)
        .join(Referral, col(Referral.id) == col(UnitMessage.referral_id))
        .where(
            col(UnitMessage.kind).in_([str(MessageKind.NOT_OURS), str(MessageKind.ALREADY_SENT)]),
            col(UnitMessage.decided_at).is_not(None),
            books.is_open(Referral),
            new(OutcomeKind.DISPUTE_ANSWERED, OutcomeSource.MESSAGE, col(UnitMessage.id)),
        )
        .order_by(col(UnitMessage.id))
        .limit(books.limit)
    )
    for message, referral in books.session.execute(query):
        detail = {"about": message.kind, "decision": message.decision}
        yield _decided(books, (OutcomeSource.MESSAGE, message.id), (referral, detail), message)


def proposals(books: Books) -> Iterator[Row]:
    """Give how the unit answered that there is no victim to refer."""
    query = (
        select(ClosingProposal, Referral)
        .join(Referral, col(Referral.id) == col(ClosingProposal.referral_id))
        .where(
            col(ClosingProposal.decided_at).is_not(None),
            col(ClosingProposal.proposed_as) == str(Role.WITNESS_CARE),
            col(ClosingProposal.decision) != str(ProposalDecision.OVERTAKEN),
            books.is_open(Referral),
            new(OutcomeKind.DISPUTE_ANSWERED, OutcomeSource.PROPOSAL, col(ClosingProposal.id)),
        )
        .order_by(col(ClosingProposal.id))
        .limit(books.limit)
    )
    for proposal, referral in books.session.execute(query):
        detail = {"about": proposal.reason, "decision": proposal.decision}
        yield _decided(books, (OutcomeSource.PROPOSAL, proposal.id), (referral, detail), proposal)


def _decided(
    books: Books,
    source: tuple[OutcomeSource, int],
    said: tuple[Referral, Mapping[str, Any]],
    held: UnitMessage | ClosingProposal,
) -> Row:
    referral, detail = said
    return row(
        books,
        OutcomeKind.DISPUTE_ANSWERED,
        source,
        happened_on=london_date(held.decided_at or books.now),
        police_area=referral.police_area,
        referral_id=referral.id,
        detail=detail,
    )

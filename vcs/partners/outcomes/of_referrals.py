"""What became of requests, of the people in them, and of referrals."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, exists, func, select
from sqlmodel import Session, col

from vcs.access.records import Account
from vcs.clock import london_date
from vcs.partners.outcomes.missing import Referred, missing
from vcs.partners.outcomes.records import OutcomeKind, OutcomeSource
from vcs.partners.outcomes.row import Books, Row, new, row
from vcs.partners.records import ReferralRequest, RequestKind, RequestStatus, RequestVictim
from vcs.post.returned.records import ReturnedLetter
from vcs.referrals.records import Referral, ReferralStatus, ReopeningRecord
from vcs.terms import Choice, Role
from vcs.victims.person import opened
from vcs.victims.records import ChoiceRecord, PostedLetter, Victim


def requests(books: Books) -> Iterator[Row]:
    """Give each referral by program that was added to a referral, and what it lacks."""
    query = select(ReferralRequest).where(
        col(ReferralRequest.status) == RequestStatus.ATTACHED,
        col(ReferralRequest.kind) == RequestKind.REFERRAL,
        new(OutcomeKind.ACCEPTED, OutcomeSource.REQUEST, col(ReferralRequest.id)),
    )
    ordered = query.order_by(col(ReferralRequest.id)).limit(books.limit)
    for request in books.session.execute(ordered).scalars():
        victims = _victims(books.session, request)
        on = london_date(request.read_at or request.received_at)
        named = [
            {"number": number, "victim": victim.reference, "referral": referral.reference}
            for number, victim, referral in victims
        ]
        sent = {"client_id": request.client_id, "happened_on": on}
        first = victims[0][2].id if victims else None
        detail = {"receipt": request.receipt, "victims": named}
        source = (OutcomeSource.REQUEST, request.id)
        yield row(books, OutcomeKind.ACCEPTED, source, referral_id=first, detail=detail, **sent)
        for number, victim, referral in victims:
            if lacks := _lacks(books, victim):
                detail = {"receipt": request.receipt, "number": number, "fields": lacks}
                yield row(
                    books,
                    OutcomeKind.INCOMPLETE,
                    (OutcomeSource.VICTIM, victim.id),
                    referral_id=referral.id,
                    detail=detail | {"victim": victim.reference},
                    **sent,
                )


def _victims(session: Session, request: ReferralRequest) -> list[tuple[int, Victim, Referral]]:
    query = (
        select(col(RequestVictim.number), Victim, Referral)
        .join(Victim, col(Victim.id) == col(RequestVictim.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(RequestVictim.request_id) == request.id)
        .order_by(col(RequestVictim.number), col(Victim.id))
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def _lacks(books: Books, victim: Victim) -> list[dict[str, str]]:
    held = victim.person
    if not books.sealer.opens(held.sealed):
        return []
    known = Referred(
        opened(books.sealer, held), held.safe_to_post, held.address_confirmed_on, books.today
    )
    return missing(known)


def returned(books: Books) -> Iterator[Row]:
    """Give each request that was not added to any referral, with why."""
    query = select(ReferralRequest).where(
        col(ReferralRequest.status) == RequestStatus.REFUSED,
        new(OutcomeKind.RETURNED, OutcomeSource.REQUEST, col(ReferralRequest.id)),
    )
    ordered = query.order_by(col(ReferralRequest.id)).limit(books.limit)
    for request in books.session.execute(ordered).scalars():
        yield row(
            books,
            OutcomeKind.RETURNED,
            (OutcomeSource.REQUEST, request.id),
            client_id=request.client_id,
            happened_on=london_date(request.read_at or request.received_at),
            referral_id=request.referral_id,
            detail={"receipt": request.receipt, "because": request.problem or ""},
        )


def _sent() -> ColumnElement[bool]:
    """Return which victims witness care referred: people or programs."""
    return exists().where(
        col(Account.id) == col(Victim.referred_by_account_id),
        col(Account.role) == str(Role.WITNESS_CARE),
    )


def _came_back() -> ColumnElement[bool]:
    return exists().where(col(ReturnedLetter.letter_id) == col(PostedLetter.letter_id))


def contacted(books: Books) -> Iterator[Row]:
    """Give that somebody was reached, or that the first letter to them left."""
    letter = (
        select(func.min(col(PostedLetter.posted_on)))
        .where(col(PostedLetter.victim_id) == col(Victim.id), ~_came_back())
        .correlate(Victim)
        .scalar_subquery()
    )
    reached = func.coalesce(col(Victim.contacted_on), letter)
    query = (
        select(Victim, Referral, reached)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(reached.is_not(None), _sent(), books.is_open(Referral))
        .where(new(OutcomeKind.CONTACTED, OutcomeSource.VICTIM, col(Victim.id)))
        .order_by(col(Victim.id))
        .limit(books.limit)
    )
    for victim, referral, on in books.session.execute(query):
        yield row(
            books,
            OutcomeKind.CONTACTED,
            (OutcomeSource.VICTIM, victim.id),
            happened_on=on,
            police_area=referral.police_area,
            referral_id=referral.id,
            detail={"victim": victim.reference},
        )


def answered(books: Books) -> Iterator[Row]:
    """Give that somebody answered. What they chose is theirs, and told to no program."""
    return _choices(books, OutcomeKind.ANSWERED, col(ChoiceRecord.choice) != str(Choice.NO_REPLY))


def not_answered(books: Books) -> Iterator[Row]:
    """Give that somebody did not reply: it is no choice, and the unit may know another way."""
    return _choices(books, OutcomeKind.NO_REPLY, col(ChoiceRecord.choice) == str(Choice.NO_REPLY))


def _choices(books: Books, kind: OutcomeKind, which: ColumnElement[bool]) -> Iterator[Row]:
    query = (
        select(ChoiceRecord, Victim, Referral)
        .join(Victim, col(Victim.id) == col(ChoiceRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(which, _sent(), books.is_open(Referral))
        .where(new(kind, OutcomeSource.CHOICE, col(ChoiceRecord.id)))
        .order_by(col(ChoiceRecord.id))
        .limit(books.limit)
    )
    for choice, victim, referral in books.session.execute(query):
        yield row(
            books,
            kind,
            (OutcomeSource.CHOICE, choice.id),
            happened_on=choice.chosen_on,
            police_area=referral.police_area,
            referral_id=referral.id,
            detail={"victim": victim.reference},
        )


def closed(books: Books) -> Iterator[Row]:
    """Give each closing of a referral, again after a reopening."""
    again = (
        select(func.count(col(ReopeningRecord.id)))
        .where(col(ReopeningRecord.referral_id) == col(Referral.id))
        .correlate(Referral)
        .scalar_subquery()
    )
    query = (
        select(Referral, again)
        .where(col(Referral.status) == ReferralStatus.CLOSED, books.is_open(Referral))
        .where(new(OutcomeKind.CLOSED, OutcomeSource.REFERRAL, col(Referral.id), again))
        .order_by(col(Referral.id))
        .limit(books.limit)
    )
    for referral, turn in books.session.execute(query):
        yield row(
            books,
            OutcomeKind.CLOSED,
            (OutcomeSource.REFERRAL, referral.id),
            turn=turn,
            happened_on=referral.closed_on or books.today,
            police_area=referral.police_area,
            referral_id=referral.id,
            detail={"reason": referral.closed_reason},
        )

"""Opening referrals, with the deadlines the law starts for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, select

from vcs.access import trail
from vcs.law.deadlines import duties
from vcs.law.deadlines.late import FoundLate, counted_from
from vcs.law.decision import Deadline
from vcs.referrals.records import Basis, DeadlineRecord, Referral, ReferralStatus, deadline_key
from vcs.sentences.enquiries.questions import About, where_to_route
from vcs.sentences.history.current import OWED
from vcs.tables import free_references, table_of
from vcs.tasks.ask import open_tasks
from vcs.terms import Outcome

_REFERRALS, _DEADLINES = table_of(Referral), table_of(DeadlineRecord)

BASES = {
    Outcome.STATUTORY: Basis.STATUTORY,
    Outcome.NOTIFICATION_SCHEME: Basis.NOTIFICATION_SCHEME,
    Outcome.DISCRETIONARY: Basis.DISCRETIONARY,
}

_BY_BASIS = {basis: outcome for outcome, basis in BASES.items()}


@dataclass(frozen=True, slots=True)
class Opening:
    """A sentence that a referral is to be opened for, and on which basis.

    ``found_on`` is the day on which a correction of ours found it; None for what a court or a
    person tells us.
    """

    about: About
    police_area: str | None
    basis: Basis
    found_on: date | None = None


def outcome_of(basis: Basis) -> Outcome:
    """Return the outcome of the law that a basis stands for."""
    return _BY_BASIS[basis]


def is_referred_by_law(outcome: Outcome) -> bool:
    """Say whether an outcome opens a referral without a person deciding so."""
    return outcome in OWED


def open_referrals(
    session: Session, openings: Sequence[Opening], who: str, today: date, now: datetime
) -> None:
    """Open a referral for each sentence, and the deadlines that it starts."""
    if not openings:
        return
    owed_by = {opening.about.sentence_id: _owed(opening, today) for opening in openings}
    references = free_references(session, len(openings), Referral)
    rows = [
        _row(one, owed_by[one.about.sentence_id], today) | {"reference": reference}
        for one, reference in zip(openings, references, strict=True)
    ]
    made = insert(_REFERRALS).returning(_REFERRALS.c.sentence_id, _REFERRALS.c.id)
    ids = {row.sentence_id: row.id for row in session.execute(made, rows)}
    pairs = [(ids[one.about.sentence_id], one) for one in openings]
    owed = [
        _late_row(its_id, found)
        for its_id, opening in pairs
        for found in owed_by[opening.about.sentence_id]
    ]
    if owed:
        session.execute(insert(_DEADLINES), owed)
    lost = [replace(one.about, referral_id=its_id) for its_id, one in pairs if _is_lost(one)]
    open_tasks(session, [where_to_route(about) for about in lost], today)
    for row in rows:
        trail.note(session, trail.Note(now, who, "referral.opened", row["reference"], row["basis"]))


def _row(opening: Opening, owed: Sequence[FoundLate], today: date) -> dict[str, Any]:
    is_late = any(found.lawful_due_on for found in owed)
    return {
        "sentence_id": opening.about.sentence_id,
        "region_code": opening.about.region_code,
        "police_area": opening.police_area,
        "opened_on": today,
        "status": str(ReferralStatus.AWAITING),
        "basis": str(opening.basis),
        "found_late_on": opening.found_on if is_late else None,
    }


def _owed(opening: Opening, today: date) -> tuple[FoundLate, ...]:
    lawful = duties.deadlines(_BY_BASIS[opening.basis], opening.about.sentenced_on, today)
    if opening.found_on is None:
        return tuple(FoundLate(one) for one in lawful)
    return tuple(counted_from(opening.found_on, one, today) for one in lawful)


def _late_row(referral_id: int, found: FoundLate) -> dict[str, Any]:
    row = deadline_row(referral_id, None, found.deadline)
    return row | {"lawful_due_on": found.lawful_due_on}


def _is_lost(opening: Opening) -> bool:
    return opening.about.region_code is None


def deadline_row(referral_id: int, victim_id: int | None, deadline: Deadline) -> dict[str, Any]:
    """Return the row of a deadline, for an insert."""
    return {
        "key": deadline_key(referral_id, victim_id, deadline.duty, deadline.starts_on),
        "referral_id": referral_id,
        "victim_id": victim_id,
        "duty": deadline.duty,
        "owed_by": str(deadline.owed_by),
        "starts_on": deadline.starts_on,
        "due_on": deadline.due_on,
        "counted": deadline.counted,
        "provision": deadline.provision,
        "provisional": deadline.provisional,
        "calendar": deadline.calendar,
    }


def raise_basis(
    session: Session, referral: Referral, basis: Basis, sentenced_on: date, today: date
) -> None:
    """Put a referral on a more protective basis, with the deadlines that this starts.

    A duty that is still open is dated anew; one that was met or missed keeps its day. On a closed
    referral nothing is owed unless it is opened again, so what starts there starts lifted.
    """
    order = list(Basis)
    if order.index(basis) >= order.index(Basis(referral.basis)):
        return
    referral.basis = basis
    session.add(referral)
    query = select(DeadlineRecord).where(DeadlineRecord.referral_id == referral.id)
    held = {one.key: one for one in session.exec(query)}
    for deadline in duties.deadlines(_BY_BASIS[basis], sentenced_on, today):
        row = deadline_row(referral.id, None, deadline)
        known = held.get(row["key"])
        if known is None:
            session.add(DeadlineRecord(**row, lifted_on=_lifted_on(referral, today)))
        elif known.met_on is None and known.missed_on is None:
            known.sqlmodel_update(row)
            session.add(known)


def _lifted_on(referral: Referral, today: date) -> date | None:
    return today if referral.status == ReferralStatus.CLOSED else None

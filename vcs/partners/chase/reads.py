"""What a witness care unit is reminded of on a day, and which emails are to be sent."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from sqlmodel import Session, col, func, select

from vcs.access.versions import version_of
from vcs.alerts.waits import is_due, is_free
from vcs.intake.regions import POLICE_AREAS
from vcs.law.deadlines import duties
from vcs.law.deadlines.working_days import add_working_days, working_days_between
from vcs.partners.chase.records import Chase, Mailbox
from vcs.referrals.records import ClosingProposal, DeadlineRecord, Referral, ReferralStatus
from vcs.referrals.states import is_being_decided

MOST_ROWS = 20

NO_MAILBOX: Final = ""
"""Stands for every police area whose unit has no mailbox: they are looked at together."""

NOTHING_AWAITED: Final[Mapping[str, int]] = MappingProxyType({})

DAYS_BEFORE = 2
"""How many working days before its day a referral is first asked for. Ours."""


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """One referral that is due from a unit: its reference and days, and nobody's name.

    ``working_days`` are those left, below zero when it is late.
    """

    reference: str
    due_on: date
    working_days: int
    is_traced: bool


@dataclass(frozen=True, slots=True)
class ChaseFacts:
    """What one email says. ``rows`` are the latest first, at most :data:`MOST_ROWS` of them all."""

    area: str
    day: date
    late: int
    today: int
    soon: int
    rows: tuple[ChaseRow, ...]

    @property
    def left_out(self) -> int:
        """Return how many referrals it counts and does not name."""
        return self.late + self.today + self.soon - len(self.rows)


def to_chase(session: Session, today: date) -> dict[str, ChaseFacts]:
    """Return what each police area is reminded of today, with a mailbox or without.

    What waits for the unit's decision was answered, and is not asked for again meanwhile.
    """
    until = add_working_days(today, DAYS_BEFORE, known_on=today)
    answered = select(ClosingProposal.id).where(
        col(ClosingProposal.referral_id) == col(Referral.id),
        col(ClosingProposal.decision).is_(None),
    )
    query = (
        select(
            col(Referral.police_area),
            col(Referral.reference),
            col(DeadlineRecord.due_on),
            col(Referral.traced_since),
        )
        .join(DeadlineRecord, col(DeadlineRecord.referral_id) == col(Referral.id))
        .where(
            col(Referral.police_area).is_not(None),
            DeadlineRecord.duty == duties.REFER,
            col(DeadlineRecord.met_on).is_(None),
            col(DeadlineRecord.lifted_on).is_(None),
            col(DeadlineRecord.due_on) <= until,
            Referral.status == ReferralStatus.AWAITING,
            ~answered.correlate(Referral).exists(),
            ~is_being_decided(),
        )
        .order_by(col(DeadlineRecord.due_on), col(Referral.reference))
    )
    found: dict[str, list[ChaseRow]] = defaultdict(list)
    for area, reference, due_on, traced in session.exec(query):
        left = working_days_between(today, due_on, known_on=today)
        found[area or ""].append(ChaseRow(reference, due_on, left, traced is not None))
    return {area: _facts(area, rows, today) for area, rows in found.items()}


def _facts(area: str, rows: list[ChaseRow], today: date) -> ChaseFacts:
    late = sum(one.due_on < today for one in rows)
    now = sum(one.due_on == today for one in rows)
    soon = len(rows) - late - now
    name = POLICE_AREAS.get(area, area)
    return ChaseFacts(name, today, late, now, soon, tuple(rows[:MOST_ROWS]))


def as_json(facts: ChaseFacts) -> str:
    """Return what an email says as it is kept."""
    rows = [[one.reference, str(one.due_on), one.working_days, one.is_traced] for one in facts.rows]
    counts = {"late": facts.late, "today": facts.today, "soon": facts.soon}
    return json.dumps({"area": facts.area, "day": str(facts.day), **counts, "rows": rows})


def from_json(kept: str) -> ChaseFacts:
    """Return what a kept email says."""
    told = json.loads(kept)
    rows = tuple(
        ChaseRow(reference, date.fromisoformat(due_on), left, traced)
        for reference, due_on, left, traced in told["rows"]
    )
    day = date.fromisoformat(told["day"])
    return ChaseFacts(told["area"], day, told["late"], told["today"], told["soon"], rows)


def nothing_due(area: str, day: date) -> ChaseFacts:
    """Return what is kept of a day on which nothing is due: it is looked at once."""
    return ChaseFacts(POLICE_AREAS.get(area, area), day, 0, 0, 0, ())


def not_looked_at(session: Session, day: date) -> list[str]:
    """Return the police areas with a mailbox that were not looked at on a day.

    All that have none are one, :data:`NO_MAILBOX`.
    """
    looked = select(Chase.id).where(
        col(Chase.police_area) == col(Mailbox.police_area), col(Chase.day) == day
    )
    query = select(Mailbox.police_area).where(~looked.correlate(Mailbox).exists())
    areas = list(session.exec(query.order_by(col(Mailbox.police_area))))
    others = select(Chase.id).where(Chase.police_area == NO_MAILBOX, Chase.day == day)
    return areas if session.exec(others).first() is not None else [*areas, NO_MAILBOX]


def any_ahead(session: Session, today: date) -> bool:
    """Say whether an email bears a day that has not come: a clock that was ahead wrote it."""
    return session.exec(select(Chase.id).where(Chase.day > today).limit(1)).first() is not None


def with_mailbox(session: Session) -> frozenset[str]:
    """Return the police areas whose unit has a mailbox."""
    return frozenset(session.exec(select(Mailbox.police_area)))


def owed_chases(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the emails that are owed, due for a try and in nobody's hand."""
    query = select(Chase.id).where(
        col(Chase.sent_at).is_(None),
        col(Chase.withdrawn_at).is_(None),
        col(Chase.failed_reason).is_(None),
        is_due(col(Chase.next_try_at), now),
        is_free(col(Chase.claimed_until), now),
    )
    return list(session.exec(query.order_by(col(Chase.id)).limit(limit)))


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """One police area, the mailbox of its unit, and how many referrals are due from it now."""

    police_area: str
    area: str
    name: str
    email: str
    awaited: int
    sent_at: datetime | None
    version: str


def mailbox_version(mailbox: Mailbox | None) -> str:
    """Return the version of where a unit reads its mail; that of none is one too."""
    return version_of(mailbox and (mailbox.name, mailbox.email))


def mailboxes(session: Session, awaited: Mapping[str, int] = NOTHING_AWAITED) -> list[MailboxRow]:
    """Return every police area, whether or not its unit has a mailbox.

    ``awaited`` is how many referrals are due from each, as the ledger keeps it: counted anew here,
    a page would cost more with every sentence.
    """
    held = {one.police_area: one for one in session.exec(select(Mailbox))}
    sent = dict(
        session.exec(
            select(Chase.police_area, func.max(Chase.sent_at)).group_by(col(Chase.police_area))
        ).all()
    )
    return [
        MailboxRow(
            code,
            name,
            held[code].name if code in held else "",
            held[code].email if code in held else "",
            awaited.get(code, 0),
            sent.get(code),
            mailbox_version(held.get(code)),
        )
        for code, name in POLICE_AREAS.items()
    ]


def mails_fail_since(session: Session) -> datetime | None:
    """Return since when an email to a unit is owed that was tried and put off."""
    query = select(func.min(Chase.owed_at)).where(
        col(Chase.sent_at).is_(None),
        col(Chase.withdrawn_at).is_(None),
        col(Chase.failed_reason).is_(None),
        Chase.tries > 0,
    )
    return session.exec(query).one()

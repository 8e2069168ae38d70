"""Which letters fit a victim now, for a person to begin: what each is for, and what stops it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.post import gate
from vcs.post.cases.case import gather
from vcs.post.cases.letter_case import LetterCase, Wanted
from vcs.post.catalogue import LetterPolicy, Trigger
from vcs.post.gate import Hold
from vcs.post.holds.hold_kinds import Step
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.subjects.find import TO_VICTIMS, subjects
from vcs.post.subjects.subject import Around, Subject
from vcs.referrals.records import Basis
from vcs.sealing import Sealer
from vcs.victims.find import visible_victim

_FIRST = {
    Basis.STATUTORY: Trigger.REFERRAL_ACCEPTED,
    Basis.NOTIFICATION_SCHEME: Trigger.NOTIFICATION_ACCEPTED,
    Basis.DISCRETIONARY: Trigger.DISCRETIONARY_ACCEPTED,
}


@dataclass(frozen=True, slots=True)
class Fit:
    """One kind of letter that fits. ``draft`` is the reference of one that waits already."""

    row: LetterPolicy
    stopped: tuple[Hold, ...]
    later: tuple[Hold, ...]
    case: LetterCase
    draft: str | None = None

    @property
    def is_first(self) -> bool:
        """Say whether it is a first letter."""
        return self.row.duty == FIRST_CONTACT

    @property
    def may_begin(self) -> bool:
        """Say whether somebody may begin it, if only for a second person to decide."""
        return gate.may_be_decided(self.stopped) and (self.is_first or self.draft is None)


def letters_that_fit(
    session: Session, sealer: Sealer, actor: Actor, victim_reference: str, now: datetime
) -> tuple[Fit, ...]:
    """Return the letters that something happened for, the first letter of the referral first."""
    require_may(actor, Act.WRITE_LETTER)
    around = Around.of(session, sealer, visible_victim(session, victim_reference, actor), now)
    return tuple(_fit(around, row, subject) for row, subject in _wanted(around))


def _wanted(around: Around) -> Iterator[tuple[LetterPolicy, Subject]]:
    first = _FIRST[Basis(around.referral.basis)]
    for row in TO_VICTIMS:
        if row.trigger is first:
            yield row, Subject("", around.today)
        elif row.duty != FIRST_CONTACT and (found := subjects(around, row)):
            yield row, found[0]


def _fit(around: Around, row: LetterPolicy, subject: Subject) -> Fit:
    wanted = Wanted(row.kind, subject.occasion)
    case = gather(around.session, around.sealer, around.victim, wanted, around.today).case
    drafts = select(LetterRecord.reference).where(
        LetterRecord.victim_id == around.victim.id,
        LetterRecord.kind == row.kind,
        LetterRecord.occasion == subject.occasion,
        LetterRecord.status == LetterStatus.DRAFT,
    )
    draft = around.session.exec(drafts.order_by(col(LetterRecord.id))).first()
    return Fit(row, gate.holds(case, Step.DRAFT), gate.holds(case, Step.APPROVE), case, draft)

"""Letters to others as pages show them: what waits, and one with what was decided about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlmodel import Session, col, func, select

from vcs.access.actors import Actor
from vcs.access.reads import name_of, names_of
from vcs.access.rules import Act, reach, require_may
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.post.catalogue import letter as row_of
from vcs.post.others.about import About, about_letter
from vcs.post.others.case import begun_for
from vcs.post.others.destinations.places import in_words
from vcs.post.others.destinations.recipients import Recipient, recipient_of
from vcs.post.others.find import visible_other
from vcs.post.records import LetterDecision, LetterRecord, LetterStatus
from vcs.post.returned.reasons import POLICIES, ReturnReason
from vcs.post.returned.records import ReturnedLetter
from vcs.referrals.records import Referral
from vcs.referrals.states import within
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.victims.records import PostedLetter

LATELY: Final = timedelta(days=14)

MOST_WITHDRAWN: Final = 50


@dataclass(frozen=True, slots=True)
class OtherRow:
    """One letter to a partner that waits. ``goes_to`` is "" where a person must still say."""

    reference: str
    kind: str
    purpose: str
    trigger: str
    status: str
    subject: str
    referral_reference: str | None
    goes_to: str
    asked_for: str
    drafted_at: datetime
    was_begun: bool


@dataclass(frozen=True, slots=True)
class OtherDecision:
    """What one person decided about one letter, and why."""

    question: str
    reason: str
    decided_at: datetime
    decided_by: str


@dataclass(frozen=True, slots=True)
class OtherPage:
    """One letter to a partner, without what it says."""

    row: OtherRow
    recipient: Recipient | None
    language: str
    approved_at: datetime | None
    approved_by: str
    sha256: str | None
    template_version: str | None
    opened_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    posted_on: date | None
    came_back_on: date | None
    came_back_why: str
    decisions: tuple[OtherDecision, ...]
    in_its_place: str


@dataclass(frozen=True, slots=True)
class WithdrawnOther:
    """One letter to a partner that was withdrawn. ``in_its_place`` is "" where none waits."""

    reference: str
    kind: str
    subject: str
    withdrawn_at: datetime
    reason: str
    in_its_place: str


def withdrawn_lately(
    session: Session, sealer: Sealer, actor: Actor, now: datetime
) -> tuple[WithdrawnOther, ...]:
    """Return the letters to partners that were withdrawn within :data:`LATELY`, the newest first.

    At most :data:`MOST_WITHDRAWN`.
    """
    require_may(actor, Act.SEE_LETTER)
    query: Any = (
        _within_reach(actor, LetterRecord)
        .where(
            LetterRecord.status == LetterStatus.WITHDRAWN,
            col(LetterRecord.withdrawn_at) >= now - LATELY,
        )
        .order_by(col(LetterRecord.withdrawn_at).desc(), col(LetterRecord.id).desc())
        .limit(MOST_WITHDRAWN)
    )
    found = session.execute(query).scalars().all()
    return tuple(_withdrawn(session, about_letter(session, sealer, one, now), one) for one in found)


def _withdrawn(session: Session, about: About, letter: LetterRecord) -> WithdrawnOther:
    return WithdrawnOther(
        letter.reference,
        row_of(letter.kind).kind,
        about.subject,
        letter.withdrawn_at or about.now,
        letter.withdrawn_reason or "",
        _in_its_place(session, about, letter),
    )


def _in_its_place(session: Session, about: About, letter: LetterRecord) -> str:
    """Return the reference of the letter that was begun anew for the same; "" where there is none.

    Only what was withdrawn has one.
    """
    if letter.status != LetterStatus.WITHDRAWN:
        return ""
    query = begun_for(about, letter.kind, letter.occasion).where(
        col(LetterRecord.status) != LetterStatus.WITHDRAWN, col(LetterRecord.id) > letter.id
    )
    newer = session.exec(query.order_by(col(LetterRecord.id).desc())).first()
    return newer.reference if newer is not None else ""


def letters_to_others(
    session: Session, sealer: Sealer, actor: Actor, now: datetime, asked: Slice = FIRST
) -> Page[OtherRow]:
    """Return the letters to partners that have not left, the oldest first."""
    require_may(actor, Act.SEE_LETTER)
    query: Any = _waiting(actor, LetterRecord).order_by(col(LetterRecord.id))

    def rows(found: Any) -> Iterator[OtherRow]:
        for (one,) in found:
            yield _row(session, one, about_letter(session, sealer, one, now))

    return one_page(session, query, asked, rows)


def how_many_to_others(session: Session, actor: Actor) -> int:
    """Count the same letters."""
    return int(session.exec(_waiting(actor, func.count(col(LetterRecord.id)))).one())


def _waiting(actor: Actor, *columns: Any) -> Any:
    posted = select(PostedLetter.id).where(col(PostedLetter.letter_id) == col(LetterRecord.id))
    return _within_reach(actor, *columns).where(
        col(LetterRecord.status).in_([LetterStatus.DRAFT, LetterStatus.APPROVED]),
        ~posted.exists(),
    )


def _within_reach(actor: Actor, *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(LetterRecord)
        .join(Sentence, col(Sentence.id) == col(LetterRecord.sentence_id))
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(within(reach(actor)))
    )


def other_page(
    session: Session, sealer: Sealer, actor: Actor, reference: str, now: datetime
) -> OtherPage:
    """Return one letter to a partner. Raises NotFound where it is not theirs to see."""
    require_may(actor, Act.SEE_LETTER)
    letter, about = visible_other(session, sealer, actor, reference, now)
    names = names_of(session)
    back = session.exec(select(ReturnedLetter).where(ReturnedLetter.letter_id == letter.id)).first()
    left = select(col(PostedLetter.posted_on)).where(PostedLetter.letter_id == letter.id)
    return OtherPage(
        _row(session, letter, about),
        recipient_of(session, letter, about),
        letter.language,
        letter.approved_at,
        names.get(letter.approved_by or 0, ""),
        letter.sha256,
        letter.template_version,
        letter.opened_at,
        letter.withdrawn_at,
        letter.withdrawn_reason or "",
        session.exec(left).first(),
        back.came_back_on if back else None,
        POLICIES[ReturnReason(back.reason)].words if back else "",
        tuple(_decisions(session, sealer, letter, names)),
        _in_its_place(session, about, letter),
    )


def _row(session: Session, letter: LetterRecord, about: About) -> OtherRow:
    row, to = row_of(letter.kind), recipient_of(session, letter, about)
    return OtherRow(
        letter.reference,
        row.kind,
        row.purpose,
        row.trigger,
        letter.status,
        about.subject,
        about.referral.reference if about.referral else None,
        to.name if to else "",
        in_words(*about.office_asked(row)),
        letter.drafted_at,
        letter.drafted_by is not None,
    )


def _decisions(
    session: Session, sealer: Sealer, letter: LetterRecord, names: dict[int, str]
) -> list[OtherDecision]:
    query = select(LetterDecision).where(LetterDecision.letter_id == letter.id)
    return [
        OtherDecision(
            one.question,
            sealer.open_text(one.reason),
            one.decided_at,
            name_of(f"account:{one.decided_by}", names),
        )
        for one in session.exec(query.order_by(col(LetterDecision.id)))
    ]

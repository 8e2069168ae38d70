"""Whoever may be the same person as a victim, and what they chose and were sent: for the gate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import Session, col, select

from vcs.errors import CannotOpen
from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.post import catalogue
from vcs.post.cases.letter_case import EarlierLetter, Wanted
from vcs.post.catalogue import kinds_meeting
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.returned.records import ReturnedLetter
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.terms import Choice
from vcs.victims.digests import perhaps_same
from vcs.victims.person import Person, opened
from vcs.victims.records import ChoiceRecord, PersonRecord, PostedLetter, Victim
from vcs.victims.same_person import Likeness, likeness


@dataclass(frozen=True, slots=True)
class Alike:
    """A victim who is, or may be, the person that a letter is to, in a referral of the offender."""

    victim: Victim
    likeness: Likeness
    sentence_id: int


def no_on(latest: ChoiceRecord | None) -> date | None:
    """Return the day of a choice that is a no; None for any other, and for none."""
    return latest.chosen_on if latest and latest.choice == Choice.OPT_OUT else None


def alike(
    session: Session,
    sealer: Sealer,
    victim: Victim,
    person: Person,
    offender: Iterable[Sentence],
) -> list[Alike]:
    """Return everybody with a part about this offender who may be the same person."""
    query = (
        select(Victim, col(Referral.sentence_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(Referral.sentence_id).in_([one.id for one in offender]))
        .order_by(col(Victim.id))
    )
    return [
        Alike(one, _likeness(sealer, victim, person, one), sentence_id)
        for one, sentence_id in session.exec(query)
    ]


def _likeness(sealer: Sealer, victim: Victim, person: Person, other: Victim) -> Likeness:
    """Say how sure it is that another victim is the person that a letter is to.

    Somebody whose record no key opens may be: an administrator has a task about that.
    """
    if other.person_id == victim.person_id:
        return Likeness.PROBABLY
    try:
        return likeness(person, opened(sealer, other.person))
    except CannotOpen:
        return Likeness.MAYBE


def parted(rows: Iterable[Alike], apart: Collection[int]) -> tuple[list[Victim], list[Victim]]:
    """Return those who are probably this person, and those whom a manager decided to be another.

    ``apart`` are the ids of the people whom a manager told apart from this one.
    """
    probably = [row.victim for row in rows if row.likeness is Likeness.PROBABLY]
    return (
        [one for one in probably if one.person_id not in apart],
        [one for one in probably if one.person_id in apart],
    )


def no_of_each(session: Session, victims: Iterable[Victim]) -> tuple[ChoiceRecord, ...]:
    """Return the latest thing that each of some people said, where that is a no."""
    by_person: dict[int, list[Victim]] = defaultdict(list)
    for one in victims:
        by_person[one.person_id].append(one)
    latest = (latest_choice(session, parts) for parts in by_person.values())
    found = (one for one in latest if one is not None and no_on(one))
    return tuple(sorted(found, key=lambda choice: choice.id))


def latest_choice(session: Session, victims: Iterable[Victim]) -> ChoiceRecord | None:
    """Return the latest thing that a person said. That they did not reply says nothing."""
    query = (
        select(ChoiceRecord)
        .where(
            col(ChoiceRecord.victim_id).in_([one.id for one in victims]),
            col(ChoiceRecord.choice) != str(Choice.NO_REPLY),
        )
        .order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    )
    return session.exec(query).first()


def others_no(
    session: Session, sealer: Sealer, victim: Victim, person: Person, rows: Iterable[Alike]
) -> tuple[ChoiceRecord, ...]:
    """Return each latest *no* of somebody who may be this person, here or about another offender.

    About another offender a name that is only near counts where they can be reached alike: the
    whole country is compared, by digests, and only who may be meant is opened.
    """
    here = {row.victim.id: row.likeness for row in rows}
    found = []
    for one in _said_no(session, sealer, (victim, person), here):
        like = here.get(one.id)
        if like is None:
            like = _likeness(sealer, victim, person, one)
            asked_about = like is Likeness.PROBABLY
        else:
            asked_about = like is Likeness.MAYBE
        latest = latest_choice(session, [one]) if asked_about and one.id != victim.id else None
        if latest is not None and no_on(latest):
            found.append(latest)
    return tuple(sorted(found, key=lambda choice: choice.id))


def _said_no(
    session: Session, sealer: Sealer, who: tuple[Victim, Person], here: Iterable[int]
) -> Iterator[Victim]:
    """Yield whoever ever said no, here or where a digest says that they may be this person."""
    victim, person = who
    said_no = exists().where(
        col(ChoiceRecord.victim_id) == col(Victim.id),
        col(ChoiceRecord.choice) == str(Choice.OPT_OUT),
    )
    query = (
        select(Victim)
        .join(PersonRecord, col(PersonRecord.id) == col(Victim.person_id))
        .where(said_no)
    )
    known = col(Victim.id).in_(list(here)), col(Victim.person_id) == victim.person_id
    narrowed = (or_(*known), *perhaps_same(sealer, person))
    found = {one.id: one for some in narrowed for one in session.exec(query.where(some))}
    yield from found.values()


def earlier_letters(
    session: Session, same: Iterable[Victim], about: LetterRecord | Wanted
) -> tuple[EarlierLetter, ...]:
    """Return the letters for the same occasion that were approved before and may have gone.

    Every kind of first letter is for one occasion.
    """
    letter = about if isinstance(about, LetterRecord) else None
    came_back = select(ReturnedLetter.letter_id)
    query = select(LetterRecord).where(
        col(LetterRecord.victim_id).in_([one.id for one in same]),
        col(LetterRecord.id).not_in(came_back),
        _may_have_gone(),
        col(LetterRecord.approved_at).is_not(None),
        col(LetterRecord.kind).in_(_kinds_alike(about.kind)),
        col(LetterRecord.occasion) == about.occasion,
    )
    return tuple(
        EarlierLetter(one.reference, one.approved_at, one.approved_by)
        for one in session.exec(query.order_by(col(LetterRecord.id)))
        if one.approved_at is not None
        and one.approved_by is not None
        and (letter is None or _precedes(one, letter))
    )


def _kinds_alike(kind: str) -> tuple[str, ...]:
    """Return every name of a kind of letter; every first letter for one of them."""
    row = catalogue.letter(kind)
    if row.duty == FIRST_CONTACT:
        return kinds_meeting(FIRST_CONTACT)
    return row.kind, *row.kinds_before


def _may_have_gone() -> ColumnElement[bool]:
    """Say of a letter whether it may go or have gone; one that was withdrawn may have left before.

    What left all the same, after it was withdrawn, is recorded as posted.
    """
    return or_(
        col(LetterRecord.status) == LetterStatus.APPROVED,
        col(LetterRecord.opened_at).is_not(None),
        exists().where(col(PostedLetter.letter_id) == col(LetterRecord.id)),
    )


def _precedes(one: LetterRecord, letter: LetterRecord) -> bool:
    if one.id == letter.id or _are_a_pair(one, letter):
        return False
    if letter.approved_at is None or one.approved_at is None:
        return True
    return (one.approved_at, one.id) < (letter.approved_at, letter.id)


def _are_a_pair(one: LetterRecord, letter: LetterRecord) -> bool:
    """Say whether two letters are one in two languages, drafted before either was approved."""
    moments = [at for at in (one.approved_at, letter.approved_at) if at]
    drafted = max(one.drafted_at, letter.drafted_at)
    alike = (one.victim_id, one.kind) == (letter.victim_id, letter.kind)
    return alike and one.language != letter.language and drafted <= min(moments)

"""Which approved letters something happened to since. Only narrows: each is looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs.access.exclusions.records import Exclusion
from vcs.events.records import EventLine, KeyEvent
from vcs.intake.cursors import came_to, held_cursor
from vcs.needs.conditions.records import ConditionRequest
from vcs.post.catalogue import CATALOGUE
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.signatory import signatory_on
from vcs.post.subjects.subject import OF_AN_END
from vcs.referrals.officers.reads import hands
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.victims.family.records import DeathRecord, FamilyLink
from vcs.victims.preferences.records import PreferenceRecord
from vcs.victims.records import ChoiceRecord, FormerDetails, PersonRecord, PostedLetter, Victim

_OF_PERSON = aliased(Victim)


_CURSOR: Final = "letters out of date"


@dataclass(frozen=True, slots=True)
class ToCheck:
    """Victims whose letters are to be looked at; from where the look went on, and how far."""

    victims: tuple[int, ...]
    after: int
    upto: int


def letters_to_check(session: Session, today: date, limit: int = 500) -> ToCheck:
    """Return the next victims with approved letters that were not posted and may be out of date.

    At most ``limit``. What changed and who signs share the places, so that neither keeps the
    other from its turn. Keep with :func:`go_on_behind` how far it has come.
    """
    at_a_time, after = max(1, limit // 2), came_to(session, _CURSOR)
    changed = _changed(session, after, at_a_time)
    if after and not changed:
        changed = _changed(session, 0, at_a_time)
    signed = islice(_signed_otherwise(session, today), at_a_time)
    upto = changed[-1] if len(changed) == at_a_time else 0
    return ToCheck(tuple(dict.fromkeys((*changed, *signed))), after, upto)


def go_on_behind(session: Session, found: ToCheck) -> None:
    """Keep how far the look has come: the next goes on behind it, and begins again at the end."""
    held_cursor(session, _CURSOR).last_id = found.upto


def _signed_otherwise(session: Session, today: date) -> Iterator[int]:
    """Yield the victims with letters not posted that name another than who answers today."""
    query = (
        select(LetterRecord.victim_id, LetterRecord.signatory, Referral)
        .join(Victim, col(Victim.id) == col(LetterRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(LetterRecord.status == LetterStatus.APPROVED, ~_is_posted())
        .order_by(col(LetterRecord.victim_id))
    )
    held = hands(session, today)
    for victim_id, mark, referral in session.exec(query).all():
        if victim_id is not None and mark != signatory_on(session, referral, held).mark:
            yield victim_id


def _is_posted() -> ColumnElement[bool]:
    return exists().where(col(PostedLetter.letter_id) == col(LetterRecord.id))


def _changed(session: Session, after: int, limit: int) -> list[int]:
    """Return the next victims with letters never printed of which something changed since."""
    query = (
        select(Victim.id)
        .join(PersonRecord, col(PersonRecord.id) == col(Victim.person_id))
        .join(LetterRecord, col(LetterRecord.victim_id) == col(Victim.id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(
            col(LetterRecord.status) == LetterStatus.APPROVED,
            col(LetterRecord.opened_at).is_(None),
            ~_is_posted(),
            col(Victim.id) > after,
            _happened(),
        )
        .distinct()
        .order_by(col(Victim.id))
        .limit(limit)
    )
    return list(session.exec(query))


def _happened() -> ColumnElement[bool]:
    """Say whether something happened since a letter was approved, or always holds it."""
    return or_(
        _happened_to_them(),
        _happened_in_the_case(),
        _may_tell_otherwise(),
        exists().where(col(FamilyLink.by_victim_id) == col(Victim.id)),
        exists().where(
            col(Exclusion.account_id) == col(LetterRecord.approved_by),
            col(Exclusion.lifted_at).is_(None),
        ),
        col(Referral.status) == ReferralStatus.CLOSED,
        col(Sentence.gone).is_(True),
        col(PersonRecord.safe_to_post).is_not(True),
    )


def _happened_to_them() -> ColumnElement[bool]:
    approved = col(LetterRecord.approved_at)
    return or_(
        exists().where(
            col(FormerDetails.person_id) == col(Victim.person_id),
            col(FormerDetails.replaced_at) >= approved,
        ),
        exists().where(
            col(ChoiceRecord.victim_id) == col(_OF_PERSON.id),
            col(_OF_PERSON.person_id) == col(Victim.person_id),
            col(ChoiceRecord.recorded_at) >= approved,
        ),
        exists().where(
            col(PreferenceRecord.person_id) == col(Victim.person_id),
            col(PreferenceRecord.recorded_at) >= approved,
        ),
        exists().where(
            col(DeathRecord.person_id) == col(Victim.person_id),
            col(DeathRecord.recorded_at) >= approved,
        ),
    )


def _happened_in_the_case() -> ColumnElement[bool]:
    approved = col(LetterRecord.approved_at)
    return or_(
        exists().where(
            col(DecisionRecord.sentence_id) == col(Sentence.id),
            col(DecisionRecord.made_at) >= approved,
        ),
        # Also an event of another case of the offender that this person is told of.
        exists().where(
            col(EventLine.event_id) == col(KeyEvent.id),
            col(EventLine.victim_id) == col(Victim.id),
            or_(
                col(KeyEvent.recorded_at) >= approved,
                col(KeyEvent.taken_back_at) >= approved,
                col(EventLine.told_at) >= approved,
            ),
        ),
        exists().where(
            col(KeyEvent.referral_id) == col(Referral.id),
            or_(
                col(KeyEvent.recorded_at) >= approved,
                col(KeyEvent.taken_back_at) >= approved,
            ),
        ),
    )


_TELLS_CONDITIONS: Final = [row.kind for row in CATALOGUE if "conditions" in row.facts]

_TELLS_AN_END: Final = [row.kind for row in CATALOGUE if row.trigger in OF_AN_END]


def _may_tell_otherwise() -> ColumnElement[bool]:
    """Say of a letter that what it tells is kept where no moment of a change is."""
    kind = col(LetterRecord.kind)
    answered = exists().where(
        col(ConditionRequest.victim_id) == col(Victim.id),
        col(ConditionRequest.answered_on).is_not(None),
    )
    reopened = col(Referral.status) != ReferralStatus.CLOSED
    return or_(and_(kind.in_(_TELLS_CONDITIONS), answered), and_(kind.in_(_TELLS_AN_END), reopened))

"""**The** triggers: what each looks for. Read by what drafts letters and by the page to begin one.

A letter's row in ``vcs/post/rows`` names its trigger; this table says what brings it about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sqlalchemy import or_
from sqlmodel import col, select

from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.post import catalogue
from vcs.post.catalogue import Addressee, LetterPolicy, Trigger, kinds_meeting
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.subjects import at_events, of_choices, of_referrals
from vcs.post.subjects.subject import Around, Subject

Find = Callable[[Around, Trigger], Iterator[Subject]]

TRIGGERS: Final[Mapping[Trigger, Find]] = {
    Trigger.REFERRAL_ACCEPTED: of_choices.accepted,
    Trigger.NOTIFICATION_ACCEPTED: of_choices.accepted,
    Trigger.DISCRETIONARY_ACCEPTED: of_choices.accepted,
    Trigger.NO_REPLY: of_choices.no_reply,
    Trigger.OPTED_OUT: of_choices.chose,
    Trigger.OPTED_IN: of_choices.chose,
    Trigger.YEAR_PASSED: of_choices.year_passed,
    Trigger.SENTENCE_CHANGED: of_referrals.sentence_changed,
    Trigger.CONDITIONS_DUE: at_events.conditions_due,
    Trigger.CONDITIONS_DECIDED: of_choices.conditions_decided,
    Trigger.RELEASE_PLANNED: at_events.release_planned,
    Trigger.HOSPITAL_WISH: of_choices.hospital_wish,
    Trigger.REFUSED: of_referrals.refused,
    Trigger.CLOSED: of_referrals.closed,
    Trigger.OFFICER_CHANGED: of_referrals.officer_changed,
    **dict.fromkeys(at_events.AT_EVENTS, at_events.about_events),
}

TO_PARTNERS_ALONE: Final = frozenset(
    {Trigger.REFERRAL_LATE, Trigger.YOUTH_SENTENCE, Trigger.CONDITIONS_ASKED}
)
"""The triggers that bring no letter to a victim: ``vcs/post/others/triggers.py`` finds them."""

TO_VICTIMS: Final = tuple(row for row in catalogue.CATALOGUE if row.to is Addressee.CONTACT)


def subjects(around: Around, row: LetterPolicy) -> tuple[Subject, ...]:
    """Return what letters of a kind to a victim could be about, the newest first."""
    return tuple(TRIGGERS[row.trigger](around, row.trigger))


def due(around: Around) -> Iterator[tuple[LetterPolicy, Subject]]:
    """Yield every letter to a victim that its trigger drafts and that was never begun."""
    for row in TO_VICTIMS:
        for subject in subjects(around, row):
            if subject.is_due and not was_begun(around, row, subject.occasion):
                yield row, subject


def was_begun(around: Around, row: LetterPolicy, occasion: str) -> bool:
    """Say whether a letter for the same occasion was ever begun, whatever became of it.

    Every kind of first letter is for one occasion.
    """
    first = row.duty == FIRST_CONTACT
    kinds = kinds_meeting(FIRST_CONTACT) if first else (row.kind, *row.kinds_before)
    query = select(LetterRecord.id).where(
        LetterRecord.victim_id == around.victim.id,
        col(LetterRecord.kind).in_(kinds),
        col(LetterRecord.occasion) == occasion,
        # One that was withdrawn before anybody looked at it was no longer needed then.
        or_(
            col(LetterRecord.drafted_by).is_not(None),
            col(LetterRecord.status) != LetterStatus.WITHDRAWN,
        ),
    )
    return around.session.exec(query).first() is not None

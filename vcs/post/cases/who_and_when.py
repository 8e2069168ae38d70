"""What the gate must know of a person's life, of news and whether it may be told, of hard days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.access.exclusions.hidden import excluded_from
from vcs.clock import london_date
from vcs.events.catalogue import kind_row
from vcs.events.embargo import is_told_to_anybody
from vcs.events.records import EventKind, EventLine, KeyEvent
from vcs.needs.answers import answers_of
from vcs.needs.records import AnswerKind
from vcs.post import catalogue
from vcs.post.cases.letter_case import HardDay, News, NotNow, Wanted
from vcs.post.holds.hard_days import hard_day
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.rows.policy import LetterPolicy, Trigger
from vcs.post.subjects.at_events import AT_EVENTS, PLANS
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import Sentence
from vcs.terms import Choice, VictimRelation
from vcs.victims.contact.tries import DAYS_NEEDED, Tries, tries_of
from vcs.victims.family.ages import may_be_child
from vcs.victims.family.reads import can_speak, links_of
from vcs.victims.family.records import LinkKind
from vcs.victims.find import Part
from vcs.victims.person import Life, life_of
from vcs.victims.preferences.allowed import IN_WORDS, Preferences
from vcs.victims.preferences.records import Way
from vcs.victims.records import ChoiceRecord, ContactRecord, Victim

CONFIRMS: Final[Mapping[Trigger, Choice]] = {
    Trigger.OPTED_OUT: Choice.OPT_OUT,
    Trigger.OPTED_IN: Choice.OPT_IN,
}
"""The choice that a letter of a trigger confirms: it is untrue once they chose otherwise."""


def not_now(latest: ChoiceRecord | None, today: date) -> NotNow | None:
    """Return that somebody's latest choice is *not now* and still counts; None otherwise."""
    if latest is None or latest.choice != Choice.NOT_NOW:
        return None
    if latest.ask_again_on is not None and latest.ask_again_on <= today:
        return None
    return NotNow(latest.chosen_on, latest.ask_again_on)


def chose_otherwise(
    about: LetterRecord | Wanted, row: LetterPolicy, latest: ChoiceRecord | None
) -> dict[str, date | None]:
    """Return the day of somebody's latest choice where a letter confirms another; None otherwise.

    A letter about an earlier choice of the same kind is one of another day.
    """
    confirms = CONFIRMS.get(row.trigger)
    if confirms is None or latest is None:
        return {"chose_otherwise_on": None}
    choice_id = about.choice_id if isinstance(about, LetterRecord) else None
    is_hers = isinstance(about, LetterRecord) and about.victim_id == latest.victim_id
    is_earlier = is_hers and choice_id not in (None, latest.id)
    is_other = latest.choice != confirms or is_earlier
    return {"chose_otherwise_on": latest.chosen_on if is_other else None}


def is_child_alone(
    session: Session, sealer: Sealer, victim: Victim, life: Life, today: date
) -> bool:
    """Say whether a letter would go to somebody who is or may be a child, with no adult to speak.

    An age that is not known is no adult's where somebody said that they are a child. ``life`` is
    what is known of the victim's birth.
    """
    if victim.standing not in (VictimRelation.VICTIM, VictimRelation.NEXT_OF_KIN):
        return False
    if not may_be_child(session, sealer, victim, life, today):
        return False
    link = links_of(session, victim.referral_id).get((LinkKind.SPEAKS, victim.id))
    if link is None or link.by_victim_id is None:
        return True
    speaker = session.get(Victim, link.by_victim_id)
    if speaker is None or not can_speak(session, sealer, speaker):
        return True
    theirs = life_of(session, sealer, speaker.person_id)
    return may_be_child(session, sealer, speaker, theirs, today)


def is_by_somebody_excluded(
    session: Session, sentence: Sentence, letter: LetterRecord | None, today: date
) -> bool:
    """Say whether a letter was approved by somebody who must not see the case.

    Whoever only began it does not count: somebody else has read it since.
    """
    if letter is None or letter.status != LetterStatus.APPROVED or letter.approved_by is None:
        return False
    return bool(excluded_from(session, sentence.id, {letter.approved_by}, today))


def news_of(
    session: Session, sealer: Sealer, victim: Victim, said: Preferences, known_by: date
) -> News:
    """Return whether a person knows the news of a letter, since the last of it was known.

    ``known_by`` is when the letter was begun: news of which no event was recorded was known then.
    """
    known_on = _known_on(session, victim) or known_by
    tries = tries_of(session, sealer, victim)
    ways = tuple(way for way in tries.needed if way is not Way.POST)
    since = tuple(one for one in tries.made if one.tried_on >= known_on)
    letters_only = _chose_letters_only(session, victim, said)
    return News(
        known_on,
        _was_reached(session, victim, known_on),
        letters_only,
        "; ".join(_missing(Tries(since, ways))),
    )


def _missing(tries: Tries) -> Iterator[str]:
    """Yield what is missing of three tries on different days, by each way that they allow."""
    made = Tries(tuple(one for one in tries.made if one.way is not Way.POST), tries.needed)
    if made.days < DAYS_NEEDED:
        yield f"{made.days} of {DAYS_NEEDED} days"
    if made.untried:
        yield f"not yet tried {' or '.join(IN_WORDS[way] for way in made.untried)}"


def _known_on(session: Session, victim: Victim) -> date | None:
    """Return the day on which the newest news of this offender was recorded."""
    query = select(KeyEvent).where(
        KeyEvent.referral_id == victim.referral_id, col(KeyEvent.taken_back_at).is_(None)
    )
    days = [
        london_date(one.recorded_at)
        for one in session.exec(query)
        if kind_row(one.kind).live_call or kind_row(one.kind).danger
    ]
    return max(days, default=None)


def _was_reached(session: Session, victim: Victim, since: date) -> bool:
    contacts = select(ContactRecord.id).where(
        ContactRecord.victim_id == victim.id,
        col(ContactRecord.reached).is_(True),
        ContactRecord.happened_on >= since,
    )
    return session.exec(contacts).first() is not None


def _chose_letters_only(session: Session, victim: Victim, said: Preferences) -> bool:
    """Say whether a person chose letters alone, in answer to us or when an event was prepared."""
    if said.only_ways() == (Way.POST,) or said.ways_left() == (Way.POST,):
        return True
    query = select(EventLine.id).where(
        EventLine.victim_id == victim.id, col(EventLine.letters_only).is_(True)
    )
    return session.exec(query).first() is not None


def hard_day_of(
    session: Session, sealer: Sealer, parts: Sequence[Part], today: date
) -> HardDay | None:
    """Return a hard day that a letter leaving today may come on, of any referral of a person."""
    seen: set[int] = set()
    for answer in answers_of(session, [part.id for part, _ in parts]):
        if answer.item != _HARD_DAYS or answer.victim_id in seen:
            continue
        seen.add(answer.victim_id)
        if answer.answer in (AnswerKind.NOTHING, AnswerKind.DECLINED):
            continue
        words = shown(sealer.open_text, answer.sealed, UNOPENED)
        if found := hard_day(words, today):
            return found
    return None


_HARD_DAYS = "hard_days"


TELLS_OF: Final[Mapping[Trigger, tuple[EventKind, ...]]] = {
    **AT_EVENTS,
    Trigger.RELEASE_PLANNED: PLANS,
    Trigger.CONDITIONS_DUE: PLANS,
    Trigger.SENTENCE_CHANGED: (EventKind.SENTENCE_CHANGED,),
    # It names the month of a release, and of a review, that are to come.
    Trigger.YEAR_PASSED: (*PLANS, EventKind.PAROLE_REVIEW),
}
"""Of which kinds of event a letter tells that was begun about none in particular."""


def held_news(
    session: Session, victim: Victim, about: LetterRecord | Wanted, today: date
) -> dict[str, Any]:
    """Return for the gate whether what a letter tells may not be told yet."""
    events = list(_told_in(session, victim, about))
    if any(_is_under_embargo(session, one, today) for one in events):
        return {"is_under_embargo": True}
    return {"is_told_together": any(_waits_for_others(session, one, victim) for one in events)}


def _told_in(session: Session, victim: Victim, about: LetterRecord | Wanted) -> Iterator[KeyEvent]:
    """Yield the event that a letter is about; of one about none, each that it may tell of."""
    event_id = about.event_id if isinstance(about, LetterRecord) else None
    if event_id is not None:
        yield session.get_one(KeyEvent, event_id)
        return
    kinds = [str(one) for one in TELLS_OF.get(catalogue.letter(about.kind).trigger, ())]
    query = (
        select(KeyEvent)
        .join(EventLine, col(EventLine.event_id) == col(KeyEvent.id))
        .where(
            EventLine.victim_id == victim.id,
            col(EventLine.undo).is_(False),
            col(KeyEvent.kind).in_(kinds),
            col(KeyEvent.taken_back_at).is_(None),
        )
    )
    if kinds:
        yield from session.exec(query)


def _is_under_embargo(session: Session, event: KeyEvent, today: date) -> bool:
    """Say whether an embargo ends today or later, and nobody was told.

    The gate knows the day and not the hour. Once one person was told the moment has come.
    """
    until, is_over = event.embargo_until, event.embargo_ended_at is not None
    if until is None or is_over or event.taken_back_at is not None:
        return False
    return london_date(until) >= today and not is_told_to_anybody(session, event)


def _waits_for_others(session: Session, event: KeyEvent, victim: Victim) -> bool:
    """Say whether news is held for others of a set, and this person was not told yet."""
    if not kind_row(event.kind).may_hold or event.may_tell_at or event.taken_back_at:
        return False
    query = (
        select(EventLine, Victim.person_id)
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .where(EventLine.event_id == event.id, col(EventLine.undo).is_(False))
    )
    lines = session.exec(query).all()
    is_told = any(one.told_at for one, whose in lines if whose == victim.person_id)
    return not is_told and any(one.is_open for one, whose in lines if whose != victim.person_id)

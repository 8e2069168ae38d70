"""The facts of one letter beyond the common ones: what data holds, and what a person gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.clock import london_date
from vcs.events.records import EventKind, EventLine, KeyEvent
from vcs.needs.conditions.records import ConditionAnswer, ConditionRequest
from vcs.post import catalogue
from vcs.post.reads import letter_facts, visible_letter
from vcs.post.records import LetterRecord
from vcs.post.subjects import at_events, of_choices, of_referrals, told_words
from vcs.post.subjects.given import given_to
from vcs.post.subjects.subject import Around
from vcs.post.subjects.told_words import Said, in_month
from vcs.referrals.records import ReferralStatus
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.declines.records import Decline, DeclineDecision, DeclineReason
from vcs.terms import Language
from vcs.victims.records import ChoiceRecord, ContactRecord, Victim

Known = Mapping[str, Any]


def facts_of_letter(
    session: Session, sealer: Sealer, actor: Actor, letter_reference: str, now: datetime
) -> dict[str, Any]:
    """Return the facts that one letter may use: of its victim, of what it is about, and as given.

    What a person gave for this letter stands over what data holds. Holds the address.
    """
    letter, victim, _ = visible_letter(session, letter_reference, actor)
    common = letter_facts(session, sealer, actor, victim.reference, london_date(now))
    known = known_facts(session, sealer, letter, victim, now)
    given = given_to(sealer, letter)
    return {**common, **known, **given, "letter_reference": letter.reference}


def known_facts(
    session: Session, sealer: Sealer, letter: LetterRecord, victim: Victim, now: datetime
) -> dict[str, Any]:
    """Return what data holds of a letter's own facts; what it does not hold is left out."""
    around = Around.of(session, sealer, victim, now)
    event = session.get(KeyEvent, letter.event_id) if letter.event_id is not None else None
    found: dict[str, Any] = {}
    for find in _FINDS:
        found |= find(around, letter, event)
    wanted = catalogue.letter(letter.kind).facts
    return {name: value for name, value in found.items() if name in wanted and value is not None}


def _of_event(around: Around, letter: LetterRecord, event: KeyEvent | None) -> Known:
    if event is None:
        return {}
    kind, day = EventKind(event.kind), event.happened_on
    is_ahead = day > around.today
    told = select(EventLine.told_at).where(
        EventLine.event_id == event.id,
        EventLine.victim_id == letter.victim_id,
        col(EventLine.undo).is_(False),
    )
    told_at = around.session.exec(told).first()
    return {
        "stage": _STAGES.get(letter.kind, ("", ""))[0 if is_ahead else 1] or None,
        "kind": _AT_LARGE.get(kind),
        "told_on": london_date(told_at) if told_at else None,
        **dict.fromkeys(_DAY_OF.get(kind, ()), day),
    }


_STAGES: Final[Mapping[str, tuple[str, str]]] = {
    "open-conditions": ("considered", "moved"),
    "deportation": ("planned", "done"),
}
"""How far it has come: while the event is still ahead, and afterwards."""

_AT_LARGE: Final[Mapping[EventKind, str]] = {
    EventKind.ESCAPED: "escape",
    EventKind.ABSCONDED: "abscond",
    EventKind.NOT_RETURNED: "abscond",
}

_DAY_OF: Final[Mapping[EventKind, tuple[str, ...]]] = {
    EventKind.RELEASE_PLANNED: ("release_month",),
    EventKind.RELEASE_MOVED: ("release_month",),
    EventKind.RELEASED: ("released_month",),
    EventKind.TIME_SERVED: ("released_month",),
    EventKind.PAROLE_REVIEW: ("parole_month",),
    EventKind.RESTRICTIONS_ENDED: ("ended_on",),
    EventKind.SENTENCE_CHANGED: ("changed_on",),
}
"""What the day of an event tells. Of a release and a review a letter keeps the month alone."""


def _of_choice(around: Around, letter: LetterRecord, _: KeyEvent | None) -> Known:
    choice = (
        around.session.get(ChoiceRecord, letter.choice_id) if letter.choice_id is not None else None
    )
    return {
        "chosen_on": choice.chosen_on if choice else None,
        "first_letter_on": of_choices.first_posted(around),
    }


def _of_officer(around: Around, letter: LetterRecord, _: KeyEvent | None) -> Known:
    if letter.officer_id is None:
        return {}
    return {"former_vlo_name": around.session.get_one(Account, letter.officer_id).name}


def _of_sentence(around: Around, letter: LetterRecord, event: KeyEvent | None) -> Known:
    if letter.kind != "sentence-changed":
        return {}
    changed = of_referrals.last_change(around)
    day = event.happened_on if event else london_date(changed.made_at) if changed else None
    is_in = around.referral.status != ReferralStatus.CLOSED and not around.sentence.gone
    return {"changed_on": day, "still_in_scheme": is_in}


def _of_ending(around: Around, letter: LetterRecord, _: KeyEvent | None) -> Known:
    query = select(Decline.reason).where(
        Decline.sentence_id == around.sentence.id, Decline.decision == DeclineDecision.CONFIRMED
    )
    reason = around.session.exec(query.order_by(col(Decline.id).desc())).first()
    said = told_words.DECLINED.get(DeclineReason(reason)) if reason else None
    return {"decline_reason": said._asdict() if said else None}


def _of_conditions(around: Around, letter: LetterRecord, _: KeyEvent | None) -> Known:
    query = select(ConditionRequest).where(ConditionRequest.victim_id == letter.victim_id)
    rows = around.session.exec(query.order_by(col(ConditionRequest.id))).all()
    granted = [one for one in rows if one.answer == ConditionAnswer.GRANTED]
    asked = next((one for one in rows if one.id == letter.request_id), None)
    return {
        "conditions": _each([told_words.CONDITIONS[one.code]._asdict() for one in granted]),
        "answers": _answer(around.sealer, asked) if asked and asked.answer else None,
    }


_OUTCOMES: Final[Mapping[str, str]] = {
    ConditionAnswer.GRANTED: "set",
    ConditionAnswer.ALTERED: "changed",
    ConditionAnswer.REFUSED: "not set",
}


def _answer(sealer: Sealer, one: ConditionRequest) -> dict[str, tuple[dict[str, str], ...]] | None:
    """Return the answer to one condition: in Welsh only where no reason needs to be translated."""
    words = shown(sealer.open_text, one.answer_sealed, UNOPENED) if one.answer_sealed else ""
    said, outcome = told_words.CONDITIONS[one.code], _OUTCOMES[str(one.answer)]
    english = {"asked": said.en, "outcome": outcome}
    if outcome != "set":
        return {Language.ENGLISH: ({**english, "reason": words},)}
    return {
        Language.ENGLISH: (english,),
        Language.WELSH: ({"asked": said.cy, "outcome": outcome},),
    }


def _of_year(around: Around, letter: LetterRecord, _: KeyEvent | None) -> Known:
    if letter.kind != "annual":
        return {}
    told = sorted(_year(around), key=lambda one: one[0])
    plan = next(at_events.events_for(around, at_events.PLANS), None)
    review = next(at_events.events_for(around, (EventKind.PAROLE_REVIEW,)), None)
    return {
        "year_events": _each([in_month(said, day) for day, said in told]),
        "release_month": _if_ahead(plan, around.today),
        "parole_month": _if_ahead(review, around.today),
    }


def _if_ahead(event: KeyEvent | None, today: date) -> date | None:
    return event.happened_on if event is not None and event.happened_on >= today else None


def _year(around: Around) -> Iterator[tuple[date, Said]]:
    """Yield what happened during the last year: only what somebody was told, or took part in."""
    from_day, hers = _year_before(around.today), around.victim.id
    for event in told_events_since(around, from_day):
        yield event.happened_on, told_words.YEAR_EVENTS[EventKind(event.kind)]
    asked = select(col(ConditionRequest.asked_on)).where(ConditionRequest.victim_id == hers)
    for day in _months(around.session.exec(asked), from_day):
        yield day, told_words.YOU_ASKED
    spoken = select(col(ContactRecord.happened_on)).where(
        ContactRecord.victim_id == hers, col(ContactRecord.reached).is_(True)
    )
    for day in _months(around.session.exec(spoken), from_day):
        yield day, told_words.WE_SPOKE


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=1)


def told_events_since(around: Around, from_day: date) -> list[KeyEvent]:
    """Return the events since a day that somebody was told of, and an annual letter speaks of."""
    events = (
        select(KeyEvent)
        .join(EventLine, col(EventLine.event_id) == col(KeyEvent.id))
        .where(
            EventLine.victim_id == around.victim.id,
            col(EventLine.undo).is_(False),
            col(EventLine.told_at).is_not(None),
            col(KeyEvent.taken_back_at).is_(None),
            KeyEvent.happened_on >= from_day,
            KeyEvent.happened_on <= around.today,
        )
    )
    found = around.session.exec(events.order_by(col(KeyEvent.id)))
    return [one for one in found if EventKind(one.kind) in told_words.YEAR_EVENTS]


def _months(days: Iterable[date], from_day: date) -> list[date]:
    """Return the first day of each month that some days since a day are in."""
    return sorted({day.replace(day=1) for day in days if day >= from_day})


def _each(sentences: list[Any]) -> dict[str, tuple[str, ...]] | None:
    """Return sentences that are held in each language as lists by language; None for none."""
    if not sentences:
        return None
    return {str(lang): tuple(one[str(lang)] for one in sentences) for lang in Language}


_FINDS: Final[tuple[Callable[[Around, LetterRecord, KeyEvent | None], Known], ...]] = (
    _of_event,
    _of_choice,
    _of_officer,
    _of_sentence,
    _of_ending,
    _of_conditions,
    _of_year,
)

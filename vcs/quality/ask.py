"""Save a victim's feedback. Nobody is contacted just to be asked.

The question belongs in a conversation that took place that day, in a way the victim allows, or in
the confirmation of a choice made that day. A victim who declined is asked in that conversation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.quality.questions import BEST, QUESTIONS, Milestone
from vcs.quality.records import Feedback
from vcs.tables import free_reference
from vcs.terms import Choice
from vcs.victims.contact.contact_reads import ways_of_reaching
from vcs.victims.find import find_victim
from vcs.victims.preferences.allowed import WAY_OF_CONTACT
from vcs.victims.records import LONGEST_WORDS, ChoiceRecord, ContactRecord, ContactWay, Victim

_NOT_TO_BE_ASKED: Final = (
    "Nobody is contacted in order to be asked: record the conversation of that day first"
)


@dataclass(frozen=True, slots=True)
class FeedbackEntry:
    """What was answered: a number for each question, or none at all, and their words."""

    milestone: Milestone
    asked_on: date
    how: str
    scores: Mapping[str, int]
    words: str = ""


def record_feedback(work: Work, victim_reference: str, entry: FeedbackEntry) -> Feedback:
    """Save an answer, or that the victim preferred not to say. Raises NotValid naming fields."""
    work.require_may(Act.RECORD_FEEDBACK)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    if fields := dict(_problems(work, victim, entry)):
        raise NotValid("Some details need correcting.", fields)
    row = Feedback(
        reference=free_reference(work.session, Feedback),
        victim_id=victim.id,
        milestone=entry.milestone,
        asked_on=entry.asked_on,
        how=entry.how,
        understood=entry.scores.get("understood"),
        listened=entry.scores.get("listened"),
        kept=entry.scores.get("kept"),
        has_words=bool(entry.words.strip()),
        sealed=work.sealer.seal_text(entry.words.strip()),
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(row)
    work.note("feedback.recorded", referral.reference, victim.reference)
    return row


def _problems(work: Work, victim: Victim, entry: FeedbackEntry) -> Iterator[tuple[str, str]]:
    if entry.asked_on > work.today:
        yield "asked_on", "Enter a day that is not in the future"
    elif not _was_in_touch(work, victim, entry):
        yield "asked_on", _NOT_TO_BE_ASKED
    elif why := _may_not_be_asked(work, victim, entry):
        yield "milestone", why
    yield from _wrong_answers(entry)
    if _was_asked(work, victim, entry):
        yield "asked_on", "They were asked about this on that day already"


def _wrong_answers(entry: FeedbackEntry) -> Iterator[tuple[str, str]]:
    if entry.how not in list(ContactWay):
        yield "how", "Say how they were asked"
    if entry.scores and set(entry.scores) != set(QUESTIONS):
        yield next(name for name in QUESTIONS if name not in entry.scores), "Choose an answer"
    if any(not 1 <= score <= BEST for score in entry.scores.values()):
        yield "understood", f"Enter a number from 1 to {BEST}"
    if len(entry.words) > LONGEST_WORDS:
        yield "words", f"Enter {LONGEST_WORDS} characters or fewer"


def _was_in_touch(work: Work, victim: Victim, entry: FeedbackEntry) -> bool:
    """True if we spoke to them that day in that way, or they made a choice that day."""
    spoke = select(ContactRecord.id).where(
        ContactRecord.victim_id == victim.id,
        col(ContactRecord.reached),
        ContactRecord.happened_on == entry.asked_on,
        ContactRecord.how == entry.how,
    )
    return work.session.exec(spoke).first() is not None or _chose(work, victim, entry) is not None


def _chose(work: Work, victim: Victim, entry: FeedbackEntry) -> ChoiceRecord | None:
    query = select(ChoiceRecord).where(
        ChoiceRecord.victim_id == victim.id, ChoiceRecord.chosen_on == entry.asked_on
    )
    return work.session.exec(query.order_by(col(ChoiceRecord.id).desc())).first()


def _may_not_be_asked(work: Work, victim: Victim, entry: FeedbackEntry) -> str:
    """Return why the victim may not be asked on that day, or an empty text if they may."""
    query = select(ChoiceRecord).where(
        ChoiceRecord.victim_id == victim.id, ChoiceRecord.chosen_on <= entry.asked_on
    )
    order = (col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    latest = work.session.exec(query.order_by(*order)).first()
    said = ways_of_reaching(work.session, work.sealer, victim)
    declined = latest is not None and latest.choice == Choice.OPT_OUT
    declined_then = declined and latest is not None and latest.chosen_on == entry.asked_on
    if entry.milestone is Milestone.DECLINED and not declined_then:
        return "They did not decline on that day"
    if declined and not declined_then:
        return "They declined before that day: they are asked in that conversation only"
    if declined_then:
        return "" if entry.milestone is Milestone.DECLINED else "They declined on that day"
    way = WAY_OF_CONTACT.get(ContactWay(entry.how)) if entry.how in list(ContactWay) else None
    if said.anything is not None or (way is not None and said.bar(way) is not None):
        return "They do not allow this way of reaching them"
    return ""


def _was_asked(work: Work, victim: Victim, entry: FeedbackEntry) -> bool:
    query = select(Feedback.id).where(
        Feedback.victim_id == victim.id,
        Feedback.milestone == entry.milestone,
        Feedback.asked_on == entry.asked_on,
    )
    return work.session.exec(query).first() is not None

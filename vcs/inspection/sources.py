"""Where the entries of a chronology come from: one function for each kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.access.reading.records import PersonalRead
from vcs.alerts.records import AlertRecord
from vcs.clock import LONDON
from vcs.events.records import EventLine, KeyEvent
from vcs.inspection.names import Names
from vcs.intake.records import CourtMessage
from vcs.law.deadlines.duties import in_words
from vcs.needs.records import NeedAction, NeedAnswer
from vcs.post.catalogue import letter as row_of
from vcs.post.records import LetterRecord
from vcs.referrals.records import (
    ClosingProposal,
    DeadlineRecord,
    Referral,
    RefusalRecord,
    ReopeningRecord,
)
from vcs.sentences.records import DecisionRecord, Sentence, SentenceReport
from vcs.tasks.records import Task
from vcs.victims.records import ChoiceRecord, ContactRecord, PostedLetter, Victim


@dataclass(frozen=True, slots=True)
class Case:
    """The records to which the entries of one case belong."""

    session: Session
    sentence: Sentence
    referral: Referral | None
    victims: tuple[Victim, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. ``at`` is the time of day in London, empty where only a day is kept.

    ``who`` did it; ``told`` is who was told by it; ``kind`` is what the questions of the manual
    lead to.
    """

    on: date
    at: str
    kind: str
    what: str
    who: str = ""
    told: str = ""
    detail: str = ""


Source = Callable[[Case], Iterator[Entry]]


def court(case: Case) -> Iterator[Entry]:
    """Yield the sentence, the court's messages and the decisions with their rule sets."""
    yield Entry(
        case.sentence.sentenced_on, "", "court", "Sentence passed", case.sentence.court_name
    )
    query = (
        select(CourtMessage.received_at)
        .join(SentenceReport, col(SentenceReport.message_id) == col(CourtMessage.id))
        .where(SentenceReport.sentence_id == case.sentence.id)
    )
    for received_at in case.session.exec(query):
        yield _at(received_at, "court", "Court message received", "court", "the program")
    decisions = select(DecisionRecord).where(DecisionRecord.sentence_id == case.sentence.id)
    for one in case.session.exec(decisions.order_by(col(DecisionRecord.id))):
        what = "Decided again" if one.supersedes_id else "Decided"
        detail = f"{_plain(one.outcome)}, {one.route or 'no route'}, rule set {one.rule_set}"
        yield _at(one.made_at, "decision", what, "the program", "", detail)


def questions(case: Case) -> Iterator[Entry]:
    """Yield what a person was asked, and when it was answered; never in whose words."""
    query = select(Task).where(Task.sentence_id == case.sentence.id).order_by(col(Task.id))
    for one in case.session.exec(query):
        asked = f"Question to a person: {_plain(one.kind)}"
        yield Entry(one.opened_on, "", "decision", asked, "the program", "", _due(one.due_on))
        if one.done_at:
            who = case.names.officer(one.done_by)
            answered = f"Answered: {_plain(one.kind)}"
            yield _at(one.done_at, "decision", answered, who, "", _plain(one.answer or ""))


def referral(case: Case) -> Iterator[Entry]:
    """Yield the referral's own course: opened, proposed to close, closed, opened again."""
    held = case.referral
    if held is None:
        return
    yield Entry(held.opened_on, "", "referral", "Referral opened", "the program", "", held.basis)
    for victim in case.victims:
        who = case.names.officer(victim.referred_by_account_id)
        what = f"{case.names.victim(victim.id)} referred".capitalize()
        yield Entry(victim.referred_on, "", "referral", what, who, "", victim.standing)
    if held.closed_on:
        detail = _plain(held.closed_reason or "")
        yield Entry(held.closed_on, "", "referral", "Referral closed", "", "", detail)
    for proposal in _of_referral(case, ClosingProposal):
        who = case.names.officer(proposal.proposed_by)
        detail = _plain(proposal.reason)
        yield _at(proposal.proposed_at, "referral", "Closing proposed", who, "", detail)
        if proposal.decided_at:
            who, what = case.names.officer(proposal.decided_by), _plain(proposal.decision or "")
            yield _at(proposal.decided_at, "referral", f"Closing: {what}", who)
    for again in _of_referral(case, ReopeningRecord):
        who = case.names.officer(again.reopened_by)
        yield _at(again.reopened_at, "referral", "Referral opened again", who)
    for refusal in _of_referral(case, RefusalRecord):
        who = case.names.officer(refusal.recorded_by)
        yield Entry(refusal.refused_on, "", "referral", "Refused before referral", who)


def alerts(case: Case) -> Iterator[Entry]:
    """Yield which alerts about its clocks were sent, and to whom."""
    if case.referral is None:
        return
    query = (
        select(AlertRecord, DeadlineRecord.duty)
        .join(DeadlineRecord, col(DeadlineRecord.id) == col(AlertRecord.deadline_id))
        .where(DeadlineRecord.referral_id == case.referral.id)
        .order_by(col(AlertRecord.id))
    )
    for alert, duty in case.session.exec(query):
        told = case.names.officer(alert.account_id) if alert.account_id else "the region"
        sent = alert.sent_at or alert.owed_at
        what = f"Alert {'sent' if alert.sent_at else 'owed and not sent'}: {_plain(alert.kind)}"
        yield _at(sent, "alert", what, "the program", told, _plain(duty))


def contacts(case: Case) -> Iterator[Entry]:
    """Yield each contact, attempt and choice, without what was said."""
    for contact in _of_victims(case, ContactRecord):
        whom, who = case.names.victim(contact.victim_id), case.names.officer(contact.recorded_by)
        what = "Contact" if contact.reached else "Attempt that did not reach"
        told = whom if contact.reached else ""
        yield Entry(contact.happened_on, "", "contact", f"{what}: {whom}", who, told, contact.how)
    for choice in _of_victims(case, ChoiceRecord):
        whom, who = case.names.victim(choice.victim_id), case.names.officer(choice.recorded_by)
        what = f"Choice of {whom}: {_plain(choice.choice)}"
        yield Entry(choice.chosen_on, "", "contact", what, who, "", choice.how)


def letters(case: Case) -> Iterator[Entry]:
    """Yield each letter: drafted, approved with template version and hash, posted, back."""
    for letter in _of_victims(case, LetterRecord):
        yield from _letter(case, letter, case.names.victim(letter.victim_id))


def letters_to_partners(case: Case) -> Iterator[Entry]:
    """Yield each letter to a partner about the case in the same way."""
    query = select(LetterRecord).where(LetterRecord.sentence_id == case.sentence.id)
    for letter in case.session.exec(query.order_by(col(LetterRecord.id))):
        yield from _letter(case, letter, row_of(letter.kind).to)


def _letter(case: Case, letter: LetterRecord, whom: str) -> Iterator[Entry]:
    name = _plain(letter.kind)
    who = case.names.officer(letter.drafted_by)
    yield _at(letter.drafted_at, "letter", f"Letter drafted: {name}", who)
    if letter.approved_at:
        who = case.names.officer(letter.approved_by)
        detail = f"template {letter.template_version}, SHA-256 {letter.sha256}"
        yield _at(letter.approved_at, "letter", f"Letter approved: {name}", who, "", detail)
    query = select(PostedLetter).where(PostedLetter.letter_id == letter.id)
    for posted in case.session.exec(query):
        who = case.names.officer(posted.recorded_by)
        yield Entry(posted.posted_on, "", "letter", f"Letter posted: {name}", who, whom)
        if posted.came_back_on:
            what = f"Letter came back: {name}"
            yield Entry(posted.came_back_on, "", "letter", what)


def needs(case: Case) -> Iterator[Entry]:
    """Yield which items of the standard were asked, and what was done about needs."""
    for answer in _of_victims(case, NeedAnswer):
        who, whom = case.names.officer(answer.recorded_by), case.names.victim(answer.victim_id)
        what = f"Need asked of {whom}: {_plain(answer.item)}"
        detail = f"{_plain(answer.answer)}, standard version {answer.version}"
        yield Entry(answer.asked_on, "", "needs", what, who, "", detail)
    for action in _of_victims(case, NeedAction):
        who, what = case.names.officer(action.opened_by), f"Need: {_plain(action.item)}"
        yield _at(action.opened_at, "needs", f"{what}, action opened", who, "", _due(action.due_on))
        if action.closed_at:
            who, detail = case.names.officer(action.closed_by), _plain(action.outcome or "")
            yield _at(action.closed_at, "needs", f"{what}, action closed", who, "", detail)


def events(case: Case) -> Iterator[Entry]:
    """Yield each key event: when it happened, when it was known, and who was told when."""
    for event in _of_referral(case, KeyEvent):
        name, who = _plain(event.kind), case.names.officer(event.recorded_by)
        happened = "month only" if event.only_month else ""
        yield Entry(event.happened_on, "", "event", f"Key event happened: {name}", "", "", happened)
        by = f"to be told by {_moment(event.tell_by_at)}"
        yield _at(event.recorded_at, "event", f"Key event known: {name}", who, "", by)
        query = select(EventLine).where(EventLine.event_id == event.id).order_by(col(EventLine.id))
        for line in case.session.exec(query):
            whom = case.names.victim(line.victim_id)
            if line.told_at:
                who, how = case.names.officer(line.told_by), _plain(line.told_how or "")
                late = ", late" if line.told_at > event.tell_by_at else ""
                before = ", had heard it elsewhere" if line.heard_before else ""
                detail = f"{how}{late}{before}"
                yield _at(line.told_at, "event", f"Told of: {name}", who, whom, detail)
            elif line.not_told_at:
                detail = _plain(line.not_told_reason or "")
                who = case.names.officer(line.not_told_by)
                yield _at(line.not_told_at, "event", f"Not to be told: {name}", who, whom, detail)


def reads(case: Case) -> Iterator[Entry]:
    """Yield who opened a victim's address or other personal details."""
    if case.referral is None:
        return
    whose = {one.reference: one.id for one in case.victims}
    query = select(PersonalRead).where(PersonalRead.subject == case.referral.reference)
    for one in case.session.exec(query.order_by(col(PersonalRead.id))):
        who = case.names.officer(one.account_id)
        of = f" of {case.names.victim(whose[one.thing])}" if one.thing in whose else ""
        yield _at(one.at, "read", f"Opened: {_plain(one.event).replace('.', ' ')}{of}", who)


SOURCES: Final[tuple[Source, ...]] = (
    court,
    questions,
    referral,
    alerts,
    contacts,
    letters,
    letters_to_partners,
    needs,
    events,
    reads,
)


def _of_victims(case: Case, model: Any) -> Iterator[Any]:
    ids = [one.id for one in case.victims]
    query = select(model).where(col(model.victim_id).in_(ids)).order_by(col(model.id))
    yield from case.session.exec(query)


def _of_referral(case: Case, model: Any) -> Iterator[Any]:
    if case.referral is None:
        return
    query = select(model).where(model.referral_id == case.referral.id).order_by(col(model.id))
    yield from case.session.exec(query)


def _at(moment: datetime, kind: str, what: str, who: str = "", *rest: str) -> Entry:
    local = moment.astimezone(LONDON)
    return Entry(local.date(), f"{local:%H:%M}", kind, what, who, *rest)


def _moment(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{in_words(local.date())} at {local:%H:%M}"


def _due(day: date | None) -> str:
    return f"due on {in_words(day)}" if day else ""


def _plain(word: str) -> str:
    return word.replace("_", " ").replace("-", " ")

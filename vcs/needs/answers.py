"""Record what a victim answered about their needs. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.needs.again import end_questions
from vcs.needs.records import AnswerKind, NeedAnswer
from vcs.needs.standard import ItemGroup, items_of, items_on
from vcs.victims.find import Part, find_victim
from vcs.victims.needs_clock import needs_deadline, open_clocks, spoke_with
from vcs.victims.person import shown_person
from vcs.victims.records import LONGEST_WORDS, ContactWay, Victim
from vcs.victims.warnings.records import WarningFrom
from vcs.victims.warnings.safe_ways import ask_whether_safe
from vcs.victims.warnings.warn import warn_in_each
from vcs.victims.whereabouts.given_away import given_away

WITH_WORDS = (AnswerKind.SAID, AnswerKind.BROUGHT, AnswerKind.CONFIRMED)

FROM_WITNESS_CARE = (AnswerKind.BROUGHT, AnswerKind.CONFIRMED)


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What was answered about one item. ``answer`` is an AnswerKind, or "" for not asked."""

    item: str
    answer: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The items of one group that were asked about on a day.

    ``brought_on`` is the day on which witness care brought what is confirmed or kept here.
    ``drawn_from`` is the newest answer of the group that the officer saw; 0 for none.
    """

    group: ItemGroup
    answers: tuple[ItemAnswer, ...]
    asked_on: date
    how: str
    brought_on: date | None = None
    drawn_from: int = 0

    @property
    def given(self) -> tuple[ItemAnswer, ...]:
        """Return the items with an answer."""
        return tuple(one for one in self.answers if one.answer)


class AnsweredMeanwhile(Conflict):
    """Somebody else answered the same items after the form was drawn. Nothing was saved."""

    def __init__(self, items: tuple[str, ...]) -> None:
        """Keep the ids of these items."""
        super().__init__("Somebody else answered the same questions after you opened them.")
        self.items = items


def record_answers(work: Work, victim_reference: str, asked: Conversation) -> None:
    """Keep what a victim answered. Earlier answers stay, and the latest of each item is current.

    Raises NotValid naming each field to correct (an item, or an item with ``-words``), and
    AnsweredMeanwhile where the officer has not seen the newest answer to one of the items.
    """
    work.require_may(Act.ASK_ABOUT_NEEDS)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    fields = dict(_problems(asked, victim.referred_on, work.today))
    person = shown_person(work.sealer, victim.person)
    fields |= {
        f"{one.item}-words": leave_out
        for one in asked.answers
        if (leave_out := given_away(one.words, (person,)))
    }
    if fields:
        raise NotValid("Some details need correcting.", fields)
    newer = _newer(work.session, victim, asked)
    if newer:
        raise AnsweredMeanwhile(newer)
    work.session.add_all(_rows(work, victim, asked))
    spoke_with(work, victim, asked.how, asked.asked_on)
    work.session.flush()
    _warn(work, (victim, referral), asked)
    _meet_where_complete(work, victim)
    end_questions(work, victim)
    work.note("needs.answered", referral.reference, victim.reference)


def _warn(work: Work, part: Part, asked: Conversation) -> None:
    said = any(one.answer in WITH_WORDS for one in asked.given)
    if asked.group is ItemGroup.SAFE and said:
        warn_in_each(work, part[0].person_id, WarningFrom.ANSWER)
        ask_whether_safe(work, *part)


def answers_of(session: Session, victim_ids: Sequence[int]) -> list[NeedAnswer]:
    """Return the answers of some victims, the current one of each item first."""
    query = select(NeedAnswer).where(col(NeedAnswer.victim_id).in_(victim_ids))
    newest = (col(NeedAnswer.asked_on).desc(), col(NeedAnswer.id).desc())
    return list(session.exec(query.order_by(*newest)))


def is_asked(answer: NeedAnswer) -> bool:
    """Say whether the victim was asked: what witness care brought still has to be confirmed."""
    return answer.answer != AnswerKind.BROUGHT


def _problems(asked: Conversation, earliest: date, today: date) -> Iterator[tuple[str, str]]:
    known = {item.id for item in items_of(asked.group, today)}
    if not asked.given and not any(one.words for one in asked.answers):
        yield "", "Record an answer to one question at least"
    for one in asked.answers:
        yield from _of_one(one, known)
    if not earliest <= asked.asked_on <= today:
        yield "asked_on", "The day must be between the day of referral and today"
    if asked.how not in tuple(ContactWay):
        yield "how", "Select how"
    if any(one.answer in FROM_WITNESS_CARE for one in asked.given):
        if asked.brought_on is None:
            yield "brought_on", "Enter the day on which witness care brought it"
        elif asked.brought_on > asked.asked_on:
            yield "brought_on", "The day must not be after the day on which you asked"


def _of_one(one: ItemAnswer, known: set[str]) -> Iterator[tuple[str, str]]:
    words = f"{one.item}-words"
    if one.item not in known or (one.answer and one.answer not in tuple(AnswerKind)):
        yield one.item, "Select one of the answers"
    elif one.answer in WITH_WORDS and not one.words.strip():
        yield words, "Enter what they said, in their words"
    elif one.words.strip() and one.answer not in WITH_WORDS:
        yield one.item, "Select an answer that goes with what you entered"
    if len(one.words) > LONGEST_WORDS:
        yield words, f"Enter {LONGEST_WORDS} characters or fewer"


def _newer(session: Session, victim: Victim, asked: Conversation) -> tuple[str, ...]:
    items = [one.item for one in asked.given]
    query = select(NeedAnswer.item).where(
        NeedAnswer.victim_id == victim.id,
        NeedAnswer.id > asked.drawn_from,
        col(NeedAnswer.item).in_(items),
    )
    return tuple(dict.fromkeys(session.exec(query)))


def _rows(work: Work, victim: Victim, asked: Conversation) -> Iterator[NeedAnswer]:
    versions = {item.id: item.version for item in items_of(asked.group, work.today)}
    for one in asked.given:
        is_brought = one.answer in FROM_WITNESS_CARE
        is_confirmed = one.answer == AnswerKind.CONFIRMED
        yield NeedAnswer(
            victim_id=victim.id,
            item=one.item,
            version=versions[one.item],
            answer=one.answer,
            sealed=work.sealer.seal_text(one.words.strip()),
            asked_on=asked.asked_on,
            how=asked.how,
            brought_on=asked.brought_on if is_brought else None,
            confirmed_on=asked.asked_on if is_confirmed else None,
            recorded_at=work.now,
            recorded_by=work.actor.account_id,
        )


def _meet_where_complete(work: Work, victim: Victim) -> None:
    """Meet each clock on the day on which the last item was first asked about since it began.

    What was asked before any conversation counts for the first clock too.
    """
    held = needs_deadline(work.session, victim)
    answers = [one for one in answers_of(work.session, [victim.id]) if is_asked(one)]
    for clock in open_clocks(work.session, victim):
        since = date.min if held is not None and clock.id == held.id else clock.starts_on
        first = {one.item: one.asked_on for one in answers if one.asked_on >= since}
        days = [first.get(item.id) for item in items_on(work.today)]
        if None not in days:
            clock.met_on = max(day for day in days if day)
            work.session.add(clock)

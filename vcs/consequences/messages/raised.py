"""The questions that the current state of a sentence raises, and whether contact is owed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row

from vcs.law.decision import Decision
from vcs.referrals.open import is_referred_by_law
from vcs.referrals.records import ReferralStatus
from vcs.sentences.enquiries import open_questions
from vcs.sentences.enquiries.awaited_codes import NOTHING_AWAITED, Awaited
from vcs.sentences.enquiries.questions import (
    About,
    ahead,
    changed,
    contradicted,
    missing_from_message,
    no_longer_told,
    owed_again,
    passed_again,
    still_open,
    taken_back,
    taken_back_in_part,
    to_decide,
    to_offer,
    where_to_route,
)
from vcs.sentences.saving.resolved import ResolvedSentence
from vcs.tasks.ask import Question
from vcs.terms import Outcome

_AHEAD = timedelta(days=7)

"""How far ahead a day of sentence may lie unasked: a feed's day may be a day or two out."""


@dataclass(frozen=True, slots=True)
class Held:
    """The referral and the questions that a sentence has already, and the codes that it awaits."""

    referral: Row[Any] | None
    tasks: Mapping[str, Row[Any]]
    awaited: Awaited = NOTHING_AWAITED

    def open_in(self, decision: Decision) -> tuple[str, ...]:
        """Return what a decision leaves open, without what is asked once for a code."""
        return self.awaited.other_questions if self.awaited.codes else decision.questions


def is_owed(one: ResolvedSentence) -> bool:
    """Say whether a sentence opens a referral by itself, and is no part of another one."""
    return one.link.told_in is None and is_referred_by_law(one.standing.best)


def waits_for_codes(one: ResolvedSentence, held: Held) -> bool:
    """Say whether the meaning of result codes is all that is open: then it has no task of its own.

    Whoever answers the question about the code answers for every sentence with it.
    """
    has_its_own = held.referral is not None or one.link.told_in is not None or one.standing.gone
    cannot_tell = one.standing.version.outcome is Outcome.CANNOT_TELL
    return cannot_tell and held.awaited.is_all and not has_its_own


def raised_by(
    one: ResolvedSentence, held: Held, region: str | None, today: date
) -> Iterable[Question]:
    """List the questions raised by the sentence's current state, whatever the order of arrival."""
    if one.link.told_in is not None and held.referral is None:
        # It is part of another sentence, which asks what there is to ask.
        return
    about = one.about(held.referral.id if held.referral else None)
    if one.sentenced_on > today + _AHEAD and one.standing.best is not Outcome.NOT_ELIGIBLE:
        yield ahead(about)
    if held.referral is not None and region is None:
        yield where_to_route(about)
    standing = one.standing
    if standing.gone:
        if standing.best is not Outcome.NOT_ELIGIBLE or held.referral is not None:
            yield missing_from_message(about)
        return
    if standing.in_doubt:
        yield contradicted(about, standing)
    if one.link.again and not _is_closed(held):
        yield passed_again(about, one.link.again)
    yield from _by_outcome(one, held, about)


def _by_outcome(one: ResolvedSentence, held: Held, about: About) -> Iterable[Question]:
    if held.referral is not None and one.link.later:
        yield from _by_later_decisions(one, held, about)
        if one.link.left_as is not None and not _is_closed(held):
            # One decision: what the sentence itself would ask is overtaken by it.
            return
    yield from _by_its_own_outcome(one, held, about)


def _is_closed(held: Held) -> bool:
    return held.referral is not None and held.referral.status == ReferralStatus.CLOSED


def _by_its_own_outcome(one: ResolvedSentence, held: Held, about: About) -> Iterable[Question]:
    outcome, closed = one.standing.version.outcome, _is_closed(held)
    if is_referred_by_law(outcome):
        yield from still_open(about, _open_in(one, held))
        if closed:
            yield from _if_new(one, held, changed(about, one.standing))
    elif held.referral is not None:
        if is_owed(one) and not closed:
            yield changed(about, one.standing)
        elif not closed:
            yield from _if_new(one, held, no_longer_told(about, one.standing))
        elif outcome is not Outcome.NOT_ELIGIBLE:
            # What was closed on what was known then may be owed: not to know is no "no".
            yield from _if_new(one, held, changed(about, one.standing))
    elif outcome is not Outcome.NOT_ELIGIBLE and not waits_for_codes(one, held):
        yield _to_decide(one, held, about)


def _to_decide(one: ResolvedSentence, held: Held, about: About) -> Question:
    if one.standing.version.outcome is Outcome.CANNOT_TELL:
        return to_decide(about, _open_in(one, held))
    said = open_questions.discretionary(one.decision(), one.facts())
    return to_offer(about, one.decision(), said)


def _open_in(one: ResolvedSentence, held: Held) -> tuple[str, ...]:
    decision = one.decision()
    wanted = held.open_in(decision)
    return open_questions.in_words(decision, one.facts(), wanted) if wanted else ()


def _by_later_decisions(one: ResolvedSentence, held: Held, about: About) -> Iterable[Question]:
    """Ask what later decisions of courts leave of a sentence that is owed, or that has a referral.

    Where a referral is closed, only a decision that leaves it owed is news.
    """
    closed = _is_closed(held)
    if one.link.left_as is not None and not closed:
        yield taken_back(about, one.standing, one.link)
    elif one.link.left_as is None and closed:
        yield from _if_new(one, held, owed_again(about, one.link))
    elif one.link.in_part:
        yield taken_back_in_part(about, one.link)


def _if_new(one: ResolvedSentence, held: Held, question: Question) -> Iterable[Question]:
    """Ask what a person has settled before only where the facts have moved since."""
    if one.moved or question.key in held.tasks:
        yield question

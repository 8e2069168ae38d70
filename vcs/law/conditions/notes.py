"""What stands beside the answer: what a person should know, and what never changes the outcome."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from vcs.law.conditions.count import Count
from vcs.law.decision import OffenceDecision, Reason
from vcs.law.facts import SentenceFacts
from vcs.law.relevant_sentence import sentences
from vcs.terms import NO, UNKNOWN, YES, Outcome, SentenceKind

SOON_DAYS = 42

"""Six weeks: the 30 working days that the Victims' Code gives for a referral and first contact."""

EARLIEST_SHARE = 3

"""A third of the term is the earliest release of a standard sentence that any source names.

Only a margin for a warning: no day of release is worked out, and none is ever told."""

_COUNTED = "CJA 2003 s.240ZA"

_URGENT = frozenset({Outcome.STATUTORY, Outcome.NOTIFICATION_SCHEME, Outcome.CANNOT_TELL})


def beside(count: Count, outcome: Outcome) -> tuple[Reason, ...]:
    """Return the notes to show with a decision. Most offences have none."""
    asked = [sentence_changed(count)]
    if count.in_custody:
        asked.append(total(count))
    if outcome in _URGENT:
        asked += [time_served(count), identifiable_victim(count)]
    if outcome is Outcome.STATUTORY:
        asked.append(schedule_6a_part_1(count))
    return tuple([reason for reason in asked if reason is not None])


def identifiable_victim(count: Count) -> Reason | None:
    """Is there a victim who can be named? Asked only of offences that often have none.

    The sentence stays eligible whatever the answer: a person confirms whether there is a victim.
    """
    why = count.standing.without_victim
    if not why:
        return None
    change = "whether a person was hurt who can be named"
    return Reason("identifiable-victim", UNKNOWN, why, "DVCVA 2004 s.35(3)", change)


def time_served(count: Count) -> Reason | None:
    """Will the offender be free soon? Days on remand count, and the term stays what it is."""
    for one in count.offence.sentences:
        why = _soon(one, count) if one.released or one.days_counted else ""
        if why:
            because = f"{why}: release may come before every deadline"
            return Reason("release-soon", YES, because, _COUNTED)
    return None


def _soon(sentence: SentenceFacts, count: Count) -> str:
    if sentences.immediate_custody(sentence) is NO:
        return ""
    if sentence.released:
        return "the court's message says that the offender walks free at once"
    counted = sentence.days_counted or 0
    longest = count.occasion.longest_days
    if not counted or longest is None or longest > EARLIEST_SHARE * (counted + SOON_DAYS):
        return ""
    return f"{counted} days on remand or tagged bail count towards the term"


def sentence_changed(count: Count) -> Reason | None:
    """Was the sentence changed after it was first passed? The test is asked of what now stands."""
    change = count.offence.change
    if change is None:
        return None
    provision = "DVCVA 2004 s.35(1), asked again"
    if count.kinds <= {SentenceKind.UNKNOWN}:
        because = f"the sentence was {change}: what now stands must be known"
        missing = "what sentence now stands, from the court register"
        return Reason("sentence-changed", UNKNOWN, because, provision, missing)
    because = f"the sentence was {change}: this is the answer for the sentence that now stands"
    return Reason("sentence-changed", YES, because, provision)


def total(count: Count) -> Reason | None:
    """What do the terms come to together? Shown where there are several; each is tested alone."""
    words = count.occasion.total_in_words if count.occasion.has_several else ""
    return _total(words) if words else None


@lru_cache(maxsize=4096)
def _total(words: str) -> Reason:
    return Reason("total-of-terms", YES, words, "DVCVA 2004 s.45(1)")


def schedule_6a_part_1(count: Count) -> Reason | None:
    """Does Part 1 of Schedule 6A give the right? Said only where that Act is commenced."""
    if not count.occasion.rules.schedule_6a or count.standing.answer is not YES:
        return None
    if not count.in_custody or count.length.answer is not YES:
        return None
    because = "Part 1 of Schedule 6A is understood to keep today's offences, with 12 months or more"
    provision = "Victims and Courts Act 2026 Sch.6A Part 1"
    return Reason("schedule-6a-length", YES, because, provision)


def urgent(decided: Iterable[OffenceDecision]) -> str:
    """Return why release may come before every deadline; empty where nothing says so."""
    for offence in decided:
        for reason in offence.reasons:
            if reason.condition == "release-soon":
                return f"Urgent: {reason.because}."
    return ""

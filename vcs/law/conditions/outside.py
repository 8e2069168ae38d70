"""What lies outside the statutory test: the Victim Notification Scheme, and discretion."""

from __future__ import annotations

from datetime import date

from vcs.law import sentences
from vcs.law.conditions import statutory
from vcs.law.decision import Reason
from vcs.law.facts import OffenceFacts, SentencingFacts
from vcs.terms import Answer

NOTIFICATION_PILOT_BEGAN = date(2022, 4, 1)
NOTIFICATION_ROLLED_OUT = date(2024, 1, 1)
"""The roll-out was planned for the last quarter of 2023: before the new year it is not certain."""

_SCHEME = "Victim Notification Scheme"
_DISCRETION = "VCS Policy Framework: discretion"


def notification_scheme(offence: OffenceFacts, facts: SentencingFacts) -> tuple[Reason, ...]:
    """Ask the conditions of the Notification Scheme; nothing is asked of other offences.

    For stalking, harassment, coercive control and breach of protective orders, with immediate
    custody, for offences since the roll-out. A child's case belongs to the youth offending team.
    """
    covered = statutory.standing_of(offence, facts).notification_scheme
    if covered is Answer.NO or facts.sentenced_on < NOTIFICATION_PILOT_BEGAN:
        return ()
    if statutory.convicted(offence).answer is Answer.NO:
        return ()
    if statutory.is_youth(facts):
        return (youth(facts),)
    custody = sentences.custody(offence)
    return (
        _covered(covered),
        Reason(
            "notification-scheme-custody",
            custody.answer,
            custody.because,
            _SCHEME,
            custody.would_change,
        ),
        _since_roll_out(offence),
    )


def _covered(covered: Answer) -> Reason:
    if covered is Answer.YES:
        because = "the offence is one that the Victim Notification Scheme covers"
        return Reason("notification-scheme-offence", covered, because, _SCHEME)
    because = (
        "the offence is not known, and could be one that the Victim Notification Scheme covers"
    )
    change = "which offence it is: stalking, harassment, coercive control or breach of an order"
    return Reason("notification-scheme-offence", covered, because, _SCHEME, change)


def schedule_6a(offence: OffenceFacts, facts: SentencingFacts) -> Reason:
    """Is it an offence that Part 2 of Schedule 6A lists, at any length of custody?"""
    covered = statutory.standing_of(offence, facts).notification_scheme
    because = {
        Answer.YES: "the offence is one that Part 2 of Schedule 6A is understood to list",
        Answer.NO: "the offence is not one that Part 2 of Schedule 6A is understood to list",
        Answer.UNKNOWN: "the offence is not known, and could be one that Part 2 lists",
    }[covered]
    change = "" if covered is Answer.YES else "which offence it is"
    provision = "Victims and Courts Act 2026 Sch.6A Part 2"
    return Reason("schedule-6a-offence", covered, because, provision, change)


def _since_roll_out(offence: OffenceFacts) -> Reason:
    committed_on = offence.committed_until or offence.committed_from
    change = "the date of the offence"
    if committed_on is None:
        answer, because = Answer.UNKNOWN, "the date of the offence is not stated"
    elif committed_on >= NOTIFICATION_ROLLED_OUT:
        answer, because, change = Answer.YES, "the offence was committed after the roll-out", ""
    elif committed_on < NOTIFICATION_PILOT_BEGAN:
        answer, because = Answer.NO, "the offence was committed before the scheme began"
    else:
        answer = Answer.UNKNOWN
        because = "the offence falls between the pilot of April 2022 and the national roll-out"
        change = "whether the scheme ran in this region when the offence was committed"
    return Reason("notification-scheme-in-force", answer, because, _SCHEME, change)


def youth(facts: SentencingFacts) -> Reason:
    """Say that a child's shorter sentence belongs to the youth offending team."""
    because = "the offender was under 18: the youth offending team keeps the victim informed"
    provision = "Youth: victim contact by the youth offending team"
    return Reason("youth", Answer.NO, because, provision)


def discretion(offence: OffenceFacts, facts: SentencingFacts) -> Reason | None:
    """May the unit offer contact although the law does not require it? A person decides."""
    custody = sentences.custody(offence)
    if Answer.NO in (custody.answer, statutory.convicted(offence).answer):
        return None
    long_enough = sentences.twelve_months(offence, facts).answer
    if statutory.is_youth(facts) and long_enough is Answer.NO:
        return youth(facts)
    if long_enough is not Answer.NO:
        return Reason("discretion", Answer.YES, _why_beyond(facts), _DISCRETION)
    scheme = statutory.standing_of(offence, facts).notification_scheme
    if offence.domestic_abuse or scheme is not Answer.NO:
        because = "a domestic abuse, stalking or harassment case with less than 12 months"
        return Reason("discretion", Answer.YES, because, _DISCRETION)
    return None


def _why_beyond(facts: SentencingFacts) -> str:
    if facts.sentenced_on < statutory.SCHEME_BEGAN:
        return "an older sentence: the victim may ask to be let in"
    return "12 months or more, or a length not known, for an offence outside Schedule 18"

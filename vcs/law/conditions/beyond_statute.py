"""What lies outside the statutory test: the Victim Notification Scheme, and discretion."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from vcs.law import rule_sets
from vcs.law.conditions import statutory
from vcs.law.conditions.count import Count
from vcs.law.decision import Reason
from vcs.law.facts import OffenceFacts
from vcs.law.relevant_sentence.sentences import Found
from vcs.law.specified_offence import families
from vcs.terms import NO, UNKNOWN, YES, SentenceKind

NOTIFICATION_PILOT_BEGAN = rule_sets.began(rule_sets.NOTIFICATION, 1)

NOTIFICATION_ROLLED_OUT = rule_sets.began(rule_sets.NOTIFICATION, 2)

"""The roll-out was planned for the last quarter of 2023: before the new year it is not certain."""

_IN_THE_COMMUNITY = frozenset({SentenceKind.NON_CUSTODIAL, SentenceKind.SUPERVISION_ORDER})

_SCHEME = "Victim Notification Scheme"

_DISCRETION = "VCS Policy Framework: discretion"

_PART_2 = "Victims and Courts Act 2026 Sch.6A Part 2"

_PART_3 = "Victims and Courts Act 2026 Sch.6A Part 3"


def notification_scheme(count: Count) -> tuple[Reason, ...]:
    """Is it a case of the Victim Notification Scheme? Nothing is asked of other offences.

    For stalking, harassment, coercive control and breach of protective orders, with immediate
    custody, for offences since the roll-out. A child's case belongs to the youth offending team.
    """
    covered = count.scheme_offence
    if covered is NO or count.facts.sentenced_on < NOTIFICATION_PILOT_BEGAN:
        return ()
    if statutory.convicted(count).answer is NO:
        return ()
    if count.occasion.youth:
        return (youth(),)
    asked = (
        statutory.court(count.facts),
        statutory.living(count.facts),
        _COVERED[covered],
        _of_custody(count.custody),
        _since_roll_out(count.offence),
    )
    return tuple(reason for reason in asked if reason)


_COVERED = {
    YES: Reason(
        "notification-scheme-offence",
        YES,
        "the offence is one that the Victim Notification Scheme covers",
        _SCHEME,
    ),
    UNKNOWN: Reason(
        "notification-scheme-offence",
        UNKNOWN,
        "the offence is not known, and could be one that the Victim Notification Scheme covers",
        _SCHEME,
        "which offence it is: stalking, harassment, coercive control or breach of an order",
    ),
}


@lru_cache(maxsize=512)
def _of_custody(found: Found) -> Reason:
    """Was immediate custody imposed for it? The scheme reaches no other sentence."""
    return Reason(
        "notification-scheme-custody", found.answer, found.because, _SCHEME, found.would_change
    )


def _since_roll_out(offence: OffenceFacts) -> Reason:
    return _since(offence.committed_until or offence.committed_from)


@lru_cache(maxsize=4096)
def _since(committed_on: date | None) -> Reason:
    """Was it committed after the scheme was rolled out everywhere?"""
    change = "the date of the offence"
    if committed_on is None:
        answer, because = UNKNOWN, "the date of the offence is not stated"
    elif committed_on >= NOTIFICATION_ROLLED_OUT:
        answer, because, change = YES, "the offence was committed after the roll-out", ""
    elif committed_on < NOTIFICATION_PILOT_BEGAN:
        answer, because = NO, "the offence was committed before the scheme began"
    else:
        answer = UNKNOWN
        because = "the offence falls between the pilot of April 2022 and the national roll-out"
        change = "whether the scheme ran in this region when the offence was committed"
    return Reason("notification-scheme-in-force", answer, because, _SCHEME, change)


def schedule_6a(count: Count) -> Reason:
    """Is it an offence that Part 2 of Schedule 6A lists, at any length of custody?"""
    covered = count.scheme_offence
    because = {
        YES: "the offence is one that Part 2 of Schedule 6A is understood to list",
        NO: "the offence is not one that Part 2 of Schedule 6A is understood to list",
        UNKNOWN: "the offence is not known, and could be one that Part 2 lists",
    }[covered]
    change = "" if covered is YES else "which offence it is"
    return Reason("schedule-6a-offence", covered, because, _PART_2, change)


def on_request(count: Count) -> Reason | None:
    """May the victim ask under Part 3 of Schedule 6A? Asked only where that Act is commenced.

    Which offences Part 3 names was not at hand: shorter custody for an offence that is listed today
    is the part of it that ministers spoke of.
    """
    if not count.occasion.rules.schedule_6a or count.standing.answer is NO:
        return None
    because = "Part 3 of Schedule 6A is understood to let victims of shorter sentences ask"
    return Reason("schedule-6a-on-request", YES, because, _PART_3)


def youth() -> Reason:
    """Was the offender an adult? A child's shorter sentence belongs to the youth offending team."""
    because = "the offender was under 18: the youth offending team keeps the victim informed"
    provision = "Youth: victim contact by the youth offending team"
    change = "custody of 12 months or more, for an offence that is listed"
    return Reason("youth", NO, because, provision, change)


def discretion(count: Count) -> Reason | None:
    """May the unit offer contact although the law does not require it? A person decides.

    Asked of a manager only where rows 11 to 13 of the decision table say; for all other custody the
    answer is no, and says who may ask for it.
    """
    if statutory.convicted(count).answer is NO:
        return None
    if count.custody.answer is NO:
        return youth() if count.occasion.youth and count.kinds & _IN_THE_COMMUNITY else None
    if count.occasion.youth and count.length.answer is NO:
        return youth()
    short = count.length.answer is NO
    why = _why_short(count) if short else _why_beyond(count)
    if why:
        return Reason("discretion", YES, why, _DISCRETION)
    return on_request(count) or _NOT_ASKED[short]


def _why_short(count: Count) -> str:
    if count.offence.domestic_abuse or count.standing.notification_scheme is not NO:
        return "a domestic abuse, stalking or harassment case with less than 12 months"
    return ""


def _why_beyond(count: Count) -> str:
    """Say why a manager would want to see a longer sentence; empty where nothing says so."""
    if count.facts.sentenced_on < statutory.SCHEME_BEGAN:
        return "an older sentence: the victim may ask to be let in"
    family = families.family_of(count.offence.offence_code)
    if family:
        why = f", of the family {family.name}: {family.why}"
    elif count.offence.domestic_abuse:
        why = ", in a domestic abuse case"
    elif families.is_listed_at_times(count.offence.offence_code):
        why = ", which it lists on other days"
    elif count.standing.answer is not NO:
        why = ""
    else:
        return ""
    schedule = count.standing.schedule
    return f"12 months or more, or a length not known, for an offence outside {schedule}{why}"


_ON_REQUEST = (
    "a request by a victim, the police or witness care: the manager of the Victim Liaison Unit may "
    "then offer contact at discretion"
)


_NOT_ASKED = {
    short: Reason("discretion", NO, because, _DISCRETION, _ON_REQUEST)
    for short, because in (
        (True, "less than 12 months, with no mark of domestic abuse, stalking or harassment"),
        (False, "the offence is in no family where a person was killed, hurt or targeted"),
    )
}

"""That no manager is asked by itself, and who may ask one: for short terms and for others."""

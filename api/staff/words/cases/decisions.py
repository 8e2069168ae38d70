"""What pages say for outcomes, routes, conditions and their answers."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.law.conditions.plain_words import in_plain_words
from vcs.law.decision import Reason
from vcs.law.provisions import PROVISIONS, Provision
from vcs.terms import Answer, Language, Outcome, Route

OUTCOMES: Mapping[str, str] = {
    Outcome.STATUTORY: "Eligible: the victim has a right in law to be offered contact",
    Outcome.NOTIFICATION_SCHEME: "Offered under the Victim Notification Scheme",
    Outcome.CANNOT_TELL: "Cannot tell: a person must answer a question first",
    Outcome.DISCRETIONARY: "Not owed by law; contact may be offered if a person decides so",
    Outcome.NOT_ELIGIBLE: "Not eligible",
}

OUTCOME_TAGS: Mapping[str, tuple[str, str]] = {
    Outcome.STATUTORY: ("Eligible", "govuk-tag--green"),
    Outcome.NOTIFICATION_SCHEME: ("Notification scheme", "govuk-tag--green"),
    Outcome.CANNOT_TELL: ("Cannot tell", "govuk-tag--yellow"),
    Outcome.DISCRETIONARY: ("Discretionary", "govuk-tag--yellow"),
    Outcome.NOT_ELIGIBLE: ("Not eligible", "govuk-tag--grey"),
}

URGENT = ("Urgent: time served", "govuk-tag--red")

OUTCOME_CARDS: Mapping[str, str] = {
    Outcome.STATUTORY: "app-decision--owed",
    Outcome.NOTIFICATION_SCHEME: "app-decision--owed",
    Outcome.CANNOT_TELL: "app-decision--ask",
    Outcome.DISCRETIONARY: "app-decision--ask",
}

ROUTES: Mapping[str, str] = {
    Route.SECTION_35: "Custody: section 35 of the Domestic Violence, Crime and Victims Act 2004",
    Route.HOSPITAL_RESTRICTED: "Hospital order with restrictions: sections 36 and 37 of the Act",
    Route.HOSPITAL_UNRESTRICTED: "Hospital order without restrictions: sections 36 and 36A",
    Route.HOSPITAL_DIRECTION: "Hospital and limitation directions: section 39 of the Act",
    Route.TRANSFER_RESTRICTED: "Moved from prison to hospital, with restrictions: section 42",
    Route.TRANSFER_UNRESTRICTED: "Moved from prison to hospital, without restrictions: section 42A",
    Route.HANDED_OVER: "Restrictions ended, handed over to hospital managers: 38B, 41A or 44B",
    Route.NOTIFICATION_SCHEME: "Victim Notification Scheme",
    Route.SCHEDULE_6A: "Schedule 6A, Part 2 (not commenced)",
}

ANSWERS: Mapping[str, tuple[str, str]] = {
    Answer.YES: ("Yes", "govuk-tag--green"),
    Answer.NO: ("No", "govuk-tag--grey"),
    Answer.UNKNOWN: ("Cannot tell", "govuk-tag--yellow"),
}

CONDITIONS: Mapping[str, str] = {
    "court": "Is it a court of England and Wales?",
    "in-force": "Was the law in force on that day?",
    "convicted": "Was the offender convicted of this offence?",
    "specified-offence": "Is it a sexual, violent or terrorism offence that the law specifies?",
    "immediate-custody": "Was immediate custody or detention imposed?",
    "twelve-months": "Was it for 12 months or more?",
    "hospital-order": "Was a hospital order made?",
    "restriction-order": "Was a restriction order made with it?",
    "unrestricted": "Was the hospital order made without restrictions?",
    "hospital-direction": "Were hospital and limitation directions given?",
    "final-disposal": "Is this the court's final order?",
    "transfer-direction": "Was the offender moved from prison to hospital?",
    "restriction-direction": "Did a restriction direction come with the move?",
    "transfer-unrestricted": "Was the move to hospital without restrictions?",
    "restrictions-ended": "Have the restrictions ended?",
    "release-soon": "May release come before every deadline?",
    "sentence-changed": "Was the sentence changed after it was passed?",
    "total-of-terms": "What do the terms come to together?",
    "identifiable-victim": "Is there a victim who can be named?",
    "notification-scheme-offence": "Is it an offence of the Victim Notification Scheme?",
    "notification-scheme-in-force": "Had the Victim Notification Scheme begun?",
    "notification-scheme-custody": "Is the offender in custody for it?",
    "legal-basis": "Does this kind of sentence count?",
    "offender-living": "Is the offender alive?",
    "offender-a-person": "Is the offender a person?",
    "schedule-6a-offence": "Is it an offence of Schedule 6A, Part 2?",
    "schedule-6a-length": "Does Schedule 6A, Part 1, give the right?",
    "schedule-6a-on-request": "May the victim ask under Schedule 6A, Part 3?",
    "discretion": "May contact be offered at discretion?",
    "youth": "Was the offender an adult?",
}


def plainly(reason: Reason, language: Language) -> str:
    """Write a reason as a helpline can read it out."""
    return in_plain_words(reason, language)


def provision(name: str) -> Provision | None:
    """Return a provision with its words and its link; None for one that no table holds."""
    return PROVISIONS.get(name)

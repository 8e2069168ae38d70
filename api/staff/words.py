"""What the pages say for the words of the glossary and of the rules, in plain English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from letters.catalogue import INITIAL_CONTACT
from vcs.access.records import ClientKind
from vcs.clock import LONDON, london_date
from vcs.consequences.close import REASONS
from vcs.intake.records import MessageStatus
from vcs.intake.regions import REGIONS
from vcs.law.duties import DUTIES, TITLES, in_words
from vcs.ledger.feeds import FeedStatus
from vcs.partners.records import RequestKind, RequestStatus
from vcs.post.records import LetterQuestion, LetterStatus
from vcs.referrals.records import Basis, ReferralStatus
from vcs.tasks.records import TaskKind
from vcs.terms import (
    Answer,
    ChaseAnswer,
    Choice,
    Language,
    Outcome,
    OwedBy,
    Role,
    Route,
    SentenceState,
    VictimRelation,
)
from vcs.victims.records import ContactWay

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

LISTINGS: Mapping[str, str] = {
    "specified": "On the list",
    "conditional": "On the list or not, as a question decides",
    "unknown": "Not known whether it is on the list",
    "not_specified": "Not on the list",
}

PARTS: Mapping[str, str] = {
    "1": "Part 1 (violent)",
    "2": "Part 2 (sexual)",
    "3": "Part 3 (terrorism)",
}

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

ROLES: Mapping[str, str] = {
    Role.WITNESS_CARE: "Witness care officer",
    Role.VLO: "Probation victim liaison officer (VLO)",
    Role.MANAGER: "Victim liaison unit manager",
    Role.ADMINISTRATOR: "Administrator",
}

CHOICES: Mapping[str, str] = {
    Choice.OPT_IN: "Wants contact",
    Choice.OPT_OUT: "Does not want contact",
    Choice.NOT_NOW: "Not now: may be asked again",
    Choice.NO_REPLY: "Has not replied",
}

CONTACT_WAYS: Mapping[str, str] = {
    ContactWay.PHONE: "By phone",
    ContactWay.IN_PERSON: "In person",
    ContactWay.VIDEO: "By video call",
    ContactWay.EMAIL: "By email",
    ContactWay.TEXT: "By text message",
    ContactWay.FROM_THEM: "They wrote to us",
}

REACHED: Mapping[bool, tuple[str, str]] = {
    True: ("Contact", "govuk-tag--green"),
    False: ("Attempt", "govuk-tag--yellow"),
}

SAFE_TO_POST: Mapping[bool | None, str] = {
    True: "Yes",
    False: "No, nothing may be posted",
    None: "Not known yet, so nothing may be posted",
}

STANDINGS: Mapping[str, str] = {
    VictimRelation.VICTIM: "The victim",
    VictimRelation.PARENT_OR_GUARDIAN: "Parent, guardian or carer of the victim",
    VictimRelation.NEXT_OF_KIN: "Next of kin of the person who died",
    VictimRelation.SPOKESPERSON: "Family spokesperson, named by the family",
}

LANGUAGES: Mapping[str, str] = {Language.ENGLISH: "English", Language.WELSH: "Welsh"}

OWED_BY: Mapping[str, str] = {
    OwedBy.COURT: "The court",
    OwedBy.WITNESS_CARE_UNIT: "Witness care unit",
    OwedBy.VICTIM_LIAISON_UNIT: "Victim liaison unit",
}

DUTY_NAMES: Mapping[str, str] = TITLES

WHOSE_TURN: Mapping[str, str] = {row.duty: OWED_BY[row.owed_by] for row in DUTIES if row.tracked}

TASKS: Mapping[str, str] = {
    TaskKind.DECIDE: "Decide whether the sentence is eligible",
    TaskKind.DISCRETION: "Decide whether to offer contact",
    TaskKind.QUESTION: "Look into a question",
    TaskKind.SENTENCE_CHANGED: "The court changed the sentence",
    TaskKind.SENTENCE_GONE: "The court's newer message leaves the sentence out",
    TaskKind.ROUTE: "Choose the probation region",
    TaskKind.SET_ASIDE: "A court message could not be read, or only in part",
    TaskKind.ALERT_NOT_SENT: "An alert email could not be sent",
    TaskKind.REFERRAL_TO_MATCH: "Find the sentence that a referral is for",
    TaskKind.WITNESS_CARE_SAYS: "Message from witness care",
    TaskKind.ADDRESS_TO_CHECK: "A victim's address may be the offender's",
    TaskKind.CANNOT_OPEN: "A value cannot be opened",
    TaskKind.CALENDAR: "Bank holidays must be added",
    TaskKind.CLOSING_PROPOSED: "Decide whether there is nobody to refer",
    TaskKind.FOUND_LATE: "A victim was owed contact and nobody was told",
    TaskKind.ONE_LOOK: "Look once: no longer to be decided",
}

STATUSES: Mapping[str, tuple[str, str]] = {
    ReferralStatus.AWAITING: ("Waiting for the victim's details", "govuk-tag--yellow"),
    ReferralStatus.REFERRED: ("Referred", "govuk-tag--blue"),
    ReferralStatus.CLOSED: ("Closed", "govuk-tag--grey"),
}

CLOSED_REASONS: Mapping[str, str] = {code: reason.words for code, reason in REASONS.items()}

PROPOSERS: Mapping[str, str] = {
    Role.WITNESS_CARE: "Witness care",
    Role.MANAGER: "A manager",
}

PROPOSED: Mapping[str, str] = {code: reason.short for code, reason in REASONS.items()}

LEDGER: Mapping[str, str] = {
    SentenceState.AWAITED: "Referral awaited",
    SentenceState.TRACED: "Details being traced",
    SentenceState.DECISION_DUE: "A person’s decision due",
    SentenceState.REFERRED: "Referred",
    SentenceState.REFUSED: "Refused before referral",
    SentenceState.NOT_ELIGIBLE: "Not eligible, or nobody to refer",
}

MESSAGES: Mapping[str, str] = {
    MessageStatus.WAITING: "Waiting to be read",
    MessageStatus.READ: "Read",
    MessageStatus.OLDER_THAN_HELD: "Older than what is held",
    MessageStatus.SET_ASIDE: "Set aside for a person",
}

VOICES: Mapping[str, tuple[str, str]] = {
    FeedStatus.SILENT: ("Silent", "govuk-tag--red"),
    FeedStatus.SPEAKING: ("As usual", "govuk-tag--green"),
    FeedStatus.NOT_EXPECTED: ("Nothing expected yet", "govuk-tag--grey"),
}

BASES: Mapping[str, str] = {
    Basis.STATUTORY: "A right in law",
    Basis.NOTIFICATION_SCHEME: "The Victim Notification Scheme",
    Basis.DISCRETIONARY: "Offered at discretion",
}

REQUESTS: Mapping[str, str] = {
    RequestKind.REFERRAL: "Referral",
    RequestKind.CORRECTION: "Correction",
    RequestKind.CHANGE_OF_ADDRESS: "Change of address",
    RequestKind.OPT_OUT: "Opt-out",
    RequestKind.CHASE_ANSWERED: "Answer to a chase",
}

REQUEST_STATUSES: Mapping[str, tuple[str, str]] = {
    RequestStatus.WAITING: ("To be read", "govuk-tag--yellow"),
    RequestStatus.EARLY: ("Waits for the sentence", "govuk-tag--blue"),
    RequestStatus.REFUSED: ("Refused", "govuk-tag--red"),
}

CHASE_ANSWERS: Mapping[str, str] = {
    ChaseAnswer.DETAILS_TO_FOLLOW: "The details will follow",
    ChaseAnswer.BEING_TRACED: "The victim is being traced",
    ChaseAnswer.NO_IDENTIFIABLE_VICTIM: "There is no identifiable victim",
    ChaseAnswer.REFUSED_REFERRAL: "The victim does not want to be referred",
}

CLIENTS: Mapping[str, str] = {
    ClientKind.COURT: "A court system, which sends court messages",
    ClientKind.WITNESS_CARE: "A witness care unit's system, which refers victims",
}

LETTERS: Mapping[str, str] = {INITIAL_CONTACT: "Initial contact letter"}

LETTER_STATUSES: Mapping[str, tuple[str, str]] = {
    LetterStatus.DRAFT: ("Draft", "govuk-tag--yellow"),
    LetterStatus.APPROVED: ("Approved", "govuk-tag--green"),
    LetterStatus.WITHDRAWN: ("Withdrawn", "govuk-tag--red"),
}

LETTER_QUESTIONS: Mapping[str, str] = {
    LetterQuestion.SHARED_ADDRESS: "May this letter go to an address that the court holds?",
    LetterQuestion.SECOND_LETTER: "May a second first letter go?",
    LetterQuestion.EARLIER_OPT_OUT: "May this letter go after an earlier no?",
    LetterQuestion.FORMAT: "Does a standard letter meet this person’s needs?",
    LetterQuestion.NAME: "Is this really the person’s name?",
}

EVENTS: Mapping[str, str] = {
    "address.revealed": "Address shown",
    "alert.given_up": "Alert email given up",
    "alert.owed": "Alert email owed",
    "alert.sent": "Alert email sent",
    "chase.answered": "Witness care answered",
    "choice.passed_on": "Choice passed on by witness care",
    "choice.recorded": "Choice recorded",
    "contact.attempted": "Attempt to contact recorded: nobody was reached",
    "contact.recorded": "Contact recorded",
    "deadline.confirmed": "Deadline confirmed: the official bank holidays now reach this far",
    "deadline.met_anew": "Day on which the duty was met put right",
    "deadline.missed": "Deadline missed",
    "deadline.moved": "Deadline counted anew, after a change of bank holidays",
    "deadline.provisional": "Deadline became provisional",
    "decision.made": "Decided by the rules",
    "decision.superseded": "Decided anew, after a newer message from the court",
    "letter.approved": "Letter approved",
    "letter.decided": "Decided that a letter may go",
    "letter.drafted": "Letter drafted",
    "letter.looked_at": "Letter looked at, with its address",
    "letter.posted": "Letter recorded as posted",
    "letter.withdrawn": "Letter withdrawn: it must not be posted",
    "proposal.confirmed": "The unit confirmed the proposal",
    "proposal.made": "Proposed to close the referral",
    "proposal.refused": "The unit did not agree to close the referral",
    "referral.closed": "Referral closed",
    "referral.refused": "Evidence recorded that the victim refused to be referred",
    "referral.opened": "Referral opened",
    "referral.opened_again": "Referral opened again",
    "referral.routed": "Region chosen",
    "sentence.gone": "Left out of a newer message from the court",
    "task.dealt_with": "Task dealt with",
    "task.decided": "Decided by a person",
    "victim.added": "Victim added and referred",
    "victim.traced": "The victim’s details are being traced; next look",
    "victim.amended": "Details of a victim changed",
    "vlo.assigned": "Officer assigned",
    "vlo.left": "The officer’s account was disabled: another officer is needed",
}

# What the trail keeps for checking and a reader has no use for.
_FOR_CHECKING = ("sha256:", "account:", "<", "missed-")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

_DAY_IN_WORDS = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")

_IN_DETAILS: Mapping[str, str] = {
    **CLOSED_REASONS,
    # After the reasons for closing, which say "not eligible" in other words.
    **{outcome: text for outcome, (text, _) in OUTCOME_TAGS.items()},
    **CHOICES,
    **CHASE_ANSWERS,
    **DUTY_NAMES,
    **{region.code: region.name for region in REGIONS},
}


def detail(text: str) -> str:
    """Write the detail of an entry of the trail as people would say it."""
    kept = (word for word in text.split(" ") if not word.startswith(_FOR_CHECKING))
    return " ".join(_IN_DETAILS.get(word) or _day_in(word) for word in kept)


def _day_in(word: str) -> str:
    return short_day(date.fromisoformat(word)) if _DAY.fullmatch(word) else word


def day(value: date | None) -> str:
    """Write a day with its weekday, for example ``Friday 20 March 2026``; a dash for none."""
    return in_words(value) if value else "–"


def short_day(value: date | None) -> str:
    """Write a day for a table, for example ``20 Mar 2026``; a dash for none."""
    return f"{value.day} {value:%b %Y}" if value else "–"


def london_day(value: datetime) -> date:
    """Return the day in London of an aware moment."""
    return london_date(value)


def moment(value: datetime | None) -> str:
    """Write an aware moment in London time, for example ``20 March 2026 at 9:05am``."""
    if value is None:
        return "–"
    there = value.astimezone(LONDON)
    clock = f"{there.hour % 12 or 12}:{there:%M}{'am' if there.hour < 12 else 'pm'}"
    return f"{there.day} {there:%B %Y} at {clock}"


def days(count: int) -> str:
    """Write a number of working days in words that agree with it."""
    return f"{count} working day{'' if count == 1 else 's'}"


def plain(word: str) -> str:
    """Write an identifier of the program as people would say it."""
    return word.replace("-", " ").replace("_", " ").capitalize()


def sentence(text: str) -> str:
    """Write words as a sentence: a capital first, a full stop last, days as people say them."""
    if not text:
        return ""
    text = _DAY_IN_WORDS.sub(lambda found: spoken(found.group()), text)
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    return ended[0].upper() + ended[1:]


def spoken(iso: str) -> str:
    """Write an ISO date as people say it; what is no date stays as it is."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {found:%B %Y}"


def value(fact: object) -> str:
    """Write the value of a letter's fact."""
    if isinstance(fact, bool):
        return "Yes" if fact else "No"
    if isinstance(fact, date):
        return day(fact)
    if isinstance(fact, tuple):
        return ", ".join(str(line) for line in fact)
    return str(fact)
